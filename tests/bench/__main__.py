"""`make bench`: every figure beside its floor or peer in the same run, one table, one JSON file.

    python -m tests.bench [NAME ...]

With names (scan, start, idle, step, syncs, look-up, find, slip, feed, intake, page, storm) only
those rows, and no file.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tests.bench import commit, feed, intake, page, running, stock
from tests.bench.measure import Row, table
from tests.bench.shop import FOLDER, shop_of
from tests.bench.storm import storm_rows

JSON = FOLDER.parent / "bench.json"
MEASURES: dict[str, Callable[[Path], Iterable[Row]]] = {
    "scan": lambda folder: [running.scan_to_frame(folder)],
    "start": running.start,
    "idle": running.idle,
    "step": lambda folder: [commit.steps(folder)],
    "syncs": lambda folder: [commit.syncs(folder)],
    "look-up": lambda folder: [stock.look_up(folder)],
    "find": stock.find,
    "slip": stock.slips,
    "feed": lambda folder: [feed.held(folder)],
    "intake": intake.taken_in,
    "page": lambda folder: [page.answered(folder)],
    "storm": lambda _: storm_rows(),
}


def main(wanted: Sequence[str]) -> int:
    """0 whatever held: it is a measurement. 1 when a row could not be measured."""
    began = time.monotonic()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for count in (stock.FEW, running.SALES, stock.MANY):
        say(f"shop of {count:,} sales: {shop_of(count).name}")
    rows: list[Row] = []
    missing = 0
    with tempfile.TemporaryDirectory(dir=FOLDER) as made:
        for name, measure in MEASURES.items():
            if wanted and name not in wanted:
                continue
            folder = Path(made) / name
            folder.mkdir()
            begun = time.monotonic()
            try:
                rows += measure(folder)
                say(f"measured: {name}, {time.monotonic() - begun:.0f} s")
            except Exception as fault:  # noqa: BLE001 - told, counted, and the others are measured
                missing += 1
                say(f"NOT measured: {name}: {type(fault).__name__}: {fault}")
            shutil.rmtree(folder)
    if not wanted:
        text = json.dumps([row.json() for row in rows], ensure_ascii=False, indent=1)
        JSON.write_text(text + "\n")
    say(f"\n{table(rows)}\n")
    say(f"{time.monotonic() - began:.0f} s, load {os.getloadavg()[0]:.1f}")
    return 1 if missing else 0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
