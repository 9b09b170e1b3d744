"""What this terminal took back before it lost its file, as the back office still counts it.

Law of the file: what the office counts for us beyond all that is on file here, voided returns too,
was recorded on a disk that is gone, or after the backup that took its place. It never shrinks:
nobody voids a return that is not on file.
"""

import sqlite3

from storage.values import NOTHING, RefundedOfTender, ReturnedOfLine, ReturnedSoFar

LINES = """
SELECT l.line, sum(l.quantity), sum(l.amount), sum(l.tax)
FROM returns AS r JOIN return_lines AS l ON l.return = r.sequence
WHERE r.sale = (SELECT key FROM sales WHERE id = ?) GROUP BY l.line
"""
TENDERS = """
SELECT t.position, sum(t.amount)
FROM returns AS r JOIN return_tenders AS t ON t.return = r.sequence
WHERE r.sale = (SELECT key FROM sales WHERE id = ?) GROUP BY t.position
"""
KEPT = """
SELECT coalesce(sum(fee), 0), coalesce(sum(shortfall), 0), coalesce(sum(gifts), 0)
FROM returns WHERE sale = (SELECT key FROM sales WHERE id = ?)
"""


def beyond(
    db: sqlite3.Connection, sale_id: str, counted: ReturnedSoFar, before: ReturnedSoFar
) -> ReturnedSoFar:
    """Of what the office has counted for us, what is not on file; no less than `before`."""
    lines = _lines(db, sale_id, counted, before)
    if not lines:
        return NOTHING
    kept: tuple[int, int, int] = db.execute(KEPT, (sale_id,)).fetchone()
    known = {row[0]: row[1] for row in db.execute(TENDERS, (sale_id,))}
    was = {one.position: one.amount for one in before.tenders}
    tenders = {
        one.position: max(one.amount - known.get(one.position, 0), was.get(one.position, 0), 0)
        for one in (*before.tenders, *counted.tenders)
    }
    return ReturnedSoFar(
        lines,
        tuple(RefundedOfTender(*one) for one in sorted(tenders.items()) if one[1]),
        max(counted.fees - kept[0], before.fees),
        max(counted.shortfall - kept[1], before.shortfall),
        max(counted.gifts - kept[2], before.gifts),
    )


def _lines(
    db: sqlite3.Connection, sale_id: str, counted: ReturnedSoFar, before: ReturnedSoFar
) -> tuple[ReturnedOfLine, ...]:
    """Of a line of which something is gone, every piece that the office counts."""
    here = {row[0]: row[1:] for row in db.execute(LINES, (sale_id,))}
    was = {one.line: one for one in before.lines}
    found = []
    for one in counted.lines:
        known, old = here.get(one.line, (0, 0, 0)), was.pop(one.line, None)
        quantity, amount, tax = (
            max(now - on_file, then, 0)
            for now, on_file, then in zip(
                (one.quantity, one.amount, one.tax),
                known,
                (old.quantity, old.amount, old.tax) if old else (0, 0, 0),
                strict=True,
            )
        )
        if quantity or amount:
            found.append(ReturnedOfLine(one.line, quantity, amount, tax, one.pieces))
    return (*found, *was.values())
