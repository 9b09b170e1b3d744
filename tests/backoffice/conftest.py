"""A back office over a real database: each test runs on SQLite and on PostgreSQL."""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from backoffice.db.engine import open_engine
from backoffice.db.migrate import migrate
from backoffice.office import Office
from backoffice.settings import Settings
from tests.backoffice import postgres


class TestClock:
    """Stands still until a test moves it."""

    __test__ = False

    def __init__(self, at_ms: int = 1_795_800_000_000) -> None:
        self.at_ms = at_ms

    def __call__(self) -> int:
        return self.at_ms


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """With a migrated database `template` to copy from."""
    with postgres.server("fsync=off") as server:
        _migrated(server.make("template"))
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "office.db"
    _migrated(f"sqlite:///{file}")
    return file


def _migrated(url: str) -> None:
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database without a row."""
    if request.param == "sqlite":
        file = tmp_path / "office.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    name = f"office_{uuid.uuid4().hex}"
    yield server.make(name, "template")
    server.drop(name)


@pytest.fixture(autouse=True)
def english_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands speak the shell's language, whoever runs the tests."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database_url, state_dir=tmp_path / "state")


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def office(settings: Settings, clock: TestClock) -> Iterator[Office]:
    office = Office(settings, clock)
    yield office
    office.close()
