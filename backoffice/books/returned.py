"""What went back of a sale at all terminals (RETURNED of docs/WIRE.md), summed from its returns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from backoffice.db.tables import Return, ReturnLine, Sale, SaleBook
from backoffice.feed import Audience
from backoffice.office import Transaction
from backoffice.wire.bodies import Settlement


@dataclass
class _Sum:
    """The five of RETURNED, adding up."""

    lines: dict[int, list[int]] = field(default_factory=dict)
    tenders: dict[int, int] = field(default_factory=dict)
    fees: int = 0
    shortfall: int = 0
    gifts: int = 0

    def add(self, ret: Return, lines: Iterable[ReturnLine]) -> None:
        for one in lines:
            line = self.lines.setdefault(one.line, [0, 0, 0])
            for place, amount in enumerate((one.quantity, one.amount, one.tax)):
                line[place] += amount
        for tender in tenders_of(ret):
            at = tender["position"]
            self.tenders[at] = self.tenders.get(at, 0) + tender["amount"]
        self.fees += ret.fee
        self.shortfall += ret.shortfall
        self.gifts += ret.gifts

    def told(self) -> dict[str, Any]:
        return {
            "lines": [
                {"line": at, "quantity": quantity, "amount": amount, "tax": tax}
                for at, (quantity, amount, tax) in sorted(self.lines.items())
            ],
            "tenders": [
                {"position": at, "amount": amount} for at, amount in sorted(self.tenders.items())
            ],
            "fees": self.fees,
            "shortfall": self.shortfall,
            "gifts": self.gifts,
        }


def tenders_of(ret: Return) -> Sequence[dict[str, Any]]:
    """What the return pays back to each tender of its sale, as its terminal settled it."""
    body = msgspec.json.decode(ret.body)
    refunds = msgspec.convert(body["settlement"], Settlement).refunds
    return [{"position": one.position, "kind": one.kind, "amount": one.amount} for one in refunds]


def counted(session: Session, sale_id: str) -> list[tuple[Return, list[ReturnLine]]]:
    """The returns that count against the sale, in the order of their arrival, with their lines."""
    found = select(Return).where(Return.sale_id == sale_id, Return.voided_at.is_(None))
    returns = list(session.scalars(found.order_by(Return.arrival)))
    lines: dict[str, list[ReturnLine]] = {one.id: [] for one in returns}
    rows = select(ReturnLine).where(ReturnLine.return_id.in_(lines)).order_by(ReturnLine.place)
    for line in session.scalars(rows):
        lines[line.return_id].append(line)
    return [(one, lines[one.id]) for one in returns]


def returned(session: Session, sale_id: str) -> dict[str, Any]:
    """RETURNED of docs/WIRE.md."""
    whole, by = _Sum(), dict[str, _Sum]()
    for ret, lines in counted(session, sale_id):
        whole.add(ret, lines)
        by.setdefault(ret.terminal, _Sum()).add(ret, lines)
    version = session.scalars(select(SaleBook.version).where(SaleBook.sale_id == sale_id)).first()
    return {
        "sale_id": sale_id,
        "version": version or 0,
        **whole.told(),
        "by": {name: its.told() for name, its in sorted(by.items())},
    }


def touched(tx: Transaction, sale_id: str) -> None:
    """What went back of a sale has changed: its version grows, and its store's tills are told."""
    tx.session.flush()
    grown = tx.session.execute(
        update(SaleBook).where(SaleBook.sale_id == sale_id).values(version=SaleBook.version + 1)
    )
    if not grown.rowcount:  # type: ignore[attr-defined]  # an UPDATE's result counts its rows
        tx.session.add(SaleBook(sale_id=sale_id, version=1))
        tx.session.flush()
    sale = tx.session.execute(
        select(Sale.store, Sale.declared).where(Sale.id == sale_id)
    ).one_or_none()
    if sale is not None and not sale.declared:  # a declared one is known to its terminal alone
        tx.tell(Audience.store(sale.store), "returned", sale_id, returned(tx.session, sale_id))


def unsold(session: Session, receipt_no: str) -> int:
    """What came back on this receipt without its sale on file, in minor units."""
    if not receipt_no:
        return 0
    found = select(func.coalesce(func.sum(Return.amount), 0)).where(
        Return.receipt_no == receipt_no, Return.kind == "UNVERIFIED", Return.voided_at.is_(None)
    )
    return int(session.scalars(found).one())
