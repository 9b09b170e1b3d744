"""How long a file being taken in holds the cashier's screen: one batch, beside one redraw."""

import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from storage.store import open_store
from storage.values import StoredSale
from terminal.feed.feed import WRITE_BACK, batch
from terminal.ui.theme import theme_for
from tests.bench.measure import Row, in_turns
from tests.bench.running import Redraw, unit_folder
from tests.bench.shop import sale
from tests.bench.unit import HEIGHT, WIDTH

BATCHES = 200
NEW_FROM = 10_000_000  # sales that are not on file


def held(folder: Path) -> Row:
    """Each sample is one act of the feed, its sync included; every eighth writes the log back."""
    floor = Redraw(unit_folder(folder), theme_for(WIDTH, HEIGHT))
    sales: Iterator[StoredSale] = map(sale, count(NEW_FROM))
    acts = count()
    with open_store(folder / "returns.db") as store:

        def ours() -> float:
            made = [next(sales) for _ in range(200)]  # decoding is measured with a file's own
            start = time.perf_counter_ns()
            if next(acts) % WRITE_BACK == WRITE_BACK - 1:
                store.checkpoint()
            else:
                store.add_sales(batch(iter(made)))
            return (time.perf_counter_ns() - start) / 1e6

        pairs = in_turns(ours, floor.sample, BATCHES)
    floor.close()
    name = "one batch of a watched file | one redraw"
    return pairs.row(name, "<= 1.0x", lambda _, ratio: ratio <= 1.0)
