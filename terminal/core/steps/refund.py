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
    Record,
    RefundAccepted,
    ReturnFinished,
    Tell,
)
from terminal.core.events import Confirmed, DrawerChosen, DrawerFailed, Happened, Restarted
from terminal.core.exchange import sale_of
from terminal.core.machine import Step
from terminal.core.people import Staff
from terminal.core.print_jobs import PrintJob, SlipKind
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
    ret, records = end(ret, event)
    step = prepare(cashier, PrintJob(event.moment.id, SlipKind.RESULT), ret)
    return Step(step.state, (*records, *step.records), step.asks)


def end(ret: Return, event: Happened) -> tuple[Return, tuple[Record, ...]]:
    """The return as it is finished, and the facts of it."""
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
    return ret, records


def at_the_drawer(ret: Return) -> bool:
    """Whether cash goes out of the drawer, or into it."""
    return _of_kind(ret, (CASH,)) or ret.settlement.to_pay > 0


def paid_here(ret: Return) -> bool:
    """Whether any of it changes hands at this unit."""
    return _of_kind(ret, HERE) or ret.settlement.to_pay > 0


def _of_kind(ret: Return, kinds: tuple[str, ...]) -> bool:
    return any(one.kind in kinds and one.amount for one in ret.settlement.refunds)


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
