"""The commands over what is here, as an engineer types them."""

from pathlib import Path

import pytest
from sqlalchemy import text

from backoffice.cli import main
from backoffice.db.tables import AuditEntry
from backoffice.office import Office
from backoffice.wire import bodies
from tests.backoffice.chains import chain, record
from tests.backoffice.client import Speaker


@pytest.fixture
def config(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Settings of the office's own database."""
    file = tmp_path / "backoffice.toml"
    file.write_text(f'state_dir = "{office.settings.state_dir}"\n')
    monkeypatch.setenv("DATABASE_URL", office.settings.database_url)
    return str(file)


def test_what_is_old_is_erased_by_a_command(
    office: Office, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with office.writing() as tx:
        tx.session.add(AuditEntry(at_ms=0, who="", what="", about="", detail=""))
    assert main(["--config", config, "erase-old"]) == 0
    assert capsys.readouterr().out == "Erased: sessions, codes and entries that are over 1\n"
    assert main(["--config", config, "erase-old"]) == 0
    assert "nothing is old enough" in capsys.readouterr().out


def test_parked_records_are_taken_by_a_command_after_an_upgrade(
    office: Office,
    config: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    batch = chain(2)
    batch.append(record(3, batch[-1]["hash"], "TimeTravelled", "{}"))
    Speaker(office).delivers(batch)
    take = ["--config", config, "take-parked"]
    assert main(take) == 1
    told = capsys.readouterr()
    assert told.out == "0 taken into the books, 1 stay parked.\n"
    assert "0571-03 3 TimeTravelled" in told.err
    monkeypatch.setattr(bodies, "KEPT", bodies.KEPT | {"TimeTravelled"})
    assert main([*take, "--kind", "Other"]) == 0
    assert main([*take, batch[2]["id"]]) == 0
    assert capsys.readouterr().out.endswith("1 taken into the books, 0 stay parked.\n")
    assert main([*take, chain(1)[0]["id"]]) == 1  # it is not parked
    assert "no such parked record" in capsys.readouterr().err
    assert main(["--config", config, "check-chains"]) == 0
    assert capsys.readouterr().out == (
        "0571-03 branch 1: 3 records, personal parts erased of 0\nEvery chain holds.\n"
    )


def test_why_they_cannot_be_taken_is_said_in_the_shells_language(
    office: Office,
    config: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    batch = chain(2)
    batch.append(record(3, batch[-1]["hash"], "TimeTravelled", "{}"))
    Speaker(office).delivers(batch)
    assert main(["--config", config, "take-parked"]) == 1
    assert f"TimeTravelled {batch[2]['id']}：本版本不认识这种记录\n" in capsys.readouterr().err
    with office.writing() as tx:
        tx.session.execute(text("UPDATE records SET body = '[]' WHERE seq = 2"))
    assert main(["--config", config, "check-chains"]) == 1
    told = capsys.readouterr()
    assert told.out == "0571-03 第 1 支：3 条记录，其中 0 条的个人信息已清除\n"
    assert told.err == "0571-03 第 1 支：第 2 条：哈希与内容不符\n"
