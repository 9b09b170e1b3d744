"""A return slip scanned again: its state now, a copy, or going on where it stopped.

Law of the file: what is on file is shown at once; the shop is asked beside it, and what it answers
may come later or never.
"""

from typing import TypeAlias

from msgspec.structs import replace

from terminal.core.effects import AskShop, DrawerOpened, FindReturn, OpenDrawer, Tell
from terminal.core.events import (
    Cancelled,
    Confirmed,
    Happened,
    Restarted,
    ReturnFound,
    ReturnMissing,
    ShopReplied,
    ShopTold,
    SlipScanned,
)
from terminal.core.machine import Step
from terminal.core.people import Staff
from terminal.core.refusals import Refusal, Why
from terminal.core.returns import Return, Status
from terminal.core.states import (
    AskingShop,
    ConfirmingVoid,
    FindingReturn,
    IdleScreen,
    PayingCash,
    Ready,
    ShopDecided,
    ShowingElsewhere,
    ShowingReturn,
    WaitingForCustomer,
)
from terminal.core.steps.customer import expired
from terminal.core.steps.refund import whether_moved
from terminal.core.steps.shop import heard, waiting

Shown: TypeAlias = ShowingReturn | ShopDecided


def find(state: Ready | IdleScreen, event: SlipScanned) -> Step[FindingReturn]:
    ask, code = event.moment.id, event.number or event.short_code or event.return_id
    signed = bool(event.return_id)
    finding = FindingReturn(state.cashier, code, ask, event.short_code, signed)
    return Step(finding, asks=(FindReturn(ask, code),))


def find_again(state: FindingReturn, event: Restarted) -> Step[FindingReturn]:
    ask = event.moment.id
    return Step(replace(state, ask=ask), asks=(FindReturn(ask, state.code),))


def show(state: FindingReturn, event: ReturnFound) -> Step[ShowingReturn | ShopDecided | Ready]:
    """A slip's QR carries the short code too; numbers can be guessed, so a wrong one is no slip."""
    if state.short_code not in ("", event.ret.short_code):
        return _unknown(state)
    return open_up(state.cashier, event.ret, event)


def open_up(cashier: Staff, ret: Return, event: Happened) -> Step[ShowingReturn | ShopDecided]:
    """As it is on file; how it stands at the shop is asked, for that may be older."""
    if ret.decided:
        return Step(ShopDecided(cashier, ret))
    ask = event.moment.id
    return Step(ShowingReturn(cashier, ret, ask), asks=(AskShop(ask, ret.id),))


def missing(state: FindingReturn, event: ReturnMissing) -> Step[AskingShop]:
    """Another till's, perhaps: the shop knows them all."""
    ask = event.moment.id
    asking = AskingShop(state.cashier, state.code, ask, state.signed)
    return Step(asking, asks=(AskShop(ask, state.code),))


def ask_again(state: AskingShop, event: Restarted) -> Step[AskingShop]:
    ask = event.moment.id
    return Step(replace(state, ask=ask), asks=(AskShop(ask, state.code),))


def replied(state: AskingShop, event: ShopReplied) -> Step[ShowingElsewhere | Ready]:
    if event.state is None:
        return _unknown(state)
    return Step(ShowingElsewhere(state.cashier, event.state))


def look_again(state: ShowingReturn, event: Restarted) -> Step[ShowingReturn]:
    ask = event.moment.id
    return Step(replace(state, ask=ask), asks=(AskShop(ask, state.ret.id),))


def news(state: ShowingReturn, event: ShopReplied | ShopTold) -> Step[ShowingReturn | ShopDecided]:
    """The shop's word on the return that is looked at; on file where it counts."""
    ret, records = heard(state.ret, event.state)
    if ret.decided:
        return Step(ShopDecided(state.cashier, ret), records)
    ask = "" if isinstance(event, ShopReplied) else state.ask
    return Step(ShowingReturn(state.cashier, ret, ask), records)


def leave(
    state: FindingReturn | ShowingReturn | AskingShop | ShowingElsewhere,
    _: Cancelled | Confirmed,
) -> Step[Ready]:
    return Step(Ready(state.cashier))


def go_on(
    state: ShowingReturn, event: Confirmed
) -> Step[WaitingForCustomer | ShopDecided | PayingCash | ConfirmingVoid | Ready]:
    """A return that is still open goes on where it stopped.

    Not past the day printed on its slip: it is voided, and a new one asks the policy again. Where
    the shop has answered, the customer was in time.
    """
    ret = state.ret
    if ret.expired(event.moment.now.date()) and not ret.decided:
        return expired(state.cashier, ret)
    if ret.status is Status.RECORDED or ret.decided:
        return Step(waiting(state.cashier, ret))
    if ret.status is Status.CONFIRMED:
        caution = whether_moved(state.ret)
        opened = DrawerOpened(ret, state.cashier)
        return Step(PayingCash(state.cashier, ret), (opened,), (OpenDrawer(), caution))
    return Step(Ready(state.cashier))


def _unknown(state: FindingReturn | AskingShop) -> Step[Ready]:
    if state.signed:
        return Step(Ready(state.cashier), asks=(Tell(Refusal(Why.SLIP_OF_ANOTHER_TILL)),))
    return Step(Ready(state.cashier), asks=(Tell(Refusal(Why.SLIP_UNKNOWN, (state.code,))),))
