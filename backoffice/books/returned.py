"""What went back of a sale at all terminals (RETURNED of docs/WIRE.md), summed from its returns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Text, literal, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from backoffice.books.ahead import Ahead, Counted, counted_of
from backoffice.db.rows import table_of
from backoffice.db.sets import among, each
from backoffice.db.tables import Return, ReturnLine, SaleBook
from backoffice.feed import Audience
from backoffice.office import Transaction
from backoffice.wire.bodies import Tender

_FIRST = select(each("sales", Text()).c.value, literal(1)).where(true())  # SQLite wants a WHERE
_GROWN = {
    dialect.__name__.rpartition(".")[2]: dialect.insert(table_of(SaleBook))
    .from_select(["sale_id", "version"], _FIRST)
    .on_conflict_do_update(
        index_elements=[SaleBook.sale_id], set_={"version": SaleBook.version + 1}
    )
    .returning(SaleBook.sale_id, SaleBook.version)
    for dialect in (postgresql, sqlite)
}
_VERSIONS = select(SaleBook.sale_id, SaleBook.version).where(among(SaleBook.sale_id, "sales"))


@dataclass
class _Sum:
    """The five of RETURNED, adding up."""

    lines: dict[int, list[int]] = field(default_factory=dict)
    pieces: dict[int, list[int]] = field(default_factory=dict)
    tenders: dict[int, int] = field(default_factory=dict)
    fees: int = 0
    shortfall: int = 0
    gifts: int = 0

    def add(self, ret: Return, lines: Iterable[ReturnLine]) -> None:
        for one in lines:
            line = self.lines.setdefault(one.line, [0, 0, 0])
            for place, amount in enumerate((one.quantity, one.amount, one.tax)):
                line[place] += amount
        for at, place in pieces_of(ret):
            self.pieces.setdefault(at, []).append(place)
        for tender in tenders_of(ret):
            at = tender.position
            self.tenders[at] = self.tenders.get(at, 0) + tender.amount
        self.fees += ret.fee
        self.shortfall += ret.shortfall
        self.gifts += ret.gifts

    def told(self) -> dict[str, Any]:
        return {
            "lines": [
                {"line": at, "quantity": quantity, "amount": amount, "tax": tax}
                | ({"pieces": sorted(pieces)} if (pieces := self.pieces.get(at)) else {})
                for at, (quantity, amount, tax) in sorted(self.lines.items())
            ],
            "tenders": [
                {"position": at, "amount": amount} for at, amount in sorted(self.tenders.items())
            ],
            "fees": self.fees,
            "shortfall": self.shortfall,
            "gifts": self.gifts,
        }


class _Line(Struct):
    line: int
    pieces: tuple[int, ...] = ()  # by number; an older terminal tells none


class _Settled(Struct):
    lines: tuple[_Line, ...]
    refunds: tuple[Tender, ...]


class _Body(Struct):
    settlement: _Settled


_BODY = msgspec.json.Decoder(_Body)


def tenders_of(ret: Return) -> Sequence[Tender]:
    """What the return pays back to each tender of its sale, as its terminal settled it."""
    return _settled(ret.body).refunds


def pieces_of(ret: Return) -> Sequence[tuple[int, int]]:
    """What came back by its serial number: line, and place among the line's numbers."""
    return [(one.line, place) for one in _settled(ret.body).lines for place in one.pieces]


@lru_cache(maxsize=512)  # a record's books ask for those of one return several times
def _settled(body: str) -> _Settled:
    return _BODY.decode(body).settlement


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
    grown = _GROWN[tx.session.get_bind().dialect.name]
    for sale_id, version in tx.session.execute(grown, {"sales": sorted(tx.touched)}):
        ahead: Ahead = tx.touched[sale_id]
        sale = ahead.sales.get(sale_id)
        if sale is not None:  # one that is not on file, or was declared, is of no store
            told = _told(sale_id, version, ahead.counted.get(sale_id, []))
            tx.tell(Audience.store(sale.store), "returned", sale_id, told)
