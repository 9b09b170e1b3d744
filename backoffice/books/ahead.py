"""What a batch of records needs of the books, read at once instead of record by record.

Law of the file: read under the locks of the batch's sales, kept up in memory by whoever changes it,
and written when all of it is decided; where a record could not be taken it is read anew.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from backoffice import returns
from backoffice.books.caps import Amounts
from backoffice.db.sets import among
from backoffice.db.tables import Return, ReturnLine, Sale, SaleLine, SaleTender
from backoffice.office import Transaction
from backoffice.wire import bodies

Counted = list[tuple[Return, list[ReturnLine]]]
UNVERIFIED = "UNVERIFIED"

_SALES = (
    select(
        Sale.id, Sale.store, Sale.receipt_no, Sale.total,
        SaleLine.line, SaleLine.quantity, SaleLine.paid,
    )
    .outerjoin(SaleLine, SaleLine.sale_id == Sale.id)
    .where(Sale.declared.is_(False))
    .where(or_(among(Sale.id, "sales"), among(Sale.receipt_no, "receipts")))
)  # fmt: skip
_TENDERS = select(SaleTender.sale_id, SaleTender.position, SaleTender.amount).where(
    among(SaleTender.sale_id, "sales")
)
_RETURNS = (
    select(Return)
    .where(
        or_(
            among(Return.id, "ids"),
            among(Return.number, "numbers"),
            among(Return.sale_id, "sales"),
            and_(Return.kind == UNVERIFIED, among(Return.receipt_no, "receipts")),
        )
    )
    .order_by(Return.id)
    .with_for_update()
    .execution_options(populate_existing=True)
)
_OF_SALES = select(Return).where(among(Return.sale_id, "sales"))
_OF_SALES = _OF_SALES.order_by(Return.sale_id, Return.arrival)
_LINES = (
    select(ReturnLine)
    .where(among(ReturnLine.return_id, "returns"))
    .order_by(ReturnLine.return_id, ReturnLine.place)
)


@dataclass(frozen=True)
class OnFile:
    """A sale that a till rang, and what it sold."""

    store: str
    receipt_no: str
    sold: Amounts


@dataclass
class Ahead:
    """Returns are those that the records name, and all that came back of their sales."""

    returns: dict[str, Return] = field(default_factory=dict)  # by id, their rows locked
    numbers: dict[str, Return] = field(default_factory=dict)
    sales: dict[str, OnFile] = field(default_factory=dict)
    counted: dict[str, Counted] = field(default_factory=dict)  # voided ones too, by sale
    unverified: dict[str, list[Return]] = field(default_factory=dict)  # likewise, by receipt

    def add(self, ret: Return, lines: list[ReturnLine]) -> None:
        """A return, later than all of its sale that are here."""
        self.returns[ret.id] = self.numbers[ret.number] = ret
        self.counted.setdefault(ret.sale_id, []).append((ret, lines))
        if ret.kind == UNVERIFIED:
            self.unverified.setdefault(ret.receipt_no, []).append(ret)

    def arrival(self, sale_id: str) -> int:
        """The place of the next return of this sale, from 1."""
        return 1 + max((one.arrival for one, _ in self.counted.get(sale_id, ())), default=0)

    def unsold(self, receipt_no: str) -> int:
        """What came back on this receipt without its sale on file, in minor units."""
        back = self.unverified.get(receipt_no, ()) if receipt_no else ()
        return sum(one.amount for one in back if one.voided_at is None)


def look_ahead(tx: Transaction, batch: Sequence[bodies.Body]) -> Ahead:
    """The caller holds the locks of these records' sales."""
    said = [one.ret for one in batch if not isinstance(one, bodies.AboutUnit)]
    sale_ids = {one.sale_id for one in said}
    sale_ids |= {one.sale.ref for one in batch if isinstance(one, bodies.GoodsExchanged)}
    recorded = [one.ret for one in batch if isinstance(one, bodies.ReturnRecorded)]
    receipts = {one.receipt_no for one in recorded if one.kind == UNVERIFIED}
    ahead = Ahead(sales=_sales(tx.session, sale_ids, receipts))
    _returns(
        tx,
        ahead,
        sale_ids,
        {one.id for one in said},
        {number for one in recorded for number in (one.number, one.replaces) if number},
    )
    return ahead


def of_sale(tx: Transaction, sale_id: str) -> Ahead:
    """What is known of one sale, and of others with its receipt's number. The caller holds both
    locks.
    """
    ahead = Ahead()
    add_sale(tx, ahead, sale_id)
    receipts = {one.receipt_no for one in ahead.sales.values()}
    ahead.sales |= _sales(tx.session, (), receipts)
    _returns(tx, ahead, {sale_id}, (), ())
    return ahead


def add_sale(tx: Transaction, ahead: Ahead, sale_id: str) -> None:
    """It has just been put on file."""
    ahead.sales |= _sales(tx.session, {sale_id}, ())


def counted_of(session: Session, sale_ids: Collection[str]) -> dict[str, Counted]:
    """Returns of these sales in the order of their arrival, with their lines."""
    returns = session.scalars(_OF_SALES, {"sales": sale_ids}).all()
    lines = _lines(session, [one.id for one in returns])
    counted: dict[str, Counted] = {}
    for one in returns:
        counted.setdefault(one.sale_id, []).append((one, lines[one.id]))
    return counted


def _returns(
    tx: Transaction,
    ahead: Ahead,
    sale_ids: Collection[str],
    ids: Collection[str],
    numbers: Collection[str],
) -> None:
    wanted = {
        "ids": ids,
        "numbers": numbers,
        "sales": {*sale_ids, *ahead.sales},
        "receipts": {one.receipt_no for one in ahead.sales.values() if one.receipt_no},
    }
    rows = tx.session.scalars(_RETURNS, wanted).all()
    found = [one.id for one in rows]
    returns.read(tx, found)
    lines = _lines(tx.session, found)
    for one in sorted(rows, key=lambda one: (one.sale_id, one.arrival)):
        ahead.add(one, lines[one.id])


def _lines(session: Session, return_ids: Sequence[str]) -> dict[str, list[ReturnLine]]:
    lines: dict[str, list[ReturnLine]] = {one: [] for one in return_ids}
    for line in session.scalars(_LINES, {"returns": return_ids}) if return_ids else ():
        lines[line.return_id].append(line)
    return lines


def _sales(
    session: Session, sale_ids: Collection[str], receipts: Collection[str]
) -> dict[str, OnFile]:
    """Those of these ids, and those that have one of these receipt numbers."""
    receipts = [one for one in receipts if one]
    rows = session.execute(_SALES, {"sales": sale_ids, "receipts": receipts}).all()
    here = {row.id: row for row in rows}
    lines: dict[str, dict[int, tuple[int, int]]] = {one: {} for one in here}
    for row in rows:
        if row.line is not None:
            lines[row.id][row.line] = (row.quantity, row.paid)
    tenders: dict[str, dict[int, int]] = {one: {} for one in here}
    for id_, at, amount in session.execute(_TENDERS, {"sales": list(here)}) if here else ():
        tenders[id_][at] = amount
    return {
        id_: OnFile(row.store, row.receipt_no, Amounts(lines[id_], tenders[id_], row.total))
        for id_, row in here.items()
    }
