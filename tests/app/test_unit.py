"""The assembled unit: what the composition root itself promises."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from drivers.device import Post
from drivers.values import DeviceReady, Key, KeyPress
from printer.escpos import encode
from printer.slip import Cut, Slip, Text
from printer.status import PrinterStatus
from storage.records import JournalEntry
from storage.store import open_reader
from storage.values import Commit
from terminal.app import DESERTED_S, Unit
from terminal.core.effects import SendSlip
from terminal.core.events import PrinterRefused
from terminal.core.health import Health, Link, Paper, printer
from terminal.core.print_jobs import PrintJob, SlipKind
from terminal.core.returns import Return
from terminal.core.settlement import settle
from terminal.core.states import Ready, SignedOff
from terminal.core.words import Worded
from terminal.logging_setup import on_thread_death
from terminal.performer import Unprintable
from terminal.settings import load_settings
from terminal.settings.values import LinkKind, Settings
from terminal.ui.screen import Screen
from terminal.uplink.values import ClockOff
from tests.core.shop import back, case, line, rules, sale
from tests.fakes.printer import Machine, TcpPrinter
from tests.fakes.small_disk import full_disk
from tests.flows.cashier import CONFIG
from tests.printer.samples import MODELS, quick

CHARACTER = Key.CHARACTER
GENERIC = quick(MODELS["generic-80mm"])


class Glass:
    def __init__(self) -> None:
        self.shown: list[Screen] = []

    def show(self, screen: Screen) -> None:
        self.shown.append(screen)

    def beep(self) -> None:
        """Not heard here."""


class Failing:
    """A device whose thread dies of a bug."""

    name = "keypad"

    def start(self, post: Post) -> None:
        def run() -> None:
            post(KeyPress(self.name, CHARACTER, "1"))
            raise ZeroDivisionError

        threading.Thread(target=run, name="device-keypad").start()

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture(name="settings")
def _settings(tmp_path: Path) -> Settings:
    return load_settings(
        CONFIG,
        {
            "terminal.data": str(tmp_path),
            "scanner.kind": "none",
            "keypad.kind": "none",
            "screen.kind": "none",
            "printer.link": "file",
            "printer.path": str(tmp_path / "slips.bin"),
        },
    )


@pytest.fixture(name="unit")
def _unit(settings: Settings) -> Iterator[Unit]:
    unit = Unit(settings, Glass())
    yield unit
    unit.close()


def test_a_slip_that_fits_no_paper_is_a_refusal_not_a_traceback(settings: Settings) -> None:
    unit = Unit(replace(settings, slip_url="HTTPS://" + "A" * 2000), Glass())
    try:
        job = PrintJob("1", SlipKind.RETURN)
        with pytest.raises(Unprintable):
            unit._press(job, _return())
        moment = unit._moments.now()
        said = unit.counter._performer.perform(SendSlip(job, _return()), moment)
        assert said == PrinterRefused("UNPRINTABLE", ask="1", moment=moment)
    finally:
        unit.close()


def test_a_device_thread_that_dies_ends_the_unit_as_failed(unit: Unit) -> None:
    before = threading.excepthook
    on_thread_death(unit.fail)
    try:
        unit.run([Failing()])
    finally:
        threading.excepthook = before
    assert unit.failed


def test_a_unit_that_was_stopped_starts_again_where_it_was(settings: Settings) -> None:
    """Closing gives the file back: the next start is not refused as a second writer."""
    first = Unit(settings, Glass())
    first.store.add_sales([])
    first.close()
    second = Unit(settings, Glass())
    second.close()
    second.close()


def test_a_clock_that_was_set_back_while_the_unit_was_off_is_told_of(settings: Settings) -> None:
    first = Unit(settings, Glass())
    tomorrow = time.time_ns() // 1_000_000 + 86_400_000
    first.store.commit(Commit(None, tomorrow, "boot", 1, (JournalEntry("1", "Ran", "{}"),)))
    first.close()
    second = Unit(settings, Glass())
    second.counter.start()
    assert second.counter.health.clock_set_back
    second.close()


@pytest.mark.parametrize(
    "before",
    [
        printer(Health(), Link.LOST, Paper.UNKNOWN, cover_open=False),
        printer(Health(), Link.GOOD, Paper.OUT, cover_open=False),
        printer(Health(), Link.GOOD, Paper.LOW, cover_open=False),
        printer(Health(), Link.GOOD, Paper.OK, cover_open=True),
    ],
    ids=["away", "paper out", "paper low", "open"],
)
def test_a_printer_that_was_put_right_is_found_within_a_minute(unit: Unit, before: Health) -> None:
    """Not only at the next return: the light is what the cashier believes."""
    unit.counter.start()
    unit.counter.health = before
    unit._tick()
    deadline = time.monotonic() + 5
    while unit.counter.health == before and time.monotonic() < deadline:
        for value in unit.loop.mailbox.drain():
            unit.counter.handle(value)
        time.sleep(0.01)
    after = unit.counter.health
    assert (after.printer, after.paper, after.cover_open) == (Link.GOOD, Paper.UNKNOWN, False)


def test_while_the_disk_does_not_let_the_store_be_opened_again_nobody_works_on_it(
    unit: Unit,
) -> None:
    """The uplink looks at the ledger after each value: a closed store would end the unit."""
    unit.counter.start()
    worked: list[int] = []
    with full_disk():
        for _ in range(2):  # a commit that fails, then a reopening
            for char in "1007":
                unit.counter.handle(KeyPress("keypad", CHARACTER, char))
            unit.counter.handle(KeyPress("keypad", Key.CONFIRM))
        assert not unit.counter.health.storage
        assert not unit._aside(lambda ledger: worked.append(ledger.store.unsent_count()))
    unit._tick()
    assert unit.counter.health.storage
    assert unit._aside(lambda ledger: worked.append(ledger.store.unsent_count()))
    assert worked == [0]


@pytest.mark.parametrize(("fast_days", "erased"), [(0, True), (0.5, True), (700, False)])
def test_nothing_is_erased_by_a_clock_that_the_office_knows_to_be_days_ahead(
    unit: Unit, fast_days: float, erased: bool
) -> None:
    """What a wrong year erased, no right one brings back."""
    unit.counter.start()
    unit.counter.handle(ClockOff(-round(fast_days * 86_400_000)))
    unit._last_operator -= DESERTED_S
    while unit._erase_old() is not None:
        continue
    assert unit._upkeep.due is not erased


def test_while_somebody_reads_from_the_log_it_is_emptied_a_minute_later(unit: Unit) -> None:
    unit.counter.start()
    unit._last_operator -= DESERTED_S
    unit.store.staff.add("1007", "李小明", "manager", "8264")  # something to read from it
    with open_reader(unit.store.file) as reader:
        reader._db.execute("BEGIN")
        reader.load_state()
        assert unit._erase_old() is None
        assert unit._upkeep.due
    assert unit._erase_old() is not None
    assert not unit._upkeep.due


def signs_on(unit: Unit) -> None:
    unit.store.staff.add("1007", "李小明", "manager", "8264")
    unit.counter.start()
    for typed in ("1007", "8264"):
        for char in typed:
            unit._handle(KeyPress("keypad", CHARACTER, char))
        unit._handle(KeyPress("keypad", Key.CONFIRM))
    assert isinstance(unit.counter.state, Ready)


def test_a_unit_that_nobody_touches_locks_itself(unit: Unit, settings: Settings) -> None:
    signs_on(unit)
    assert unit._idle() == unit._last_operator + settings.idle_lock_seconds
    assert isinstance(unit.counter.state, Ready)
    unit._last_operator -= settings.idle_lock_seconds
    unit._idle()
    assert isinstance(unit.counter.state, SignedOff)


def test_a_unit_that_locks_itself_is_as_deserted_as_before(unit: Unit) -> None:
    """With a short lock time old data was never erased: each lock counted as somebody's hand."""
    unit.counter.start()
    unit._last_operator -= DESERTED_S
    unit._settings = replace(unit._settings, idle_lock_seconds=30)
    assert unit._idle() > time.monotonic()
    assert unit._deserted


def test_the_paper_is_looked_at_before_the_next_customer_needs_it(unit: Unit) -> None:
    signs_on(unit)
    unit.spool.close()
    assert [type(one) for one in unit.loop.mailbox.drain()] == [PrinterStatus]


def test_a_printer_in_which_the_last_run_left_half_a_picture_prints_the_next_slip(
    settings: Settings,
) -> None:
    machine = Machine()
    with TcpPrinter(machine) as there:
        host, _, port = there.address.removeprefix("tcp://").rpartition(":")
        wired = replace(
            settings.printer, link=LinkKind.TCP, host=host, port=int(port), model=GENERIC
        )
        unit = Unit(replace(settings, printer=wired), Glass())
        slip = encode(Slip((Text("whole"), Cut())), GENERIC)
        machine.receive(b"\x1dv0\x00\x48\x00\xff\x00")  # a picture whose dots never came
        unit.spool.send("job", slip)
        unit.spool.close()
        unit.close()
    assert [one.strip() for one in machine.texts][-1:] == ["whole"]


def test_a_device_that_comes_back_is_drawn_to_anew(unit: Unit) -> None:
    glass = Glass()
    unit.counter._display = glass
    unit.counter.start()
    shown = len(glass.shown)
    unit.counter.handle(DeviceReady("screen"))
    assert len(glass.shown) == shown + 1
    unit.counter.handle(KeyPress("keypad", Key.F6))
    assert len(glass.shown) == shown + 1, "nothing changed, nothing is drawn"


def _return() -> Return:
    sold = sale((line(1, 9500),))
    settlement = settle(case(sold), (back(1),), rules())
    return Return(
        id="1",
        number="R-0571-03-000001",
        short_code="00000000000",
        sale_id=sold.id,
        receipt_no=sold.receipt_no,
        recorded_at="2026-11-23T14:05:00+08:00",
        cashier="1007",
        approver="",
        currency=sold.currency,
        settlement=settlement,
        policy_version="1",
        policy_words=Worded("凭小票", "with receipt"),
        expires_on="2026-11-30",
    )
