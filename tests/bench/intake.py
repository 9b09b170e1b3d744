"""The back office takes in batches: beside a bare executemany of their rows, and one by one.

Law of the file: what is delivered is what tills recorded in whole returns, into a PostgreSQL of its
own that syncs; the bare writer puts the same rows into tables of the same columns and indexes, one
transaction a batch.
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
from tests.bench.measure import Row, in_turns
from tests.flows.cashier import Till
from tests.flows.shelf import one_oil

ROUNDS = 9
WARM = 2
RETURNS = 18  # some twelve records each: a full batch
SPEED_MIN = 0.3

INSERT = "INSERT INTO bare_records VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
INSERT_PART = "INSERT INTO bare_parts VALUES (%s, %s, %s)"


def taken_in(folder: Path) -> Iterator[Row]:
    """Two rows: a batch beside bare rows, and the same batch beside one record a transaction."""
    with postgres.server() as server:
        settings = Settings(server.make("office"), folder / "state")
        with Office(settings) as office, _bare(server) as bare:
            migrate(office.engine)
            batches = iter(list(_batches(office, folder, 2 * (ROUNDS + WARM) + ROUNDS + WARM)))
            kept: list[Sequence[Event]] = []

            def ours() -> float:
                kept.append(next(batches))
                return _timed(office, [kept[-1]])

            def peer() -> float:
                return _bare_ms(bare, kept[-1])

            yield in_turns(ours, peer, ROUNDS, WARM).row_of_speed(
                f"office takes in {RECORDS_MAX} records (PostgreSQL)",
                f">= {SPEED_MIN} of a bare executemany of these rows",
                lambda _, ratio: ratio >= SPEED_MIN,
            )
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


def _bare_ms(bare: Any, batch: Sequence[Event]) -> float:
    rows, parts = [], []
    for one in batch:
        data = one["data"]
        rows.append((
            one["id"], "0571-03", 1, one["seq"], one["type"], one["atms"], one["boot"],
            one["uptimems"], bytes.fromhex(one["prevhash"]), bytes.fromhex(one["hash"]),
            bytes.fromhex(one["promise"]), data["body"], 0,
        ))  # fmt: skip
        if data["personal"]:
            parts.append((one["id"], bytes.fromhex(data["salt"]), data["personal"]))
    with bare.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bare_records (LIKE records INCLUDING ALL)")
        cursor.execute("CREATE TABLE IF NOT EXISTS bare_parts (LIKE record_parts INCLUDING ALL)")
        bare.commit()
        begun = perf_counter_ns()
        cursor.executemany(INSERT, rows)
        cursor.executemany(INSERT_PART, parts)
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
