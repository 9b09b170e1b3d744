"""What the shop says of a recorded return: how the flow hears it, and what is recorded beside it.

Law of the file: the terminal that recorded a return is the only one that ends it (docs/WIRE.md).
The shop's yes or no becomes a fact here, once, and only while the return still waits for it; where
cash or credit has to change hands, a person at the till does it. Nothing is called refunded before
every rail said success.
"""

from typing import TypeAlias

from msgspec.structs import replace

from terminal.core.effects import (
    CustomerConfirmed,
    OpenDrawer,
    Record,
    RefundMoved,
    ReturnVoided,
)
from terminal.core.events import Cancelled, Confirmed, LaterChosen, ShopTold
from terminal.core.happened import Happened
from terminal.core.machine import Step
from terminal.core.people import Staff
from terminal.core.print_jobs import PrintJob, SlipKind
from terminal.core.returns import Return, Status
from terminal.core.shop import Declined, RailState, ShopState, Standing
from terminal.core.states import (
    ConfirmingVoid,
    PayingCash,
    PreparingSlip,
    Ready,
    ShopDecided,
    ShowingReturn,
    TakingSignature,
    WaitingForCustomer,
)
from terminal.core.steps.refund import at_the_drawer, end, hand_on, paid_here
from terminal.core.steps.slips import prepare

# What only a record of this terminal brings about: where it has none, the record was lost.
GONE_ON = (Standing.CONFIRMED, Standing.REFUNDING, Standing.REFUNDED, Standing.PROBLEM)
Waits: TypeAlias = WaitingForCustomer | ShopDecided


def waiting(cashier: Staff, ret: Return) -> Waits:
    """Where a recorded return stands on screen: with the customer, or with the shop's answer."""
    return ShopDecided(cashier, ret) if ret.decided else WaitingForCustomer(cashier, ret)


def resolved(
    state: ShopDecided, event: ShopTold
) -> Step[WaitingForCustomer | ShopDecided | PreparingSlip | ShowingReturn]:
    """A conflict over a return that was confirmed before: it goes on from where it is looked at."""
    ret = after(state.ret, event.state)
    if ret.status is Status.CONFIRMED and not ret.decided:
        return Step(ShowingReturn(state.cashier, ret))
    return told(state, event)


def told(
    state: WaitingForCustomer | ShopDecided, event: ShopTold
) -> Step[WaitingForCustomer | ShopDecided | PreparingSlip]:
    """What needs nobody's hands is settled at once; for everything else the cashier is told."""
    ret = after(state.ret, event.state)
    if _approved(ret) and not needs_hands(ret):
        return _by_phone(state.cashier, ret, event)
    return Step(waiting(state.cashier, ret))


def told_while_signing(
    state: TakingSignature, event: ShopTold
) -> Step[TakingSignature | ShopDecided | PreparingSlip]:
    """The shop was quicker than the pen; its no, or a conflict, comes before the signature."""
    ret = after(state.ret, event.state)
    if _approved(ret) and not needs_hands(ret):
        return _by_phone(state.cashier, ret, event)
    if ret.decided:
        return Step(ShopDecided(state.cashier, ret))
    return Step(TakingSignature(state.cashier, ret))


def heard(ret: Return, said: ShopState | None) -> tuple[Return, tuple[RefundMoved, ...]]:
    """The return that is looked at after this word, and what of it has to be on file."""
    ret = after(ret, said) if said else ret
    moved = _moved(ret)
    return (moved[0].ret if moved else ret), moved


def act(state: ShopDecided, event: Confirmed) -> Step[PayingCash | PreparingSlip | Ready]:
    """Yes: the cash, or handed on. No: voided, with the reason. A conflict waits for the office."""
    cashier, ret = state.cashier, state.ret
    assert ret.shop is not None
    match ret.shop.state:
        case Standing.APPROVED if at_the_drawer(ret):
            ret, fact = _confirmed(ret, cashier)
            return Step(PayingCash(cashier, ret), (fact,), (OpenDrawer(),))
        case Standing.APPROVED:
            return _by_phone(cashier, ret, event)
        case Standing.DECLINED:
            ret, gone = _voided(ret, cashier)
            step = prepare(cashier, PrintJob(event.moment.id, SlipKind.RESULT), ret)
            return Step(step.state, (gone, *step.records), step.asks)
        case _:
            return Step(Ready(cashier))


def give_up(state: ShopDecided, _: Cancelled) -> Step[ConfirmingVoid | Ready]:
    """Voided at this till, unless its money may have gone already."""
    assert state.ret.shop is not None
    if state.ret.shop.state in GONE_ON:
        return Step(Ready(state.cashier))
    return Step(ConfirmingVoid(state.cashier, state.ret))


def later(state: ShopDecided, _: LaterChosen) -> Step[Ready]:
    return Step(Ready(state.cashier))


def beside(ret: Return, event: ShopTold) -> tuple[Record, ...]:
    """What is recorded of a return that is on no screen; nothing where a person is needed.

    `ret` is as it is on file at this moment, with the shop's last word.
    """
    if _approved(ret):
        if needs_hands(ret):
            return ()
        ret, fact = _confirmed(ret, None)
        return (fact, *end(ret, event)[1])
    if ret.decided and ret.shop is not None and ret.shop.state is Standing.DECLINED:
        return (_voided(ret, None)[1],)
    return _moved(ret)


def needs_hands(ret: Return) -> bool:
    """Cash, store credit on paper or new goods: somebody has to hand something over."""
    return paid_here(ret) or bool(ret.settlement.bought)


def status_after(ret: Return) -> Status:
    """How far the refunds of a return that was handed on have come, by what the shop said last."""
    said = ret.shop
    if said is None or ret.status not in (Status.ACCEPTED, Status.PROBLEM):
        return ret.status
    if said.state is Standing.PROBLEM:
        return Status.PROBLEM
    return Status.REFUNDED if arrived(said) else Status.ACCEPTED


def arrived(said: ShopState) -> bool:
    """Only what every rail calls a success is refunded, whatever the sum of it is called."""
    rails = {one.state for one in said.refunds}
    return said.state is Standing.REFUNDED and rails == {RailState.SUCCESS}


def after(ret: Return, said: ShopState) -> Return:
    """With this word of the shop; an older one, or one of another return, changes nothing."""
    if said.id != ret.id or (ret.shop is not None and said.version <= ret.shop.version):
        return ret
    return replace(ret, shop=said)


def _moved(ret: Return) -> tuple[RefundMoved, ...]:
    """Recorded only where the return comes to another status by it."""
    status = status_after(ret)
    if status is ret.status:
        return ()
    return (RefundMoved(replace(ret, status=status, copies=0), status),)


def _approved(ret: Return) -> bool:
    return ret.decided and ret.shop is not None and ret.shop.state is Standing.APPROVED


def _by_phone(cashier: Staff, ret: Return, event: Happened) -> Step[PreparingSlip]:
    ret, fact = _confirmed(ret, cashier)
    step = hand_on(cashier, ret, event)
    return Step(step.state, (fact, *step.records), step.asks)


def _confirmed(ret: Return, witness: Staff | None) -> tuple[Return, CustomerConfirmed]:
    """The customer submitted it, and the shop said yes; when the slip expires no longer matters."""
    ret = replace(ret, status=Status.CONFIRMED, copies=0)
    return ret, CustomerConfirmed(ret, "phone", witness)


def _voided(ret: Return, by: Staff | None) -> tuple[Return, ReturnVoided]:
    assert ret.shop is not None
    why = ret.shop.reason
    ret = replace(ret, status=Status.VOIDED, copies=0, declined=Declined(why.zh, why.en))
    return ret, ReturnVoided(ret, by)
