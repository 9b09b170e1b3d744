"""What is old is erased: personal parts after their term, sales after theirs; the rest stays sound.

Law of the file: one small transaction at a time, so that a cashier never waits for it. A return
that is open keeps what it needs, and so does its sale. A sale goes only when nothing refers to it:
neither a return, whose caps are derived from it, nor the kept state, nor any other table. Which
tables those are is read from the schema: what is a sale's own part says ON DELETE CASCADE.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from storage.faults import told
from storage.transaction import Transaction

KEYS = {
    "journal_personal": "seq",
    "returns": "sequence",
    "shifts": "key",
    "sales": "key",
    "returned_elsewhere": "key",
}
TAIL_CLUES = """
SELECT 'tail:' || masked, business_day, s.key
FROM json_each(:keys) JOIN sales AS s ON s.key = value JOIN sale_tenders ON sale = s.key
UNION ALL SELECT 'tail:' || phone_tail, business_day, s.key
FROM json_each(:keys) JOIN sales AS s ON s.key = value
"""
GOODS_CLUES = """
SELECT 'goods:' || gtin, business_day, s.key
FROM json_each(:keys) JOIN sales AS s ON s.key = value JOIN sale_lines ON sale = s.key
UNION ALL SELECT 'goods:' || sku, business_day, s.key
FROM json_each(:keys) JOIN sales AS s ON s.key = value JOIN sale_lines ON sale = s.key
"""
SPAN = 200  # rows looked at in one transaction


class Terms(Struct, frozen=True):
    """Days are ISO dates of the shop, `personal_before_ms` the first moment of that day.

    `open` are the states of a return that still needs what is personal.
    """

    personal_before: str
    personal_before_ms: int
    sales_before: str
    open: tuple[str, ...]


class Swept(Struct):
    """How much was erased so far: personal parts of records, returns and sales; sales pruned."""

    records: int = 0
    returns: int = 0
    sales: int = 0
    pruned: int = 0

    @property
    def any(self) -> bool:
        return bool(self.records or self.returns or self.sales or self.pruned)


Erase = Callable[[sqlite3.Connection, Swept, Terms, int, int], None]


class Retention:
    """`Store.retention`."""

    def __init__(self, file: Path, db: sqlite3.Connection, transaction: Transaction) -> None:
        self._file = file
        self._db = db
        self._transaction = transaction

    def sweep(self, terms: Terms) -> Iterator[Swept]:
        """Each step is one transaction, and yields all that was done until now.

        Raises StorageFault; begun again it goes on with what is left.
        """
        swept = Swept()
        unneeded = f" AND NOT EXISTS ({_references(self._file, self._db)})"
        for table, erase in (
            ("journal_personal", _erase_records),
            ("returns", _erase_returns),
            ("shifts", _erase_shifts),
            ("sales", _clearing_sales(unneeded)),
            ("returned_elsewhere", _forget_elsewhere),
        ):
            after = 0
            while (last := _end_of_span(self._file, self._db, table, after)) is not None:
                with self._transaction:
                    erase(self._db, swept, terms, after, last)
                after = last
                yield swept

    def forget_log(self) -> bool:
        """Empty the log, so that nothing erased is left in it. False: a reader stood in the way."""
        with told(self._file):
            busy, *_ = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy


def _end_of_span(file: Path, db: sqlite3.Connection, table: str, after: int) -> int | None:
    """The last of the next SPAN keys; None behind the end."""
    key = KEYS[table]
    with told(file):
        (last,) = db.execute(
            f"SELECT max(k) FROM (SELECT {key} AS k FROM {table} WHERE k > ?"  # noqa: S608 - ours
            f" ORDER BY k LIMIT {SPAN})",
            (after,),
        ).fetchone()
    return None if last is None else int(last)


def _erase_records(
    db: sqlite3.Connection, swept: Swept, terms: Terms, after: int, last: int
) -> None:
    swept.records += db.execute(
        "DELETE FROM journal_personal WHERE seq > ? AND seq <= ?"
        " AND (SELECT at_ms FROM journal AS j WHERE j.seq = journal_personal.seq) < ?",
        (after, last, terms.personal_before_ms),
    ).rowcount


def _erase_returns(
    db: sqlite3.Connection, swept: Swept, terms: Terms, after: int, last: int
) -> None:
    db.execute(
        "DELETE FROM return_payers WHERE return > ? AND return <= ? AND day < ?",
        (after, last, terms.personal_before),
    )
    db.execute(
        "DELETE FROM return_serials WHERE return > ? AND return <= ? AND return IN"
        " (SELECT sequence FROM returns WHERE day < ?"
        " AND status NOT IN (SELECT value FROM json_each(?)))",
        (after, last, terms.personal_before, json.dumps(terms.open)),
    )
    db.execute(
        "UPDATE shifts SET personal = NULL WHERE day < ? AND closed = 1 AND personal IS NOT NULL",
        (terms.personal_before,),
    )
    db.execute(  # its words may name anybody
        "DELETE FROM office_states WHERE return_id IN (SELECT id FROM returns"
        " WHERE sequence > ? AND sequence <= ? AND day < ?"
        " AND status NOT IN (SELECT value FROM json_each(?)))",
        (after, last, terms.personal_before, json.dumps(terms.open)),
    )
    swept.returns += db.execute(
        "UPDATE returns SET personal = NULL, short_code = NULL"
        " WHERE sequence > ? AND sequence <= ? AND day < ?"
        " AND (personal IS NOT NULL OR short_code IS NOT NULL)"
        " AND status NOT IN (SELECT value FROM json_each(?))",
        (after, last, terms.personal_before, json.dumps(terms.open)),
    ).rowcount


def _forget_elsewhere(
    db: sqlite3.Connection, _: Swept, terms: Terms, after: int, last: int
) -> None:
    """What came back elsewhere of a sale that is not on file, or not any more."""
    db.execute(
        "DELETE FROM returned_elsewhere WHERE key > ? AND key <= ? AND day < ?"
        " AND NOT EXISTS (SELECT 1 FROM sales WHERE id = sale_id)",
        (after, last, terms.sales_before),
    )


def _erase_shifts(db: sqlite3.Connection, _: Swept, terms: Terms, after: int, last: int) -> None:
    """Who opened and closed it: names that its records held, too, and were counted there."""
    db.execute(
        "UPDATE shifts SET personal = NULL WHERE key > ? AND key <= ? AND day < ? AND closed = 1"
        " AND personal IS NOT NULL",
        (after, last, terms.personal_before),
    )


def _clearing_sales(unneeded: str) -> Erase:
    old = "SELECT key FROM sales WHERE key > ? AND key <= ? AND business_day < ?"
    bare = """ AND seal IS NOT NULL AND (phone_tail <> '' OR EXISTS (
        SELECT 1 FROM sale_tenders WHERE sale = key AND (reference <> '' OR masked <> ''))
        OR EXISTS (SELECT 1 FROM sale_serials WHERE sale = key))
        AND NOT EXISTS (SELECT 1 FROM returns AS r WHERE r.sale = key
            AND r.status IN (SELECT value FROM json_each(?)))"""

    def clear(db: sqlite3.Connection, swept: Swept, terms: Terms, after: int, last: int) -> None:
        span = (after, last)
        doomed = db.execute(old + unneeded, (*span, terms.sales_before)).fetchall()
        swept.pruned += _prune(db, [key for (key,) in doomed])
        told_of = (*span, terms.personal_before, json.dumps(terms.open))
        found = db.execute(old + bare, told_of).fetchall()
        swept.sales += _erase_of_sales(db, [key for (key,) in found])

    return clear


def _prune(db: sqlite3.Connection, keys: list[int]) -> int:
    """The sales and all that is theirs."""
    _drop_clues(db, TAIL_CLUES, keys)
    _drop_clues(db, GOODS_CLUES, keys)
    ours = json.dumps(keys)
    db.execute("DELETE FROM sales WHERE key IN (SELECT value FROM json_each(?))", (ours,))
    return len(keys)


def _erase_of_sales(db: sqlite3.Connection, keys: list[int]) -> int:
    _drop_clues(db, TAIL_CLUES, keys)
    ours = json.dumps(keys)
    db.execute(
        "UPDATE sale_tenders SET reference = '', masked = ''"
        " WHERE sale IN (SELECT value FROM json_each(?))",
        (ours,),
    )
    db.execute("DELETE FROM sale_serials WHERE sale IN (SELECT value FROM json_each(?))", (ours,))
    db.execute(
        "UPDATE sales SET phone_tail = '', seal = NULL"
        " WHERE key IN (SELECT value FROM json_each(?))",
        (ours,),
    )
    return len(keys)


def _drop_clues(db: sqlite3.Connection, clues: str, keys: list[int]) -> None:
    """By value: there is no index of clues by sale, for only this would need it."""
    found = db.execute(clues, {"keys": json.dumps(keys)}).fetchall()
    db.executemany("DELETE FROM sale_clues WHERE clue = ? AND day = ? AND sale = ?", found)


def _references(file: Path, db: sqlite3.Connection) -> str:
    """A query that finds what else speaks of a sale: rows of other tables, and the kept state."""
    with told(file):
        found = db.execute(
            'SELECT t.name, f."from" FROM sqlite_master AS t, pragma_foreign_key_list(t.name) AS f'
            " WHERE t.type = 'table' AND f.\"table\" = 'sales' AND f.on_delete <> 'CASCADE'"
            " ORDER BY t.name"
        ).fetchall()
    state = "SELECT 1 FROM meta WHERE instr(coalesce(state, ''), '\"' || sales.id || '\"') > 0"
    rows = (f"SELECT 1 FROM {table} WHERE {column} = sales.key" for table, column in found)  # noqa: S608 - ours
    return " UNION ALL ".join((*rows, state))
