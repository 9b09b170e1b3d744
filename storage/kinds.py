"""What came back by kind of return, and the caps of a kind where the number is reserved.

Law of the file: summed from returns that are not voided, in the transaction that records the next
one. There is no counter to drift, and no screen's word is taken.
"""

import sqlite3
from pathlib import Path

from storage.faults import told
from storage.kind_values import KindCaps, KindSoFar
from storage.values import Cap, CapExceeded, NewReturn

OF_RECEIPT = """
SELECT coalesce(sum(r.amount), 0) FROM returns AS r JOIN sales AS s ON s.key = r.sale
WHERE s.receipt_no = ? AND r.kind = ? AND r.status <> 'voided'
"""
OF_DAY = """
SELECT coalesce(sum(amount), 0), count(*) FROM returns
WHERE day = ? AND kind = ? AND status <> 'voided'
"""


UNVERIFIED = "UNVERIFIED"  # a receipt came back before its sale was on file


def unsold(db: sqlite3.Connection, new: NewReturn, receipt_no: str) -> int:
    """What was paid back on this receipt without its sale, and so is no more left of it."""
    if new.kind == UNVERIFIED or not receipt_no:
        return 0
    return int(db.execute(OF_RECEIPT, (receipt_no, UNVERIFIED)).fetchone()[0])


def so_far(db: sqlite3.Connection, kind: str, receipt_no: str, day: str) -> KindSoFar:
    """What returns of this kind came to: on this receipt, and on this day."""
    receipt = 0
    if receipt_no:  # a blind return has none: each is a receipt of its own
        (receipt,) = db.execute(OF_RECEIPT, (receipt_no, kind)).fetchone()
    return KindSoFar(receipt, *db.execute(OF_DAY, (day, kind)).fetchone())


class KindShelf:
    """What a reader of the store says of kinds of return."""

    file: Path
    _db: sqlite3.Connection

    def kind_so_far(self, kind: str, receipt_no: str, day: str) -> KindSoFar:
        with told(self.file):
            return so_far(self._db, kind, receipt_no, day)


def check(db: sqlite3.Connection, new: NewReturn, receipt_no: str) -> None:
    """Inside the commit's transaction. Raises CapExceeded."""
    caps: KindCaps = new.caps
    if caps == KindCaps():
        return  # nothing is limited: a day's returns need not be summed
    before = so_far(db, new.kind, receipt_no, new.day)
    for what, cap, gone, wanted in (
        (Cap.KIND_AMOUNT, caps.amount, before.receipt_amount, new.amount),
        (Cap.KIND_DAY_AMOUNT, caps.day_amount, before.day_amount, new.amount),
        (Cap.KIND_DAY_COUNT, caps.day_count, before.day_count, 1),
    ):
        if cap and wanted > cap - gone:
            raise CapExceeded(what, 0, wanted, cap - gone)
