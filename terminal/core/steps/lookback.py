"""A return slip scanned again: its state now, a copy, or going on where it stopped."""

from terminal.core.effects import FindReturn, OpenDrawer, Tell
from terminal.core.events import (
    Cancelled,
    Confirmed,
    Restarted,
    ReturnFound,
    ReturnMissing,
    SlipScanned,
)
from terminal.core.machine import Step
from terminal.core.refusals import Refusal, Why
from terminal.core.returns import Status
from terminal.core.states import (
    FindingReturn,
    PayingCash,
    Ready,
    ShowingReturn,
    WaitingForCustomer,
)
from terminal.core.steps.receipt import Idle


def find(state: Idle, event: SlipScanned) -> Step[FindingReturn]:
    ask, code = event.moment.id, event.number or event.short_code
    return Step(FindingReturn(state.cashier, code, ask), asks=(FindReturn(ask, code),))


def find_again(state: FindingReturn, event: Restarted) -> Step[FindingReturn]:
    ask = event.moment.id
    return Step(FindingReturn(state.cashier, state.code, ask), asks=(FindReturn(ask, state.code),))


def show(state: FindingReturn, event: ReturnFound) -> Step[ShowingReturn]:
    return Step(ShowingReturn(state.cashier, event.ret))


def missing(state: FindingReturn, _: ReturnMissing) -> Step[Ready]:
    return Step(Ready(state.cashier), asks=(Tell(Refusal(Why.SLIP_UNKNOWN, (state.code,))),))


def leave(state: FindingReturn | ShowingReturn, _: Cancelled) -> Step[Ready]:
    return Step(Ready(state.cashier))


def go_on(state: ShowingReturn, _: Confirmed) -> Step[WaitingForCustomer | PayingCash | Ready]:
    """A return that is still open goes on where it stopped."""
    if state.ret.status is Status.RECORDED:
        return Step(WaitingForCustomer(state.cashier, state.ret))
    if state.ret.status is Status.CONFIRMED:
        caution = Tell(Refusal(Why.CASH_MAY_BE_PAID))
        return Step(PayingCash(state.cashier, state.ret), asks=(OpenDrawer(), caution))
    return Step(Ready(state.cashier))
