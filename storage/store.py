"""The store: the one way to write, and with reader.py all that the product knows of storage.

Law of the file: one step of the flow is one transaction and one sync. A commit that fails for a
reason of the disk ends writing: nothing more is taken until the file is opened and checked anew.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from storage import (
    database,
    drawer,
    journal,
    office,
    prices,
    print_jobs,
    returns,
    sales,
    store_credit,
)
from storage.faults import CannotOpen, StorageFault, told
from storage.lock import WriterLock
from storage.pins import HashCost
from storage.prices import PriceReport, StoredPrice
from storage.reader import Reader, open_reader
from storage.retention import Retention
from storage.staff import StaffRegister
from storage.transaction import Transaction
from storage.values import AddReport, Commit, StoredSale

__all__ = ["Reader", "Store", "open_reader", "open_store"]

CHECKPOINT_STEPS = 128  # a recorded return writes some 8 pages: about 1,000 pages of log
BATCH_STEPS = 16  # so many sales or prices of an import count for one step
LOG_PAGES_MAX = 8_000  # a log that a slow reader let grow past this is cut back
WHOLE_CHECK_BYTES = 16_000_000  # a larger file is checked at start without its sales


class Store(Reader):
    """The one writer. It holds the lock until `close`; the staff register is `staff`."""

    def __init__(
        self, file: Path, db: sqlite3.Connection, lock: WriterLock, cost: HashCost
    ) -> None:
        super().__init__(file, db)
        self._lock = lock
        self._transaction = Transaction(file, db)
        self._head: tuple[int, bytes] | None = None  # nobody else writes: read once
        self._transaction.steps = CHECKPOINT_STEPS  # a killed process may have left a long log
        self.retention = Retention(file, db, self._transaction)
        self.staff = StaffRegister(file, db, self._transaction, cost)

    def close(self) -> None:
        """Write the log back and let go of the lock; may be called twice."""
        try:
            with told(self.file):
                self._db.close()
        finally:
            self._lock.close()

    def commit(self, step: Commit) -> None:
        """One step of the flow: all of it, or nothing.

        Raises CapExceeded, NumberTaken, SaleUnknown or StaffTaken (nothing was recorded, go on),
        or a StorageFault: then it is unknown whether the step was recorded; open the store again,
        and what it says is the truth.
        """
        if step.only_state:
            self._transaction.alone("UPDATE meta SET state = ?", (step.state,))
            return
        with self._transaction:
            if step.changes:
                returns.change(self._db, step.changes)  # first: a void makes room for the new one
            if step.sales:
                sales.add(self._db, step.sales)
            for new in step.returns:
                returns.record(self._db, new)
                self.payers.record(new)
            if step.jobs:
                print_jobs.record(self._db, step.jobs)
            if step.shifts:
                drawer.keep_shifts(self._db, step.shifts)
            if step.credits:
                store_credit.give(self._db, step.credits)
            if step.cash:
                drawer.keep_cash(self._db, step.cash)
            for one in step.staff:
                self.staff.apply(one)
            head = journal.append(self._db, step, self._head or journal.head(self._db))
        self._head = head

    def add_sales(self, batch: Iterable[StoredSale]) -> AddReport:
        """One transaction; some 500 sales a call keep both the log and the memory small."""
        with self._transaction:
            report = sales.add(self._db, batch)
        self._transaction.steps += (report.added + report.same) // BATCH_STEPS
        self.checkpoint_if_due()
        return report

    def add_prices(self, batch: Iterable[StoredPrice], today: str) -> PriceReport:
        """One transaction; prices that later ones replaced a month ago are forgotten."""
        with self._transaction:
            report = prices.add(self._db, batch, today)
        self._transaction.steps += report.added // BATCH_STEPS
        self.checkpoint_if_due()
        return report

    def take_down(self, came: office.CameDown) -> office.Taken:
        """One part of what the back office sent, and how far it was taken."""
        with self._transaction:
            taken = office.take(self._db, came)
        self._transaction.steps += len(came.sales) // BATCH_STEPS
        self.checkpoint_if_due()
        return taken

    def checkpoint_if_due(self) -> bool:
        """Write the log back into the file after some 1,000 pages of it; call it when idle."""
        if self._transaction.fault is not None or self._transaction.steps < CHECKPOINT_STEPS:
            return False
        return self.checkpoint()

    def checkpoint(self) -> bool:
        """Write the log back now. False when a reader stood in the way; nothing is lost then.

        The log's file keeps its size: a commit that overwrites is 1.6 times as fast as one that
        makes the file grow, as the file system has no new length to sync.
        """
        try:
            with told(self.file):
                _, log, done = self._db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
                if log == done > LOG_PAGES_MAX:
                    self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except StorageFault as fault:
            self._transaction.fault = fault
            raise
        self._transaction.steps = 0 if log == done else CHECKPOINT_STEPS // 2
        return bool(log == done)


def open_store(file: Path, *, quick_check: bool = True, cost: HashCost | None = None) -> Store:
    """The writer's store, made when missing (its folder must exist), mode 0600.

    `quick_check` verifies the journal's chain and the pages: all of them, or of a file past 16 MB
    all but the sales'; `check` does the rest.

    Raises a StorageFault: InUse, NotADatabase, ForeignDatabase, NewerSchema, Damaged, ReadOnly,
    DiskFull, DiskFault or CannotOpen; the file is then as it was.
    """
    if not file.parent.is_dir():
        raise CannotOpen(file, "folder {folder} is missing", folder=file.parent)
    lock = WriterLock(file)
    try:
        store = Store(file, database.open_writer(file), lock, cost or HashCost())
        try:
            if quick_check:
                store.check(whole=file.stat().st_size <= WHOLE_CHECK_BYTES)
        except BaseException:
            store.close()
            raise
    except BaseException:
        lock.close()
        raise
    return store
