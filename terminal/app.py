"""Composition root: the only place where real devices meet the flow."""

import logging
import math
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from drivers.device import InputDevice
from printer.open_link import link_opener
from printer.spool import Spool
from storage.store import Store, open_store
from terminal import devices
from terminal.core.health import Health
from terminal.core.print_jobs import PrintJob
from terminal.core.returns import Return
from terminal.core.states import Ready, SignedOff
from terminal.core.upkeep import UpkeepRecord
from terminal.counter import Counter
from terminal.doors import Curtain, Doors, Room, printing_of
from terminal.facing import Display, Value
from terminal.ledger.ledger import Ledger
from terminal.loop import Loop
from terminal.moments import moments_of, to_next_minute
from terminal.notify import feed_watchdog, notify, watchdog_seconds
from terminal.performer import Performer
from terminal.settings.values import Settings
from terminal.slip_code import codes_of
from terminal.ui import formats
from terminal.ui.words import Words
from terminal.upkeep import Upkeep
from terminal.uplink.door import Door
from terminal.views import view_of

if TYPE_CHECKING:
    from printer.slip import Slip
    from terminal.feed.feed import Feed

log = logging.getLogger("terminal")
FEED_S = 2.0  # after the start: the cashier signs on first
QUIET_S = 0.5  # without a key or scan: between two steps, not within one
DESERTED_S, PAUSE_S = 50.0, 0.05  # before old data is erased, and between two parts of it
OnSlip = Callable[[PrintJob, "Slip"], None]


def _nothing(_job: PrintJob, _slip: "Slip") -> None:
    """A unit keeps no pictures of its slips."""


class Unit:
    """One return terminal, assembled: store, printer, flow and loop. Devices are started last."""

    def __init__(
        self,
        settings: Settings,
        display: Display,
        *,
        on_slip: OnSlip = _nothing,
    ) -> None:
        """Raises StorageFault: nothing is then left open."""
        self._settings = settings
        self._words = Words(settings.language)
        self._codes = codes_of(settings.data, settings.slip_url, training=settings.training)
        self._on_slip = on_slip
        self._last_operator = time.monotonic()
        self._feed: Feed | None = None
        self._door = Door(settings)
        self._devices: list[InputDevice] = []
        self.failed = False
        with ExitStack() as opened:
            self.store: Store = open_store(database_of(settings))
            opened.callback(self.close)
            ledger = Ledger(self.store, settings.rules)
            self.loop: Loop[Value] = Loop(self._handle)
            self.spool = Spool(
                link_opener(devices.printer_address(settings.printer)),
                settings.printer.model,
                self.loop.mailbox.post,
                unsure=True,  # the last run may have ended inside a slip, whatever was said of it
            )
            self._moments = moments_of(self.store, settings, self._next_sequence)
            self._upkeep = Upkeep(
                settings.retention,
                lambda: self._moments.ids(1)[0],
                self._moments.stamp,
                lambda: datetime.now().astimezone().date(),
            )
            self._printing = printing_of(settings, self.spool, self.loop.mailbox.post)
            curtain = Curtain(display)
            self._display = display
            self.counter = Counter(
                ledger,
                self._performer(ledger),
                self._moments,
                settings.patterns,
                view_of(settings, self._words, self._codes),
                curtain,
                self._reopen,
                codes=self._codes,
            )
            self.doors = Doors(self.counter, curtain, self._enter_training)
            opened.pop_all()

    def run(self, inputs: Sequence[InputDevice]) -> None:
        """Serve until stopped by a signal or `loop.stop`."""
        self.counter.start()
        self.doors.look()
        notify("READY=1")
        for device in inputs:  # after the first screen: what they import takes longer than it
            self._devices.append(device)
            device.start(self.loop.mailbox.post)
        self.spool.check()
        self._timers()
        self.loop.run()

    def fail(self) -> None:
        """End in order, as failed: a bug of ours was met; the service starts afresh."""
        self.failed = True
        self.loop.stop()

    def close(self) -> None:
        """Devices first, the store last; may be called twice and half-built."""
        if self._feed is not None:
            self._feed.close()
        self._door.close()
        for device in self._devices:
            device.close()
        self._devices.clear()
        doors = getattr(self, "doors", None)
        if doors is not None:
            doors.close()
        spool = getattr(self, "spool", None)
        if spool is not None:
            spool.close()
        self.store.close()

    def _handle(self, value: Value) -> None:
        if devices.from_operator(value):
            self._last_operator = time.monotonic()
        before = self.counter.state
        if not self._door.takes(value):
            self.doors.handle(value)
        if self._door.is_open:  # a commit may have left something to send
            self.loop.at("uplink", time.monotonic(), self._step_uplink)
        if isinstance(self.counter.state, Ready) and not isinstance(before, Ready):
            self.spool.check()  # the paper is looked at before the next customer needs it
            self.counter.rest()

    def _timers(self) -> None:
        now = time.monotonic()
        self.loop.at("clock", now + to_next_minute(), self._tick)
        self.loop.at("warm", now, _warm)
        self.loop.at("idle", now + self._settings.idle_lock_seconds, self._idle)
        if self._settings.imports.watch is not None and not self._settings.training:
            self.loop.at("feed start", now + FEED_S, self._start_feed)
        if self._door.there:
            self.loop.at("uplink start", now + FEED_S, self._open_uplink)
        fed = watchdog_seconds()
        if fed is not None:
            self.loop.at("watchdog", now, lambda: feed_watchdog(fed))

    def _start_feed(self) -> None:
        """The watched folder; its modules are needed by no screen. Training takes nothing in."""
        from terminal.feed.compose import feed_of  # noqa: PLC0415 - after the first screen

        self._feed = feed_of(self._settings, self._unwatched, self._aside, self._moments)
        self.loop.at("feed", 0.0, self._feed.step)

    def _open_uplink(self) -> None:
        self._door.open(self.loop.mailbox.post, self._unwatched, self._aside, self._moments)

    def _step_uplink(self) -> float | None:
        """What goes up and what comes down; rules come into force between two customers."""
        due = self._door.step()
        if not self._door.brings_news or not self._at_rest:
            return due  # the end of a return is handled, and then we are called again
        if not self._unwatched():
            return min(due or math.inf, time.monotonic() + QUIET_S)
        self.counter.rest(self._heed)
        return due

    def _heed(self, ledger: Ledger) -> None:
        def keep(record: UpkeepRecord) -> None:
            ledger.keep(record, self._moments.ids(1)[0], self._moments.stamp())

        rules = self._door.heed(self._settings.rules, keep, self.loop.mailbox.post)
        if rules is not None:
            self._settings = replace(self._settings, rules=rules)
            fresh = Ledger(self.store, rules)
            self.counter.work_by(rules, fresh, self._performer(fresh))

    def _unwatched(self) -> bool:
        """Nobody is typing or scanning, and no slip is on its way."""
        return (
            self.counter.health.storage
            and not self.counter.printing
            and time.monotonic() - self._last_operator > QUIET_S
        )

    def _aside(self, work: Callable[[Ledger], None]) -> bool:
        self.counter.rest(work)
        return self.counter.health.storage

    @property
    def _at_rest(self) -> bool:
        """Nobody is served."""
        return isinstance(self.counter.state, Ready | SignedOff) and self.counter.health.storage

    @property
    def _deserted(self) -> bool:
        """Nobody is served, and nobody has touched anything for a while."""
        return self._at_rest and time.monotonic() - self._last_operator >= DESERTED_S

    def _erase_old(self) -> float | None:
        """What is older than its term, a little at a time; taken up again when it is quiet."""
        if not (self._deserted and self._upkeep.due) or self.counter.health.clock_days_ahead:
            return None
        self.counter.rest(lambda _: self._upkeep.work(self.store))
        return None if self._upkeep.waits else time.monotonic() + PAUSE_S

    def _tick(self) -> float:
        if self._door.is_open:  # the idle lock, or an erasure, may have left something to send
            self.loop.at("uplink", time.monotonic(), self._step_uplink)
        self.doors.tick(formats.clock(datetime.now().astimezone()))
        if self.counter.health.printer_wants_hands and not self.counter.printing:
            self.spool.check()  # somebody may have put it right meanwhile
        if self._deserted and self._upkeep.due:
            self.loop.at("upkeep", time.monotonic(), self._erase_old)
        return time.monotonic() + to_next_minute()

    def _idle(self) -> float:
        now, patience = time.monotonic(), self._settings.idle_lock_seconds
        if now < self._last_operator + patience:
            return self._last_operator + patience
        self.doors.idle()
        return now + patience

    def _performer(self, ledger: Ledger) -> Performer:
        return Performer(
            ledger,
            self.store.staff,
            self._settings.rules,
            self._printing,
            self._press,
            self._on_slip,
            self._door,
        )

    def _enter_training(self, trainer: str, health: Callable[[], Health]) -> Room:
        """The room gets no store, no ledger and no number of this unit."""
        from terminal.training.lesson import Desk  # noqa: PLC0415 - only when it is entered
        from terminal.training.room import Room as TrainingRoom  # noqa: PLC0415 - as above

        desk = Desk(self._settings, self._display, self.spool, moments_of, self._on_slip)
        return TrainingRoom(desk, trainer, health)

    def _press(self, job: PrintJob, ret: Return | None) -> "tuple[Slip, bytes]":
        from terminal.paper.press import press  # noqa: PLC0415 - after the first screen: its law

        return press(job, ret, self._settings, self._words, self._codes)

    def _next_sequence(self) -> int:
        return self.store.next_return_sequence()

    def _reopen(self) -> tuple[Ledger, Performer]:
        """A fresh store after a fault; raises StorageFault while the fault lasts."""
        self.store.close()
        self.store = open_store(database_of(self._settings))
        ledger = Ledger(self.store, self._settings.rules)
        return ledger, self._performer(ledger)


def database_of(settings: Settings) -> Path:
    """The unit's database; training has one of its own and cannot reach the other."""
    return settings.data / ("training.db" if settings.training else "returns.db")


def _warm() -> None:
    """The first slip need not wait for what the first screen did not need."""
    import terminal.paper.press  # noqa: F401, PLC0415 - its law
