"""One at a time over the books of a sale, whether the sale itself is here yet or not.

Law of the file: all locks of a transaction are taken at once and in one order, so that no two
transactions wait for each other. On SQLite the writing transaction itself is the lock.
"""

from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import func, select

from backoffice.office import Transaction


def lock(tx: Transaction, names: Iterable[str]) -> None:
    """Hold the locks of these sale ids and receipt numbers until the transaction ends."""
    if tx.session.get_bind().dialect.name != "postgresql":
        return
    for key in sorted({_key(one) for one in names if one}):
        tx.session.execute(select(func.pg_advisory_xact_lock(key)))


def _key(name: str) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
