"""One batch in one transaction: the rows as they came, the books, the answer after the commit.

Law of the file: what is stored is stored whatever the books make of it. A body that cannot be taken
into the books is parked: kept, acknowledged, shown to the office, and it blocks nothing after it.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from msgspec.structs import replace
from sqlalchemy import func, insert, select, update

from backoffice.books.booking import book
from backoffice.db.rows import put
from backoffice.db.sets import among
from backoffice.db.tables import Branch, ParkedRecord, Record, RecordPart, RefusedRecord, Terminal
from backoffice.intake.chain import Chain, Head, Judged, Verdict, acked
from backoffice.office import Transaction
from backoffice.terminals.numbers import tell_numbers
from backoffice.wire.batch import Sent
from backoffice.wire.bodies import Body, body_of
from backoffice.wire.event import Event
from backoffice.wire.tagged import Unreadable

LOG = logging.getLogger(__name__)

_KNOWN = select(Record.id, Record.hash, Record.terminal).where(among(Record.id, "ids"))


@dataclass(frozen=True)
class Taken:
    """The answer to a batch."""

    acked: int
    judged: tuple[Judged, ...]


def receive(tx: Transaction, terminal: str, batch: Sequence[Sent]) -> Taken:
    """Judge, keep and book every record of the batch."""
    unit = _seen(tx, terminal)
    chain = _chain(tx, unit, batch)
    start = chain.head
    judged = [chain.judge(sent) for sent in batch]
    _keep_aside(tx, judged)
    new = [one for one in judged if one.verdict is Verdict.STORED]
    _insert(tx, new)
    _move_head(tx, terminal, start, chain)
    why_parked = _book(tx, new)
    if chain.begun:  # a backup, or a new disk: it may know fewer numbers than are taken
        tell_numbers(tx, unit)
    answered = tuple(
        replace(one, verdict=Verdict.PARKED, why=why_parked[one.sent.event.id])
        if one.verdict is Verdict.STORED and one.sent.event.id in why_parked
        else one
        for one in judged
    )
    return Taken(acked(chain.head, judged), answered)


def _seen(tx: Transaction, terminal: str) -> Terminal:
    """Its row, which is locked from now on: deliveries of one terminal follow each other."""
    seen = update(Terminal).where(Terminal.name == terminal).values(seen_at=tx.now)
    return tx.session.scalars(
        seen.returning(Terminal),
        execution_options={"synchronize_session": False, "populate_existing": True},
    ).one()


def _chain(tx: Transaction, unit: Terminal, batch: Sequence[Sent]) -> Chain:
    last = tx.session.scalars(
        select(Branch).where(Branch.terminal == unit.name).order_by(Branch.number.desc()).limit(1)
    ).one_or_none()
    head = Head()
    if last is not None:
        head = Head(last.number, last.origin, last.acked, last.head_hash, last.enrolment)
    ids = [one.event.id for one in batch]
    known = {
        id_: bytes(digest) if terminal == unit.name else b""
        for id_, digest, terminal in tx.session.execute(_KNOWN, {"ids": ids})
    }

    def holds(seq: int, digest: bytes, origin: str) -> bool:
        its = (Branch.terminal == Record.terminal) & (Branch.number == Record.branch)
        found = (
            select(func.count(Record.id))
            .join(Branch, its)
            .where(Record.terminal == unit.name, Record.seq == seq, Record.hash == digest)
            .where(Branch.origin == origin)
        )
        return tx.session.scalars(found).one() > 0

    return Chain(head, known, holds, unit.enrolments)


def _insert(tx: Transaction, new: Sequence[Judged]) -> None:
    rows = [
        {
            "id": event.id,
            "terminal": event.terminal,
            "branch": one.branch,
            "seq": event.seq,
            "kind": event.kind,
            "at_ms": event.atms,
            "boot": event.boot,
            "uptime_ms": event.uptimems,
            "prev_hash": bytes.fromhex(event.prevhash),
            "hash": bytes.fromhex(event.hash),
            "promise": bytes.fromhex(event.promise),
            "body": event.data.body,
            "received_at": tx.now,
        }
        for one in new
        for event in (one.sent.event,)
    ]
    put(tx.session, Record, rows)
    parts = [
        {
            "record_id": event.id,
            "salt": bytes.fromhex(event.data.salt),
            "personal": event.data.personal,
        }
        for one in new
        for event in (one.sent.event,)
        if event.data.personal
    ]
    put(tx.session, RecordPart, parts)


def _move_head(tx: Transaction, terminal: str, start: Head, chain: Chain) -> None:
    """The end of each branch that went on, was left or was begun."""
    firsts = {head.number: first for head, first in chain.begun}
    for head in (*chain.ended, chain.head):
        end = {"acked": head.acked, "head_hash": head.hash}
        if head.number in firsts:
            begun = insert(Branch).values(
                terminal=terminal,
                number=head.number,
                origin=head.origin,
                from_seq=firsts[head.number],
                enrolment=head.enrolment,
                opened_at=tx.now,
                **end,
            )
            tx.session.execute(begun)
        elif head != start:
            here = (Branch.terminal == terminal, Branch.number == head.number)
            tx.session.execute(update(Branch).where(*here).values(**end))


def _book(tx: Transaction, new: Sequence[Judged]) -> dict[str, str]:
    """Take the records into the books; why each that could not be is parked."""
    parked: dict[str, str] = {}
    records: list[tuple[Event, Body]] = []
    for one in new:
        event = one.sent.event
        try:
            body = body_of(event)
        except Unreadable as fault:
            parked[event.id] = str(fault)
        else:
            if body is not None:
                records.append((event, body))
    parked |= book(tx, records)
    for one in new:
        event = one.sent.event
        if event.id in parked:
            LOG.warning("parked", extra={"record": event.id, "kind": event.kind})
            row = {
                "record_id": event.id,
                "terminal": event.terminal,
                "seq": event.seq,
                "kind": event.kind,
                "why": parked[event.id],
                "parked_at": tx.now,
                "settled_at": None,
                "taken_at": None,
            }
            tx.insert(ParkedRecord, row)
    return parked


def _keep_aside(tx: Transaction, judged: Sequence[Judged]) -> None:
    """Refused bytes, as they came; the same again are kept once."""
    for one in judged:
        if one.verdict is not Verdict.REFUSED:
            continue
        event, raw = one.sent.event, one.sent.raw
        digest = sha256(raw).hexdigest()
        LOG.error("refused", extra={"record": event.id, "terminal": event.terminal})
        here = select(func.count()).where(
            RefusedRecord.terminal == event.terminal, RefusedRecord.digest == digest
        )
        if tx.session.scalars(here).one():
            continue
        tx.session.add(
            RefusedRecord(
                record_id=event.id,
                terminal=event.terminal,
                seq=event.seq,
                why=one.why,
                digest=digest,
                event=raw.decode(),
                refused_at=tx.now,
            )
        )
        tx.session.flush()
