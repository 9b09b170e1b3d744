"""A terminal's uplink on a real store, without counter and screen; a test turns its loop."""

import queue
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Self

from storage.records import JournalEntry
from storage.store import Store, open_store
from storage.values import Commit
from terminal.ledger.ledger import Ledger
from terminal.ledger.stamp import Stamp
from terminal.settings import load_settings
from terminal.settings.values import Settings
from terminal.uplink.clocks import Clocks
from terminal.uplink.desk import Uplink
from terminal.uplink.line import Line, LineValue
from terminal.uplink.rulebook import Rulebook
from terminal.uplink.sending import Sending
from terminal.uplink.taking import Taking
from terminal.uplink.values import UplinkValue
from tests.flows.cashier import CHEAP, CONFIG

US = "0571-03"


class Desk:
    """`busy` True: a cashier is at it. `told` is what the counter would hear."""

    def __init__(self, folder: Path, socket: Path, look_up_s: float = 2.0) -> None:
        folder.mkdir(exist_ok=True)
        self.settings: Settings = load_settings(CONFIG, {"terminal.data": str(folder)})
        self.store: Store = open_store(folder / "returns.db", cost=CHEAP)
        self.ledger = Ledger(self.store, self.settings.rules)
        self.mail: queue.SimpleQueue[LineValue] = queue.SimpleQueue()
        self.told: list[UplinkValue] = []
        self.busy = False
        self.longest_s = 0.0  # that the loop was held by one step
        self.uplink = Uplink(
            Line(socket, self.mail.put),
            US,
            Sending(lambda: Stamp(1, "boot", 1)),
            Taking(US, Rulebook(self.settings), lambda: datetime.now().astimezone()),
            Clocks(lambda: Stamp(1, "boot", 1)),
            look_up_s,
            self.told.append,
            lambda: not self.busy,
            self._aside,
        )
        self._count = self.store.journal_head()[0]

    def __enter__(self) -> Self:
        self.uplink.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.uplink.close()
        self.store.close()

    def _aside(self, work: Callable[[Ledger], None]) -> bool:
        work(self.ledger)
        return True

    def records(self, count: int, size: int = 300, kind: str = "SignedOn") -> None:
        """So many records into the journal, one commit."""
        entries = []
        for _ in range(count):
            self._count += 1
            body = f'{{"$":"{kind}","n":{self._count},"pad":"{"x" * size}"}}'
            entries.append(JournalEntry(f"id-{self._count}", kind, body, '["李"]'))
        self.store.commit(Commit(None, 1_795_000_000_000, "boot", 1, entries=tuple(entries)))

    @staticmethod
    def uplink_day() -> date:
        return datetime.now().astimezone().date()

    def turn(self, seconds: float = 0.0) -> None:
        """Values that came, then one step; for so long."""
        end = time.monotonic() + seconds
        while True:
            try:
                while True:
                    self.uplink.handle(self.mail.get_nowait())
            except queue.Empty:
                pass
            began = time.monotonic()
            self.uplink.step()
            self.longest_s = max(self.longest_s, time.monotonic() - began)
            if time.monotonic() >= end:
                return
            time.sleep(0.002)

    def until(self, holds: Callable[[], bool], seconds: float = 20.0) -> None:
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, (self.told, self.store.acked_seq())
            self.turn(0.005)
