"""Putting a sale on the shelf: once, for ever, with the clues it may be found by.

Law of the file: the same sale again changes nothing, another one under its id is refused. A sale
that arrives after returns of it is checked against them at once.
"""

import json
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import insert, select

from backoffice.books.ahead import UNVERIFIED, Ahead, add_sale, of_sale
from backoffice.books.conflicts import check_sale, check_unverified
from backoffice.books.returned import touched
from backoffice.cards import tail_digits
from backoffice.db.tables import Return, Sale, SaleClue, SaleLine, SaleTender
from backoffice.feed import Audience
from backoffice.office import Transaction
from backoffice.sales.offered import Offered


class Kept(StrEnum):
    """What became of a sale that was offered."""

    ADDED = "added"
    SAME = "same"
    CONTRADICTS = "contradicts"  # another sale has this id


def keep_sale(tx: Transaction, sale: Offered, ahead: Ahead | None = None) -> Kept:
    """The caller holds the sale's lock (backoffice/books/locks.py), and gives what it has read
    ahead of its returns.
    """
    body = json.dumps(sale.body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    digest = sha256(body.encode()).hexdigest()
    here = tx.session.scalars(select(Sale.digest).where(Sale.id == sale.id)).one_or_none()
    if here is not None:
        same = here in (digest, tx.pepper.of("sale", digest))  # the second once it is erased
        return Kept.SAME if same else Kept.CONTRADICTS
    tx.session.add(
        Sale(
            id=sale.id,
            store=sale.store,
            workstation=sale.workstation,
            business_day=sale.business_day,
            sequence=sale.sequence,
            receipt_no=sale.receipt_no,
            sold_at=sale.sold_at,
            currency=sale.currency,
            digits=sale.digits,
            total=sale.total,
            declared=sale.declared,
            body=body,
            digest=digest,
            arrived_at=tx.now,
        )
    )
    tx.session.flush()
    _rows(tx, sale)
    if sale.told:
        tx.tell(Audience.store(sale.store), "sale", sale.id, sale.body)
    if ahead is not None:
        add_sale(tx, ahead, sale.id)
    elif _came_back(tx, sale):
        ahead = of_sale(tx, sale.id)
        check_unverified(tx, ahead, sale.id)
    if ahead is not None and ahead.counted.get(sale.id):
        check_sale(tx, ahead, sale.id)
        touched(tx, ahead, sale.id)
    return Kept.ADDED


def _came_back(tx: Transaction, sale: Offered) -> bool:
    """Whether returns of it are here already, by its id or on its receipt."""
    unverified = (Return.kind == UNVERIFIED) & (Return.receipt_no == sale.receipt_no)
    returns = select(Return.id).where((Return.sale_id == sale.id) | unverified).limit(1)
    return tx.session.scalars(returns).first() is not None


def _rows(tx: Transaction, sale: Offered) -> None:
    lines = [{"sale_id": sale.id, **vars(one)} for one in sale.lines]
    tenders = [
        {"sale_id": sale.id, "position": position, **vars(one)}
        for position, one in enumerate(sale.tenders)
    ]
    for table, rows in ((SaleLine, lines), (SaleTender, tenders), (SaleClue, _clues(tx, sale))):
        if rows:
            tx.session.execute(insert(table), rows)


def _clues(tx: Transaction, sale: Offered) -> list[dict[str, str]]:
    """Tails of cards and phone as keyed hashes, goods by their codes. None of a declared sale."""
    if sale.declared:
        return []
    tails = {tail_digits(text) for text in (sale.phone, *(one.masked for one in sale.tenders))}
    goods = {code for one in sale.lines for code in (one.sku, bare_gtin(one.gtin)) if code}
    found = [("tail", tx.pepper.of("tail", one)) for one in sorted(tails) if one]
    found += [("goods", one) for one in sorted(goods)]
    return [
        {"sale_id": sale.id, "kind": kind, "value": value, "business_day": sale.business_day}
        for kind, value in found
    ]


def bare_gtin(code: str) -> str:
    """A GTIN without its leading zeros: UPC-A, EAN-13 and GTIN-14 of one article are the same."""
    return code.lstrip("0") if code.isdecimal() else code
