"""Store credit (退货券) that was given for returns: a code, an amount, a last day.

Law of the file: a code is given once. Who takes credit in at a till asks for it by this code.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from storage.faults import told


class KeptCredit(Struct, frozen=True):
    """`amount` in minor units; `until` is the last ISO day on which it may be used."""

    code: str
    return_id: str
    amount: int
    currency: str
    until: str


def give(db: sqlite3.Connection, credits_given: Iterable[KeptCredit]) -> None:
    """Inside the commit's transaction. A code that was given before is our own fault."""
    db.executemany(
        "INSERT INTO credits VALUES (?, ?, ?, ?, ?)",
        [(one.code, one.return_id, one.amount, one.currency, one.until) for one in credits_given],
    )


class CreditShelf:
    """What a reader of the store says of store credit."""

    file: Path
    _db: sqlite3.Connection

    def credit(self, code: str) -> KeptCredit | None:
        with told(self.file):
            row = self._db.execute("SELECT * FROM credits WHERE code = ?", (code,)).fetchone()
            return KeptCredit(*row) if row else None
