"""Money back: cash by hand at the open drawer, everything else handed to the queue as accepted.

Law of the file: nothing here says "refunded" of money that a rail still has to move.
"""

from msgspec.structs import replace

from terminal.core.coupons import CouponGivenBack
from terminal.core.credit import credit_in, with_code
from terminal.core.effects import (
    CashPaid,
    CreditGiven,
    DrawerOpened,
    GoodsExchanged,
    OpenDrawer,
    PrintJob,
    Record,
    RefundAccepted,
    ReturnFinished,
    SlipKind,
    Tell,
)
from terminal.core.events import Confirmed, DrawerChosen, DrawerFailed, Happened, Restarted
from terminal.core.exchange import sale_of
from terminal.core.machine import Step
from terminal.core.people import Staff
from terminal.core.refusals import Refusal, Why
from terminal.core.returns import Refund, Return, ReturnKind, Status
from terminal.core.states import PayingCash, PreparingSlip
from terminal.core.steps.slips import prepare
from terminal.core.tenders import CASH, CREDIT

HERE = (CASH, CREDIT)  # paid at this unit; every other tender is moved by a rail


def paid(state: PayingCash, event: Confirmed) -> Step[PreparingSlip]:
    """The cash is where it belongs; other tenders go to the queue in the same commit."""
    it = state.ret.settlement
    amount = sum(one.amount for one in it.refunds if one.kind == CASH) - it.to_pay
    step = hand_on(state.cashier, state.ret, event)
    return Step(step.state, (CashPaid(state.ret, amount, state.cashier), *step.records), step.asks)


def hand_on(cashier: Staff, ret: Return, event: Happened) -> Step[PreparingSlip]:
    """Hand every refund that is not cash to the queue, finish the return, queue the result slip."""
    others = tuple(one for one in ret.settlement.refunds if one.kind not in HERE and one.amount)
    ret = with_code(ret, event.moment)
    ret = replace(ret, status=Status.ACCEPTED if others else Status.REFUNDED, copies=0)
    records: tuple[Record, ...] = (
        *(_accepted(ret, one, event) for one in others),
        *((CreditGiven(ret, credit_in(ret.settlement)),) if ret.credit_code else ()),
        *(CouponGivenBack(ret, it.kind, it.amount) for it in ret.coupons if it.given_back),
        *_exchanged(ret, event),
        ReturnFinished(ret, ret.status),
    )
    step = prepare(cashier, PrintJob(event.moment.id, SlipKind.RESULT), ret)
    return Step(step.state, (*records, *step.records), step.asks)


def open_again(state: PayingCash, _: DrawerChosen) -> Step[PayingCash]:
    return Step(state, (DrawerOpened(state.ret, state.cashier),), (OpenDrawer(),))


def drawer_stuck(state: PayingCash, _: DrawerFailed) -> Step[PayingCash]:
    return Step(state, asks=(Tell(Refusal(Why.DRAWER_STUCK)),))


def ask_whether_paid(state: PayingCash, _: Restarted) -> Step[PayingCash]:
    """The power may have gone between the cash and the key: a person knows, a drawer does not."""
    return Step(state, asks=(whether_moved(state.ret),))


def whether_moved(ret: Return) -> Tell:
    """Only a person knows whether this cash has gone through the drawer before."""
    taken = ret.settlement.to_pay > 0
    return Tell(Refusal(Why.CASH_MAY_BE_TAKEN if taken else Why.CASH_MAY_BE_PAID))


def _accepted(ret: Return, one: Refund, event: Happened) -> RefundAccepted:
    """A customer who comes back another day is too late for a void: the rail refunds by amount."""
    today = ret.recorded_at[:10] == event.moment.now.date().isoformat()
    how = "void" if ret.kind is ReturnKind.VOID and today else "refund"
    return RefundAccepted(ret, one.position, one.kind, one.amount, how)


def _exchanged(ret: Return, event: Happened) -> tuple[GoodsExchanged, ...]:
    """The new goods are sold now, and not before: a return may still be voided until here."""
    if not ret.settlement.bought:
        return ()
    sequence = int(ret.number.rsplit("-", 1)[1])
    return (GoodsExchanged(ret, sale_of(ret, event.moment, sequence)),)
