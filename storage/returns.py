"""Returns: recorded once, summed from their lines, never above what was sold.

Law of the file: what went back is derived from the lines of returns that are not voided, and the
caps are enforced in the transaction that reserves the number. What went back at other terminals
is what the back office said last (elsewhere.py). There is no counter to drift.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from storage import elsewhere, kinds, return_serials
from storage.values import (
    Cap,
    CapExceeded,
    NewReturn,
    NumberTaken,
    RefundedOfTender,
    ReturnChange,
    ReturnedOfLine,
    ReturnedSoFar,
    SaleUnknown,
    StoredReturn,
)

SELECT_RETURN = """
SELECT r.id, r.number, r.sequence, s.id, r.day, coalesce(r.short_code, ''), r.currency, r.amount,
    r.fee, r.status, r.body, coalesce(r.personal, '')
FROM returns AS r JOIN sales AS s ON s.key = r.sale
"""
LINES_BACK = """
SELECT l.line, sum(l.quantity), sum(l.amount), sum(l.tax)
FROM returns AS r JOIN return_lines AS l ON l.return = r.sequence
WHERE r.sale = ? AND r.status <> 'voided' GROUP BY l.line ORDER BY l.line
"""
TENDERS_BACK = """
SELECT t.position, sum(t.amount)
FROM returns AS r JOIN return_tenders AS t ON t.return = r.sequence
WHERE r.sale = ? AND r.status <> 'voided' GROUP BY t.position ORDER BY t.position
"""
KEPT = """
SELECT coalesce(sum(fee), 0), coalesce(sum(shortfall), 0), coalesce(sum(gifts), 0)
FROM returns WHERE sale = ? AND status <> 'voided'
"""
NUMBERS_USED = """
SELECT max(coalesce((SELECT max(sequence) FROM returns), 0), numbers_after) FROM meta
"""


def returned(db: sqlite3.Connection, sale_id: str) -> ReturnedSoFar:
    """Everything that went back of the sale, here and elsewhere; all empty when it is untouched."""
    row = db.execute("SELECT key FROM sales WHERE id = ?", (sale_id,)).fetchone()
    return elsewhere.of_sale(db, sale_id) if row is None else _returned(db, row[0], sale_id)


def _returned(db: sqlite3.Connection, key: int, sale_id: str) -> ReturnedSoFar:
    fees, shortfall, gifts = db.execute(KEPT, (key,)).fetchone()
    here = ReturnedSoFar(
        tuple(ReturnedOfLine(*row) for row in db.execute(LINES_BACK, (key,))),
        tuple(RefundedOfTender(*row) for row in db.execute(TENDERS_BACK, (key,))),
        *(fees, shortfall, gifts, return_serials.returned(db, key)),
    )
    so_far = elsewhere.both(here, elsewhere.of_sale(db, sale_id))
    there = return_serials.named(db, key, so_far.lines)
    return replace(so_far, serials=(*so_far.serials, *there)) if there else so_far


def next_sequence(db: sqlite3.Connection) -> int:
    """One above the highest: of the returns on file, and of those a restored backup missed."""
    (last,) = db.execute(NUMBERS_USED).fetchone()
    return int(last) + 1


def record(db: sqlite3.Connection, new: NewReturn) -> None:
    """Inside the commit's transaction. Raises NumberTaken, SaleUnknown or CapExceeded."""
    _assert_sound(new)
    _check_names(db, new)
    sale = db.execute(
        "SELECT key, total, receipt_no FROM sales WHERE id = ?", (new.sale_id,)
    ).fetchone()
    if sale is None:
        raise SaleUnknown(new.sale_id)
    key, total, receipt_no = sale
    before = _returned(db, key, new.sale_id)
    _check_lines(db, key, before, new)
    return_serials.check(db, key, before.serials, new)
    _check_tenders(db, key, before, new)
    _check_total(total - kinds.unsold(db, new, receipt_no), before, new)
    kinds.check(db, new, receipt_no)
    _insert(db, key, new)


def _assert_sound(new: NewReturn) -> None:
    """Sums that only a bug of ours could break; a negative line could hide another's excess."""
    assert new.lines, new.id
    for line in new.lines:
        assert line.quantity >= 0, line
        assert 0 <= line.tax <= line.amount, line
        assert line.quantity + line.amount > 0, line
    assert all(tender.amount >= 0 for tender in new.tenders), new.tenders
    assert new.amount == sum(line.amount for line in new.lines), new.amount
    given_back = max(0, -new.shortfall) + max(0, -new.gifts)  # new goods may take that as well
    assert 0 <= new.fee <= new.amount + given_back, new.fee


def _check_names(db: sqlite3.Connection, new: NewReturn) -> None:
    if new.sequence != next_sequence(db):
        raise NumberTaken("sequence", str(new.sequence))
    for what, value, query in (
        ("id", new.id, "SELECT 1 FROM returns WHERE id = ?"),
        ("number", new.number, "SELECT 1 FROM returns WHERE number = ?"),
        ("short_code", new.short_code, "SELECT 1 FROM returns WHERE short_code = ?"),
    ):
        if db.execute(query, (value,)).fetchone() is not None:
            raise NumberTaken(what, value)


def _check_lines(db: sqlite3.Connection, key: int, before: ReturnedSoFar, new: NewReturn) -> None:
    sold = {
        line: caps
        for line, *caps in db.execute(
            "SELECT line, quantity, paid, tax FROM sale_lines WHERE sale = ?", (key,)
        )
    }
    back = {one.line: (one.quantity, one.amount, one.tax) for one in before.lines}
    for line in sorted({one.line for one in new.lines}):
        ours = [one for one in new.lines if one.line == line]
        now = (
            sum(one.quantity for one in ours),
            sum(one.amount for one in ours),
            sum(one.tax for one in ours),
        )
        caps = zip(
            (Cap.LINE, Cap.LINE_AMOUNT, Cap.LINE_TAX),
            now,
            sold.get(line, (0, 0, 0)),
            back.get(line, (0, 0, 0)),
            strict=True,
        )
        for what, wanted, whole, gone in caps:
            if wanted > whole - gone:
                raise CapExceeded(what, line, wanted, whole - gone)


def _check_tenders(db: sqlite3.Connection, key: int, before: ReturnedSoFar, new: NewReturn) -> None:
    tendered: dict[int, int] = dict(
        db.execute("SELECT position, amount FROM sale_tenders WHERE sale = ?", (key,)).fetchall()
    )
    back = {one.position: one.amount for one in before.tenders}
    wanted: Counter[int] = Counter()
    for tender in new.tenders:
        wanted[tender.position] += tender.amount
    for position, amount in sorted(wanted.items()):
        left = tendered.get(position, 0) - back.get(position, 0)
        if position not in tendered or amount > left:
            raise CapExceeded(Cap.TENDER, position, amount, left)


def _check_total(total: int, before: ReturnedSoFar, new: NewReturn) -> None:
    """Goods back never pass the sale; money out never passes the goods back less what is kept.

    A shortfall, or what was kept for a gift, may be given back by a later return, but never more
    of it than was kept.
    """
    goods = sum(one.amount for one in before.lines)
    if new.amount > total - goods:
        raise CapExceeded(Cap.TOTAL, 0, new.amount, total - goods)
    kept = before.fees + new.fee + max(0, before.shortfall + new.shortfall)
    kept += max(0, before.gifts + new.gifts)
    left = goods + new.amount - kept - sum(one.amount for one in before.tenders)
    out = sum(one.amount for one in new.tenders)
    if out > max(left, 0):
        raise CapExceeded(Cap.TOTAL, 0, out, left)


def _insert(db: sqlite3.Connection, key: int, new: NewReturn) -> None:
    db.execute(
        "INSERT INTO returns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(new.sequence, new.id, new.number, new.short_code, key, new.day, new.currency),
            *(new.amount, new.fee, new.shortfall, new.gifts, new.status, new.body, new.personal),
            new.kind,
        ),
    )
    db.executemany(
        "INSERT INTO return_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(new.sequence, place, one.line, one.quantity, one.amount, one.tax),
                *(one.sku, one.reason, one.condition, one.disposition),
            )
            for place, one in enumerate(new.lines)
        ],
    )
    return_serials.insert(db, new)
    db.executemany(
        "INSERT INTO return_tenders VALUES (?, ?, ?, ?, ?, ?)",
        [
            (new.sequence, place, one.position, one.kind, one.amount, one.owed)
            for place, one in enumerate(new.tenders)
        ],
    )


def change(db: sqlite3.Connection, changes: Iterable[ReturnChange]) -> None:
    """Inside the commit's transaction: a recorded return came further."""
    for one in changes:
        done = db.execute(
            "UPDATE returns SET status = ?, body = ?, personal = ? WHERE id = ?",
            (one.status, one.body, one.personal, one.return_id),
        )
        assert done.rowcount == 1, f"return {one.return_id} is not on file"


def by_number(db: sqlite3.Connection, number: str) -> StoredReturn | None:
    return _one(db.execute(SELECT_RETURN + "WHERE r.number = ?", (number,)))


def by_sequence(db: sqlite3.Connection, sequence: int) -> StoredReturn | None:
    return _one(db.execute(SELECT_RETURN + "WHERE r.sequence = ?", (sequence,)))


def by_short_code(db: sqlite3.Connection, short_code: str) -> StoredReturn | None:
    return _one(db.execute(SELECT_RETURN + "WHERE r.short_code = ?", (short_code,)))


def by_id(db: sqlite3.Connection, return_id: str) -> StoredReturn | None:
    return _one(db.execute(SELECT_RETURN + "WHERE r.id = ?", (return_id,)))


def of_sale(db: sqlite3.Connection, sale_id: str) -> tuple[StoredReturn, ...]:
    """Every return of the sale, voided ones too, oldest first."""
    found = db.execute(SELECT_RETURN + "WHERE s.id = ? ORDER BY r.sequence", (sale_id,))
    return tuple(StoredReturn(*row) for row in found)


def of_day(db: sqlite3.Connection, day: str) -> tuple[StoredReturn, ...]:
    """The day's returns by number, voided ones too."""
    found = db.execute(SELECT_RETURN + "WHERE r.day = ? ORDER BY r.sequence", (day,))
    return tuple(StoredReturn(*row) for row in found)


def _one(found: sqlite3.Cursor) -> StoredReturn | None:
    row = found.fetchone()
    return None if row is None else StoredReturn(*row)
