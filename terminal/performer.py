"""Performs asks, after the commit: one match over Ask.

Law of the file: what the ledger can answer at once is answered at once, as an event; what a device
must do is handed to its owner, who answers later. A fault becomes an answer, never a silence.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol, assert_never

from storage import staff as register
from storage.faults import PepperMissing
from storage.staff import StaffRegister
from terminal.core import effects, events, print_jobs, states
from terminal.core.events import Moment
from terminal.core.people import Role, Staff
from terminal.core.refusals import Refusal, Why
from terminal.core.returns import Return
from terminal.core.rules import Rules
from terminal.core.staffing import HoldBadge, HoldPin, ListStaff, RepeatPin
from terminal.finding import Finding, NoShop, Shop
from terminal.ledger import registered
from terminal.ledger.daybook import missing_shift, sheet_for
from terminal.ledger.ledger import Ledger
from terminal.uplink.values import LookedUp

if TYPE_CHECKING:
    from printer.slip import Slip

log = logging.getLogger("terminal")


class Printing(Protocol):
    """The printer's owner, as far as the performer asks of it (printer.spool.Spool)."""

    def prepare(self, job_id: str) -> None: ...

    def send(self, job_id: str, data: bytes) -> None: ...

    def kick_drawer(self) -> None: ...


class Unprintable(Exception):  # noqa: N818 - named for what happened
    """This slip cannot be put on this printer's paper."""


Press = Callable[[print_jobs.PrintJob, Return | None], "tuple[Slip, bytes]"]


class Performer:
    """`press` makes a job's slip and bytes; `on_slip` sees each slip that is sent (previews)."""

    def __init__(
        self,
        ledger: Ledger,
        staff: StaffRegister,
        rules: Rules,
        printing: Printing,
        press: Press,
        on_slip: Callable[[print_jobs.PrintJob, "Slip"], None],
        shop: Shop | None = None,
    ) -> None:
        self._ledger = ledger
        self._staff = staff
        self._rules = rules
        self._printing = printing
        self._press = press
        self._on_slip = on_slip
        self._shop = shop or NoShop()
        self._finding = Finding(ledger, rules, self._shop)

    def perform(self, ask: effects.Ask, moment: Moment) -> events.Event | Refusal | None:
        """The answer, if it is there at once; a Refusal is to be told to the cashier."""
        match ask:
            case effects.LookUp():
                return self._finding.look_up(ask, moment)
            case effects.FindArticle():
                article = self._ledger.article(ask.code, moment.now.date())
                return events.ArticleKnown(article, ask=ask.ask, moment=moment)
            case effects.FindReturn():
                found = self._ledger.find_return(ask.code)
                if found is None:
                    return events.ReturnMissing(ask=ask.ask, moment=moment)
                return events.ReturnFound(found, ask=ask.ask, moment=moment)
            case effects.AskShop():
                if self._shop.ask(ask.ask, {"return": ask.code}):
                    return None
                return events.ShopReplied(None, "offline", ask=ask.ask, moment=moment)
            case effects.CheckPin():
                pin = partial(self._staff.check_pin, ask.number, ask.pin, _ms(moment))
                return self._verdict(pin, ask.ask, ask.number, moment)
            case effects.CheckBadge():
                badge = partial(self._staff.check_badge, ask.token, _ms(moment))
                return self._verdict(badge, ask.ask, "", moment)
            case ListStaff() | HoldPin() | RepeatPin() | HoldBadge():
                return registered.answer(self._staff, ask, moment)
            case effects.PrepareSlip():
                self._printing.prepare(ask.job.id)
                return None
            case effects.SendSlip():
                return self._send(ask, moment)
            case effects.OpenDrawer():
                self._printing.kick_drawer()
                return None
            case effects.ReadDay():
                sheet = sheet_for(self._ledger, self._rules, ask.staff, moment.now)
                return events.DayRead(sheet, ask=ask.ask, moment=moment)
            case effects.Tell():
                return ask.refusal
            case _:
                assert_never(ask)

    def answered(self, answer: LookedUp, state: states.State, moment: Moment) -> events.Event:
        """The back office's answer: of the sale that is looked up, or of a return."""
        looking = states.LookingUp | states.Inspecting
        if isinstance(state, looking) and state.ask == answer.ask:
            return self._finding.answered(answer, state.query, moment)
        return events.ShopReplied(answer.ret, answer.fault, ask=answer.ask, moment=moment)

    def _verdict(
        self, check: Callable[[], register.PinVerdict], ask: str, number: str, moment: Moment
    ) -> events.Event:
        try:
            verdict = check()
        except PepperMissing as fault:
            log.error("%s", fault)  # noqa: TRY400 - the fault says it all
            return events.StaffRefused(Refusal(Why.PIN_KEY_MISSING), ask=ask, moment=moment)
        if isinstance(verdict, register.PinAccepted):
            one = verdict.staff
            staff = Staff(one.number, one.name, Role(one.role))
            missing = missing_shift(self._ledger, self._rules)
            return events.StaffAccepted(staff, missing, ask=ask, moment=moment)
        return events.StaffRefused(_refusal(verdict, number, moment), ask=ask, moment=moment)

    def _send(self, ask: effects.SendSlip, moment: Moment) -> events.Event | None:
        try:
            slip, data = self._press(ask.job, ask.ret)
        except Unprintable:
            return events.PrinterRefused("UNPRINTABLE", ask=ask.job.id, moment=moment)
        self._on_slip(ask.job, slip)
        self._printing.send(ask.job.id, data)
        return None


def _ms(moment: Moment) -> int:
    return int(moment.now.timestamp() * 1000)


Refused = register.PinWrong | register.PinLocked | register.StaffUnknown


def _refusal(verdict: Refused, number: str, moment: Moment) -> Refusal:
    match verdict:
        case register.PinWrong(tries_left=left):
            return Refusal(Why.PIN_WRONG, (str(left),))
        case register.PinLocked(until_ms=until):
            opens = datetime.fromtimestamp(until / 1000, moment.now.tzinfo)
            return Refusal(Why.PIN_LOCKED, (f"{opens:%H:%M:%S}",))
        case register.StaffUnknown():
            return Refusal(Why.STAFF_UNKNOWN if number else Why.BADGE_UNKNOWN)
        case _:
            assert_never(verdict)
