"""Every key that works, state by state: what its cap says, what it does, which event it makes.

Law of the file: the key bar on the screen and the keyboard obey the same rows, so a key that is
shown works and a key that works is shown.
"""

from collections.abc import Callable

from msgspec import Struct

from drivers.values import Key as KeyCode
from terminal.core import events, states
from terminal.core.returns import Return, Status
from terminal.ui.words import N_, Words

Make = Callable[[events.Moment], events.OperatorEvent]


class Binding(Struct, frozen=True):
    """One key. `make` None: the key belongs to the line editor (digits) and is only shown."""

    code: KeyCode | None
    cap: str  # msgid, or the cap itself
    label: str  # msgid
    make: Make | None = None


def _key(code: KeyCode, cap: str, label: str, event: type[events.OperatorEvent]) -> Binding:
    def make(moment: events.Moment) -> events.OperatorEvent:
        return event(moment=moment)  # type: ignore[call-arg]  # only events without fields are bound

    return Binding(code, cap, label, make)


def _confirm(label: str) -> Binding:
    return _key(KeyCode.CONFIRM, N_("Confirm"), label, events.Confirmed)


def _cancel(label: str) -> Binding:
    return _key(KeyCode.CANCEL, N_("Cancel"), label, events.Cancelled)


def _up(label: str) -> Binding:
    return _key(KeyCode.UP, "↑", label, events.ChangeChosen)


def _move(by: int) -> Make:
    return lambda moment: events.Moved(by, moment=moment)


_ARROWS = (
    Binding(KeyCode.UP, "↑↓", N_("Move"), _move(-1)),
    Binding(KeyCode.DOWN, "", "", _move(+1)),
)
_DIGITS = Binding(None, "0–9", N_("Type"))
_PICK = Binding(None, "0–9", N_("Choose"))
_F = (KeyCode.F1, KeyCode.F2, KeyCode.F3, KeyCode.F4, KeyCode.F5, KeyCode.F6)


def _f(number: int, label: str, event: type[events.OperatorEvent]) -> Binding:
    return _key(_F[number - 1], f"F{number}", label, event)


_BACK = _cancel(N_("Back"))
_DROP = _cancel(N_("Drop this return"))
_CHOICE = (*_ARROWS, _PICK, _confirm(N_("Take the marked one")), _BACK)
_PIN = (_DIGITS, Binding(None, N_("Confirm"), N_("Sign on")), _BACK)
_OVERRIDE_PIN = (_DIGITS, Binding(None, N_("Confirm"), N_("Approve")), _BACK)
_CHANGE = _up(N_("Change the goods"))


def bindings(state: states.State) -> tuple[Binding, ...]:
    """The keys of a state, in the order in which they are shown."""
    match state:
        case states.SignedOff():
            return (_DIGITS, Binding(None, N_("Confirm"), N_("Go on to the PIN")))
        case states.EnteringPin():
            return _PIN
        case states.EnteringOverridePin():
            return _OVERRIDE_PIN
        case states.CheckingStaff() | states.CheckingOverride() | states.LookingUp():
            return (_BACK,)
        case states.Ready():
            return (
                _DIGITS,
                _f(1, N_("Find by day and amount"), events.SearchChosen),
                _f(5, N_("Print the return policy"), events.NoticeChosen),
                _cancel(N_("Sign off")),
            )
        case states.EnteringDay():
            return (_DIGITS, _confirm(N_("Today, or the day typed")), _BACK)
        case states.EnteringAmount():
            return (_DIGITS, Binding(None, N_("Confirm"), N_("Find")), _BACK)
        case states.ChoosingSale():
            return (*_ARROWS, _confirm(N_("This sale")), _BACK)
        case states.ReceiptUnknown():
            return (
                _DIGITS,
                _f(1, N_("Find by day and amount"), events.SearchChosen),
                _cancel(N_("Leave")),
            )
        case states.NothingLeft():
            return (
                _confirm(N_("Next customer")),
                *_open(state.open_return),
                _cancel(N_("Leave")),
            )
        case states.FindingReturn():
            return (_BACK,)
        case states.ShowingReturn():
            return _shown(state)
        case (
            states.PreparingSlip()
            | states.SendingSlip()
            | states.SlipBlocked()
            | states.SlipUncertain()
        ):
            return _slip(state)
        case (
            states.WaitingForCustomer()
            | states.TakingSignature()
            | states.PayingCash()
            | states.ConfirmingVoid()
        ):
            return _customer(state)
        case _:
            return _draft(state)


def _open(waiting: Return | None) -> tuple[Binding, ...]:
    """Only where there is such a return."""
    return (_f(2, N_("The open return"), events.OpenReturnChosen),) if waiting else ()


def _draft(state: states.DraftState) -> tuple[Binding, ...]:
    match state:
        case states.ChoosingGoods():
            return (
                *_ARROWS,
                Binding(None, "0–9", N_("Quantity")),
                _f(1, N_("All"), events.AllChosen),
                *_open(state.draft.open_return),
                _confirm(N_("Next")),
                _DROP,
            )
        case (
            states.ChoosingReason()
            | states.ChoosingCondition()
            | states.ChangingReason()
            | states.ChangingCondition()
        ):
            return _CHOICE
        case states.ChoosingOverrideReason():
            return (*_ARROWS, _PICK, _confirm(N_("Take the marked one")), _DROP)
        case states.EnteringDifference():
            return (_DIGITS, Binding(None, N_("Confirm"), N_("Take this amount")), _BACK)
        case states.CheckingLines():
            return (
                *_ARROWS,
                _f(4, N_("Change this line"), events.LinesChosen),
                _confirm(N_("Done")),
                _BACK,
            )
        case states.Denied():
            return (_confirm(N_("Next customer")), _CHANGE, _DROP)
        case states.GivingEvidence():
            return (_confirm(N_("I have seen it")), _CHANGE, _DROP)
        case states.AwaitingOverride():
            return (
                _DIGITS,
                Binding(None, N_("Confirm"), N_("Go on to the PIN")),
                _CHANGE,
                _DROP,
            )
        case states.ConfirmingAmounts():
            return (
                _confirm(N_("Record and print")),
                _CHANGE,
                _f(4, N_("Line by line"), events.LinesChosen),
                _DROP,
            )
        case states.EnteringOverridePin() | states.CheckingOverride():
            return (_BACK,)


def _slip(state: states.SlipState) -> tuple[Binding, ...]:
    without = _f(2, N_("Go on without the slip"), events.SkipChosen)
    match state:
        case states.PreparingSlip():
            return (_cancel(N_("Go on without the slip")),)
        case states.SendingSlip():
            return ()
        case states.SlipBlocked():
            return (_confirm(N_("Mended: print")), without)
        case states.SlipUncertain():
            return (
                _confirm(N_("The slip is complete")),
                _f(3, N_("Print a copy"), events.ReprintChosen),
                without,
            )


Customer = (
    states.WaitingForCustomer | states.TakingSignature | states.PayingCash | states.ConfirmingVoid
)


def _customer(state: Customer) -> tuple[Binding, ...]:
    later = _f(1, N_("Next customer first"), events.LaterChosen)
    match state:
        case states.WaitingForCustomer():
            return (
                _DIGITS,
                _f(2, N_("No phone: sign"), events.SignatureChosen),
                _f(3, N_("Print a copy"), events.ReprintChosen),
                later,
                _cancel(N_("Void")),
            )
        case states.TakingSignature():
            return (_confirm(N_("Signed")), _BACK)
        case states.PayingCash():
            return (
                _confirm(N_("Cash handed over")),
                _f(3, N_("Open the drawer"), events.DrawerChosen),
                later,
                _cancel(N_("Void")),
            )
        case states.ConfirmingVoid():
            return (_confirm(N_("Void this return")), _cancel(N_("Keep it")))


def _shown(state: states.ShowingReturn) -> tuple[Binding, ...]:
    open_still = state.ret.status in (Status.RECORDED, Status.CONFIRMED)
    return (
        _confirm(N_("Go on with it") if open_still else N_("Next customer")),
        _f(3, N_("Print a copy"), events.ReprintChosen),
        _BACK,
    )


def shown(state: states.State, words: Words) -> tuple[tuple[str, str], ...]:
    """Cap and label of each key, in the cashier's language."""
    return tuple((words(one.cap), words(one.label)) for one in bindings(state) if one.label)
