"""The loop's part of the watched folder: look, have it read, put it in, put it away.

Law of the file: one short act each time it is asked, and none while the cashier is at it. The fate
of a file is in the journal before the file leaves the folder.
"""

import logging
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from storage.prices import StoredPrice
from storage.values import StoredSale
from terminal.core.upkeep import FileHandled
from terminal.core.words import sentence
from terminal.feed import values
from terminal.feed.inbox import Found, Inbox
from terminal.feed.report import alone
from terminal.feed.values import PRICES, SALES, TRY_AGAIN, Order, Verdict, printable, staged
from terminal.ledger.ledger import Ledger
from terminal.moments import Moments
from terminal.ui.words import in_both

log = logging.getLogger("terminal")

WRITE_BACK = 8  # batches between two checkpoints: so few pages are written back in as short a time
Aside = Callable[[Callable[[Ledger], None]], bool]
T = TypeVar("T")


class Pace(Struct, frozen=True):
    """How long each thing waits or may take, in seconds."""

    look: float = 2.0  # between two looks at the folder
    child: float = 0.1  # between two looks at the reading process
    busy: float = 0.25  # until the cashier may have finished typing
    fault: float = 30.0  # after the disk, the database or the folder was at fault
    read: float = 900.0  # a reading process that takes longer is ended
    batch: float = 0.004  # of one transaction, its sync apart: less than drawing a screen


PACE = Pace()


class Job(Struct):
    """One file under way. `verdict` is there once it was read, `lines` while it goes in."""

    found: Found
    work: Path
    report: Path
    child: subprocess.Popen[bytes]
    begun: float
    verdict: Verdict | None = None
    lines: IO[bytes] | None = None
    added: int = 0
    same: int = 0
    batches: int = 0


class Feed:
    """`idle` says whether nobody would notice; `aside` does a piece of work on the ledger, and
    says whether the storage is well.
    """

    def __init__(
        self,
        inbox: Inbox,
        order: Callable[[Path, Path, Path], Order],
        idle: Callable[[], bool],
        aside: Aside,
        moments: Moments,
        scratch: Path,
        pace: Pace = PACE,
    ) -> None:
        self._inbox, self._order = inbox, order
        self._idle, self._aside, self._moments = idle, aside, moments
        self._scratch = scratch
        self._pace = pace
        self._job: Job | None = None
        self._next: Callable[[], float] = self._begin
        self._faulty = False
        self.longest_s = 0.0  # the loop was held by one act of ours

    def step(self) -> float:
        """One act; the monotonic time of the next."""
        start = time.monotonic()
        try:
            wait = self._next()
        except OSError as fault:
            if not self._faulty:
                log.warning("import folder: %s; tried again every %d s", fault, self._pace.fault)
            self._faulty = True
            self._drop()
            wait = self._pace.fault
        end = time.monotonic()
        self.longest_s = max(self.longest_s, end - start)
        return end + wait

    def close(self) -> None:
        """End the reading process; what it was at is read again at the next start."""
        self._drop()

    def _begin(self) -> float:
        """Away with what the last run left; nothing of it is needed."""
        shutil.rmtree(self._scratch, ignore_errors=True)
        self._scratch.mkdir(mode=0o700, exist_ok=True)
        self._inbox.tidy()
        self._next = self._look
        return 0.0

    def _look(self) -> float:
        found = self._inbox.next_complete(time.monotonic())
        self._faulty = False
        if found is None:
            return self._pace.look
        work = Path(tempfile.mkdtemp(prefix="feed-", dir=self._scratch))
        report = self._inbox.report_draft(work.name)
        order = work / "order.json"
        values.to_file(order, self._order(found.path, work, report))
        with (work / values.ERRORS).open("wb") as errors:
            child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", "terminal.feed.reading", str(order)],
                stdin=subprocess.DEVNULL, stdout=errors, stderr=errors, cwd=_ROOT,
            )  # fmt: skip
        self._job = Job(found, work, report, child, time.monotonic())
        self._next = self._wait
        return self._pace.child

    def _wait(self) -> float:
        job = self._now()
        code = job.child.poll()
        if code is None:
            if time.monotonic() - job.begun > self._pace.read:
                job.child.kill()
            return self._pace.child
        job.verdict = values.verdict_from(job.work / values.VERDICT) if code == 0 else None
        if job.verdict is None:
            return self._unread(job, code)
        if job.verdict.fingerprint != job.found.fingerprint:
            name = job.verdict.record.name
            log.info("import: %s changed while it was read; it is read again", name)
            self._drop()
            return self._pace.look
        if job.verdict.record.taken:
            job.lines = (job.work / values.STAGED).open("rb")
            self._next = self._put_in
        else:
            self._next = self._settle
        return 0.0

    def _unread(self, job: Job, code: int) -> float:
        """No verdict: a fault of ours is tried again, a file that ends its reader is refused."""
        errors = (job.work / values.ERRORS).read_bytes().decode("utf-8", "replace")
        last = (errors.strip().splitlines() or [""])[-1][:300]
        log.error("import: reading %s ended with %s: %s", job.found.path.name, code, last)
        if code == TRY_AGAIN:
            self._drop()
            return self._pace.fault
        told = sentence(
            "reading it failed (code {code}); keep the file and call support", code=code
        )
        name = printable(job.found.path.name)
        record = FileHandled(name, "", SALES, taken=False, why=str(told))
        job.verdict = Verdict(record, job.found.fingerprint)
        alone(job.report, record, in_both(told))
        self._next = self._settle
        return 0.0

    def _put_in(self) -> float:
        """One short transaction, while nobody is at the till."""
        if not self._idle():
            return self._pace.busy
        job = self._now()
        assert job.lines is not None
        job.batches += 1
        if job.batches % WRITE_BACK == 0:
            return 0.0 if self._aside(_write_back) else self._pace.fault
        before = job.lines.tell()
        if not self._aside(self._add_some):
            job.lines.seek(before)  # rolled back; or on file after all, then it is the same
            return self._pace.fault
        if job.lines.tell() == before:
            self._next = self._settle
        return 0.0

    def _add_some(self, ledger: Ledger) -> None:
        job = self._now()
        assert job.lines is not None
        assert job.verdict is not None
        if job.verdict.record.what == PRICES:
            prices = ledger.writer.add_prices(
                batch(staged(job.lines, StoredPrice), self._pace.batch), _today()
            )
            job.added += prices.added + prices.changed
            job.same += prices.same + prices.old
        else:
            sales = ledger.writer.add_sales(batch(staged(job.lines, StoredSale), self._pace.batch))
            job.added += sales.added
            for sale_id in sales.different:
                log.error("import: sale %s was put on file by another hand meanwhile", sale_id)

    def _settle(self) -> float:
        """Its fate into the journal, then the file away."""
        if not self._idle():
            return self._pace.busy
        job = self._now()
        assert job.verdict is not None
        record = job.verdict.record
        record = replace(record, added=job.added, same=record.same + job.same)

        def write(ledger: Ledger) -> None:
            ledger.keep(record, self._moments.ids(1)[0], self._moments.stamp())

        if not self._aside(write):
            return self._pace.fault
        log.info(
            "import: %s %s: %d rows, %d added, %d same, %d refused",
            record.name, "taken" if record.taken else "refused",
            record.rows, record.added, record.same, record.refused,
        )  # fmt: skip
        self._next = lambda: self._put_away(job, taken=record.taken)
        return 0.0

    def _put_away(self, job: Job, *, taken: bool) -> float:
        self._inbox.put_away(job.found, job.report, taken=taken)
        self._drop()
        return 0.0

    def _now(self) -> Job:
        assert self._job is not None
        return self._job

    def _drop(self) -> None:
        job, self._job = self._job, None
        self._next = self._look
        if job is None:
            return
        if job.child.poll() is None:
            job.child.kill()
            job.child.wait()
        if job.lines is not None:
            job.lines.close()
        job.report.unlink(missing_ok=True)
        shutil.rmtree(job.work, ignore_errors=True)


def batch(found: Iterator[T], seconds: float = PACE.batch) -> Iterator[T]:
    """As many as fit into one batch; at least one."""
    end = time.monotonic() + seconds
    for one in found:
        yield one
        if time.monotonic() >= end:
            return


def _write_back(ledger: Ledger) -> None:
    ledger.writer.checkpoint()


_ROOT = Path(__file__).parents[2]


def _today() -> str:
    return datetime.now().astimezone().date().isoformat()
