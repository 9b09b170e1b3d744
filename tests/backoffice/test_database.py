"""The schema as migrated is the schema as written, on both databases."""

from datetime import date

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text

from backoffice.db.engine import is_sqlite
from backoffice.db.migrate import is_current, migrate
from backoffice.db.months import first_id, make_months, month_start
from backoffice.db.tables import Base, FeedHead
from backoffice.feed import EVERYBODY
from backoffice.office import Office


def _ours(name: str | None, kind: str, _: object) -> bool:
    return kind != "table" or not (name or "").startswith("records_")


def test_a_migrated_database_is_what_the_tables_describe(office: Office) -> None:
    with office.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": _ours, "compare_server_default": True}
        )
        assert compare_metadata(context, Base.metadata) == []
    assert is_current(office.engine)


def test_migrating_again_changes_nothing(office: Office) -> None:
    migrate(office.engine)
    assert is_current(office.engine)


def test_sqlite_is_opened_to_survive_a_power_cut(office: Office) -> None:
    if not is_sqlite(office.engine):
        return
    with office.engine.connect() as connection:
        found = [
            connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "wal_autocheckpoint")
        ]
    assert found == ["wal", 2, 1, 0]


def test_ids_of_a_month_lie_between_its_bounds() -> None:
    of_27_november_2026 = "01a21e0f-aed2-7e90-a44c-eeac5b71bc5a"
    low, high = first_id(date(2026, 11, 1)), first_id(date(2026, 12, 1))
    assert low < of_27_november_2026 < high
    assert month_start(date(2026, 11, 27), 2) == date(2027, 1, 1)


def test_records_lie_in_the_month_of_their_id(office: Office) -> None:
    with office.engine.begin() as connection:
        made = make_months(connection, date(2031, 11, 5))
        if is_sqlite(office.engine):
            assert made == ()
            return
        assert made == ("records_2031_11", "records_2031_12", "records_2032_01", "records_2032_02")
        assert make_months(connection, date(2031, 11, 5)) == ()
        row = "'0571-03', 1, 1, 'SignedOn', 0, '', 0, '', '', '', '', 0"
        for id_ in (first_id(date(2031, 12, 31)), "00000000-0000-7000-8000-000000000000"):
            connection.execute(text(f"INSERT INTO records VALUES ('{id_}', {row})"))
        places = connection.execute(text("SELECT tableoid::regclass::text FROM records ORDER BY 1"))
        assert places.scalars().all() == ["records_2031_12", "records_default"]


def test_who_reads_sees_one_moment(office: Office) -> None:
    """A look-up reads sums and their version one after the other: they are of one another."""
    with office.reading() as session:
        before = session.scalars(select(FeedHead.cursor)).one()
        with office.writing() as tx:
            tx.tell(EVERYBODY, "price", "1", {"sku": "1", "price": "1.00"})
        assert session.scalars(select(FeedHead.cursor)).one() == before
    with office.reading() as session:
        assert session.scalars(select(FeedHead.cursor)).one() == before + 1
