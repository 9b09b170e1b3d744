"""A backup takes the place of the store: proved, prepared apart, and only then named.

Law of the file: a power cut at any moment leaves the old store or the restored one, whole. The
restored file is prepared under another name; renaming it to `.restore` is the decision; whoever
opens the store next finishes it (database.finish_restore). The old store is kept aside, never
deleted. Return numbers go on above the highest that anybody knows: the backup's, the old store's,
and the one a person reads from the newest slip.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from storage import backup, database, journal
from storage.backup import Contents
from storage.backup_faults import NewerReturns, NumbersUnknown
from storage.faults import StorageFault, told
from storage.lock import WriterLock, fault_of_os
from storage.pins import has_pepper
from storage.values import Commit

NAMED_MAX = 10  # returns that a refusal names
OPEN = ("recorded", "confirmed")  # its customer, or its cash, is waited for


class Restored(Struct, frozen=True):
    """How it went. `aside` is where the old store is; `lost_seq` its journal's end, 0: unknown."""

    contents: Contents
    numbers_after: int
    lost_seq: int = 0
    aside: Path | None = None
    staff_kept: bool = True


Fact = Callable[[Restored], Commit]


def restore(
    source: Path, file: Path, fact: Fact, *, last_number: int | None, drop_newer: bool = False
) -> Restored:
    """Put the backup `source` in the place of the store `file`; the terminal must be stopped.

    `last_number` is the sequence of the newest return anybody knows of; it may be left out only
    where the old store can be read. `fact` makes the record that the restored journal begins with.
    Raises StorageFault: InUse, NumbersUnknown, NewerReturns, or what is wrong with the backup.
    Nothing was changed then.
    """
    lock = WriterLock(file)
    try:
        database.finish_restore(file)
        found = backup.proved(source)
        old = _old(file)
        if old is None and last_number is None:
            raise NumbersUnknown(file)
        newer = () if old is None else _newer(file, source)
        if newer and not drop_newer:
            raise NewerReturns(file, newer[:NAMED_MAX], len(newer))
        used = (found.numbers_used, old.numbers_used if old else 0, last_number or 0)
        planned = Restored(
            *(found, max(used), old.head_seq if old else 0),
            staff_kept=has_pepper(file),
        )
        _prepare(source, file, planned, fact)
        return replace(planned, aside=database.finish_restore(file))
    except OSError as error:
        raise fault_of_os(file, error) from error
    finally:
        lock.close()


def _old(file: Path) -> Contents | None:
    """What the store holds that is to be replaced; None where there is none that can be read."""
    try:
        with closing(database.open_readonly(file)) as db, told(file):
            database.quick_check(file, db, whole=False)
            return None if journal.verify_chain(db) else backup.contents(db)
    except StorageFault:
        return None  # it is replaced because of that


def _newer(file: Path, source: Path) -> tuple[str, ...]:
    """The numbers of returns that the old store has and the backup has not, newest first.

    Those too that the backup has open, and the old store paid or voided since: their slips would
    be good once more.
    """
    asked = "SELECT id, number, status FROM returns ORDER BY sequence DESC"
    with closing(database.open_readonly(file)) as db, told(file):
        ours = db.execute(asked).fetchall()
    with closing(backup.quiet(source)) as db, told(source):
        known = {name: status for name, _, status in db.execute(asked)}
    return tuple(
        number
        for name, number, status in ours
        if name not in known or (known[name] in OPEN and known[name] != status)
    )


def _prepare(source: Path, file: Path, planned: Restored, fact: Fact) -> None:
    """The restored store, whole and synced, under the name that decides."""
    draft = database.beside(file, ".restore.part")
    for suffix in ("", "-wal", "-shm", "-journal"):  # what an interrupted restore left
        database.beside(draft, suffix).unlink(missing_ok=True)
    database.reserve(draft)
    with closing(backup.quiet(source)) as db, told(source):
        db.execute("VACUUM INTO ?", (str(draft),))
    with closing(database.connect(draft, write=True)) as db, told(draft):
        database.upgrade(draft, db)
        db.execute("BEGIN IMMEDIATE")
        _adapt(db, planned)
        journal.append(db, fact(planned), journal.head(db))
        db.execute("COMMIT")
    backup.proved(draft)
    database.sync(draft)
    draft.rename(database.beside(file, database.RESTORE))
    database.sync(file.parent)


def _adapt(db: sqlite3.Connection, planned: Restored) -> None:
    """What was on the counter is long over; without the key of the PINs nobody can sign on."""
    db.execute("UPDATE meta SET state = NULL, numbers_after = ?", (planned.numbers_after,))
    if not planned.staff_kept:
        db.execute("UPDATE staff SET gone = 1, badge = NULL")
        db.execute("DELETE FROM return_payers")
