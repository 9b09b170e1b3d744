"""The keys of the day's screen and of the count of the drawer."""

from terminal.core import events, states
from terminal.ui.binding import ARROWS, BACK, DIGITS, PAGES, Binding, cancel, confirm, f
from terminal.ui.words import N_


def bindings(state: states.DayState) -> tuple[Binding, ...]:
    """The keys of a state, in the order in which they are shown."""
    shift = state.sheet.shift if not isinstance(state, states.ReadingDay) else None
    match state:
        case states.ReadingDay():
            return (BACK,)
        case states.ShowingDay():
            return (
                *PAGES,
                f(1, N_("Close the shift") if shift else N_("Open a shift"), events.ShiftChosen),
                f(5, N_("Print the report"), events.ReportChosen),
                BACK,
            )
        case states.CountingPieces():
            return (
                *ARROWS,
                DIGITS,
                f(1, N_("Type one total"), events.OtherWayChosen),
                confirm(N_("Done counting")),
                BACK,
            )
        case states.CountingTotal():
            by_piece = f(1, N_("Count piece by piece"), events.OtherWayChosen)
            return (
                DIGITS,
                Binding(None, N_("Confirm"), N_("Done counting")),
                *((by_piece,) if state.sheet.drawer.pieces else ()),
                BACK,
            )
        case states.ConfirmingCount():
            done = N_("Close the shift") if shift else N_("Open the shift")
            return (confirm(done), cancel(N_("Count again")))
