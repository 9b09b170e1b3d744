"""Keys where goods are put on a list: written down for a return, or taken in exchange."""

from terminal.core import events, states
from terminal.ui.binding import ARROWS, BACK, DIGITS, DROP, Binding, cancel, confirm, f
from terminal.ui.words import N_


def declared(state: states.DeclaredState) -> tuple[Binding, ...]:
    match state:
        case states.DeclaringDay():
            return (DIGITS, confirm(N_("Today, or the day typed")), DROP)
        case states.AddingGoods():
            return (
                *ARROWS,
                DIGITS,
                f(2, N_("One less"), events.OneLessChosen),
                confirm(N_("Next")),
                DROP,
            )
        case states.FindingArticle():
            return (BACK,)
        case states.PricingArticle():
            return (DIGITS, confirm(N_("Take this amount")), BACK)


def new_goods(state: states.AddingNew | states.FindingNew) -> tuple[Binding, ...]:
    match state:
        case states.AddingNew():
            return (
                *ARROWS,
                DIGITS,
                f(2, N_("One less"), events.OneLessChosen),
                confirm(N_("Settle both")),
                cancel(N_("No exchange")),
            )
        case states.FindingNew():
            return (BACK,)
