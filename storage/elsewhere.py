"""What came back of a sale at other terminals, as the back office says it.

Law of the file: the office's sums replace those before them, and an older version is passed over.
What came back here is in them only where our own returns are gone with a disk (lost.py): otherwise
it is derived from these. Sums may come before their sale is on file.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from storage import lost
from storage.values import NOTHING, RefundedOfTender, ReturnedOfLine, ReturnedSoFar


class ReturnedElsewhere(Struct, frozen=True):
    """`day` (ISO) is when we were told; sums of a sale that never comes are forgotten by it.
    `ours` is what the office counts for this terminal.
    """

    sale_id: str
    version: int
    day: str
    sums: ReturnedSoFar
    ours: ReturnedSoFar = NOTHING


def keep(db: sqlite3.Connection, told: ReturnedElsewhere) -> bool:
    """Inside the caller's transaction. False when a newer one, or this one, is there already."""
    before = _of_sale(db, told.sale_id)
    gone = lost.beyond(db, told.sale_id, told.ours, _read(before.get("lost")))
    body = _written(told.sums) | ({"lost": _written(gone)} if gone != NOTHING else {})
    done = db.execute(
        "INSERT INTO returned_elsewhere (sale_id, version, day, body) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT (sale_id) DO UPDATE SET version = ?2, day = ?3, body = ?4"
        " WHERE version < ?2",
        (told.sale_id, told.version, told.day, json.dumps(body, separators=(",", ":"))),
    )
    return done.rowcount == 1


def of_sale(db: sqlite3.Connection, sale_id: str) -> ReturnedSoFar:
    body = _of_sale(db, sale_id)
    return both(_read(body), _read(body.get("lost")))


def _of_sale(db: sqlite3.Connection, sale_id: str) -> dict[str, Any]:
    row = db.execute("SELECT body FROM returned_elsewhere WHERE sale_id = ?", (sale_id,)).fetchone()
    body: dict[str, Any] = json.loads(row[0]) if row else {}
    return body


def _written(sums: ReturnedSoFar) -> dict[str, Any]:
    return {
        "lines": [[one.line, one.quantity, one.amount, one.tax, one.pieces] for one in sums.lines],
        "tenders": [[one.position, one.amount] for one in sums.tenders],
        "fees": sums.fees,
        "shortfall": sums.shortfall,
        "gifts": sums.gifts,
    }


def _read(body: dict[str, Any] | None) -> ReturnedSoFar:
    if not body:
        return NOTHING
    return ReturnedSoFar(
        tuple(_line(*one) for one in body["lines"]),
        tuple(RefundedOfTender(*one) for one in body["tenders"]),
        body["fees"],
        body["shortfall"],
        body["gifts"],
    )


def _line(
    line: int, quantity: int, amount: int, tax: int, pieces: Sequence[int] = ()
) -> ReturnedOfLine:
    """An older version kept no pieces."""
    return ReturnedOfLine(line, quantity, amount, tax, tuple(pieces))


def both(here: ReturnedSoFar, there: ReturnedSoFar) -> ReturnedSoFar:
    """The sums of both, line by line and tender by tender."""
    if there == NOTHING:
        return here
    lines: dict[int, ReturnedOfLine] = {}
    for one in (*here.lines, *there.lines):
        known = lines.get(one.line, ReturnedOfLine(one.line, 0, 0, 0))
        lines[one.line] = ReturnedOfLine(
            one.line,
            known.quantity + one.quantity,
            known.amount + one.amount,
            known.tax + one.tax,
            (*known.pieces, *one.pieces),
        )
    tenders: Counter[int] = Counter()
    for tender in (*here.tenders, *there.tenders):
        tenders[tender.position] += tender.amount
    return ReturnedSoFar(
        tuple(lines[key] for key in sorted(lines)),
        tuple(RefundedOfTender(key, tenders[key]) for key in sorted(tenders)),
        here.fees + there.fees,
        here.shortfall + there.shortfall,
        here.gifts + there.gifts,
        here.serials,
    )
