"""Refund numbers in the books: one is opened for a refund, and another takes its place.

Law of the file: a number takes another's place only where that one is over, and says whose it is.
"""

from msgspec import Struct
from sqlalchemy import func, select

from backoffice.clock import ms_of
from backoffice.db.tables import Refund, RefundMove, Return, Sale, SaleTender, Todo
from backoffice.office import Transaction
from backoffice.rails.chosen import MANUAL, Rails
from backoffice.words import Worded

NOT_ON_FILE = Worded(
    "办公室还没有这笔原单的该付款方式，尚未退款；原单到达后会自动继续。也可改为人工退款。",
    "The sale, or this tender of it, is not on file here yet, so nothing was asked for; it goes on "
    "by itself once the sale is here. Or pay this refund by hand.",
)


class Payment(Struct, frozen=True):
    """What a rail has to know of the payment that it gives back."""

    reference: str
    paid: int
    paid_at: int


def move_of(tx: Transaction, refund: Refund) -> RefundMove | None:
    """The refund's number as it was opened, if it was."""
    return tx.session.get(RefundMove, refund.refund_no, populate_existing=True)


def open_move(tx: Transaction, rails: Rails, ret: Return, refund: Refund) -> RefundMove | None:
    """Open the refund's first number at the rail of its tender; None where that is not on file."""
    payment = _payment(tx, ret, refund)
    if payment is None and rails.name_for(refund.kind) != MANUAL:
        return None
    reference = payment.reference if payment is not None else ""
    rail = rails.name_for(refund.kind) if reference else MANUAL
    return add_move(tx, refund, rail, payment)


def add_move(
    tx: Transaction, refund: Refund, rail: str, payment: Payment | None, replaces: str = ""
) -> RefundMove:
    """A number that was never asked for, the refund's own from now on."""
    known = payment or Payment("", refund.amount, tx.now)
    move = RefundMove(
        refund_no=refund.refund_no,
        refund_id=refund.id,
        rail=rail,
        replaces=replaces,
        reference=known.reference,
        paid=known.paid,
        paid_at=known.paid_at,
        made_at=tx.now,
    )
    tx.session.add(move)
    tx.session.flush()
    return move


def replace_move(tx: Transaction, refund: Refund, old: RefundMove) -> RefundMove:
    """Give `old` up for a new number of the same payment, linked to it."""
    count = select(func.count()).where(RefundMove.refund_id == refund.id)
    first = select(RefundMove.refund_no).where(
        RefundMove.refund_id == refund.id, RefundMove.replaces == ""
    )
    number = f"{tx.session.scalar(first)}-n{(tx.session.scalar(count) or 0) + 1}"
    old.todo, old.token = Todo.NOTHING, ""
    refund.refund_no = number
    payment = Payment(old.reference, old.paid, old.paid_at)
    return add_move(tx, refund, old.next_rail or old.rail, payment, old.refund_no)


def _payment(tx: Transaction, ret: Return, refund: Refund) -> Payment | None:
    tender = tx.session.get(SaleTender, (ret.sale_id, refund.position))
    sale = tx.session.get(Sale, ret.sale_id)
    if tender is None or sale is None or tender.kind != refund.kind:
        return None
    return Payment(tender.reference, tender.amount, ms_of(sale.sold_at))
