"""The one transaction at a time of the one writer: BEGIN IMMEDIATE ... COMMIT.

Law of the file: whatever is raised inside rolls back and goes on. A fault of the disk ends all
writing, as nobody knows how much of it was written: the file must be opened and checked anew.
"""

import sqlite3
from pathlib import Path

from storage.faults import StorageFault, StoreUnusable, told


class Transaction:
    """`with transaction:` once or many times, never within itself. `steps` counts the commits.

    A class and not a generator, as every step passes through it: five times the cost.
    """

    def __init__(self, file: Path, db: sqlite3.Connection) -> None:
        self._file = file
        self._db = db
        self.fault: StorageFault | None = None
        self.steps = 0

    def __enter__(self) -> None:
        if self.fault is not None:
            raise StoreUnusable(self._file, self.fault)
        self._told("BEGIN IMMEDIATE")

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if error is None:
            try:
                self._told("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            self.steps += 1
            return
        self._roll_back()
        if isinstance(error, sqlite3.Error):
            self._say(error)
        if isinstance(error, StorageFault):
            self.fault = error

    def alone(self, statement: str, values: tuple[object, ...]) -> None:
        """One statement as a whole transaction: SQLite begins and commits around it by itself."""
        if self.fault is not None:
            raise StoreUnusable(self._file, self.fault)
        self._told(statement, values)
        self.steps += 1

    def _told(self, statement: str, values: tuple[object, ...] = ()) -> None:
        try:
            self._db.execute(statement, values)
        except sqlite3.Error as error:
            self._say(error)

    def _say(self, error: sqlite3.Error) -> None:
        """Raise what SQLite said as a fault, and remember it."""
        try:
            with told(self._file):
                raise error
        except StorageFault as fault:
            self.fault = fault
            raise

    def _roll_back(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
