"""What a batch of records needs of the books, read at once instead of record by record.

Law of the file: read under the locks of the batch's sales, and kept up by whoever changes it in
this transaction; where a record could not be taken it is read anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from backoffice.books.caps import Amounts
from backoffice.db.tables import (
    ConflictCase,
    Refund,
    Return,
    ReturnLine,
    Sale,
    SaleLine,
    SaleTender,
)
from backoffice.office import Transaction
from backoffice.wire import bodies

Counted = list[tuple[Return, list[ReturnLine]]]


@dataclass
class Ahead:
    """`returns` by id, their rows locked. `sales` are those on file that a till rang."""

    returns: dict[str, Return] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)  # of a return, to its id
    sales: dict[str, Sale] = field(default_factory=dict)
    sold: dict[str, Amounts] = field(default_factory=dict)
    counted: dict[str, Counted] = field(default_factory=dict)  # voided ones too, by sale
    unsold: dict[str, int] = field(default_factory=dict)  # by receipt
    begun: dict[str, Return] = field(default_factory=dict)  # rows written before their turn

    def add(self, ret: Return, lines: list[ReturnLine]) -> None:
        """A return that is new in this transaction."""
        self.returns[ret.id] = ret
        self.numbers[ret.number] = ret.id
        self.counted.setdefault(ret.sale_id, []).append((ret, lines))

    def arrival(self, sale_id: str) -> int:
        """The place of the next return of this sale, from 1."""
        here = [one for one, _ in self.counted.get(sale_id, ())]
        begun = [one for one in self.begun.values() if one.sale_id == sale_id]
        return 1 + max((one.arrival for one in (*here, *begun)), default=0)


def look_ahead(tx: Transaction, batch: Sequence[bodies.Body]) -> Ahead:
    """The caller holds the locks of these records' sales."""
    tx.refunds.clear()
    tx.cases.clear()
    session = tx.session
    session.flush()
    said = [one.ret for one in batch]
    sale_ids = {one.sale_id for one in said}
    ahead = Ahead()
    _returns(tx, ahead, said)
    ahead.counted = counted_of(session, sale_ids)
    _sales(session, ahead, sale_ids)
    receipts = {one.receipt_no for one in ahead.sales.values()}
    ahead.unsold = unsold_of(session, receipts)
    return ahead


def of_sale(session: Session, sale_id: str) -> Ahead:
    """What is known of one sale."""
    session.flush()
    ahead = Ahead(counted=counted_of(session, {sale_id}))
    _sales(session, ahead, {sale_id})
    ahead.unsold = unsold_of(session, {one.receipt_no for one in ahead.sales.values()})
    return ahead


def counted_of(session: Session, sale_ids: Iterable[str]) -> dict[str, Counted]:
    """Returns of these sales in the order of their arrival, with their lines."""
    found = select(Return).where(Return.sale_id.in_(sorted(sale_ids)))
    returns = list(session.scalars(found.order_by(Return.sale_id, Return.arrival)))
    lines: dict[str, list[ReturnLine]] = {one.id: [] for one in returns}
    rows = select(ReturnLine).where(ReturnLine.return_id.in_(list(lines)))
    if lines:
        for line in session.scalars(rows.order_by(ReturnLine.return_id, ReturnLine.place)):
            lines[line.return_id].append(line)
    counted: dict[str, Counted] = {}
    for one in returns:
        counted.setdefault(one.sale_id, []).append((one, lines[one.id]))
    return counted


def unsold_of(session: Session, receipts: Iterable[str]) -> dict[str, int]:
    """What came back on these receipts without their sale on file, in minor units."""
    wanted = sorted(one for one in receipts if one)
    found = (
        select(Return.receipt_no, func.sum(Return.amount))
        .where(
            Return.receipt_no.in_(wanted),
            Return.kind == "UNVERIFIED",
            Return.voided_at.is_(None),
        )
        .group_by(Return.receipt_no)
    )
    return {receipt: int(amount) for receipt, amount in session.execute(found)} if wanted else {}


def _returns(tx: Transaction, ahead: Ahead, said: Sequence[bodies.Return]) -> None:
    ids, numbers = sorted({one.id for one in said}), sorted({one.number for one in said})
    rows = tx.session.scalars(
        select(Return)
        .where(or_(Return.id.in_(ids), Return.number.in_(numbers)))
        .order_by(Return.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for ret in rows:
        ahead.returns[ret.id] = ret
        ahead.numbers[ret.number] = ret.id
        tx.refunds[ret.id], tx.cases[ret.id] = [], []
    held = list(ahead.returns)
    refunds = select(Refund).where(Refund.return_id.in_(held)).order_by(Refund.position)
    for refund in tx.session.scalars(refunds) if held else ():
        tx.refunds[refund.return_id].append(refund)
    cases = select(ConflictCase).where(ConflictCase.return_id.in_(held)).order_by(ConflictCase.id)
    for case in tx.session.scalars(cases) if held else ():
        tx.cases[case.return_id].append(case)


def _sales(session: Session, ahead: Ahead, sale_ids: Iterable[str]) -> None:
    rung = select(Sale).where(Sale.id.in_(sorted(sale_ids)), Sale.declared.is_(False))
    ahead.sales = {one.id: one for one in session.scalars(rung)}
    here = list(ahead.sales)
    if not here:
        return
    lines: dict[str, dict[int, tuple[int, int]]] = {one: {} for one in here}
    for line in session.scalars(select(SaleLine).where(SaleLine.sale_id.in_(here))):
        lines[line.sale_id][line.line] = (line.quantity, line.paid)
    tenders: dict[str, dict[int, int]] = {one: {} for one in here}
    for tender in session.scalars(select(SaleTender).where(SaleTender.sale_id.in_(here))):
        tenders[tender.sale_id][tender.position] = tender.amount
    for one in here:
        ahead.sold[one] = Amounts(lines[one], tenders[one], ahead.sales[one].total)
