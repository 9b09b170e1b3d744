"""The assembled unit with its courier: what a cashier does goes up, the office speaks down."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from drivers.values import Key, KeyPress
from storage.store import open_reader, open_store
from terminal import app
from terminal.app import Unit
from terminal.core import states
from terminal.core.health import Link
from terminal.settings import load_settings
from tests.courier import terminal_end
from tests.courier.background import BackgroundCourier
from tests.fakes.back_office import Answer, BackOffice
from tests.fakes.glass import Glass
from tests.flows.cashier import CHEAP, CONFIG


@pytest.fixture
def office(tmp_path: Path) -> Iterator[BackOffice]:
    with BackOffice(tmp_path) as found:
        terminal_end.enrolled(tmp_path / "state", found)
        yield found


@contextmanager
def running(
    data: Path,
    socket: Path | None,
    monkeypatch: pytest.MonkeyPatch,
    *,
    enrolled: bool = True,
    config: Path = CONFIG,
) -> Iterator[Unit]:
    """A unit, its loop in a thread of its own."""
    monkeypatch.setattr(app, "FEED_S", 0.05)
    monkeypatch.setattr(app, "QUIET_S", 0.0)
    data.mkdir(exist_ok=True)
    key = {"key": 1, "seed": "A" * 43 + "=", "slip_url": "HTTPS://R.EXAMPLE.CN/"}
    if enrolled:
        (data / "slip-key.json").write_text(json.dumps(key))
        (data / "slip-key.json").chmod(0o600)
    settings = load_settings(
        config,
        {"terminal.data": str(data), "scanner.kind": "none", "keypad.kind": "none",
         "screen.kind": "none", "printer.link": "file", "printer.path": str(data / "slips.bin"),
         "uplink.socket": str(socket or "")},
    )  # fmt: skip
    if not (data / "returns.db").exists():
        with open_store(data / "returns.db", cost=CHEAP) as store:
            store.staff.add("1007", "李", "cashier", "4827", None)
    unit = Unit(settings, Glass())
    unit._moments.watched = False  # a program presses its keys, and reads no screen
    thread = threading.Thread(target=unit.run, args=((),))
    thread.start()
    try:
        yield unit
    finally:
        unit.loop.stop()
        thread.join()
        unit.close()


def until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def types(unit: Unit, text: str) -> None:
    for char in text:
        key = Key.CONFIRM if char == "⏎" else Key.CHARACTER
        unit.loop.mailbox.post(KeyPress("keypad", key, "" if char == "⏎" else char))


def test_signing_on_arrives_at_the_office_and_the_feed_in_the_unit(
    office: BackOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, socket = tmp_path / "data", tmp_path / "s"
    with BackgroundCourier(tmp_path / "state", socket), running(data, socket, monkeypatch) as unit:
        until(lambda: unit.counter.health.network is Link.GOOD)
        types(unit, "1007⏎4827⏎")
        until(lambda: "SignedOn" in office.book.kinds)
        office.tells(("numbers", {"after": 417}))
        with open_reader(data / "returns.db") as seen:
            until(lambda: (seen.unsent_count(), seen.next_return_sequence()) == (0, 418))


def test_without_a_courier_the_cashier_works_and_nothing_is_lost(
    office: BackOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, socket = tmp_path / "data", tmp_path / "s"
    with running(data, socket, monkeypatch) as unit:
        types(unit, "1007⏎4827⏎")
        until(lambda: isinstance(unit.counter.state, states.Ready))
        types(unit, "05710326112099999⏎")
        until(lambda: isinstance(unit.counter.state, states.ReceiptUnknown))
        assert unit.counter.state.unasked  # type: ignore[union-attr]  # just asserted
    with BackgroundCourier(tmp_path / "state", socket), running(data, socket, monkeypatch):
        until(lambda: "SignedOn" in office.book.kinds)


@pytest.mark.parametrize("uplink", ["", "/nowhere/courier.sock"])
def test_a_unit_without_a_back_office_has_no_network_to_speak_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, uplink: str
) -> None:
    """No socket is named, or nobody enrolled it."""
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(app, "FEED_S", 0.0)
    socket = Path(uplink) if uplink else None
    with running(tmp_path / "data", socket, monkeypatch, enrolled=False) as unit:
        types(unit, "1007⏎4827⏎")
        until(lambda: isinstance(unit.counter.state, states.Ready))
        assert unit.counter.health.network is Link.NONE
        types(unit, "05710326112099999⏎")
        until(lambda: isinstance(unit.counter.state, states.ReceiptUnknown))
        assert not unit.counter.state.unasked  # type: ignore[union-attr]  # just asserted


def test_a_clock_that_differs_from_the_offices_is_told_of_until_it_is_set(
    office: BackOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, socket = tmp_path / "data", tmp_path / "s"
    ahead_ms = 3 * 3_600_000

    def later(path: str, honest: Answer) -> Answer:
        status, headers, body = honest
        if path != "/v1/records" or status != 200:
            return honest
        said = json.loads(body)
        return (
            status,
            headers,
            json.dumps(said | {"server_ms": said["server_ms"] + ahead_ms}).encode(),
        )

    office.trouble = later
    with BackgroundCourier(tmp_path / "state", socket), running(data, socket, monkeypatch) as unit:
        types(unit, "1007⏎4827⏎")
        until(lambda: unit.counter.health.clock_slow_min in (179, 180))
        ahead_ms = 0
        types(unit, "05710326112099999⏎")  # a step of no record, and then one that has one
        until(lambda: isinstance(unit.counter.state, states.ReceiptUnknown))
        unit.loop.mailbox.post(KeyPress("keypad", Key.CANCEL))
        until(lambda: isinstance(unit.counter.state, states.Ready))
        unit.loop.mailbox.post(KeyPress("keypad", Key.CANCEL))  # signs off
        until(lambda: unit.counter.health.clock_slow_min == 0)
