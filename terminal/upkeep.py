"""Once a day, while nobody is served, what is older than its term is erased.

Law of the file: a little at a time, and it leaves a fact in the journal that says what went.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock_time

from storage.records import JournalEntry
from storage.retention import Swept, Terms
from storage.store import Store
from storage.values import Commit
from terminal.core.returns import Status
from terminal.core.upkeep import OldErased, UpkeepRecord
from terminal.ledger.codec import Codec
from terminal.ledger.stamp import Stamp
from terminal.settings.values import Retention

OPEN = (Status.RECORDED.value, Status.CONFIRMED.value)  # still need what is personal
WORK_S = 0.02  # at one time: a key is answered after it


def terms_of(retention: Retention, today: date) -> Terms:
    """The first days that stay; the shop's day begins at this machine's midnight."""
    personal = today - timedelta(days=retention.personal_days)
    sales = today - timedelta(days=retention.sales_days)
    midnight = datetime.combine(personal, clock_time()).astimezone()
    before_ms = int(midnight.timestamp() * 1000)
    return Terms(personal.isoformat(), before_ms, sales.isoformat(), OPEN)


def fact_of(terms: Terms, swept: Swept) -> OldErased:
    return OldErased(
        *(terms.personal_before, terms.sales_before),
        *(swept.records, swept.returns, swept.sales, swept.pruned),
    )


def note(store: Store, record: UpkeepRecord, fact_id: str, stamp: Stamp) -> None:
    """A fact beside the flow: the kept state stays as it was. Raises StorageFault."""
    store.commit(fact_commit(record, fact_id, stamp))


def fact_commit(record: UpkeepRecord, fact_id: str, stamp: Stamp) -> Commit:
    entry = JournalEntry(fact_id, type(record).__name__, Codec().encode(record))
    return Commit(None, stamp.at_ms, stamp.boot, stamp.uptime_ms, (entry,))


class Upkeep:
    """`due` until all of today's is done; `work` does a little of it. `waits`: all that is left is
    the log, from which somebody reads; to be tried again after a while.
    """

    def __init__(
        self,
        retention: Retention,
        new_id: Callable[[], str],
        stamp: Callable[[], Stamp],
        today: Callable[[], date],
    ) -> None:
        self._retention = retention
        self._new_id = new_id
        self._stamp = stamp
        self._today = today
        self._done: date | None = None
        self._steps: Iterator[Swept] = iter(())
        self._store: Store | None = None  # whose steps they are: a reopened one has others
        self._terms = terms_of(retention, today())
        self._swept = Swept()
        self.waits = False

    @property
    def due(self) -> bool:
        return self._today() != self._done

    def work(self, store: Store) -> None:
        """Some steps, and at the end the fact. Raises StorageFault; it is then begun again."""
        if store is not self._store:
            self._terms = terms_of(self._retention, self._today())
            self._swept = Swept()
            self._steps, self._store = store.retention.sweep(self._terms), store
        end = time.monotonic() + WORK_S
        for swept in self._steps:
            self._swept = swept
            if time.monotonic() >= end:
                return
        self._store, today = None, self._today()
        if self._swept.any:
            note(store, fact_of(self._terms, self._swept), self._new_id(), self._stamp())
        # Also when nothing went: the last run may have been cut off between erasing and this.
        self.waits = not store.retention.forget_log()
        if not self.waits:
            self._done = today
