"""Money that a terminal paid or handed on: a row for each tender, and only a rail moves one."""

from backoffice import returns
from backoffice.books.returned import tenders_of
from backoffice.db.rows import fresh
from backoffice.db.tables import Refund, Return
from backoffice.office import Transaction
from backoffice.states import RefundState, State
from backoffice.wire import bodies
from backoffice.wire.tagged import Unreadable
from backoffice.words import Worded

CASH = "cash"
CREDIT = "credit"

_VOIDED = Worded("退货单已作废", "The return was voided")


def accepted(tx: Transaction, ret: Return, body: bodies.RefundAccepted) -> None:
    """Handed on to a rail. Held as long as a conflict is open. Raises Unreadable."""
    wanted = bodies.Tender(body.position, body.kind, body.amount)
    if wanted not in tenders_of(ret):
        raise Unreadable("it is not a refund that its return was recorded with")
    if any(one.position == body.position for one in returns.refunds_of(tx, ret.id)):
        raise Unreadable("this tender of the return was handed on before")
    refund = _row(tx, ret, body.position, body.kind, body.amount)
    refund.how, refund.held = body.how, ret.state == State.CONFLICT
    returns.add_refund(tx, refund)
    if ret.voided_at is not None:  # a parked record that is taken after the void
        close_untouched(tx, ret)
    returns.changed(tx, ret, "accepted", ret.terminal, wanted)


def cash(tx: Transaction, ret: Return, body: bodies.CashPaid) -> None:
    """Paid at the drawer, by hand: it has arrived. Negative: the customer paid more."""
    _paid_here(tx, ret, CASH)
    returns.changed(tx, ret, "cash", ret.terminal, {"amount": body.amount})


def credit(tx: Transaction, ret: Return, body: bodies.CreditGiven) -> None:
    """Store credit (退货券), printed on the result slip: it has arrived."""
    _paid_here(tx, ret, CREDIT)
    returns.changed(tx, ret, "credit", ret.terminal, {"amount": body.amount})


def close_untouched(tx: Transaction, ret: Return) -> None:
    """Of a voided return: what no rail has begun will not be paid."""
    for one in returns.refunds_of(tx, ret.id):
        if one.state == RefundState.ACCEPTED:
            one.state, one.changed_at = RefundState.CLOSED, tx.now
            one.why_zh, one.why_en = _VOIDED


def _paid_here(tx: Transaction, ret: Return, kind: str) -> None:
    here = {one.position for one in returns.refunds_of(tx, ret.id)}
    for one in tenders_of(ret):
        if one.kind == kind and one.amount and one.position not in here:
            refund = _row(tx, ret, one.position, kind, one.amount)
            refund.how, refund.state, refund.actual = kind, RefundState.SUCCESS, one.amount
            returns.add_refund(tx, refund)


def _row(tx: Transaction, ret: Return, position: int, kind: str, amount: int) -> Refund:
    return fresh(
        Refund,
        return_id=ret.id,
        position=position,
        kind=kind,
        amount=amount,
        refund_no=f"{ret.number}-{position}",
        due_at=tx.now,
        made_at=tx.now,
        changed_at=tx.now,
    )
