"""Records on their way up: one batch at a time, from the journal, until they are acknowledged.

Law of the file: the journal row is the outbox entry, and it leaves the outbox only by an answer of
the office that is stored. What is lost on the way is sent again; a record is the same for ever, so
that twice changes nothing. A refused record stops the sending, for a person has to look.
"""

import logging
from collections.abc import Callable

from storage.records import JournalRow
from storage.values import Commit
from terminal.courier.protocol import BATCH_BYTES, RECORDS_MAX, Answer, Deliver, Record
from terminal.ledger.ledger import Ledger
from terminal.ledger.stamp import Stamp

log = logging.getLogger("terminal")
TROUBLE_S = 60.0  # after an answer that leads nowhere


class Sending:
    """`stamp` is the moment of a commit. All calls come from the loop."""

    def __init__(self, stamp: Callable[[], Stamp]) -> None:
        self._stamp = stamp
        self._after: int | None = None  # the office holds all up to here, as far as we know
        self._sent: tuple[Record, ...] = ()
        self._re = 0
        self.refused = ""  # why, once a record was refused

    @property
    def under_way(self) -> bool:
        return bool(self._sent)

    def again(self) -> None:
        """The connection is new: what was under way is sent again."""
        self._sent, self._after = (), None

    def due(self, ledger: Ledger) -> bool:
        """Whether there is something to send now. Raises StorageFault."""
        return not self._sent and not self.refused and ledger.store.unsent_count() > 0

    def next_batch(self, ledger: Ledger, re: int) -> Deliver | None:
        """The next records, as one request; None when there are none. Raises StorageFault."""
        store = ledger.store
        if self._after is None:
            self._after = store.acked_seq()
        page = store.journal_page(self._after, RECORDS_MAX, BATCH_BYTES)
        if not page:
            return None
        origin = store.journal_origin()
        self._sent, self._re = tuple(_record(row, origin) for row in page), re
        return Deliver(re, self._sent)

    def answered(self, ledger: Ledger, answer: Answer) -> float:
        """Store what the office acknowledges; the seconds until the next batch. StorageFault."""
        if answer.re != self._re or not self._sent:
            return 0.0  # of a batch that nobody waits for any more
        sent, self._sent = self._sent, ()
        if answer.fault:
            log.warning("uplink: delivering: %s %s", answer.fault, answer.why)
            return TROUBLE_S
        first, last = sent[0].seq, sent[-1].seq
        ours = {one.seq: one.id for one in sent}
        if answer.acked > last or any(ours.get(it.seq) != it.id for it in answer.verdicts):
            log.error("uplink: an answer about other records than %d to %d", first, last)
            return TROUBLE_S
        self._look_for_refused(answer)
        if answer.acked >= first:
            parked = sum(
                one.verdict == "parked" and one.seq <= answer.acked for one in answer.verdicts
            )
            self._acknowledge(ledger, answer.acked, parked)
            self._after = answer.acked
            return 0.0
        if self._after is not None and answer.acked < self._after:
            log.warning("uplink: the office holds records up to %d only", answer.acked)
            self._after = max(answer.acked, 0)
            return 0.0
        return TROUBLE_S  # refused, or ahead of itself

    def _acknowledge(self, ledger: Ledger, acked: int, parked: int) -> None:
        now = self._stamp()
        step = Commit(None, now.at_ms, now.boot, now.uptime_ms, acked=acked, parked=parked)
        ledger.writer.commit(step)
        if parked:
            log.warning("uplink: the office did not understand %d records", parked)

    def _look_for_refused(self, answer: Answer) -> None:
        for one in answer.verdicts:
            if one.verdict == "refused":
                self.refused = f"{one.seq}: {one.why}"
                log.error("uplink: record %d was refused: %s", one.seq, one.why)
                return


def _record(row: JournalRow, origin: str) -> Record:
    return Record(
        *(row.seq, row.id, row.kind, row.at_ms, row.boot, row.uptime_ms, origin),
        *(row.prev_hash, row.hash, row.promise, row.body, row.salt, row.personal),
    )
