"""A whole return at the till while the way to the office does its worst.

The cashier finishes it, and once the way is well again everything is at the office, in order.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.values import Key
from storage.store import open_reader
from terminal.app import Unit
from terminal.core import states
from terminal.core.health import Link
from terminal.courier import office as courier_office
from terminal.courier import session
from tests.courier import terminal_end
from tests.courier.background import BackgroundCourier
from tests.fakes.back_office import Answer, BackOffice, Trouble, js
from tests.fakes.relay import Relay, Way
from tests.uplink.at_the_till import (
    at,
    ends,
    gives_reason,
    kept,
    opens,
    presses,
    sends,
    sold,
)
from tests.uplink.test_in_the_unit import running, types, until

HTML = (200, {"Content-Type": "text/html"}, b"<html>Sign in to the network</html>")
Misfortune = Callable[[BackOffice, Relay, BackOffice], None]


class Replay:
    """Whoever stands before the office answers with what it answered before."""

    def __init__(self, *, swapped: bool) -> None:
        self._swapped = swapped
        self._old: dict[str, Answer] = {}

    def __call__(self, path: str, honest: Answer) -> Answer:
        if self._swapped:  # of another question
            others = [old for name, old in self._old.items() if name != path]
            self._old[path] = honest
            return others[-1] if others else honest
        return self._old.setdefault(path, honest)


def way(kind: Way, after: int = 0) -> Misfortune:
    def begin(_: BackOffice, relay: Relay, __: BackOffice) -> None:
        relay.goes(kind, after)
        relay.cut()

    return begin


def answers(trouble: Trouble, *, to: str = "") -> Misfortune:
    """To every question, or to those of one path."""

    def begin(office: BackOffice, _: Relay, __: BackOffice) -> None:
        office.trouble = lambda path, one: trouble(path, one) if path.startswith(to) else one

    return begin


def twice(office: BackOffice, _: Relay, __: BackOffice) -> None:
    office.doubles = True


def busy(office: BackOffice, _: Relay, __: BackOffice) -> None:
    office.busy |= {"/v1/records": 1, "/v1/feed": 1}


def stranger(_: BackOffice, relay: Relay, other: BackOffice) -> None:
    relay.to = other.port
    relay.cut()


TROUBLES: dict[str, Trouble] = {
    "the first answer again and again": Replay(swapped=False),
    "html": lambda *_: HTML,
    "status 500 after the work was done": lambda *_: js({}, 500),
    "hung up after the work was done": lambda *_: None,
}
MISFORTUNES: dict[str, Misfortune] = {
    "nobody is there": way(Way.CLOSED),
    "connected and silent": way(Way.SILENT),
    "a byte a second": way(Way.SLOW),
    "cut at the first byte of a question": way(Way.CUT_QUESTIONS),
    "cut within a question": way(Way.CUT_QUESTIONS, 300),
    "cut at the first byte of an answer": way(Way.CUT_ANSWERS),
    "cut within an answer": way(Way.CUT_ANSWERS, 700),
    "an old answer after a newer one": way(Way.HELD),
    "each question twice": twice,
    "answers of other questions": answers(Replay(swapped=True)),
    "html": answers(lambda *_: HTML),
    **{f"records: {name}": answers(one, to="/v1/records") for name, one in TROUBLES.items()},
    "busy": busy,
    "another's certificate": stranger,
}


def bites(name: str, office: BackOffice, relay: Relay, unit: Unit) -> None:
    """It was met, by the records too: they are tried again and again."""
    if name.startswith("records") or name == "each question twice":
        until(lambda: office.count("/v1/records") > 2)
        return
    until(lambda: unit.counter.health.network is Link.LOST)
    before = relay.connections + len(office.requests)
    until(lambda: relay.connections + len(office.requests) > before + 2)


def well_again(office: BackOffice, relay: Relay) -> None:
    """What was begun on the bad way stays on it: whoever waits there has to give up."""
    office.trouble, office.doubles = (lambda _, honest: honest), False
    office.busy.clear()
    relay.to = office.port
    relay.goes(Way.OPEN)
    relay.let_go()


@pytest.fixture(name="way_out")
def _way_out(tmp_path: Path) -> Iterator[tuple[BackOffice, Relay, BackOffice]]:
    (tmp_path / "other").mkdir()
    with (
        BackOffice(tmp_path) as office,
        BackOffice(tmp_path / "other") as other,
        Relay(office.port) as relay,
    ):
        terminal_end.enrolled(tmp_path / "state", office, url=relay.url)
        yield office, relay, other


# What anyio was still connecting (tests/fakes/left_behind.py) may be collected meanwhile.
@pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", MISFORTUNES)
def test_nothing_is_lost_nothing_doubled_and_the_cashier_finishes(
    name: str,
    way_out: tuple[BackOffice, Relay, BackOffice],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office, relay, other = way_out
    monkeypatch.setattr(courier_office, "DELIVER_S", 1.0)
    monkeypatch.setattr(courier_office, "FEED_GRACE_S", 1.0)
    monkeypatch.setattr(session, "FEED_WAIT_S", 1)
    monkeypatch.setattr(session, "CAP_S", 0.2)
    monkeypatch.setattr(session, "LOOK_UP_MAX_S", 1.0)
    data, socket = tmp_path / "data", tmp_path / "s"
    with (
        BackgroundCourier(tmp_path / "state", socket),
        running(data, socket, monkeypatch) as unit,
    ):
        until(lambda: unit.counter.health.network is Link.GOOD)
        sends(office, data, ("sale", sold(1)), ("sale", sold(2)))
        MISFORTUNES[name](office, relay, other)
        types(unit, "1007⏎4827⏎")
        at(unit, states.Ready)
        office.tells(("numbers", {"after": 40}), ("sale", sold(3)))
        one_return(unit, 1)
        asks_in_vain(unit)
        bites(name, office, relay, unit)
        well_again(office, relay)
        one_return(unit, 2)
        with open_reader(data / "returns.db") as seen:
            until(lambda: seen.unsent_count() == 0 and seen.feed_cursor() == 4, seconds=60)
        until(lambda: unit.counter.health.network is Link.GOOD)
        opens(unit, 3)
    assert other.requests == [], "a stranger heard something"
    the_same(office, data)


def one_return(unit: Unit, sequence: int) -> None:
    opens(unit, sequence)
    gives_reason(unit)
    ends(unit)


def asks_in_vain(unit: Unit) -> None:
    """For a receipt that nobody has: what the office cannot say is said."""
    types(unit, "05710326112099999⏎")
    at(unit, states.ReceiptUnknown)
    presses(unit, Key.CANCEL)
    at(unit, states.Ready)


def the_same(office: BackOffice, data: Path) -> None:
    """The till's journal and the office's book, record by record."""
    with open_reader(data / "returns.db") as seen:
        ours = [(one.seq, one.kind, one.hash) for one in seen.journal()]
        assert seen.parked_count() == 0
    theirs = [
        (one["seq"], one["type"].removeprefix("returns."), one["hash"])
        for one in office.book.records
    ]
    assert theirs == ours
    recorded = [one["ret"] for one in kept(data, "ReturnRecorded")]
    assert [one["receipt_no"] for one in recorded] == [sold(1)["receipt_no"], sold(2)["receipt_no"]]
    assert len({one["number"] for one in recorded}) == 2
