"""What came back by kind of return, and the caps of a kind where the number is reserved.

Law of the file: summed from returns that are not voided, in the transaction that records the next
one. There is no counter to drift, and no screen's word is taken.
"""

import sqlite3

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


def so_far(db: sqlite3.Connection, kind: str, receipt_no: str, day: str) -> KindSoFar:
    """What returns of this kind came to: on this receipt, and on this day."""
    (receipt,) = db.execute(OF_RECEIPT, (receipt_no, kind)).fetchone()
    return KindSoFar(receipt, *db.execute(OF_DAY, (day, kind)).fetchone())


def check(db: sqlite3.Connection, new: NewReturn, receipt_no: str) -> None:
    """Inside the commit's transaction. Raises CapExceeded."""
    caps: KindCaps = new.caps
    before = so_far(db, new.kind, receipt_no, new.day)
    for what, cap, gone, wanted in (
        (Cap.KIND_AMOUNT, caps.amount, before.receipt_amount, new.amount),
        (Cap.KIND_DAY_AMOUNT, caps.day_amount, before.day_amount, new.amount),
        (Cap.KIND_DAY_COUNT, caps.day_count, before.day_count, 1),
    ):
        if cap and wanted > cap - gone:
            raise CapExceeded(what, 0, wanted, cap - gone)
