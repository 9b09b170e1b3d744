"""Who came back before, without saying who: returns by the keyed hash of a card's or phone's tail.

Law of the file: four digits are guessed in no time; therefore the hash is keyed with the pepper, as
a PIN's is, and the rows may be deleted by age: they are no part of the journal.
"""

import hmac
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from storage.faults import told
from storage.payer_values import EarlierReturn, Payer
from storage.pins import load_pepper
from storage.values import NewReturn

HASH_BYTES = 16
EARLIER_MAX = 1000  # rows for one customer; what is past it changes no rule's answer

EARLIER = """
SELECT r.number, p.day, p.kind FROM return_payers AS p JOIN returns AS r ON r.sequence = p.return
WHERE p.payer = ? AND p.day >= ? AND r.status <> 'voided' ORDER BY p.day DESC, p.return DESC LIMIT ?
"""


class Payers:
    """`Reader.payers`. The key is read at the first mark that is hashed."""

    def __init__(self, file: Path, db: sqlite3.Connection) -> None:
        self._file = file
        self._db = db
        self._key = b""

    def record(self, new: NewReturn) -> None:
        """Inside the commit's transaction, after the return itself.

        Raises PepperMissing where staff or hashes depend on a key that is gone.
        """
        kinds = {self._hashed(one): one.kind for one in new.payers}
        self._db.executemany(
            "INSERT INTO return_payers VALUES (?, ?, ?, ?)",
            [(payer, new.day, new.sequence, kind) for payer, kind in kinds.items()],
        )

    def earlier(self, payers: Iterable[Payer], since: str) -> tuple[EarlierReturn, ...]:
        """Returns of any of these on and after the ISO day `since`, voided ones not counted."""
        with told(self._file):
            return tuple(
                EarlierReturn(*row)
                for one in payers
                for row in self._db.execute(EARLIER, (self._hashed(one), since, EARLIER_MAX))
            )

    def _hashed(self, payer: Payer) -> bytes:
        if not self._key:
            known = self._db.execute(
                "SELECT 1 FROM staff WHERE gone = 0 UNION ALL SELECT 1 FROM return_payers LIMIT 1"
            ).fetchone()
            self._key = load_pepper(self._file, may_create=known is None)
        text = f"payer\n{payer.kind}\n{payer.mark}"
        return hmac.digest(self._key, text.encode(), "sha256")[:HASH_BYTES]
