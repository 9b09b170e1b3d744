"""Opening the file: whose it is, whether it is whole, and with which pragmas.

Law of the file: nothing is written before we know that the file is ours, sound and of a schema we
know; a new database appears whole, by renaming, or not at all.
"""

import os
import sqlite3
from itertools import count
from pathlib import Path

from storage.faults import (
    CannotOpen,
    Damaged,
    ForeignDatabase,
    NewerSchema,
    fault_of,
    told,
)
from storage.lock import fault_of_os
from storage.schema import APPLICATION_ID, SCHEMA_VERSION

HEADER_BYTES = 100
BUSY_TIMEOUT_S = 2.0
RESTORE = ".restore"  # a store that is ready to take the place of the one there
LEDGER = (
    *("meta", "journal", "journal_personal", "returns", "return_lines", "return_tenders"),
    *("return_payers", "return_serials", "print_jobs", "staff", "prices", "shifts", "drawer_cash"),
    *("credits", "office", "office_states", "returned_elsewhere"),
)

# Why each: reliability of power cuts (FULL), one place that checkpoints (0), a damaged or hostile
# file must be noticed and must not run code (cell_size_check, trusted_schema, no mmap), REPLACE
# must meet the triggers that forbid deleting (recursive_triggers), erased means zeroed on the disk
# (secure_delete).
PRAGMAS = (
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    "recursive_triggers = ON",
    "temp_store = MEMORY",
)
WRITER_PRAGMAS = ("synchronous = FULL", "wal_autocheckpoint = 0", "secure_delete = ON")


def beside(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)


def check_owner(file: Path) -> None:
    """Read the header only: raises what is wrong with it, touches nothing.

    SQLite reads it, as one immutable file: closing a descriptor of our own would drop the locks
    that this process may hold on the file (sqlite.org/howtocorrupt.html#_posix_advisory_locks_).
    """
    try:
        size = file.stat().st_size
    except OSError as error:
        raise fault_of_os(file, error) from error
    if size < HEADER_BYTES:
        raise Damaged(file, "the file is cut short to {size} bytes", size=size)
    try:
        connection = sqlite3.connect(uri_of(file, "mode=ro&immutable=1"), uri=True)
        try:
            check_application_id(file, connection)
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        # A log that is half written back leaves the file alone incomplete: opening both will tell.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise fault_of(file, error) from error


def check_application_id(file: Path, connection: sqlite3.Connection) -> None:
    """Raise ForeignDatabase unless the file is ours."""
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    if application_id != APPLICATION_ID:
        raise ForeignDatabase(file, application_id)


def uri_of(file: Path, query: str) -> str:
    """The file as SQLite's URI: what has a meaning there is escaped (sqlite.org/uri.html)."""
    path = str(file)
    for sign in "%?#":
        path = path.replace(sign, f"%{ord(sign):02x}")
    return f"file:{path}?{query}"


def connect(file: Path, *, write: bool) -> sqlite3.Connection:
    """A connection with every pragma set. The caller keeps it to one thread at a time."""
    mode = "rw" if write else "ro"
    connection = sqlite3.connect(
        uri_of(file, f"mode={mode}"),
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,  # transactions are begun by name, never by guess
        check_same_thread=False,
    )
    try:
        for pragma in PRAGMAS + (WRITER_PRAGMAS if write else ()):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def create(file: Path) -> None:
    """Make a whole, empty store under another name, then rename it: a cut leaves all or nothing.

    The caller holds the writer's lock and has seen that `file` is missing.
    """
    if beside(file, "-wal").exists():
        raise Damaged(file, "the file is gone but its -wal is there")
    draft = beside(file, ".new")
    try:
        for suffix in ("", "-wal", "-shm", "-journal"):  # what an interrupted draft left
            beside(draft, suffix).unlink(missing_ok=True)
        reserve(draft)
        with told(file):
            fill(draft)
        sync(draft)
        draft.rename(file)
        sync(file.parent)
    except OSError as error:
        raise fault_of_os(file, error) from error


def reserve(file: Path) -> None:
    """An empty file that only its owner may read. Raises OSError where there is one already."""
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def finish_restore(file: Path) -> Path | None:
    """Put a restored store that is ready in its place; the one that was there, aside: its name.

    The caller holds the writer's lock. A cut in the middle is taken up here: the log goes aside
    before the file, so that both get one name, and the ready file goes last. Raises OSError.
    """
    ready = beside(file, RESTORE)
    if not ready.exists():
        return None
    numbers = (beside(file, f".before-restore-{number}") for number in count(1))
    aside = next(one for one in numbers if not one.exists())
    moved = [suffix for suffix in ("-wal", "") if beside(file, suffix).exists()]
    for suffix in moved:
        beside(file, suffix).rename(beside(aside, suffix))
    beside(file, "-shm").unlink(missing_ok=True)
    sync(file.parent)
    ready.rename(file)
    sync(file.parent)
    return aside if moved else None


def fill(draft: Path) -> None:
    """Give an empty file its journal mode and its schema."""
    from storage.migrations import migrate  # noqa: PLC0415 - costs 100 ms, needed once

    connection = connect(draft, write=True)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection)
    finally:
        connection.close()


def check_version(file: Path, connection: sqlite3.Connection, *, oldest: int = 0) -> int:
    """The schema's version; raises NewerSchema, or CannotOpen when it is below `oldest`."""
    check_application_id(file, connection)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA_VERSION:
        raise NewerSchema(file, version, SCHEMA_VERSION)
    if version < oldest:
        raise CannotOpen(
            file, "schema {schema} is older; start the terminal once to upgrade it", schema=version
        )
    return int(version)


def upgrade(file: Path, connection: sqlite3.Connection) -> None:
    """Refuse a newer schema; migrate an older one."""
    if check_version(file, connection) < SCHEMA_VERSION:
        from storage.migrations import migrate  # noqa: PLC0415 - costs 100 ms, seldom needed

        migrate(connection)


def open_writer(file: Path) -> sqlite3.Connection:
    """The one read-write connection; creates the file when missing. The caller holds the lock."""
    if not file.parent.is_dir():
        raise CannotOpen(file, "folder {folder} is missing", folder=file.parent)
    try:
        finish_restore(file)
    except OSError as error:
        raise fault_of_os(file, error) from error
    if not file.exists():
        create(file)
    check_owner(file)
    with told(file):
        connection = connect(file, write=True)
        try:
            upgrade(file, connection)
            connection.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            connection.close()
            raise
    return connection


def open_readonly(file: Path) -> sqlite3.Connection:
    """A connection that cannot write; the store must exist and be of a schema we know."""
    if not file.exists():
        raise CannotOpen(file, "the file is missing")
    check_owner(file)
    with told(file):
        connection = connect(file, write=False)
        try:
            check_version(file, connection, oldest=SCHEMA_VERSION)
        except BaseException:
            connection.close()
            raise
    return connection


def quick_check(file: Path, connection: sqlite3.Connection, *, whole: bool) -> None:
    """Raise Damaged unless the pages are sound (sqlite.org/pragma.html#pragma_quick_check).

    All of the file when `whole`; else all but the sales, which are the bulk of a large file and
    carry a hash each that is followed whenever one is read.
    """
    for argument in ("1",) if whole else LEDGER:
        with told(file):
            (verdict,) = connection.execute(f"PRAGMA quick_check({argument})").fetchone()
        if verdict != "ok":
            detail = " ".join(verdict.split())
            raise Damaged(file, detail)


def sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
