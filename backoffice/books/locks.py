"""One at a time over the books of a sale, whether the sale itself is here yet or not.

Law of the file: all locks of a transaction are taken at once and in one order, so that no two
transactions wait for each other. On SQLite the writing transaction itself is the lock. PostgreSQL
has room for a few thousand locks in all: who needs very many holds the books of all sales instead,
of which everybody else holds a share.
"""

from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import text

from backoffice.office import Transaction

MANY = 500  # names; more than the records of one delivery speak of
_ALL = 0x6C6564676572  # the books of all sales, beside the hashes of names
_SHARED = text(
    "SELECT CASE WHEN place = 1 THEN pg_advisory_xact_lock_shared(key)"
    " ELSE pg_advisory_xact_lock(key) END"
    " FROM unnest(CAST(:keys AS bigint[])) WITH ORDINALITY AS name (key, place)"
)
_WHOLE = text("SELECT pg_advisory_xact_lock(:key)")


def lock(tx: Transaction, names: Iterable[str]) -> None:
    """Hold the locks of these sale ids and receipt numbers until the transaction ends."""
    if tx.session.get_bind().dialect.name != "postgresql":
        return
    keys = sorted({_key(one) for one in names if one})
    if len(keys) > MANY:
        tx.session.execute(_WHOLE, {"key": _ALL})
    elif keys:
        tx.session.execute(_SHARED, {"keys": [_ALL, *keys]})


def _key(name: str) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
