"""Print jobs: what was sent to the printer, and how sure we are that it came out."""

import sqlite3
from collections.abc import Iterable

from storage.values import PrintJob, PrintJobChange

SELECT = "SELECT id, return_id, kind, copy, status FROM print_jobs "


def record(db: sqlite3.Connection, changes: Iterable[PrintJobChange]) -> None:
    """A new job is added; of a known one only the status changes."""
    for one in changes:
        known = db.execute(
            "UPDATE print_jobs SET status = ? WHERE id = ?", (one.status, one.job_id)
        )
        if not known.rowcount:
            db.execute(
                "INSERT INTO print_jobs VALUES (?, ?, ?, ?, ?)",
                (one.job_id, one.return_id, one.kind, one.copy, one.status),
            )


def by_id(db: sqlite3.Connection, job_id: str) -> PrintJob | None:
    row = db.execute(SELECT + "WHERE id = ?", (job_id,)).fetchone()
    return None if row is None else PrintJob(*row)


def with_status(db: sqlite3.Connection, statuses: tuple[str, ...]) -> tuple[PrintJob, ...]:
    """The jobs in any of `statuses`, oldest first: their ids are UUIDv7, which sort by time."""
    marks = ", ".join("?" * len(statuses))
    found = db.execute(
        SELECT + f"WHERE status IN ({marks}) ORDER BY id",
        statuses,
    )
    return tuple(PrintJob(*row) for row in found)


def copies_of(db: sqlite3.Connection, return_id: str, kind: str) -> int:
    """How many jobs of this kind there have been for the return: the next copy's number."""
    (count,) = db.execute(
        "SELECT count(*) FROM print_jobs WHERE return_id = ? AND kind = ?", (return_id, kind)
    ).fetchone()
    return int(count)
