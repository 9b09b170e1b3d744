"""The day's screen: reading it, counting the drawer, opening and closing a shift.

Law of the file: every count is recorded before its difference is shown, so counting again leaves
the first count on file. A shift is closed by who opened it, or by who sees the whole day.
"""

from msgspec.structs import replace

from terminal.core.day import Closing, Count, Scope, Shift, pages
from terminal.core.day_events import (
    DayChosen,
    NumberTyped,
    OtherWayChosen,
    ReportChosen,
    ShiftChosen,
)
from terminal.core.effects import (
    DrawerCounted,
    DrawerOpened,
    OpenDrawer,
    ReadDay,
    Record,
    ShiftClosed,
    ShiftOpened,
    SignedOut,
    Tell,
)
from terminal.core.events import (
    AmountTyped,
    Cancelled,
    Confirmed,
    DayRead,
    DrawerFailed,
    Happened,
    Moved,
    Restarted,
)
from terminal.core.machine import Step
from terminal.core.people import Right, Staff
from terminal.core.print_jobs import PrintJob, SlipKind
from terminal.core.refusals import Refusal, Why
from terminal.core.states import (
    ConfirmingCount,
    CountingPieces,
    CountingTotal,
    PreparingSlip,
    ReadingDay,
    Ready,
    ShowingDay,
    SignedOff,
)
from terminal.core.steps.slips import prepare

Counting = CountingPieces | CountingTotal


def reading(cashier: Staff, event: Happened, *records: Record) -> Step[ReadingDay]:
    """Ask for the figures; they are here at once, unless the power goes."""
    ask = event.moment.id
    return Step(ReadingDay(cashier, ask), records, (ReadDay(ask, cashier),))


def read(state: Ready | ReadingDay, event: DayChosen | Restarted) -> Step[ReadingDay]:
    return reading(state.cashier, event)


def show(state: ReadingDay, event: DayRead) -> Step[ShowingDay]:
    return Step(ShowingDay(state.cashier, event.sheet))


def give_up(state: ReadingDay, _: Cancelled) -> Step[SignedOff]:
    """Not to Ready: it is not known yet whether returns may be made without a shift."""
    return Step(SignedOff(), (SignedOut(state.cashier),))


def leave(state: ShowingDay, _: Cancelled) -> Step[Ready | SignedOff]:
    """Back to the returns, unless the shop wants a shift opened first."""
    if state.sheet.drawer.shift_needed and state.sheet.shift is None:
        return Step(SignedOff(), (SignedOut(state.cashier),))
    return Step(Ready(state.cashier))


def turn(state: ShowingDay, event: Moved) -> Step[ShowingDay]:
    page = min(max(state.page + event.by, 0), len(pages(state.sheet)) - 1)
    return Step(replace(state, page=page))


def print_report(state: ShowingDay, event: ReportChosen) -> Step[PreparingSlip]:
    """The report as it is shown; from the second time on marked as a copy."""
    sheet = state.sheet
    kind = SlipKind.DAY if sheet.scope is Scope.DAY else SlipKind.SHIFT
    return prepare(state.cashier, PrintJob(event.moment.id, kind, sheet.printed, sheet), None)


def count(state: ShowingDay, _: ShiftChosen) -> Step[CountingPieces | CountingTotal | ShowingDay]:
    """The drawer is opened to be counted: for a float, or at the end of the shift."""
    shift = state.sheet.shift
    if shift and shift.by.number != state.cashier.number and not state.cashier.role.may(Right.DAY):
        told = Refusal(Why.SHIFT_OF_ANOTHER, (shift.by.name,))
        return Step(state, asks=(Tell(told),))
    opened = DrawerOpened(None, state.cashier)
    return Step(_first(state).state, (opened,), (OpenDrawer(),))


def move(state: CountingPieces, event: Moved) -> Step[CountingPieces]:
    last = len(state.numbers) - 1
    return Step(replace(state, cursor=min(max(state.cursor + event.by, 0), last)))


def take_number(state: CountingPieces, event: NumberTyped) -> Step[CountingPieces]:
    """The number of the marked value; the mark goes on to the next."""
    at = state.cursor
    numbers = (*state.numbers[:at], event.number, *state.numbers[at + 1 :])
    return Step(replace(state, numbers=numbers, cursor=min(at + 1, len(numbers) - 1)))


def counted(state: CountingPieces, _: Confirmed) -> Step[ConfirmingCount]:
    pieces = tuple(zip(state.sheet.drawer.pieces, state.numbers, strict=True))
    found = Count(sum(value * number for value, number in pieces), pieces)
    return _counted(state, found)


def take_total(state: CountingTotal, event: AmountTyped) -> Step[ConfirmingCount]:
    return _counted(state, Count(event.amount))


def as_total(state: CountingPieces, _: OtherWayChosen) -> Step[CountingTotal]:
    return Step(CountingTotal(state.cashier, state.sheet))


def as_pieces(state: CountingTotal, _: OtherWayChosen) -> Step[CountingPieces | CountingTotal]:
    """Only where the shop has named its notes and coins."""
    pieces = state.sheet.drawer.pieces
    return Step(_by_piece(state) if pieces else state)


def drawer_stuck(state: CountingPieces | CountingTotal, _: DrawerFailed) -> Step[Counting]:
    return Step(state, asks=(Tell(Refusal(Why.DRAWER_STUCK)),))


def stop(state: CountingPieces | CountingTotal, _: Cancelled) -> Step[ShowingDay]:
    """Nothing was counted to the end, so nothing is recorded."""
    return Step(ShowingDay(state.cashier, state.sheet))


def again(state: ConfirmingCount, _: Cancelled) -> Step[CountingPieces | CountingTotal]:
    """Count again; the count before stays on file."""
    return _first(state)


def settle(state: ConfirmingCount, event: Confirmed) -> Step[ReadingDay]:
    """Open the shift with this float, or close it with this count."""
    moment, shift = event.moment, state.sheet.shift
    at = moment.now.isoformat(timespec="seconds")
    if shift is None:
        new = Shift(moment.id, at, state.cashier, state.count, moment.return_sequence)
        return reading(state.cashier, event, ShiftOpened(new))
    end = Closing(at, state.cashier, state.sheet.paid, state.count, moment.return_sequence)
    return reading(state.cashier, event, ShiftClosed(replace(shift, closing=end)))


def _counted(state: Counting, found: Count) -> Step[ConfirmingCount]:
    shift = state.sheet.shift
    expected = shift.expected(state.sheet.paid) if shift else None
    fact = DrawerCounted(found, expected, state.cashier, shift.id if shift else "")
    return Step(ConfirmingCount(state.cashier, state.sheet, found), (fact,))


def _first(state: ShowingDay | ConfirmingCount) -> Step[CountingPieces | CountingTotal]:
    if state.sheet.drawer.by_piece:
        return Step(_by_piece(state))
    return Step(CountingTotal(state.cashier, state.sheet))


def _by_piece(state: ShowingDay | ConfirmingCount | CountingTotal) -> CountingPieces:
    none = (0,) * len(state.sheet.drawer.pieces)
    return CountingPieces(state.cashier, state.sheet, none)
