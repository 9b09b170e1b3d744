"""A durable step of the real counter, beside a bare SQLite commit of the same bytes and rows.

Law of the file: whole returns are walked, and each of their commits is measured as it happens; the
bare commit follows at once, in the same folder, with synchronous=FULL and a log of its own.
"""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from drivers.values import Key
from storage.store import Reader
from terminal.core import effects, states
from terminal.core.rules import Rules
from terminal.core.sale import Sale
from terminal.ledger.ledger import Ledger
from terminal.ledger.stamp import Stamp
from terminal.performer import Performer
from tests.bench.measure import Pairs, Row
from tests.flows.cashier import Till
from tests.flows.shelf import Sold, groceries, sale

ROOT = Path(__file__).parents[2]
RETURNS = 40
SYNCS = "fdatasync,fsync,sync_file_range,msync"
SYNCS_A_STEP = 1.05


class Bare:
    """The floor: one table, one prepared statement a row, one durable commit."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(file, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA wal_autocheckpoint = 0")
        self._db.execute("CREATE TABLE rows (key INTEGER PRIMARY KEY, value TEXT)")
        self._db.execute("INSERT INTO rows VALUES (1, '')")

    def commit(self, state: str, rows: list[str]) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("UPDATE rows SET value = ? WHERE key = 1", (state,))
        for row in rows:
            self._db.execute("INSERT INTO rows (value) VALUES (?)", (row,))
        self._db.execute("COMMIT")

    def checkpoint(self) -> None:
        self._db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def close(self) -> None:
        self._db.close()


class Paired(Ledger):
    """A ledger whose commits are timed, each with the bare one after it."""

    def __init__(self, store: Reader, rules: Rules, bare: Bare, taken: list[tuple[float, float]]):
        super().__init__(store, rules)
        self._bare = bare
        self._taken = taken
        self._mirror = Ledger(store, rules)  # encodes for the bare commit, and leaves ours cold

    def commit(
        self,
        state: states.State,
        records: tuple[effects.Record, ...],
        ids: tuple[str, ...],
        stamp: Stamp,
        left: states.State | None = None,
    ) -> None:
        text, rows = self._same(state, records)
        both = [
            lambda: super(Paired, self).commit(state, records, ids, stamp, left),
            lambda: self._bare.commit(text, rows),
        ]
        first = len(self._taken) % 2  # a disk is slower after a rest: each goes first in turn
        times = {at: _timed(both[at]) for at in (first, 1 - first)}
        self._taken.append((times[0], times[1]))

    def _same(
        self, state: states.State, records: tuple[effects.Record, ...]
    ) -> tuple[str, list[str]]:
        """The step's bytes, one text for each row that the store inserts or changes."""
        encode = self._mirror._codec.encode
        rows = []
        for one in records:
            rows.append(encode(one) + "i" * 140)  # id, kind, boot, hash and times
            if isinstance(one, effects.ReturnRecorded):
                new = self._mirror._new_return(one)
                rows.append(new.body + "i" * 120)
                rows += ["l" * 60 for _ in new.lines] + ["t" * 30 for _ in new.tenders]
            elif isinstance(one, effects.JobChanged):
                rows.append("j" * 100)
            elif isinstance(one, effects.CustomerConfirmed | effects.ReturnFinished):
                rows.append(encode(one.ret))
        return encode(state), rows


def _timed(call: Callable[[], None]) -> float:
    start = perf_counter_ns()
    call()
    return (perf_counter_ns() - start) / 1e6


class PairedTill(Till):
    """The tests' till with a paired ledger."""

    def __init__(self, folder: Path, sales: Iterable[Sale], bare: Bare) -> None:
        self.taken: list[tuple[float, float]] = []
        self._bare = bare
        super().__init__(folder, sales)

    def _opened(self) -> tuple[Ledger, Performer]:
        _, performer = super()._opened()
        return Paired(self.store, self.settings.rules, self._bare, self.taken), performer


class Counted(Ledger):
    """A ledger that counts its commits."""

    commits = 0

    def commit(self, *step: Any) -> None:
        super().commit(*step)
        self.commits += 1


class CountedTill(Till):
    """The tests' till with a counting ledger."""

    def _opened(self) -> tuple[Ledger, Performer]:
        _, performer = super()._opened()
        self._counted = Counted(self.store, self.settings.rules)
        return self._counted, performer

    @property
    def commits(self) -> int:
        return self._counted.commits


def steps(folder: Path) -> Row:
    """Goal: at least 0.8 of the bare commit's speed."""
    bare = Bare(folder / "bare.db")
    till = PairedTill(folder, _shelf(RETURNS), bare)

    def between() -> None:
        till.store.checkpoint()
        bare.checkpoint()

    try:
        till.signs_on()
        walk(till, RETURNS, between)
    finally:
        till.switch_off()
        bare.close()
    warm = till.taken[len(till.taken) // 10 :]
    pairs = Pairs(tuple(a for a, _ in warm), tuple(b for _, b in warm))
    name = f"durable step of a return | bare SQLite commit, same bytes ({len(warm)} each)"
    return pairs.row_of_speed(name, "speed >= 0.8 of it", lambda _, speed: speed >= 0.8)


def syncs(folder: Path) -> Row:
    """Counted by strace over whole returns, checkpoints on the way included."""
    trace = folder / "trace"
    child = (sys.executable, "-m", "tests.bench.commit", str(folder))
    command = ("strace", "-f", "-o", str(trace), "-e", f"trace=write,{SYNCS}", *child)
    subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    said = trace.read_text()
    steps = re.search(r'"(\d+) commits', said)
    assert steps is not None, said[-2000:]
    walked = said[said.index('"begin') : steps.start()]
    count = sum(" = 0" in line and "sync(" in line for line in walked.splitlines())
    each = count / int(steps[1])
    name = f"syncs a durable step, counted ({steps[1]} steps)"
    return Row(name, each, None, None, f"<= {SYNCS_A_STEP}", each <= SYNCS_A_STEP, None, "syncs")


def walk(till: Till, returns: int, between: Callable[[], object]) -> None:
    """From the receipt to the cash, so many times."""
    for number in range(1, returns + 1):
        till.returns_all(_receipt(number))
        till.confirms()
        till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
        till.is_at(states.Ready)
        between()


def _shelf(count: int) -> Iterator[Sale]:
    goods = (Sold("金龙鱼 大豆油 5L", "59.90"), Sold("蒙牛 纯牛奶 250ml×12", "39.90", "2"))
    return (sale(goods, number=at) for at in range(1, count + 1))


def _receipt(number: int) -> str:
    return groceries().receipt_no[:-5] + f"{number:05d}"


def main(folder: Path) -> None:
    """The process whose syncs are counted: says when it begins, and how many steps it made."""
    returns = 25
    till = CountedTill(folder, _shelf(returns))
    till.signs_on()
    till.store.checkpoint()
    say("begin")
    before = till.commits
    walk(till, returns, till.store.checkpoint_if_due)
    say(f"{till.commits - before} commits")
    till.switch_off()


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
