"""Signing on and off."""

from terminal.core.effects import CheckBadge, CheckPin, SignedOn, SignedOut, StaffTurnedAway, Tell
from terminal.core.events import (
    BadgeScanned,
    Cancelled,
    IdleTooLong,
    PinTyped,
    Restarted,
    StaffAccepted,
    StaffRefused,
    Typed,
)
from terminal.core.machine import Step
from terminal.core.people import Right
from terminal.core.refusals import Refusal, Why
from terminal.core.states import (
    Attended,
    CheckingStaff,
    ChoosingTask,
    DraftState,
    EnteringPin,
    ReadingDay,
    Ready,
    SignedOff,
)
from terminal.core.steps import day


def ask_pin(_: SignedOff, event: Typed) -> Step[EnteringPin]:
    return Step(EnteringPin(event.text))


def check_pin(state: EnteringPin, event: PinTyped) -> Step[CheckingStaff]:
    ask = event.moment.id
    return Step(CheckingStaff(ask, state.number), asks=(CheckPin(ask, state.number, event.pin),))


def check_badge(_: SignedOff | EnteringPin, event: BadgeScanned) -> Step[CheckingStaff]:
    ask = event.moment.id
    return Step(CheckingStaff(ask), asks=(CheckBadge(ask, event.token),))


def sign_on(_: CheckingStaff, event: StaffAccepted) -> Step[Ready | ChoosingTask | ReadingDay]:
    """To the returns; to the day's screen where the shop wants a shift opened first; to the
    office where this role may not serve customers.
    """
    fact = SignedOn(event.staff)
    if not event.staff.role.may(Right.SERVE):
        return Step(ChoosingTask(event.staff, 0), (fact,))
    if event.shift_missing:
        return day.reading(event.staff, event, fact)
    return Step(Ready(event.staff), (fact,))


def refuse(state: CheckingStaff, event: StaffRefused) -> Step[SignedOff]:
    fact = turned_away(state.number, event.refusal, "sign_on")
    return Step(SignedOff(), (fact,), (Tell(event.refusal),))


def turned_away(number: str, refusal: Refusal, at: str) -> StaffTurnedAway:
    """What is kept of a refused sign-on. A number nobody has, or of which nobody knows, may be a
    PIN typed too early.
    """
    known = refusal.why not in {Why.STAFF_UNKNOWN, Why.PIN_KEY_MISSING}
    return StaffTurnedAway(number if known else "", refusal.why.name, at)


def start_over(_: EnteringPin | CheckingStaff, __: Cancelled | Restarted) -> Step[SignedOff]:
    """A PIN is in no state, so after a power cut it is typed again."""
    return Step(SignedOff())


def sign_out(state: Attended, event: Cancelled | IdleTooLong) -> Step[SignedOff]:
    """A recorded return stays open on file; its slip brings it back."""
    locked = isinstance(event, IdleTooLong)
    return Step(SignedOff(), (SignedOut(state.cashier, locked=locked),))


def drop_and_sign_out(state: DraftState, _: IdleTooLong) -> Step[SignedOff]:
    """Nobody has been here for long and nothing is recorded: nothing is left behind."""
    return Step(SignedOff(), (SignedOut(state.draft.cashier, locked=True),))


def forget_number(_: EnteringPin, __: IdleTooLong) -> Step[SignedOff]:
    return Step(SignedOff())
