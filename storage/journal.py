"""The journal: append-only, without gaps, chained by hash; each row is also the outbox entry.

The chain: hash = sha256(previous hash + the row's fields joined by newlines), fields in the order
seq, id, kind, at_ms, boot, uptime_ms, promise, body. Only body may hold a newline, so no two rows
share a text. The first row's previous hash is sha256 of the database's own random origin, so that
rows of another terminal do not fit. The head is kept with the state as well: a cut tail is seen,
unless the head was cut with it; therefore the head also leaves the device.

The promise is sha256(salt + personal part) in hex, empty where nothing is personal. Part and salt
lie in a table of their own and may be erased: the chain holds the promise alone, and without its
salt no guess at the part can be tried against it.
"""

import os
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from storage.records import ChainBroken, JournalRow
from storage.values import Commit

# Hashes are bound as bytearray: for bytes sqlite3 looks for an adapter, a third of the INSERT.
ENTRY = "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
PART = "INSERT INTO journal_personal VALUES (?, ?, ?)"
PAGE_ROWS = 500
PAGE = """
SELECT seq, id, kind, at_ms, boot, uptime_ms, body, promise, hash, salt, part
FROM journal LEFT JOIN journal_personal USING (seq) WHERE seq > ? ORDER BY seq LIMIT ?
"""
HASH = 8  # its place in a row of PAGE
ROW_BYTES = 800  # of a row besides its body, as the wire has it
SALT_BYTES = 16


def genesis(origin: str) -> bytes:
    """The hash before the first row."""
    return sha256(origin.encode()).digest()


def chained(before: bytes, fields: tuple[object, ...]) -> bytes:
    """The hash of one row, from (seq, id, kind, at_ms, boot, uptime_ms, promise, body)."""
    seq, entry, kind, at_ms, boot, uptime_ms, promise, body = fields
    kept = promise.hex()  # type: ignore[attr-defined]  # a row's columns have no static type
    text = f"{seq}\n{entry}\n{kind}\n{at_ms}\n{boot}\n{uptime_ms}\n{kept}\n{body}"
    return sha256(before + text.encode()).digest()


def promised(personal: str) -> tuple[bytes, bytes]:
    """(salt, promise) of a personal part; both empty where nothing is personal."""
    if not personal:
        return b"", b""
    salt = os.urandom(SALT_BYTES)
    return salt, sha256(salt + personal.encode()).digest()


def head(db: sqlite3.Connection) -> tuple[int, bytes]:
    """(seq, hash) of the last row; (0, genesis) when there is none."""
    seq, last, origin = db.execute("SELECT head_seq, head_hash, origin FROM meta").fetchone()
    return (seq, last) if seq else (0, genesis(origin))


def append(db: sqlite3.Connection, commit: Commit, before: tuple[int, bytes]) -> tuple[int, bytes]:
    """Inside the commit's transaction: the entries, the head, the state, the acknowledgement.

    `before` is the head until now; returned is the head once the transaction has committed.
    """
    seq, last = before
    for entry in commit.entries:
        after, seq = seq or None, seq + 1
        salt, promise = promised(entry.personal)
        start = (seq, entry.id, entry.kind, commit.at_ms, commit.boot, commit.uptime_ms)
        assert "\n" not in entry.id + entry.kind + commit.boot, "a journal field holds a newline"
        last = chained(last, (*start, promise, entry.body))
        db.execute(ENTRY, (*start, bytearray(promise), entry.body, bytearray(last), after))
        if promise:
            db.execute(PART, (seq, bytearray(salt), entry.personal))
    now = (seq, bytearray(last))
    if commit.state is None:
        db.execute("UPDATE meta SET head_seq = ?, head_hash = ?", now)
    else:
        db.execute("UPDATE meta SET head_seq = ?, head_hash = ?, state = ?", (*now, commit.state))
    if commit.acked is not None:
        db.execute("UPDATE meta SET acked_seq = max(acked_seq, ?)", (commit.acked,))
    if commit.parked:
        db.execute("UPDATE office SET parked = parked + ?", (commit.parked,))
    return seq, last


def rows(db: sqlite3.Connection, since_seq: int) -> Iterator[JournalRow]:
    """Every row after `since_seq`, in order; read in pages, so that no snapshot is held long."""
    before = _hash_at(db, since_seq)
    while True:
        page = db.execute(PAGE, (since_seq, PAGE_ROWS)).fetchall()
        for row in page:
            yield _row(row, before)
            before, since_seq = row[HASH], row[0]
        if len(page) < PAGE_ROWS:
            return


def page(
    db: sqlite3.Connection, since_seq: int, rows_max: int, bytes_max: int
) -> tuple[JournalRow, ...]:
    """The next rows after `since_seq`: so many at most, and about so many bytes; at least one."""
    before, size = _hash_at(db, since_seq), 0
    found: list[JournalRow] = []
    for row in db.execute(PAGE, (since_seq, rows_max)):
        one = _row(row, before)
        size += ROW_BYTES + len(one.body.encode()) + len(one.personal.encode())
        if found and size > bytes_max:
            break
        found.append(one)
        before = row[HASH]
    return tuple(found)


def _row(row: tuple[Any, ...], before: bytes) -> JournalRow:
    *start, body, promise, digest, salt, part = row
    fields = (*start, promise.hex(), body, before.hex(), digest.hex())
    return JournalRow(*fields, *((salt.hex(), part) if salt else ()))


def _hash_at(db: sqlite3.Connection, seq: int) -> bytes:
    row = db.execute("SELECT hash FROM journal WHERE seq = ?", (seq,)).fetchone()
    if row is not None:
        return bytes(row[0])
    (origin,) = db.execute("SELECT origin FROM meta").fetchone()
    return genesis(origin)


def verify_chain(db: sqlite3.Connection) -> ChainBroken | None:
    """Read the whole journal and follow its chain; the first row that breaks it, or None.

    100,000 rows take a third of a second, so all of it is read at every start.
    """
    head_seq, head_hash, origin = db.execute(
        "SELECT head_seq, head_hash, origin FROM meta"
    ).fetchone()
    last = genesis(origin)
    count = 0
    parts = db.execute("SELECT seq, salt, part FROM journal_personal ORDER BY seq")
    part = parts.fetchone()
    for row in db.execute(
        "SELECT seq, id, kind, at_ms, boot, uptime_ms, promise, body, hash FROM journal"
        " ORDER BY seq"
    ):
        count += 1
        last = chained(last, row[:-1])
        if row[0] != count or last != row[-1]:
            return ChainBroken(count)
        if part is not None and part[0] == count:
            if sha256(part[1] + part[2].encode()).digest() != row[6]:
                return ChainBroken(count)
            part = parts.fetchone()
    if part is not None:
        return ChainBroken(int(part[0]))
    if count != head_seq or (count and last != head_hash):
        return ChainBroken(count + 1)
    return None
