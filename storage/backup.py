"""A backup is one file, made while the terminal works, and proved before it bears its name.

Law of the file: nothing that is there already is overwritten, and a file of that name is whole.
SQLite's VACUUM INTO reads one moment of the store without stopping its writer, and leaves out what
was erased (sqlite.org/lang_vacuum.html#vacuuminto).
"""

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from storage import database, journal, returns
from storage.backup_faults import TargetTaken, TargetUnusable
from storage.faults import Damaged, DiskFull, fault_of, told

# A stick with FAT knows no second name for a file, nor do some shares and programs' file systems.
NO_SECOND_NAME = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS)


class Contents(Struct, frozen=True):
    """What a store holds: where its journal stands, and the highest return number it gave."""

    head_seq: int
    head_hash: str
    numbers_used: int
    last_ms: int  # when its last record was written
    last_number: str  # of its last return; empty without one


def backup(file: Path, target: Path) -> Contents:
    """Copy the store at `file` to `target`, mode 0600. Raises StorageFault; then there is none."""
    draft = database.beside(target, ".part")
    try:
        if target.exists():
            raise TargetTaken(target)
        draft.unlink(missing_ok=True)
        database.reserve(draft)
        try:
            _copy(file, draft, target)
            found = proved(draft)
            database.sync(draft)
            _name(draft, target)
        finally:
            draft.unlink(missing_ok=True)
        database.sync(target.parent)
    except OSError as error:
        raise TargetUnusable(target, error.strerror or str(error)) from error
    return found


def _copy(file: Path, draft: Path, target: Path) -> None:
    """A fault is the store's where it cannot be read, else that of where the copy was to go."""
    with closing(database.open_readonly(file)) as db:
        try:
            db.execute("VACUUM INTO ?", (str(draft),))
        except sqlite3.Error as error:
            fault = fault_of(file, error)
            if isinstance(fault, Damaged):
                raise fault from error
            full = isinstance(fault, DiskFull)
            detail = os.strerror(errno.ENOSPC) if full else error.sqlite_errorname
            raise TargetUnusable(target, detail) from error


def proved(file: Path) -> Contents:
    """Read all of a store that nobody writes: pages, chain, numbers. Raises StorageFault."""
    database.check_owner(file)
    with told(file), closing(quiet(file)) as db:
        database.check_version(file, db)
        database.quick_check(file, db, whole=True)
        broken = journal.verify_chain(db)
        if broken is not None:
            raise Damaged(file, "the journal is broken at record {seq}", seq=broken.seq)
        return contents(db)


def contents(db: sqlite3.Connection) -> Contents:
    seq, last = journal.head(db)
    at = db.execute("SELECT at_ms FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    number = db.execute("SELECT number FROM returns ORDER BY sequence DESC LIMIT 1").fetchone()
    used = returns.next_sequence(db) - 1
    return Contents(seq, last.hex(), used, at[0] if at else 0, number[0] if number else "")


def quiet(file: Path) -> sqlite3.Connection:
    """A connection to a file that nobody writes, which may lie on a medium that is read-only."""
    if database.beside(file, "-wal").exists():
        return database.connect(file, write=False)
    return sqlite3.connect(database.uri_of(file, "mode=ro&immutable=1"), uri=True)


def _name(draft: Path, target: Path) -> None:
    """Give the draft its name unless somebody took it meanwhile."""
    try:
        os.link(draft, target)
    except FileExistsError as error:
        raise TargetTaken(target) from error
    except OSError as error:
        if error.errno not in NO_SECOND_NAME:
            raise
        if target.exists():
            raise TargetTaken(target) from None
        draft.rename(target)
