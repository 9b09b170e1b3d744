"""`serve` and its database: an empty one is made ready, another version's is left as it is."""

import json
from pathlib import Path

from sqlalchemy import text

from backoffice.office import Office
from backoffice.settings import Settings
from tests.backoffice.test_serve import starts, wait_for


def test_the_first_start_makes_its_database(tmp_path: Path) -> None:
    file = tmp_path / "office.db"
    unit = starts(Settings(f"sqlite:///{file}", tmp_path / "state"), tmp_path)
    wait_for(unit)
    assert json.loads(unit.get("/readyz")) == {"status": "ready"}
    unit.ends()


def test_the_database_of_another_version_is_left_alone(
    office: Office, settings: Settings, tmp_path: Path
) -> None:
    with office.writing() as tx:
        tx.session.execute(text("UPDATE alembic_version SET version_num = 'other'"))
    unit = starts(settings, tmp_path)
    _, said = unit.process.communicate(timeout=60)
    assert unit.process.returncode == 1
    assert "run returns-backoffice migrate" in said
    with office.reading() as session:
        assert session.execute(text("SELECT version_num FROM alembic_version")).scalar() == "other"
