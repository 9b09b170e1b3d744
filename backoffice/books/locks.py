"""One at a time over the books of a sale, whether the sale itself is here yet or not.

Law of the file: all locks of a transaction are taken at once and in one order, so that no two
transactions wait for each other. On SQLite the writing transaction itself is the lock.
"""

from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import text

from backoffice.office import Transaction

_LOCK = text("SELECT pg_advisory_xact_lock(key) FROM unnest(CAST(:keys AS bigint[])) AS key")


def lock(tx: Transaction, names: Iterable[str]) -> None:
    """Hold the locks of these sale ids and receipt numbers until the transaction ends."""
    if tx.session.get_bind().dialect.name != "postgresql":
        return
    keys = sorted({_key(one) for one in names if one})
    if keys:
        tx.session.execute(_LOCK, {"keys": keys})


def _key(name: str) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
