"""The return counter: the state, its health and its typing; one device value at a time.

Law of the file: a step is committed before anything of it is performed or shown. If the commit
fails, nothing is performed: the cashier is told, and at the next key or minute the store is opened
afresh. What it then says is the truth, for a commit may be on the disk although its answer was an
error; from there the flow goes on as after a restart.
"""

import logging
from collections import deque
from collections.abc import Callable

from msgspec.structs import replace

from drivers.values import DeviceLost, DeviceReady, KeyPress, Scan, ScanRejected
from printer import values as printed
from storage.faults import StorageFault
from terminal.core import effects, events, health, states
from terminal.core.flow import RETURN
from terminal.core.limits import not_taken
from terminal.core.machine import Step, unmarked
from terminal.core.policy import notice_sentences
from terminal.core.refusals import Refusal
from terminal.core.rules import Rules
from terminal.facing import Display, ShopValue, Value
from terminal.health_after import after_device, after_shop, health_after
from terminal.ledger.codec import Unreadable
from terminal.ledger.ledger import Ledger
from terminal.ledger.refused import NotWritten
from terminal.moments import Moments
from terminal.performer import Performer
from terminal.printer_replies import reply_of
from terminal.said import Said
from terminal.scans import CodePatterns
from terminal.shop_desk import ShopDesk
from terminal.slip_code import UNSIGNED, SlipCodes
from terminal.translate import Heard, hear_key, hear_scan, untimely
from terminal.ui.entries import Editor
from terminal.ui.screen import Screen
from terminal.ui.screens import screen_for
from terminal.ui.view import View
from terminal.ui.words import N_
from terminal.uplink.values import ClockOff, LookedUp, NetworkChanged, RulesStand, Told

log = logging.getLogger("terminal")


class Counter:
    """`reopen` gives a fresh ledger and performer after a storage fault, or raises it again."""

    def __init__(
        self,
        ledger: Ledger,
        performer: Performer,
        moments: Moments,
        patterns: CodePatterns,
        view: View,
        display: Display,
        reopen: Callable[[], tuple[Ledger, Performer]],
        codes: SlipCodes = UNSIGNED,
    ) -> None:
        self._ledger = ledger
        self._performer = performer
        self._moments = moments
        self._patterns = patterns
        self._view = view
        self._display = display
        self._reopen = reopen
        self._codes = codes
        self._desk = ShopDesk(moments)
        self.state: states.State = states.SignedOff()
        self.health = view.health
        self.editor = Editor()
        self.ignored = 0  # events the table did not hear, late replies among them
        self._said = Said()
        self._shown: Screen | None = None
        self._since = ""

    def start(self) -> None:
        """Take up the committed state and go on. Raises StorageFault."""
        self._take_up()
        self.health = health.clock(self.health, set_back=self._moments.set_back())
        restarted = events.Restarted(moment=self._moments.now())
        if RETURN.hears(self.state, restarted):
            self._run(restarted)
        self.show()
        self._desk.take_up(self._ledger)
        self._attend()
        self.show()

    def _take_up(self) -> None:
        """The committed state. One that cannot be read is set aside and recorded.

        Every return in it is on file and found by its slip or its receipt, and a till that does
        not start helps nobody.
        """
        try:
            self.state = self._ledger.state()
        except Unreadable as fault:
            log.error("the state was set aside: %s", fault)  # noqa: TRY400 - the fault says it all
            self.state = states.SignedOff()
            self._commit(Step(self.state, (effects.StateSetAside(str(fault)),)))

    def handle(self, value: Value) -> None:
        """One value of a device: at most one event, its step, its commit, its asks, its screen."""
        if self.health.storage or isinstance(value, KeyPress | Scan):
            self._guarded(lambda: self._take(value))
        elif isinstance(value, DeviceLost | DeviceReady):
            self._device(value)
        elif isinstance(value, ShopValue):
            self._shop(value)
        elif not isinstance(value, ScanRejected):
            self.health = health_after(self.health, value)
        self.show()

    def _take(self, value: Value) -> None:
        match value:
            case KeyPress():
                now, currency = self._moments.now(), self._view.currency
                self._heard(hear_key(value, self.state, self.editor, now, currency))
            case Scan():
                now = self._moments.now()
                self._heard(hear_scan(value, self._patterns, now, self.state, self._codes))
            case ScanRejected():
                self._said = Said(rejected=True)
                self._display.beep()
                log.info("scan rejected: %s", value.fault.name)
            case DeviceLost() | DeviceReady():
                self._device(value)
            case LookedUp():
                self._shop(value)
                self._run(self._performer.answered(value, self.state, self._moments.now()))
            case Told() | NetworkChanged() | ClockOff() | RulesStand():
                self._shop(value)
            case _:
                self._printer(value)

    @property
    def printing(self) -> bool:
        """Whether a slip is on its way: then nobody else asks the printer anything."""
        return isinstance(self.state, states.PreparingSlip | states.SendingSlip)

    def idle(self) -> None:
        """No key and no scan for the lock time."""
        self._guarded(self._lock)
        self.show()

    def _guarded(self, work: Callable[[], None]) -> None:
        """Work on an open store, then what the shop said; a fault of the disk is told."""
        try:
            if self.health.storage or self._mended():
                work()
                self._attend()
        except StorageFault as fault:
            self._failed(fault)

    def _lock(self) -> None:
        event = events.IdleTooLong(moment=self._moments.now())
        if RETURN.hears(self.state, event):
            self._said, self.editor = Said(), Editor()
            self._run(event)

    def rest(self, work: Callable[[Ledger], None] = Ledger.tidy) -> None:
        """Between two customers or two keys: time for what nobody should wait for."""
        if self.health.storage:  # else the store may be closed
            before = self.state
            self._guarded(lambda: work(self._ledger))
            if self.state is not before or not self.health.storage:
                self.show()

    def work_by(self, rules: Rules, ledger: Ledger, performer: Performer) -> None:
        """New rules, between two customers: what begins now goes by them."""
        self._ledger, self._performer = ledger, performer
        self._view = replace(self._view, policy=notice_sentences(rules), not_taken=not_taken(rules))
        self._said = Said(new_rules=rules.policy.version)
        self.show()

    def tick(self, clock: str) -> None:
        """A new minute on the clock."""
        self._view = replace(self._view, clock=clock)
        self._guarded(lambda: None)
        self.health = health.clock(self.health, set_back=self._moments.set_back())
        self.show()

    def show(self) -> None:
        """Draw the screen if anything on it changed or a device that came back may have lost it."""
        view = replace(self._view, health=self.health, editor=self.editor, since=self._since)
        screen = screen_for(self.state, self._said.over(view))
        if screen != self._shown:
            self._display.show(screen)
            self._shown = screen
        self._moments.shown(unmarked(self.state))

    def _heard(self, heard: Heard) -> None:
        if heard.event is not None and RETURN.too_soon(self.state, heard.event):
            return  # a key that bounced, or a second press before the eye
        self._said = Said(heard.refusal, heard.malformed)
        self.editor = heard.editor
        if heard.refusal or heard.malformed or heard.dead_key:
            self._display.beep()
        if heard.event is not None:
            if RETURN.hears(self.state, heard.event):
                self._run(heard.event)
            else:
                self.ignored += 1
                self._said = Said(refusal=untimely(self.state, heard.event))
                self._display.beep()

    def _run(self, first: events.Event) -> None:
        """This event, and every answer that its asks give at once."""
        waiting = deque([first])
        while waiting:
            event = waiting.popleft()
            if not RETURN.hears(self.state, event):
                self.ignored += 1
                log.info("not heard: %s in %s", type(event).__name__, type(self.state).__name__)
                continue
            waiting.extend(self._step(event))

    def _step(self, event: events.Event) -> list[events.Event]:
        step = RETURN.advance(self.state, event)
        if step.state != self.state or step.records:
            try:
                self._commit(step)
            except NotWritten as refused:
                return [refused.event(self._moments.now())]
        if step.state != self.state:
            self.editor = Editor()
            self._since = self._view.words(N_("since {time}"), time=f"{event.moment.now:%H:%M:%S}")
            self.health = health.signed_off(self.health, now=type(step.state) is states.SignedOff)
        self.state = step.state
        return self._perform(step.asks)

    def _commit(self, step: Step[states.State]) -> None:
        ids = self._moments.ids(len(step.records))
        self._ledger.commit(step.state, step.records, ids, self._moments.stamp(), self.state)

    def _failed(self, fault: StorageFault) -> None:
        log.error("storage: %s", fault)
        self.health = health.storage(self.health, good=False)
        self._said, self.editor = Said(), Editor()
        self._display.beep()

    def _mended(self) -> bool:
        """Open the store afresh and take up what it says. True: the value at hand may go on.

        False while the fault lasts, and when the flow has moved: the key was for another screen.
        """
        try:
            self._ledger, self._performer = self._reopen()
            before = self.state
            self._take_up()
            self.health = health.storage(self.health, good=True)
            restarted = events.Restarted(moment=self._moments.now())
            if RETURN.hears(self.state, restarted):
                self._run(restarted)
        except StorageFault as fault:
            self._failed(fault)
            return False
        return self.state == before

    def _perform(self, asks: tuple[effects.Ask, ...]) -> list[events.Event]:
        answers: list[events.Event] = []
        for ask in asks:
            answer = self._performer.perform(ask, self._moments.now())
            if isinstance(answer, Refusal):
                self._said = Said(refusal=answer)
                self._display.beep()
            elif answer is not None:
                answers.append(answer)
        return answers

    def _device(self, value: DeviceLost | DeviceReady) -> None:
        good = isinstance(value, DeviceReady)
        self.health = after_device(self.health, value)
        self._shown = None if good else self._shown
        told, word = (log.info, "GOOD") if good else (log.warning, "LOST")
        told("%s: %s %s", value.device, word, value.detail)

    def _printer(self, value: printed.PrinterValue) -> None:
        """The printer's answer, as health and as the reply that the flow waits for."""
        self.health = health_after(self.health, value)
        reply = reply_of(value, self._moments.now())
        if reply is not None:
            self._run(reply)

    def _shop(self, value: ShopValue) -> None:
        """What the shop says is kept for `_attend`; whether it can be reached, for the screen."""
        match value:
            case Told(state=said) | LookedUp(ret=said):
                if said is not None:
                    self._desk.hear(said)
            case NetworkChanged() | ClockOff() | RulesStand():
                self.health = after_shop(self.health, value, self._view.clock)

    def _attend(self) -> None:
        """What the shop said: into the flow for the return on the screen, beside it for others."""
        while told := self._desk.for_the_screen(self.state, self._ledger):
            self._run(told)
        self._desk.beside(self._ledger, self.state)
