"""Opening the database.

SQLite: WAL, synchronous=FULL, foreign keys; a writing transaction begins IMMEDIATE. One writer at a
time, threads and processes alike, held by a lock file over BEGIN, COMMIT and checkpoint: SQLite
before 3.51.3 can corrupt the file when two connections write or checkpoint at the same instant
(sqlite.org/wal.html#walresetbug), so SQLite's own checkpoint is off and ours is inside the lock.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.pool import ConnectionPoolEntry

WRITING = "backoffice_writing"
CHECKPOINT_PAGES = 1000
BUSY_MS = 10_000


def open_engine(url: str) -> Engine:
    """An engine for `url`; nothing is connected yet. postgresql:// means psycopg 3."""
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, hide_parameters=True)
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        parsed, pool_size=10, max_overflow=10, pool_pre_ping=True, hide_parameters=True
    )


def is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _open_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "mmap_size=0",
        "wal_autocheckpoint=0",
        "secure_delete=ON",  # what is erased is overwritten
        f"busy_timeout={BUSY_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def snapshots(engine: Engine) -> Engine:
    """The same, for who reads: a transaction sees one moment, as it always does on SQLite, where
    each statement on PostgreSQL would see its own.
    """
    if is_sqlite(engine):
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


@contextmanager
def one_writer(engine: Engine) -> Iterator[None]:
    """Hold SQLite's lock file while a transaction writes; on PostgreSQL nothing is needed."""
    database = engine.url.database
    if not is_sqlite(engine) or not database:
        yield
        return
    lock = os.open(f"{database}.writer", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
        _checkpoint(engine, Path(f"{database}-wal"))
    finally:
        os.close(lock)


def _checkpoint(engine: Engine, wal: Path) -> None:
    if not wal.exists() or wal.stat().st_size < CHECKPOINT_PAGES * 4096:
        return
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
    finally:
        raw.close()
