"""The keys while a recorded return waits for its customer, the shop's answer or its cash."""

from terminal.core import events, states
from terminal.core.shop import Standing
from terminal.core.steps.refund import at_the_drawer
from terminal.core.steps.shop import GONE_ON
from terminal.ui.binding import BACK, DIGITS, Binding, cancel, confirm, f
from terminal.ui.words import N_

_ANSWERS = (Standing.APPROVED, Standing.DECLINED)
Customer = (
    states.WaitingForCustomer
    | states.ShopDecided
    | states.Inspecting
    | states.TakingSignature
    | states.PayingCash
    | states.ConfirmingVoid
)


def bindings(state: Customer) -> tuple[Binding, ...]:
    later = f(1, N_("Next customer first"), events.LaterChosen)
    match state:
        case states.WaitingForCustomer():
            return (
                DIGITS,
                f(2, N_("No phone: sign"), events.SignatureChosen),
                f(3, N_("Print a copy"), events.ReprintChosen),
                f(4, N_("Inspect again"), events.InspectChosen),
                later,
                cancel(N_("Void")),
            )
        case states.ShopDecided():
            return (
                *_answered(state),
                f(3, N_("Print a copy"), events.ReprintChosen),
                *((later,) if _answer(state) in _ANSWERS else ()),  # else Confirm says the same
                BACK if _answer(state) in GONE_ON else cancel(N_("Void")),
            )
        case states.Inspecting():
            return (BACK,)
        case states.TakingSignature():
            return (confirm(N_("Signed")), BACK)
        case states.PayingCash():
            takes = state.ret.settlement.to_pay > 0  # an exchange for dearer goods
            return (
                confirm(N_("Cash taken") if takes else N_("Cash handed over")),
                f(3, N_("Open the drawer"), events.DrawerChosen),
                later,
                cancel(N_("Void")),
            )
        case states.ConfirmingVoid():
            return (confirm(N_("Void this return")), cancel(N_("Keep it")))


def _answered(state: states.ShopDecided) -> tuple[Binding, ...]:
    """What Confirm does follows from the answer; a conflict can only be left for later."""
    ret = state.ret
    match _answer(state):
        case Standing.APPROVED if at_the_drawer(ret):
            return (confirm(N_("Take the cash") if ret.settlement.to_pay else N_("Pay the cash")),)
        case Standing.APPROVED:
            return (confirm(N_("Refund it")),)
        case Standing.DECLINED:
            return (confirm(N_("Void this return")),)
        case _:
            return (confirm(N_("Next customer")),)


def _answer(state: states.ShopDecided) -> Standing:
    assert state.ret.shop is not None
    return state.ret.shop.state
