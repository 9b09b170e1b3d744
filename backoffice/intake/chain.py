"""Where each record of a batch belongs: known, next in its chain, ahead of it, or refused (pure).

Law of the file: a record is kept only where the one before it is kept. A new branch begins with a
StoreRestored record that fits a record already here, or with a new disk's first record after the
office enrolled the unit anew; nothing else leaves the chain.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from backoffice.wire.batch import Sent
from backoffice.wire.event import RESTORED, Event, genesis


class Verdict(StrEnum):
    """docs/WIRE.md's five."""

    STORED = "stored"
    KNOWN = "known"
    PARKED = "parked"
    REFUSED = "refused"
    AHEAD = "ahead"


class Head(Struct, frozen=True):
    """The end of a terminal's newest branch; number 0 where it has none yet."""

    number: int = 0
    origin: str = ""
    acked: int = 0
    hash: bytes = b""
    enrolment: int = 0


class Judged(Struct, frozen=True):
    """One record and what becomes of it; `branch` where it is to be kept."""

    sent: Sent
    verdict: Verdict
    why: str = ""
    branch: int = 0


def acked(head: Head, judged: Sequence[Judged]) -> int:
    """Up to where the sender's journal is here, as far as these records of it show. Of a left
    branch that is not the end of the newest: a record is kept only where the one before it is.
    """
    kept = 0
    for one in judged:
        if one.verdict is Verdict.AHEAD:
            return kept or head.acked
        seq = one.sent.event.seq
        if one.verdict is Verdict.REFUSED:
            return kept or min(head.acked, seq - 1)
        kept = seq
    return max(head.acked, kept)


@dataclass
class Chain:
    """A terminal's chain while a batch is judged.

    `known` are the hashes of those ids of the batch that are here, empty where another terminal
    has that id; `holds(seq, hash, origin)` asks whether this terminal's record of that number and
    hash is here, in a journal of that origin; `enrolment` counts its enrolments.
    """

    head: Head
    known: Mapping[str, bytes]
    holds: Callable[[int, bytes, str], bool]
    enrolment: int
    begun: list[tuple[Head, int]] = field(default_factory=list)  # new branches, and their first seq
    ended: list[Head] = field(default_factory=list)  # branches that were left for them
    fresh: dict[str, bytes] = field(default_factory=dict)  # kept from this batch

    def judge(self, sent: Sent) -> Judged:
        """The verdict on the next record; a kept one moves the head."""
        event = sent.event
        why = event.sound()
        if why:
            return Judged(sent, Verdict.REFUSED, why)
        here = self.known.get(event.id, self.fresh.get(event.id))
        if here is not None:
            if here == bytes.fromhex(event.hash):
                return Judged(sent, Verdict.KNOWN)
            why = "this id is here with other bytes" if here else "another terminal has this id"
            return Judged(sent, Verdict.REFUSED, why)
        if self._continues(event):
            return self._kept(sent)
        if self._restored(event) or self._new_disk(event):
            self._begin(event)
            return self._kept(sent)
        if event.seq > self.head.acked + 1 and not self._follows(event):
            return Judged(sent, Verdict.AHEAD, f"the record after {self.head.acked} comes first")
        return Judged(sent, Verdict.REFUSED, "it does not fit the chain that is here")

    def _continues(self, event: Event) -> bool:
        head = self.head
        return (
            event.kind != RESTORED
            and head.number > 0
            and event.origin == head.origin
            and event.seq == head.acked + 1
            and bytes.fromhex(event.prevhash) == head.hash
        )

    def _restored(self, event: Event) -> bool:
        """A store that goes on from its backup's end, and that end is here."""
        if event.kind != RESTORED:
            return False
        if event.seq == 1:
            before = bytes.fromhex(event.prevhash)
            return event.origin == self.head.origin and before == genesis(event.origin)
        return self._follows(event)

    def _follows(self, event: Event) -> bool:
        """Whether the record before it is here, in whatever branch: of an earlier disk, too."""
        before = bytes.fromhex(event.prevhash)
        if event.origin == self.head.origin and before in self.fresh.values():
            return True
        return self.holds(event.seq - 1, before, event.origin)

    def _new_disk(self, event: Event) -> bool:
        """A journal's first record: of a new terminal, or of one that was enrolled anew."""
        return (
            event.seq == 1
            and bytes.fromhex(event.prevhash) == genesis(event.origin)
            and (self.head.number == 0 or self.enrolment > self.head.enrolment)
        )

    def _begin(self, event: Event) -> None:
        self.ended.append(self.head)
        self.head = Head(
            self.head.number + 1,
            event.origin,
            event.seq - 1,
            bytes.fromhex(event.prevhash),
            self.enrolment,
        )
        self.begun.append((self.head, event.seq))

    def _kept(self, sent: Sent) -> Judged:
        event = sent.event
        digest = bytes.fromhex(event.hash)
        self.head = replace(self.head, acked=event.seq, hash=digest)
        self.fresh[event.id] = digest
        return Judged(sent, Verdict.STORED, branch=self.head.number)
