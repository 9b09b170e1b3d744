"""The locks of the books on PostgreSQL; on SQLite the one writing transaction is the lock."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from backoffice.books.locks import MANY, lock
from backoffice.db.engine import is_sqlite
from backoffice.office import Office, Transaction

ONE, MORE = ["one"], [str(number) for number in range(MANY + 1)]
A_FILE = [str(number) for number in range(50_000)]


def held(tx: Transaction, names: list[str]) -> int:
    lock(tx, names)
    mine = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
    return int(tx.session.scalars(text(mine)).one())


def test_a_file_of_sales_needs_no_more_locks_than_there_is_room_for(office: Office) -> None:
    if is_sqlite(office.engine):
        return
    with office.writing() as tx:
        assert held(tx, A_FILE) == 1


@pytest.mark.parametrize(
    ("first", "second", "waits"),
    [
        (ONE, ONE, True),
        (ONE, ["other"], False),
        (ONE, MORE, True),
        (MORE, ONE, True),
        (MORE, MORE, True),
    ],
)
def test_who_needs_what_another_holds_waits(
    office: Office, first: list[str], second: list[str], *, waits: bool
) -> None:
    if is_sqlite(office.engine):
        return
    with office.writing() as tx, office.reading() as session:
        lock(tx, first)
        session.execute(text("SET LOCAL lock_timeout = '100ms'"))
        other = Transaction(session, tx.now, tx.pepper, tx.settings)
        if not waits:
            lock(other, second)
            return
        with pytest.raises(OperationalError, match="lock timeout"):
            lock(other, second)
