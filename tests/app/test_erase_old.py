"""Old data goes by command and by itself; no shop can set a term that its policy contradicts."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from drivers.values import Key, KeyPress
from terminal.app import DESERTED_S
from terminal.app import Unit as Served
from terminal.settings import SettingsFault, load_settings
from terminal.settings.values import Retention
from tests.app.sales_files import CONFIG, sale, written
from tests.app.unit import LI, Unit, recorded
from tests.fakes.glass import Glass

RETURNED, OTHER = "0571-03-20261120-0001", "0571-03-20261120-0002"
AHEAD = timedelta(days=4000).days


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    """Two sales of these days, one of them with a return, and one of long ago."""
    unit = Unit(tmp_path)
    old = sale(3)
    old["receipt"] |= {"business_day": "2019-11-20"}
    old["sold_at"] = "2019-11-20T14:03:22+08:00"
    sales = written(tmp_path / "a.jsonl", [sale(1), sale(2), old])
    assert unit.does("import-sales", sales).code == 0
    with unit.store() as store:
        recorded(store, unit.settings, RETURNED, [(1, 1000, "QUALITY")])
    return unit


def test_the_command_says_what_went_and_a_second_time_there_is_nothing(unit: Unit) -> None:
    said = unit.does("erase-old")
    assert (said.code, "; sales before" in said.out, ": 1 deleted." in said.out) == (0, True, True)
    again = unit.does("erase-old")
    assert (again.code, ": 0 deleted." in again.out) == (0, True)
    with unit.store() as store:
        assert store.sale(OTHER) is not None
        assert [row.kind for row in store.journal()][-1] == "OldErased"


def test_the_command_waits_until_the_terminal_is_stopped(unit: Unit) -> None:
    with unit.store():
        assert unit.does("erase-old").code == 2


@pytest.fixture(name="served")
def _served(unit: Unit) -> Iterator[Served]:
    """The terminal on that store, with terms that lie ahead: all of it is old."""
    terms = Retention(personal_days=-AHEAD, sales_days=-AHEAD)
    plain = {"scanner.kind": "none", "keypad.kind": "none", "screen.kind": "none"}
    paper = {"printer.link": "file", "printer.path": str(unit.data / "slips.bin")}
    settings = load_settings(CONFIG, {"terminal.data": str(unit.data), **plain, **paper})
    served = Served(replace(settings, retention=terms), Glass())
    served.counter.start()
    yield served
    served.close()


def _names(served: Served) -> str:
    return "".join(row.personal for row in served.store.journal())


def test_the_terminal_erases_by_itself_once_nobody_has_touched_it_for_a_while(
    served: Served,
) -> None:
    served._tick()
    assert served._erase_old() is None
    assert LI.name in _names(served)
    served._last_operator = time.monotonic() - DESERTED_S
    while served._erase_old() is not None:
        pass
    assert LI.name not in _names(served)
    assert served.store.sale(OTHER) is None
    assert served.store.sale(RETURNED) is not None
    assert served.store.verify_chain() is None
    assert [row.kind for row in served.store.journal()][-1] == "OldErased"


def test_a_key_pressed_meanwhile_makes_it_wait(served: Served) -> None:
    served._last_operator = time.monotonic() - DESERTED_S
    assert served._deserted
    served._handle(KeyPress("keypad", Key.CHARACTER, "1"))
    assert not served._deserted
    assert served._erase_old() is None


@pytest.mark.parametrize("term", ["personal_days", "sales_days"])
def test_a_term_shorter_than_the_policy_looks_back_is_a_fault(term: str) -> None:
    with pytest.raises(SettingsFault) as fault:
        load_settings(CONFIG, {f"retention.{term}": 364})
    assert "365" in str(fault.value)
    load_settings(CONFIG, {f"retention.{term}": 365})
    with pytest.raises(SettingsFault):
        load_settings(CONFIG, {f"retention.{term}": 0})
