"""The keys of the office."""

from typing import assert_never

from terminal.core import events, states
from terminal.ui.binding import ARROWS, BACK, CHOICE, DIGITS, PICK, Binding, cancel, confirm, f
from terminal.ui.words import N_


def office(state: states.Office) -> tuple[Binding, ...]:
    match state:
        case states.ChoosingTask():
            return (*ARROWS, PICK, confirm(N_("Take the marked one")), cancel(N_("Leave")))
        case states.ChoosingRole():
            return CHOICE
        case states.OpeningStaff() | states.CheckingNewPin() | states.CheckingNewBadge():
            return (BACK,)
        case states.ListingStaff():
            return (*ARROWS, DIGITS, confirm(N_("This person, or the number typed")), BACK)
        case states.NamingMember():
            return (DIGITS, confirm(N_("Go on; without a name the number will do")), BACK)
        case states.ShowingMember():
            return (
                f(1, N_("New PIN"), events.PinChosen),
                f(2, N_("Badge"), events.BadgeChosen),
                f(3, N_("Unlock"), events.UnlockChosen),
                f(4, N_("Leaves the company"), events.LeaveChosen),
                BACK,
            )
        case states.SettingPin():
            return (DIGITS, Binding(None, N_("Confirm"), N_("Take this PIN")), BACK)
        case states.SettingBadge():
            return (f(1, N_("No badge any more"), events.NoBadgeChosen), BACK)
        case states.ConfirmingLeave():
            return (confirm(N_("Leaves the company")), BACK)
        case states.InTraining():
            return (cancel(N_("Leave the training")),)
        case _:
            assert_never(state)
