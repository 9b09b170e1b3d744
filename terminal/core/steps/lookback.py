"""A return slip scanned again: its state now, a copy, or going on where it stopped."""

from msgspec.structs import replace

from terminal.core.effects import DrawerOpened, FindReturn, OpenDrawer, Tell
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
    ConfirmingVoid,
    FindingReturn,
    IdleScreen,
    PayingCash,
    Ready,
    ShowingReturn,
    WaitingForCustomer,
)
from terminal.core.steps.customer import expired
from terminal.core.steps.refund import whether_moved


def find(state: Ready | IdleScreen, event: SlipScanned) -> Step[FindingReturn]:
    ask, code = event.moment.id, event.number or event.short_code or event.return_id
    signed = bool(event.return_id)
    finding = FindingReturn(state.cashier, code, ask, event.short_code, signed)
    return Step(finding, asks=(FindReturn(ask, code),))


def find_again(state: FindingReturn, event: Restarted) -> Step[FindingReturn]:
    ask = event.moment.id
    return Step(replace(state, ask=ask), asks=(FindReturn(ask, state.code),))


def show(state: FindingReturn, event: ReturnFound) -> Step[ShowingReturn | Ready]:
    """A slip's QR carries the short code too; numbers can be guessed, so a wrong one is no slip."""
    if state.short_code not in ("", event.ret.short_code):
        return _unknown(state)
    return Step(ShowingReturn(state.cashier, event.ret))


def missing(state: FindingReturn, _: ReturnMissing) -> Step[Ready]:
    return _unknown(state)


def leave(state: FindingReturn | ShowingReturn, _: Cancelled) -> Step[Ready]:
    return Step(Ready(state.cashier))


def go_on(
    state: ShowingReturn, event: Confirmed
) -> Step[WaitingForCustomer | PayingCash | ConfirmingVoid | Ready]:
    """A return that is still open goes on where it stopped.

    Not past the day printed on its slip: it is voided, and a new one asks the policy again.
    """
    ret = state.ret
    if ret.expired(event.moment.now.date()):
        return expired(state.cashier, ret)
    if ret.status is Status.RECORDED:
        return Step(WaitingForCustomer(state.cashier, ret))
    if ret.status is Status.CONFIRMED:
        caution = whether_moved(state.ret)
        opened = DrawerOpened(ret, state.cashier)
        return Step(PayingCash(state.cashier, ret), (opened,), (OpenDrawer(), caution))
    return Step(Ready(state.cashier))


def _unknown(state: FindingReturn) -> Step[Ready]:
    if state.signed:
        return Step(Ready(state.cashier), asks=(Tell(Refusal(Why.SLIP_OF_ANOTHER_TILL)),))
    return Step(Ready(state.cashier), asks=(Tell(Refusal(Why.SLIP_UNKNOWN, (state.code,))),))
