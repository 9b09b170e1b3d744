"""`backup` and `restore` as an engineer types them: what happened, and which number comes next."""

from pathlib import Path

import pytest

from tests.app.sales_files import sale, written
from tests.app.unit import Unit, recorded

SALE = "0571-03-20261120-0001"


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    """One return on file."""
    unit = Unit(tmp_path / "data")
    unit.data.mkdir()
    unit.does("import-sales", written(tmp_path / "a.jsonl", [sale(1)]))
    with unit.store() as store:
        store.staff.add("1007", "李小明", "manager", "1234")
        recorded(store, unit.settings, SALE, [(1, 1000, "QUALITY")])
    return unit


def one_more(unit: Unit) -> None:
    with unit.store() as store:
        recorded(store, unit.settings, SALE, [(1, 1000, "QUALITY")])


def test_backed_up_beside_the_terminal_and_restored_on_a_unit_whose_disk_died(
    unit: Unit, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    with unit.store():
        said = unit.does("backup", copy)
    assert (said.code, "return numbers to 1" in said.out) == (0, True)
    one_more(unit)
    (unit.data / "returns.db").write_bytes(b"\0" * 5000)
    asked = unit.does("restore", copy)
    assert (asked.code, "--last-number" in asked.err) == (2, True)
    done = unit.does("restore", copy, "--last-number", "R-0571-03-000002")
    assert (done.code, "the next return is R-0571-03-000003" in done.out) == (0, True)
    assert "before-restore-1" in done.out
    assert unit.does("report").code == 0
    with unit.store() as store:
        assert store.next_return_sequence() == 3
        assert [row.kind for row in store.journal()][-1] == "StoreRestored"
        assert store.verify_chain() is None
        ret = recorded(store, unit.settings, SALE, [(1, 1000, "QUALITY")])
    assert ret.number == "R-0571-03-000003"


def test_newer_returns_are_named_before_anything_is_given_up(unit: Unit, tmp_path: Path) -> None:
    unit.does("backup", tmp_path / "copy.db")
    one_more(unit)
    said = unit.does("restore", tmp_path / "copy.db")
    assert (said.code, "R-0571-03-000002" in said.err) == (2, True)
    assert unit.does("restore", tmp_path / "copy.db", "--drop-newer").code == 0


def test_a_running_terminal_another_units_backup_and_wrong_words_change_nothing(
    unit: Unit, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    unit.does("backup", copy)
    assert unit.does("backup", copy).code == 2
    with unit.store():
        assert unit.does("restore", copy).code == 2
    for number in ("R-0571-04-000002", "R-0571-03-", "two", "-1"):
        assert unit.does("restore", copy, f"--last-number={number}").code == 2
    assert unit.does("restore", tmp_path / "no.db").code == 2
    toml = (unit.config / "terminal.toml").read_text("utf-8")
    other = tmp_path / "config"
    other.mkdir()
    for one in unit.config.iterdir():
        if one.name != "terminal.toml":
            (other / one.name).symlink_to(one)
    (other / "terminal.toml").write_text(toml.replace('workstation = "03"', 'workstation = "04"'))
    said = Unit(unit.data, other).does("restore", copy, "--last-number", "0")
    assert (said.code, "is of another unit" in said.err) == (2, True)
    with unit.store() as store:
        assert store.journal_head()[0] == 3


def test_without_the_key_of_the_pins_it_says_what_to_do(unit: Unit, tmp_path: Path) -> None:
    unit.does("backup", tmp_path / "copy.db")
    (unit.data / "returns.db.pepper").unlink()
    said = unit.does("restore", tmp_path / "copy.db")
    assert (said.code, "staff rejoin" in said.out) == (1, True)
    assert unit.does("staff", "rejoin", "1007", "--pin-stdin", stdin="5937\n").code == 0
