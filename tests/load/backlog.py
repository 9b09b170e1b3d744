"""A till that was offline for long: 100,000 records from its own database to the office.

Terminal, courier and office are each a process of its own. Law of the file: memory is what the
kernel counts (Rss) each time another tenth is acknowledged; it is flat where what was needed for
the first tenth was enough, near enough, for all of them.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backoffice.office import Office
from storage.records import JournalEntry
from storage.store import Store, open_reader, open_store
from storage.values import Commit
from terminal.courier import credentials
from tests.bench.processes import memory
from tests.flows.cashier import CHEAP
from tests.flows.shelf import one_oil
from tests.load.crowd import let_in
from tests.load.rows import TILL, Mould
from tests.uplink.desk import Desk
from tests.uplink.real_office import RealOffice

A_COMMIT = 100  # returns
FLAT = 1.05
PATIENCE_S = 1800.0
DATABASE = "returns.db"
COURIER = ("-m", "terminal.courier")


def fill(folder: Path, returns: int) -> int:
    """A terminal's database with so many whole returns in its outbox; the count of its records."""
    (folder / "till").mkdir()
    (folder / "data").mkdir()
    mould = Mould(folder / "till")
    with open_store(folder / "data" / DATABASE, cost=CHEAP) as store:
        for first in range(1, returns + 1, A_COMMIT):
            _record(store, mould, range(first, min(first + A_COMMIT, returns + 1)))
        return store.unsent_count()


def _record(store: Store, mould: Mould, numbers: range) -> None:
    facts = [
        (f"01a21e0f-aed2-7000-{number:04x}-{place:012x}", *one)
        for number in numbers
        for place, one in enumerate(
            mould.cast(TILL, number, one_oil(number=number, workstation="77"))
        )
    ]
    entries = tuple(JournalEntry(*one) for one in facts)
    store.commit(Commit(None, 1_795_800_674_002, "boot", 1, entries=entries))


@contextmanager
def courier(office: RealOffice, folder: Path) -> Iterator[int]:
    """The courier's own process, enrolled; its id."""
    with Office(office.settings) as inside:
        state = let_in(inside, folder, TILL)
    (state / credentials.PLACE).write_text(json.dumps({"url": office.url, "terminal": TILL}))
    command = (*COURIER, "--socket", str(folder / "s"), "--state", str(state))
    with (folder / "courier.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, *command], stderr=log)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def deliver(folder: Path, count: int, pids: dict[str, int]) -> list[dict[str, float]]:
    """Rss of these processes and of the terminal in MB, and `seconds`, after each tenth."""
    command = ("-m", "tests.load.backlog", str(folder / "data"), str(folder / "s"), str(count))
    began, samples = time.monotonic(), []
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE) as till:
        assert till.stdout is not None
        for _ in till.stdout:
            now = {
                name: memory(pid, "Rss") for name, pid in (pids | {"terminal": till.pid}).items()
            }
            samples.append(now | {"seconds": time.monotonic() - began})
    assert till.returncode == 0, "the terminal did not come to its end"
    return samples


def growth(samples: list[dict[str, float]], name: str) -> float:
    """What the last tenths took at most, to what the first one took."""
    return max(one[name] for one in samples[-3:]) / samples[0][name]


def kept_whole(folder: Path) -> bool:
    """Whether the terminal knows that all is delivered, and its chain holds."""
    with open_reader(folder / "data" / DATABASE) as store:
        return (store.unsent_count(), store.verify_chain()) == (0, None)


def main(data: Path, socket: Path, count: int) -> None:
    """The terminal's uplink over its store; a line for each tenth that is acknowledged."""
    end, tenths = time.monotonic() + PATIENCE_S, 0
    with Desk(data, socket) as desk:
        while tenths < 10:
            desk.turn(0.05)
            desk.told.clear()  # a counter holds none of it
            assert time.monotonic() < end, f"{desk.store.acked_seq()} of {count} after {PATIENCE_S}"
            while tenths < desk.store.acked_seq() * 10 // count:
                tenths += 1
                sys.stdout.write(f"{tenths}\n")
                sys.stdout.flush()
        desk.turn(1.0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
