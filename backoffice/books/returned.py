"""What went back of a sale at all terminals (RETURNED of docs/WIRE.md), summed from its returns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from backoffice.books.ahead import Ahead, Counted, counted_of
from backoffice.db.sets import among
from backoffice.db.tables import Return, ReturnLine, SaleBook
from backoffice.feed import Audience
from backoffice.office import Transaction
from backoffice.wire.bodies import Settlement

_VERSIONS = select(SaleBook.sale_id, SaleBook.version).where(among(SaleBook.sale_id, "sales"))


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


def returned(session: Session, sale_id: str) -> dict[str, Any]:
    """RETURNED of docs/WIRE.md."""
    return returned_of(session, {sale_id})[sale_id]


def returned_of(session: Session, sale_ids: set[str]) -> dict[str, dict[str, Any]]:
    """The same of several sales, by id."""
    counted = counted_of(session, sale_ids)
    books = session.execute(_VERSIONS, {"sales": sale_ids})
    versions = {row.sale_id: row.version for row in books}
    return {one: _told(one, versions.get(one, 0), counted.get(one, [])) for one in sale_ids}


def _told(sale_id: str, version: int, counted: Counted) -> dict[str, Any]:
    whole, by = _Sum(), dict[str, _Sum]()
    for ret, lines in counted:
        if ret.voided_at is None:
            whole.add(ret, lines)
            by.setdefault(ret.terminal, _Sum()).add(ret, lines)
    each = {name: its.told() for name, its in sorted(by.items())}
    return {"sale_id": sale_id, "version": version, **whole.told(), "by": each}


def touched(tx: Transaction, ahead: Ahead, sale_id: str) -> None:
    """What went back of a sale has changed: before the commit its version grows, once, and its
    store's tills are told.
    """
    tx.touched[sale_id] = ahead
    tx.closing["returned"] = _tell_touched


def _tell_touched(tx: Transaction) -> None:
    insert = sqlite if tx.session.get_bind().dialect.name == "sqlite" else postgresql
    rows = [{"sale_id": one, "version": 1} for one in sorted(tx.touched)]
    grown = (
        insert.insert(SaleBook)
        .on_conflict_do_update(
            index_elements=[SaleBook.sale_id], set_={"version": SaleBook.version + 1}
        )
        .returning(SaleBook.sale_id, SaleBook.version)
    )
    for sale_id, version in tx.session.execute(grown, rows):
        ahead = tx.touched[sale_id]
        sale = ahead.sales.get(sale_id)
        if sale is not None:  # one that is not on file, or was declared, is of no store
            told = _told(sale_id, version, ahead.counted.get(sale_id, []))
            tx.tell(Audience.store(sale.store), "returned", sale_id, told)
