"""The back office takes in batches: beside a bare executemany of their rows, and one by one.

Law of the file: what is delivered is what tills recorded in whole returns, into a PostgreSQL of its
own that syncs; the bare writer puts the very rows that ours left into tables of the same columns
and indexes, one transaction a batch.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter_ns
from typing import Any

import psycopg

from backoffice.db.migrate import migrate
from backoffice.intake.intake import receive
from backoffice.office import Office
from backoffice.settings import Settings
from backoffice.wire.batch import RECORDS_MAX, Sent, read
from drivers.values import Key
from tests.backoffice import postgres
from tests.backoffice.client import Speaker
from tests.backoffice.pos import shelve
from tests.backoffice.till_rows import Event, events
from tests.bench.measure import Pairs, Row, in_turns
from tests.flows.cashier import Till
from tests.flows.shelf import one_oil

ROUNDS = 9
WARM = 2
RETURNS = 20  # ten records each: a full batch
SPEED_MIN = 0.3

DELIVERED = ("records", "record_parts")
LEFT = (*DELIVERED, "returns", "return_lines", "refunds", "history", "sale_books", "feed")
Rows = dict[str, list[Any]]  # by table


def taken_in(folder: Path) -> Iterator[Row]:
    """A batch beside its bare records, beside all rows that it leaves, and one by one."""
    with postgres.server() as server:
        settings = Settings(server.make("office"), folder / "state")
        with Office(settings) as office, _bare(server) as bare:
            migrate(office.engine)
            batches = iter(_batches(office, folder, 4 * (ROUNDS + WARM)))

            def beside(tables: Sequence[str]) -> Pairs:
                left: list[Rows] = []

                def ours() -> float:
                    batch = next(batches)
                    before = bare.execute("SELECT txid_current()").fetchone()[0]
                    bare.commit()
                    took = _timed(office, [batch])
                    left.append(_left(bare, tables, before))
                    return took

                return in_turns(ours, lambda: _bare_ms(bare, left.pop()), ROUNDS, WARM)

            yield beside(LEFT).row_of_speed(
                f"office takes in {RECORDS_MAX} records (PostgreSQL)",
                f">= {SPEED_MIN} of a bare executemany of the rows that it leaves",
                lambda _, ratio: ratio >= SPEED_MIN,
            )
            yield beside(DELIVERED).row_of_speed("the same beside the records alone", "(look at)")
            pairs = in_turns(
                lambda: _timed(office, [next(batches)]),
                lambda: _timed(office, [[one] for one in next(batches)]),
                ROUNDS,
                WARM,
            )
            yield pairs.row("the same beside one record a transaction", "(look at)")


def _timed(office: Office, parts: Sequence[Sequence[Event]]) -> float:
    """Milliseconds from the unpacked JSON to the commit."""
    terminal = str(parts[0][0]["source"]).rpartition("/")[2]
    texts = [json.dumps(list(part)).encode() for part in parts]
    begun = perf_counter_ns()
    for text in texts:
        batch: tuple[Sent, ...] = read(text, terminal)
        done = office.write(lambda tx, batch=batch: receive(tx, terminal, batch))  # type: ignore[misc]
        assert all(one.verdict == "stored" for one in done.judged), done.judged
    return (perf_counter_ns() - begun) / 1e6


def _bare(server: postgres.Server) -> Any:
    dsn = f"host=127.0.0.1 port={server.port} user={postgres.OWNER} dbname=office"
    return psycopg.connect(dsn)


def _left(bare: Any, tables: Sequence[str], before: int) -> Rows:
    """What later transactions than `before` wrote, and tables like theirs to put it in."""
    left: Rows = {}
    for table in tables:
        bare.execute(f"CREATE TABLE IF NOT EXISTS bare_{table} (LIKE {table} INCLUDING ALL)")
        newer = f"SELECT * FROM {table} WHERE xmin::text::bigint > %s"
        left[table] = bare.execute(newer, [before]).fetchall()
        assert left[table], f"nothing in {table}"
    bare.commit()
    return left


def _bare_ms(bare: Any, left: Rows) -> float:
    with bare.cursor() as cursor:
        begun = perf_counter_ns()
        for table, rows in left.items():
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO bare_{table} VALUES ({places})", rows)
        bare.commit()
        return (perf_counter_ns() - begun) / 1e6


def _batches(office: Office, folder: Path, count: int) -> Iterator[list[Event]]:
    """A full batch each of a till of its own, enrolled."""
    for number in range(10, 10 + count):
        place = folder / f"till{number}"
        place.mkdir()
        sales = [one_oil(number=at, workstation=str(number)) for at in range(1, RETURNS + 1)]
        till = Till(place, sales, terminal__workstation=str(number))
        till.encodes = False
        till.moments.given = number * 1_000_000
        till.signs_on()
        for sale in sales:
            till.returns_all(sale.receipt_no)
            till.confirms()
            till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
        name = f"0571-{number}"
        Speaker(office, name)
        for sale in sales:
            shelve(office, sale)
        yield events(till, name)[:RECORDS_MAX]
        till.switch_off()
