"""Shifts and the cash of each: who answers for the drawer, from which count to which.

Law of the file: at most one shift is open. Cash belongs to the shift that is open in the
transaction that records it, so no clock decides it; what was paid is summed, never counted up.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from storage.faults import told

SELECT_SHIFT = "SELECT id, day, closed, paid, body, coalesce(personal, '') FROM shifts "


class KeptShift(Struct, frozen=True):
    """A shift as JSON of the caller, but for its personal part; `day` is the ISO date of its start.

    `paid` is the cash of the drawer that its closing was reckoned with, 0 while it is open.
    """

    id: str
    day: str
    closed: bool
    paid: int
    body: str
    personal: str = ""  # empty once it was erased


class CashMove(Struct, frozen=True):
    """Cash out of the drawer for a return, in minor units; below zero: into it."""

    id: str
    return_id: str
    amount: int


class KeptReturn(Struct, frozen=True):
    """A return's body, and who rang up the sale it belongs to; empty for one without a sale."""

    body: str
    personal: str
    sold_by: str


def keep_shifts(db: sqlite3.Connection, shifts: Iterable[KeptShift]) -> None:
    """Inside the commit's transaction: a shift was opened or closed.

    A closing that was reckoned with other cash than is on file is our own bug.
    """
    for one in shifts:
        if not one.closed:
            db.execute(
                "INSERT INTO shifts VALUES (NULL, ?, ?, 0, 0, ?, ?)",
                (one.id, one.day, one.body, one.personal),
            )
            continue
        assert one.paid == cash_of(db, one.id), f"shift {one.id} was reckoned with {one.paid}"
        done = db.execute(
            "UPDATE shifts SET closed = 1, paid = ?, body = ?, personal = ? WHERE id = ?",
            (one.paid, one.body, one.personal, one.id),
        )
        assert done.rowcount == 1, f"shift {one.id} is not on file"


def keep_cash(db: sqlite3.Connection, moves: Iterable[CashMove]) -> None:
    """Inside the commit's transaction: cash left the drawer, in whichever shift is open now."""
    db.executemany(
        "INSERT INTO drawer_cash SELECT ?, ?, (SELECT id FROM shifts WHERE closed = 0), ?",
        ((one.id, one.return_id, one.amount) for one in moves),
    )


def cash_of(db: sqlite3.Connection, shift_id: str) -> int:
    """The cash that left the drawer in this shift, less what came in."""
    (paid,) = db.execute(
        "SELECT coalesce(sum(amount), 0) FROM drawer_cash WHERE shift = ?", (shift_id,)
    ).fetchone()
    return int(paid)


class DrawerBook:
    """What a day's report asks of the file. Every method may raise a StorageFault."""

    def __init__(self, file: Path, db: sqlite3.Connection) -> None:
        self._file = file
        self._db = db

    def open_shift(self) -> KeptShift | None:
        found = self._shifts("WHERE closed = 0", ())
        return found[0] if found else None

    def shifts_of_day(self, day: str) -> tuple[KeptShift, ...]:
        """Those opened on the day, oldest first."""
        return self._shifts("WHERE day = ? ORDER BY key", (day,))

    def cash_of(self, shift_id: str) -> int:
        with told(self._file):
            return cash_of(self._db, shift_id)

    def returns_since(self, day: str) -> tuple[KeptReturn, ...]:
        """Every return from this day on by number, voided ones too."""
        with told(self._file):
            found = self._db.execute(
                "SELECT r.body, coalesce(r.personal, ''), coalesce(s.cashier, '')"
                " FROM returns AS r LEFT JOIN sales AS s ON s.key = r.sale"
                " WHERE r.day >= ? ORDER BY +r.sequence",  # +: by the day's index, then sorted
                (day,),
            )
            return tuple(KeptReturn(*row) for row in found)

    def returns_from(self, sequence: int) -> tuple[KeptReturn, ...]:
        """Every return from this number on, voided ones too; nobody asks here who sold it."""
        with told(self._file):
            found = self._db.execute(
                "SELECT body, coalesce(personal, ''), '' FROM returns"
                " WHERE sequence >= ? ORDER BY sequence",
                (sequence,),
            )
            return tuple(KeptReturn(*row) for row in found)

    def copies(self, first_id: str, before_id: str) -> int:
        """Slips that came out, or may have, as copies; by the UUIDv7 of their jobs."""
        with told(self._file):
            (count,) = self._db.execute(
                "SELECT count(*) FROM print_jobs WHERE id >= ? AND id < ? AND copy > 0"
                " AND status IN ('printed', 'uncertain')",
                (first_id, before_id),
            ).fetchone()
            return int(count)

    def jobs_of(self, kind: str, first_id: str, before_id: str) -> int:
        """How many jobs of this kind there were: the next one's copy number."""
        with told(self._file):
            (count,) = self._db.execute(
                "SELECT count(*) FROM print_jobs WHERE id >= ? AND id < ? AND kind = ?",
                (first_id, before_id, kind),
            ).fetchone()
            return int(count)

    def _shifts(self, where: str, values: tuple[str, ...]) -> tuple[KeptShift, ...]:
        with told(self._file):
            return tuple(
                KeptShift(id_, day, bool(closed), *rest)
                for id_, day, closed, *rest in self._db.execute(SELECT_SHIFT + where, values)
            )
