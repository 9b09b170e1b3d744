"""`make load`: what takes minutes. Real processes, a real PostgreSQL that syncs, TLS.

    python -m tests.load [crowd|backlog] [SQLITE]

Exits 1 where something that must hold did not.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select

from backoffice.db.tables import ParkedRecord, Record, Return
from backoffice.office import Office
from tests.backoffice import postgres
from tests.bench.shop import FOLDER
from tests.load import backlog
from tests.load.crowd import deliver_all, journals
from tests.load.kept import errors, statuses, wrong
from tests.uplink.real_office import RealOffice

TERMINALS, RETURNS = 200, 10  # of ten records each
BACKLOG = 10_000  # returns
PROCESSES = ("courier", "office", "terminal")
SEED = 1


@contextmanager
def office_on(folder: Path, *, sqlite: bool) -> Iterator[RealOffice]:
    if sqlite:
        with RealOffice(folder) as office:
            yield office
        return
    with (
        postgres.server() as server,
        RealOffice(folder, database_url=server.make("office")) as office,
    ):
        yield office


def crowd(folder: Path, *, sqlite: bool) -> bool:
    """Whether every record of all terminals is there once."""
    with office_on(folder, sqlite=sqlite) as office:
        tills = journals(office, folder, TERMINALS, RETURNS)
        said = sum(len(one.records) for one in tills)
        say(f"crowd: {TERMINALS} terminals, {said} records")
        began = time.monotonic()
        heard, cuts = asyncio.run(deliver_all(office, tills, SEED))
        took = time.monotonic() - began
        ranked = sorted(heard.seconds)
        say(
            f"{took:.0f} s, {said / took:.0f} records a second; requests answered {len(ranked)},"
            f" median {ranked[len(ranked) // 2]:.2f} s, p99 {ranked[len(ranked) * 99 // 100]:.2f} s"
        )
        say(f"verdicts {dict(heard.verdicts)}; cut {cuts}; heard nothing {dict(heard.faults)}")
        answered = statuses(office.log)
        with Office(office.settings) as inside:
            found = wrong(inside, tills, RETURNS)
        found += [f"{count} answers of {status}" for status, count in answered.items()
                  if status >= 500]  # fmt: skip
        found += errors(office.log)
        say(f"the office answered {dict(answered)}")
    return told(found)


def drained(folder: Path, *, sqlite: bool) -> bool:
    """Whether all of a long backlog arrived once, and no process grew by it."""
    began = time.monotonic()
    count = backlog.fill(folder, BACKLOG)
    say(f"backlog: {count} records in a terminal's database ({time.monotonic() - began:.0f} s)")
    with office_on(folder, sqlite=sqlite) as office, backlog.courier(office, folder) as courier:
        samples = backlog.deliver(folder, count, {"courier": courier, "office": office.pid})
        for tenth, one in enumerate(samples, start=1):
            megabytes = ", ".join(f"{name} {one[name]:.1f}" for name in PROCESSES)
            say(f"{tenth * 10:4} % after {one['seconds']:4.0f} s: {megabytes} MB")
        found = [
            f"{name} grew to {grown:.2f} of what the first tenth took"
            for name in PROCESSES
            if (grown := backlog.growth(samples, name)) > backlog.FLAT
        ]
        with Office(office.settings) as inside, inside.reading() as session:
            kept = session.scalars(select(func.count()).select_from(Record)).one()
            parked = session.scalars(select(func.count()).select_from(ParkedRecord)).one()
            returns = session.scalars(select(func.count()).select_from(Return)).one()
        if (kept, parked, returns) != (count, 0, BACKLOG) or not backlog.kept_whole(folder):
            found.append(f"{kept} records kept, {parked} parked, {returns} returns")
        found += errors(office.log)
    say(f"{count / samples[-1]['seconds']:.0f} records a second")
    return told(found)


def told(found: list[str]) -> bool:
    for one in found[:20]:
        say(f"WRONG: {one}")
    say("every record once" if not found else f"{len(found)} things are wrong")
    return not found


def main(wanted: list[str]) -> int:
    held = True
    sqlite = "SQLITE" in wanted
    programs = {"crowd": crowd, "backlog": drained}
    for name in [one for one in wanted if one in programs] or list(programs):
        FOLDER.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=FOLDER) as made:
            held &= programs[name](Path(made), sqlite=sqlite)
    return 0 if held else 1


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
