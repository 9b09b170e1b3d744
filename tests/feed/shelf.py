"""A watched folder, its feed and the store behind it; the reading process is the real one."""

import csv
import json
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from storage.faults import StorageFault
from storage.store import Store, open_store
from terminal.feed.compose import feed_of
from terminal.feed.feed import PACE, Feed, Pace
from terminal.ledger.ledger import Ledger
from terminal.settings import load_settings
from terminal.settings.values import Settings
from tests.app.sales_files import CONFIG
from tests.fakes.moments import SetMoments
from tests.fakes.small_disk import full_disk

PATIENCE_S = 100  # the reader is a process of low priority: on a busy machine it waits its turn


class Shelf:
    """`[import]` as in terminal.toml; `idle` False: the cashier is typing."""

    def __init__(
        self, folder: Path, config: Path = CONFIG, pace: Pace = PACE, **said: object
    ) -> None:
        self.pace = pace
        self.watch = folder / "inbox"
        overrides = {f"import.{name}": value for name, value in said.items()}
        overrides["import.watch"] = str(self.watch)
        self.settings: Settings = load_settings(
            config, {"terminal.data": str(folder), "import.settle_seconds": 1, **overrides}
        )
        self.idle = True
        self.well = True
        self.full = False  # the disk
        self.asides = 0
        self.faults = 0
        self.between: Callable[[], None] = lambda: None
        self.plug_in()

    def plug_in(self) -> None:
        self.store: Store = open_store(self.settings.data / "returns.db")
        self.ledger = Ledger(self.store, self.settings.rules)
        moments = SetMoments("R-0571-03-", lambda: 1)
        self.feed: Feed = feed_of(self.settings, lambda: self.idle, self._aside, moments, self.pace)
        self.feed.step()

    def _aside(self, work: Callable[[Ledger], None]) -> bool:
        self.asides += 1
        self.between()
        if not self.well:
            return False
        try:
            with full_disk() if self.full else nullcontext():
                work(self.ledger)
        except StorageFault:
            self.faults += 1
            return False
        return True

    def reopen(self) -> None:
        """As the counter does after a fault; the feed is at what it was at."""
        self.store.close()
        self.store = open_store(self.settings.data / "returns.db")
        self.ledger = Ledger(self.store, self.settings.rules)

    def power_cut(self) -> None:
        """The process is gone; the files are as they are."""
        self.feed.close()
        self.store.close()
        self.plug_in()

    def drop(self, name: str, data: bytes | str, *, done: str | None = "") -> Path:
        """A file with its sign, NAME.done, beside it; `done` None: without."""
        path = self.watch / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        if done is not None:
            path.with_name(name + ".done").write_text(done)
        return path

    def serve(self, until: Callable[[], bool] | None = None) -> None:
        """Step as the loop would, until nothing lies in the folder any more."""
        wanted = until or (lambda: not self.waiting())
        end = time.monotonic() + PATIENCE_S
        while not wanted():
            assert time.monotonic() < end, f"still there: {self.waiting()}"
            due = self.feed.step()
            time.sleep(min(max(due - time.monotonic(), 0.0), 0.05))

    def waiting(self) -> list[str]:
        return sorted(one.name for one in self.watch.iterdir() if one.is_file())

    def names(self, folder: str) -> list[str]:
        return sorted(one.name for one in (self.watch / folder).glob("*"))

    def report(self, place: str) -> list[list[str]]:
        text = (self.watch / f"{place}.report.csv").read_text("utf-8-sig")
        return list(csv.reader(text.splitlines()))[1:]

    def records(self) -> list[dict[str, Any]]:
        """What the journal says of files."""
        rows = self.store.journal()
        return [json.loads(row.body) for row in rows if row.kind == "FileHandled"]

    def has(self, sequence: int) -> bool:
        return self.store.sale(f"0571-03-20261120-{sequence:04d}") is not None

    def close(self) -> None:
        self.feed.close()
        self.store.close()


def in_training(settings: Settings) -> Settings:
    return replace(settings, training=True)
