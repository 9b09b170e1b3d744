"""However many returns are on file, a step of a return finds what it needs by an index."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from drivers.values import Key
from terminal.core import states
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import RECEIPT, groceries
from tests.flows.test_day import BOSS, leaves, opens_a_shift, pays_cash_for

OPEN = "returns_open"  # an index of the open ones alone
SMALL = {"meta", "office", "staff"}  # a row of our own, a row of the office, the shop's people


def test_no_step_reads_a_table_through(make_till: MakeTill) -> None:
    till = make_till(groceries())
    with asked_of(till) as asked:
        opens_a_shift(till)
        till.cancels()
        pays_cash_for(till, RECEIPT)
        till.cancels()
        till.signs_on(*BOSS)
        till.presses(Key.F6, Key.F5)
        till.is_at(states.ShowingDay)
        leaves(till)
        assert not till.store.office_states()
    with closing(sqlite3.connect(till.folder / "returns.db")) as db:
        read = {table for one in asked for table in read_through(db, one)}
    assert read <= SMALL
    assert len(asked) > 50


@contextmanager
def asked_of(till: Till) -> Iterator[set[str]]:
    """What its file is asked meanwhile."""
    asked: set[str] = set()
    till.store._db.set_trace_callback(asked.add)
    yield asked
    till.store._db.set_trace_callback(None)


def read_through(db: sqlite3.Connection, statement: str) -> set[str]:
    """The tables, or their names in the statement, that are read from end to end."""
    if not statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
        return set()
    plan = [row[3].split() for row in db.execute(f"EXPLAIN QUERY PLAN {statement}")]
    return {step[1] for step in plan if step[0] == "SCAN" and OPEN not in step}
