"""The loop's end of the uplink: what goes up, what comes down, what is asked, each in its turn.

Law of the file: nothing here waits, and nothing is written while a cashier is at it or a slip is on
its way. Whatever the network does, the counter hears at most: it is up, it is down, here is an
answer.
"""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from terminal.core.shop import ShopState
from terminal.courier.protocol import (
    BEAT_S,
    Answer,
    Clock,
    Hello,
    LookUp,
    Network,
    Page,
    Tell,
    Took,
)
from terminal.ledger.ledger import Ledger
from terminal.uplink.clocks import Clocks
from terminal.uplink.line import CourierThere, Heard, Line, LineValue
from terminal.uplink.reading import state_in
from terminal.uplink.rulebook import Rulebook, Unfit
from terminal.uplink.sending import Sending
from terminal.uplink.taking import Taking
from terminal.uplink.values import ClockOff, LookedUp, NetworkChanged, Told, UplinkValue

log = logging.getLogger("terminal")
BUSY_S = 0.25  # until the cashier may have finished typing
FAULT_S = 30.0  # after the disk or the database was at fault
GRACE_S = 1.0  # for the courier, whose own time for a look-up is the same
SILENT_S = 2.5 * BEAT_S  # a courier that said nothing for so long hangs, though its socket is open


class Pending(Struct):
    """A look-up that was asked, and the monotonic time until which an answer is waited for."""

    ask: str
    until: float


class Uplink:
    """`post` puts a value into the loop's mailbox; `idle` says whether nobody would notice a write;
    `aside` does a piece of work on the ledger and says whether the storage is well.
    """

    def __init__(
        self,
        line: Line,
        us: str,
        sending: Sending,
        taking: Taking,
        clocks: Clocks,
        look_up_s: float,
        post: Callable[[UplinkValue], None],
        idle: Callable[[], bool],
        aside: Callable[[Callable[[Ledger], None]], bool],
    ) -> None:
        self._line, self._us = line, us
        self._sending, self._taking, self.clocks = sending, taking, clocks
        self._look_up_s = look_up_s
        self._post, self._idle, self._aside = post, idle, aside
        self._number = 0  # of the connection; 0: there is none
        self._greeted = False
        self._heard_at = 0.0  # the last word on it
        self._re = 0
        self._asked: dict[int, Pending] = {}
        self._answer: Answer | None = None  # to what was delivered, until it is stored
        self._rest_until = self._take_after = 0.0  # before the next batch, the next part
        self.network = NetworkChanged(up=False, why="courier")
        self.unsent = 0

    def start(self) -> None:
        self._line.start()

    def close(self) -> None:
        self._line.close()

    @property
    def rulebook(self) -> Rulebook:
        """The files of rules that came down."""
        return self._taking.rulebook

    @property
    def refused(self) -> str:
        """Why a record was refused; empty where none was."""
        return self._sending.refused

    # What the flow asks.

    def ask(self, ask: str, query: Mapping[str, Any]) -> bool:
        """Send a look-up (docs/WIRE.md); False where nobody can be asked now."""
        if not self._greeted or not self.network.up:
            return False
        self._re += 1
        self._asked[self._re] = Pending(ask, time.monotonic() + self._look_up_s + GRACE_S)
        ms = round(self._look_up_s * 1000)
        self._line.say(self._number, LookUp(self._re, dict(query), ms))
        return True

    # What the courier says.

    def takes(self, value: object) -> bool:
        """Whether it was the line's, and is handled."""
        if not isinstance(value, CourierThere | Heard):
            return False
        self.handle(value)
        return True

    def handle(self, value: LineValue) -> None:
        """One value of the line."""
        match value:
            case CourierThere(number=0):
                self._gone()
            case CourierThere(number=number):
                self._number, self._heard_at = number, time.monotonic()
            case Heard(number=number, words=words):
                if number == self._number:  # not of a connection that has ended
                    self._heard_at = time.monotonic()
                    self._heard(words)

    def _heard(self, words: Answer | Tell) -> None:
        match words:
            case Network(up=up, why=why):
                self._light(NetworkChanged(up, why, bool(self.refused)))
            case Page():
                self._taking.begin(words)
            case Clock(offset_ms=offset):
                log.info("uplink: the office's clock is %d ms ahead of ours", offset)
                self.clocks.heard(offset)
                self._post(ClockOff(offset))
            case Answer():
                self._answered(words)

    def _hello(self, ledger: Ledger) -> None:
        cursor = ledger.store.feed_cursor()
        self._sending.again()
        self._answer = None
        self._re += 1
        self._greeted = True
        self._line.say(self._number, Hello(self._re, self._us, cursor))

    def _gone(self) -> None:
        self._number, self._greeted = 0, False
        self._sending.again()
        self._taking.drop()
        self._answer = None
        for one in tuple(self._asked.values()):
            self._post(LookedUp(one.ask, fault="offline"))
        self._asked.clear()
        self._light(NetworkChanged(up=False, why="courier", stopped=bool(self.refused)))

    def _light(self, light: NetworkChanged) -> None:
        if light.up != self.network.up:
            log.info("uplink: network %s %s", "up" if light.up else "down", light.why)
        if light != self.network:
            self.network = light
            self._post(light)

    def _answered(self, answer: Answer) -> None:
        pending = self._asked.pop(answer.re, None)
        if pending is not None:
            self._post(self._looked_up(pending.ask, answer))
        elif self._sending.under_way:
            self._answer = answer

    def _looked_up(self, ask: str, answer: Answer) -> LookedUp:
        ret: ShopState | None = None
        try:
            ret = state_in(answer.ret) if answer.ret is not None else None
        except Unfit as fault:
            log.warning("uplink: a return from the office cannot be used: %s", fault)
        return LookedUp(ask, answer.sales, ret, answer.fault)

    # What is done at rest.

    def step(self) -> float | None:
        """One short act; the monotonic time of the next one, None until something happens."""
        now = time.monotonic()
        self._expire(now)
        if self._number and not self._greeted and not self._aside(self._hello):
            return now + FAULT_S
        if self._greeted and not self._aside(self.count):
            return now + FAULT_S
        if not self._work_waits(now):
            return self._next_due(now)
        if not self._idle():
            return now + BUSY_S
        well = self._aside(self._act)
        return time.monotonic() + (0.0 if well else FAULT_S)

    def _work_waits(self, now: float) -> bool:
        if self._answer is not None:
            return True
        if self._taking.under_way and now >= self._take_after:
            return True
        return (
            self._greeted
            and not self._sending.under_way
            and not self.refused
            and self.unsent > 0
            and now >= self._rest_until
        )

    def _next_due(self, now: float) -> float | None:
        """When something would be due by itself: a look-up's end, a rest's end."""
        due = [one.until for one in self._asked.values()]
        due += [one for one in (self._rest_until, self._take_after) if one > now]
        if self.network.up:
            due.append(self._heard_at + SILENT_S)
        return min(due, default=None)

    def _expire(self, now: float) -> None:
        for re, one in tuple(self._asked.items()):
            if one.until <= now:
                del self._asked[re]
                self._post(LookedUp(one.ask, fault="offline"))
        if self.network.up and self._heard_at + SILENT_S <= now:
            self._light(NetworkChanged(up=False, why="silent", stopped=bool(self.refused)))

    def _act(self, ledger: Ledger) -> None:
        if self._answer is not None:
            answer, self._answer = self._answer, None
            wait = self._sending.answered(ledger, answer)
            self._light(replace(self.network, stopped=bool(self.refused)))
            self._rest_until = time.monotonic() + wait
        elif self._taking.under_way and time.monotonic() >= self._take_after:
            self._take(ledger)
        else:
            batch = self._sending.next_batch(ledger, self._re + 1)
            if batch is not None:
                self._re += 1
                self._line.say(self._number, batch)
        self.count(ledger)

    def _take(self, ledger: Ledger) -> None:
        try:
            cursor, news = self._taking.some(ledger)
        except OSError as fault:
            log.error("uplink: a file of the office's cannot be written: %s", fault)  # noqa: TRY400 - it says it all
            self._take_after = time.monotonic() + FAULT_S
            return
        for state in news:
            self._post(Told(state))
        if cursor is not None:
            self._line.say(self._number, Took(cursor))

    def count(self, ledger: Ledger) -> None:
        """How many records wait. Raises StorageFault."""
        self.unsent = ledger.store.unsent_count()
