"""What came down from the back office, and how far it has been taken.

Law of the file: the cursor moves in the transaction that keeps what stands before it, so that after
any cut the feed goes on exactly where it was taken, and what comes twice changes nothing.
"""

import sqlite3
from pathlib import Path

from msgspec import Struct

from storage import elsewhere, prices, sales
from storage.elsewhere import ReturnedElsewhere
from storage.faults import told
from storage.prices import StoredPrice
from storage.values import StoredSale


class OfficeState(Struct, frozen=True):
    """How a return stands at the office: the JSON of it, and its version."""

    return_id: str
    version: int
    body: str


class CameDown(Struct, frozen=True):
    """One part of the feed, or of a look-up (then `cursor` is None): one transaction.

    `today` is the unit's ISO day, for prices; return numbers up to `numbers_after` are taken.
    """

    today: str
    sales: tuple[StoredSale, ...] = ()
    returned: tuple[ReturnedElsewhere, ...] = ()
    prices: tuple[StoredPrice, ...] = ()
    states: tuple[OfficeState, ...] = ()
    numbers_after: int = 0
    cursor: int | None = None


class Taken(Struct, frozen=True):
    """`states` are those that were news; `different` are sales on file with other content."""

    states: tuple[OfficeState, ...]
    different: tuple[str, ...]


def take(db: sqlite3.Connection, came: CameDown) -> Taken:
    """Inside the caller's transaction."""
    report = sales.add(db, came.sales)
    prices.add(db, came.prices, came.today)
    for one in came.returned:
        elsewhere.keep(db, one)
    news = tuple(one for one in came.states if _keep_state(db, one))
    if came.numbers_after:
        db.execute("UPDATE meta SET numbers_after = max(numbers_after, ?)", (came.numbers_after,))
    if came.cursor is not None:
        db.execute("UPDATE office SET cursor = max(cursor, ?)", (came.cursor,))
    return Taken(news, report.different)


def _keep_state(db: sqlite3.Connection, one: OfficeState) -> bool:
    done = db.execute(
        "INSERT INTO office_states VALUES (?1, ?2, ?3)"
        " ON CONFLICT (return_id) DO UPDATE SET version = ?2, body = ?3 WHERE version < ?2",
        (one.return_id, one.version, one.body),
    )
    return done.rowcount == 1


class OfficeShelf:
    """What a reader of the store says of the back office."""

    file: Path
    _db: sqlite3.Connection

    def feed_cursor(self) -> int:
        """Everything of the feed up to here is taken."""
        with told(self.file):
            return int(self._db.execute("SELECT cursor FROM office").fetchone()[0])

    def parked_count(self) -> int:
        """Records that the office keeps, but did not understand."""
        with told(self.file):
            return int(self._db.execute("SELECT parked FROM office").fetchone()[0])

    def office_state(self, return_id: str) -> OfficeState | None:
        with told(self.file):
            row = self._db.execute(
                "SELECT * FROM office_states WHERE return_id = ?", (return_id,)
            ).fetchone()
            return OfficeState(*row) if row else None

    def office_states(self) -> tuple[OfficeState, ...]:
        """Of the returns that still wait for their customer, their cash, the office or a rail."""
        with told(self.file):
            found = self._db.execute(
                "SELECT s.* FROM office_states AS s JOIN returns AS r ON r.id = s.return_id"
                " WHERE r.status IN ('recorded', 'confirmed', 'accepted', 'problem')"
                " ORDER BY r.sequence"
            )
            return tuple(OfficeState(*row) for row in found)
