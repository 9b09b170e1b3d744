"""What a store holds, told in counts and kinds: nothing that names anybody."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from storage import database, journal
from storage.faults import StorageFault, told

# Groups of a table that are words of ours, not of the shop: (table, column).
GROUPS = (("journal", "kind"), ("returns", "status"), ("print_jobs", "status"), ("staff", "role"))
PRAGMAS = ("page_size", "page_count", "freelist_count", "journal_mode", "user_version")


def inventory(file: Path) -> dict[str, Any]:
    """Counts, schema, head and health; what is wrong stands under `fault`. Never raises."""
    found: dict[str, Any] = {}
    try:
        with closing(database.open_readonly(file)) as db, told(file):
            _fill(found, db)
            database.quick_check(file, db, whole=False)
            broken = journal.verify_chain(db)
            found["chain"] = "whole" if broken is None else f"broken at {broken.seq}"
    except StorageFault as fault:
        found["fault"] = type(fault).__name__
    return found


def _fill(found: dict[str, Any], db: sqlite3.Connection) -> None:
    found["sqlite"] = sqlite3.sqlite_version
    found["pragmas"] = {one: db.execute(f"PRAGMA {one}").fetchone()[0] for one in PRAGMAS}
    found["schema"] = [row[0] for row in db.execute("SELECT sql FROM sqlite_master WHERE sql > ''")]
    tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    found["rows"] = {
        name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - from the schema
        for (name,) in tables.fetchall()
    }
    for table, column in GROUPS:
        found[f"{table} by {column}"] = dict(
            db.execute(f"SELECT {column}, count(*) FROM {table} GROUP BY {column}").fetchall()  # noqa: S608 - ours
        )
    seq, last = journal.head(db)
    found["head"] = {"seq": seq, "hash": last.hex()}
    ends = db.execute("SELECT min(at_ms), max(at_ms), count(DISTINCT boot) FROM journal").fetchone()
    found["journal"] = dict(zip(("first_ms", "last_ms", "boots"), ends, strict=True))
    row = db.execute("SELECT acked_seq, unknown_tries, numbers_after FROM meta").fetchone()
    found["meta"] = dict(zip(("acked_seq", "unknown_tries", "numbers_after"), row, strict=True))
