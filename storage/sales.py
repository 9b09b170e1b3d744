"""Sales: added once, never changed, found by what a receipt says.

Each sale carries the hash of its content. It tells a repeated import from a contradicting one, and
it is followed at every reading: a sale damaged on the disk is never paid out. What of a sale is
personal has a seal of its own, followed likewise, so that both may be erased after their term. What
a customer without a receipt may know of a sale is kept beside it as clues (sale_clues): a new kind
of clue is one line of `clues`.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from operator import attrgetter

from storage import sale_ties
from storage.values import (
    AddReport,
    SaleHead,
    StoredLine,
    StoredReduction,
    StoredSale,
    StoredTender,
)

_HEAD = attrgetter(
    *("id", "business_unit", "workstation", "business_day", "sequence", "receipt_no"),
    *("sold_at", "cashier", "currency", "digits", "total"),
)
_TAIL = 4
_LINE = attrgetter(
    *("line", "sku", "gtin", "name", "unit", "quantity", "list_price", "net", "paid"),
    *("tax_rate", "tax", "category"),
)
_REDUCTION = attrgetter("kind", "amount", "threshold")
_TENDER = attrgetter("kind", "amount")
_PERSONAL = attrgetter("reference", "masked")
SEAL_BYTES = 8

SELECT_HEADS = """
SELECT id, business_unit, workstation, business_day, sequence, receipt_no, sold_at, currency,
    digits, total, (SELECT count(*) FROM sale_lines WHERE sale = key),
    coalesce((SELECT name FROM sale_lines WHERE sale = key ORDER BY line LIMIT 1), '')
FROM sales
"""
BY_RECEIPT_NO = (
    SELECT_HEADS + "WHERE receipt_no = ? AND workstation <> ''"
    " ORDER BY business_day DESC, business_unit, workstation"
)
BY_DAY_AND_TOTAL = (
    SELECT_HEADS + "WHERE business_day = ? AND total = ? AND workstation <> '' ORDER BY key LIMIT ?"
)
BY_ID = """
SELECT key, content, seal, id, business_unit, workstation, business_day, sequence, receipt_no,
    sold_at, cashier, currency, digits, total, phone_tail FROM sales WHERE id = ?
"""
BY_CLUE = """
SELECT sale FROM sale_clues WHERE clue = :clue AND day BETWEEN :first AND :last
ORDER BY day DESC, sale DESC LIMIT :limit
"""
BY_KEY = SELECT_HEADS + "WHERE key = ?"


class SaleDamagedError(Exception):
    """What was read is not what was added."""


@contextmanager
def _legible(what: str) -> Iterator[None]:
    """Text that is UTF-8 no more (a flipped bit in a name) is damage of a sale, not of the disk.

    Python's sqlite3 gives such an error no SQLite code, only this sentence.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        if "decode" in str(error):
            raise SaleDamagedError(what) from error
        raise


def content_hash(sale: StoredSale) -> bytes:
    """sha256 over every field of the sale but the personal ones, as compact JSON."""
    content = (
        _HEAD(sale),
        [_LINE(one) for one in sale.lines],
        [_REDUCTION(one) for one in sale.reductions],
        [_TENDER(one) for one in sale.tenders],
        sale.ties.content,
    )
    return sha256(json.dumps(content, separators=(",", ":")).encode()).digest()


def seal(sale: StoredSale) -> bytes:
    """Tells damage of what is personal; kept and erased with it."""
    content = (
        *(sale.id, sale.phone_tail, [(one.reference, one.masked) for one in sale.tenders]),
        sale.ties.personal,
    )
    return sha256(json.dumps(content, separators=(",", ":")).encode()).digest()[:SEAL_BYTES]


def add(db: sqlite3.Connection, sales: Iterable[StoredSale]) -> AddReport:
    """Inside the caller's transaction; twice changes nothing."""
    added = same = 0
    different: list[str] = []
    for sale in sales:
        known = on_file(db, sale)
        if known is None:
            _insert(db, sale, content_hash(sale))
            added += 1
        elif known:
            same += 1
        else:
            different.append(sale.id)
    return AddReport(added, same, tuple(different))


def on_file(db: sqlite3.Connection, sale: StoredSale) -> bool | None:
    """Whether just this sale is on file; None when none bears its id."""
    known = db.execute("SELECT content, seal FROM sales WHERE id = ?", (sale.id,)).fetchone()
    if known is None:
        return None
    content, sealed = known
    return bool(content == content_hash(sale) and sealed in (None, seal(sale)))  # erased: fits any


def _insert(db: sqlite3.Connection, sale: StoredSale, content: bytes) -> None:
    key = db.execute(
        "INSERT INTO sales VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*_HEAD(sale), sale.phone_tail, content, seal(sale)),
    ).lastrowid
    assert key is not None
    db.executemany(
        "INSERT INTO sale_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(key, *_LINE(one)) for one in sale.lines],
    )
    db.executemany(
        "INSERT INTO sale_reductions VALUES (?, ?, ?, ?, ?)",
        [(key, place, *_REDUCTION(one)) for place, one in enumerate(sale.reductions)],
    )
    db.executemany(
        "INSERT INTO sale_tenders VALUES (?, ?, ?, ?, ?, ?)",
        [(key, place, *_TENDER(one), *_PERSONAL(one)) for place, one in enumerate(sale.tenders)],
    )
    if sale.ties != sale_ties.NO_TIES:
        sale_ties.insert(db, key, sale.ties)
    db.executemany(
        "INSERT INTO sale_clues VALUES (?, ?, ?)",
        [(clue, sale.business_day, key) for clue in clues(sale)],
    )


def clues(sale: StoredSale) -> tuple[str, ...]:
    """What the sale may be found by: the tails of cards and phone, and its goods by code.

    One that no till rang (a cashier wrote it down for a return) is not looked for.
    """
    if not sale.workstation:
        return ()
    tails = {one.masked for one in sale.tenders} | {sale.phone_tail}
    goods = {code for one in sale.lines for code in (one.gtin, one.sku) if code}
    known = {tail_clue(one) for one in tails if len(one) == _TAIL and one.isdigit()}
    return (*sorted(known), *sorted(map(goods_clue, goods)))


def tail_clue(tail: str) -> str:
    return f"tail:{tail}"


def goods_clue(code: str) -> str:
    return f"goods:{code}"


def by_id(db: sqlite3.Connection, sale_id: str) -> StoredSale | None:
    """The whole sale, or None. Raises SaleDamagedError when it is not as it was added."""
    with _legible(sale_id):
        return _by_id(db, sale_id)


def _by_id(db: sqlite3.Connection, sale_id: str) -> StoredSale | None:
    row = db.execute(BY_ID, (sale_id,)).fetchone()
    if row is None:
        return None
    key, content, sealed, *head = row
    lines = db.execute(
        "SELECT line, sku, gtin, name, unit, quantity, list_price, net, paid, tax_rate, tax,"
        " category FROM sale_lines WHERE sale = ? ORDER BY line",
        (key,),
    )
    reductions = db.execute(
        "SELECT kind, amount, threshold FROM sale_reductions WHERE sale = ? ORDER BY position",
        (key,),
    )
    tenders = db.execute(
        "SELECT kind, amount, reference, masked FROM sale_tenders WHERE sale = ? ORDER BY position",
        (key,),
    )
    *head, phone_tail = head
    fields = (
        *head,
        tuple(StoredLine(*one) for one in lines),
        tuple(StoredReduction(*one) for one in reductions),
        tuple(StoredTender(*one) for one in tenders),
        phone_tail,
        sale_ties.of_sale(db, key),
    )
    sale = StoredSale(*fields)
    if content_hash(sale) != content or not _seal_holds(sale, sealed):
        raise SaleDamagedError(sale_id)
    return sale


def _seal_holds(sale: StoredSale, sealed: bytes | None) -> bool:
    """Whether what is personal is as it was added, or erased whole."""
    if sealed is not None:
        return sealed == seal(sale)
    tails = any(one.reference or one.masked for one in sale.tenders)
    return not sale.phone_tail and not tails and not sale.ties.serials


def heads_by_receipt_no(db: sqlite3.Connection, receipt_no: str) -> tuple[SaleHead, ...]:
    """Newest day first: a bare number may fit several sales. Raises SaleDamagedError."""
    with _legible(receipt_no):
        return tuple(SaleHead(*row) for row in db.execute(BY_RECEIPT_NO, (receipt_no,)))


def heads_by_day_and_total(
    db: sqlite3.Connection, day: str, total: int, limit: int
) -> tuple[SaleHead, ...]:
    """In the order of their adding. Raises SaleDamagedError."""
    with _legible(day):
        return tuple(SaleHead(*row) for row in db.execute(BY_DAY_AND_TOTAL, (day, total, limit)))


def heads_by_clue(db: sqlite3.Connection, clue: str, day: str, limit: int) -> tuple[SaleHead, ...]:
    """Newest first, of one `day` or, where it is empty, of any. Raises SaleDamagedError."""
    place = {"clue": clue, "first": day, "last": day or "9", "limit": limit}
    with _legible(clue):
        found = db.execute(BY_CLUE, place).fetchall()
        return tuple(SaleHead(*db.execute(BY_KEY, key).fetchone()) for key in found)


def categories(db: sqlite3.Connection) -> frozenset[str]:
    """The categories of all goods on file."""
    found = db.execute("SELECT DISTINCT category FROM sale_lines")
    return frozenset(str(one) for (one,) in found)
