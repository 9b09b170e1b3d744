"""The export of everything, from an office that has much."""

import tracemalloc
from uuid import UUID

from sqlalchemy import select

from backoffice.db.rows import put, table_of
from backoffice.db.tables import Return
from backoffice.desk.export import csv_of
from backoffice.desk.lists import SPAN, Search, every
from backoffice.office import Office
from backoffice.people import Role
from tests.backoffice import made
from tests.backoffice.desk.clerks import Clerk

LARGE = 100_000  # of a body, which no export asks for
MORE_THAN_EVER = 100_001  # an export once ended before the last of them


def many(office: Office, count: int, body: str = "{}") -> None:
    """Returns that differ in their ids and numbers alone."""
    with office.writing() as tx:
        first = made.a_return(tx, str(UUID(int=0)))
        first.body = body
        tx.session.flush()
        table = table_of(Return)
        row = dict(tx.session.execute(select(table)).one()._mapping)
        rows = [
            row | {"id": str(UUID(int=number)), "number": f"R-{number}"}
            for number in range(1, count)
        ]
        put(tx.session, Return, rows)


def test_an_export_is_whole(office: Office) -> None:
    many(office, MORE_THAN_EVER)
    lines = Clerk(office, Role.VIEWER).looks("/returns.csv").splitlines()
    assert len(lines) == 1 + MORE_THAN_EVER
    assert len({line.split(",")[0] for line in lines}) == len(lines), "each once"


def test_a_whole_last_thousand_is_the_last(office: Office) -> None:
    many(office, SPAN)
    assert len(Clerk(office, Role.VIEWER).looks("/returns.csv").splitlines()) == 1 + SPAN


def test_an_export_holds_a_thousand_at_once(office: Office) -> None:
    many(office, 4 * SPAN, f'{{"more":"{"a" * LARGE}"}}')
    tracemalloc.start()
    try:
        pieces = [len(one) for one in csv_of(every(office, Search()))]
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(pieces) == 1 + 4
    assert most < SPAN * LARGE // 10, f"{most >> 20} MiB for {sum(pieces) >> 10} KiB of lines"
