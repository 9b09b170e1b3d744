"""However much is on file, what is asked is found by an index: no table is read through."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from backoffice.db.engine import is_sqlite
from backoffice.office import Office
from backoffice.returns import changed, find
from drivers.values import Key
from tests.backoffice.client import Speaker
from tests.backoffice.desk.clerks import Clerk
from tests.backoffice.front import browser
from tests.backoffice.made import RETURN_ID
from tests.backoffice.pages.slips import slip
from tests.backoffice.pos import shelve
from tests.backoffice.till_rows import events
from tests.flows.cashier import Till
from tests.flows.shelf import one_oil

GROWING = {"records", "returns", "return_lines", "refunds", "history", "sales", "office_audit"}
ONE_ROW = {"feed_head", "json_each"}  # a table of one row; what a parameter holds

SORTED = "USE TEMP B-TREE FOR ORDER BY"

Asked = list[tuple[str, Any]]


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    till = Till(tmp_path, [one_oil()])
    yield till
    till.switch_off()


def test_a_delivery_reads_no_table_through(office: Office, till: Till) -> None:
    unit, sale = Speaker(office), one_oil()
    shelve(office, sale)
    till.signs_on()
    till.returns_all(sale.receipt_no)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    with asked_of(office) as asked:
        unit.delivers(events(till))
        assert unit.hears()
        found = unit.asks(receipt_no=sale.receipt_no)
    assert len(found["sales"]) == 1
    read = {table for one in asked for table in read_through(office, *one)}
    assert read <= ONE_ROW
    assert len(asked) > 12


@pytest.mark.parametrize(
    "path", ["", "/returns", "/returns?q=1007", "/day", f"/returns/{RETURN_ID}", "/log"]
)
def test_the_desk_reads_no_table_through(office: Office, path: str) -> None:
    slip(office)
    clerk = Clerk(office)
    with asked_of(office) as asked:
        clerk.looks(path)
    read = {table for one in asked for table in read_through(office, *one)}
    assert not read & GROWING


def test_the_customers_page_reads_no_table_through(office: Office) -> None:
    """Nor where the return was voided, and another may have taken its place."""
    shown = slip(office)
    with office.writing() as tx:
        ret = find(tx, RETURN_ID)
        ret.voided_at = tx.now
        changed(tx, ret, "voided", ret.terminal)
    with asked_of(office) as asked:
        assert browser(office, "en").get(shown).status_code == 200
    read = {table for one in asked for table in read_through(office, *one)}
    assert not read & GROWING
    assert any("replaces" in statement for statement, _ in asked)


@contextmanager
def asked_of(office: Office) -> Iterator[Asked]:
    """What the database is asked meanwhile, with its parameters."""
    asked: Asked = []

    def heard(
        _: Connection, __: Any, statement: str, parameters: Any, ___: Any, many: bool
    ) -> None:
        asked.append((statement, parameters[0] if many else parameters))

    event.listen(office.engine, "before_cursor_execute", heard)
    yield asked
    event.remove(office.engine, "before_cursor_execute", heard)


def read_through(office: Office, statement: str, parameters: Any) -> set[str]:
    """The tables that the database would read from end to end, whatever they hold."""
    if not statement.startswith(("SELECT", "UPDATE", "DELETE")):
        return set()
    with office.engine.connect() as connection:
        if is_sqlite(office.engine):
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps = [row.detail for row in plan]
            if "LIMIT" in statement and "WHERE" not in statement and SORTED not in steps:
                return set()  # a page of what lies in its order
            return {step.split()[1] for step in steps if step.startswith("SCAN")}
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        lines = [
            row[0].split() for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
        ]
        return {line[line.index("on") + 1] for line in lines if "Seq" in line and "on" in line}
