"""One batch in one transaction: the rows as they came, the books, the answer after the commit.

Law of the file: what is stored is stored whatever the books make of it. A body that cannot be taken
into the books is parked: kept, acknowledged, shown to the office, and it blocks nothing after it.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import OperationalError

from backoffice.books.ahead import look_ahead
from backoffice.books.recorded import begin
from backoffice.books.taking import lock_sales, take
from backoffice.db.tables import Branch, ParkedRecord, Record, RecordPart, RefusedRecord, Terminal
from backoffice.intake.chain import Chain, Head, Judged, Verdict
from backoffice.office import Transaction
from backoffice.wire.batch import Sent
from backoffice.wire.bodies import Body, body_of
from backoffice.wire.tagged import Unreadable

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Taken:
    """The answer to a batch."""

    acked: int
    judged: tuple[Judged, ...]


def receive(tx: Transaction, terminal: str, batch: Sequence[Sent]) -> Taken:
    """Judge, keep and book every record of the batch."""
    unit = tx.session.scalars(
        select(Terminal).where(Terminal.name == terminal).with_for_update()
    ).one()
    unit.seen_at = tx.now
    chain = _chain(tx, unit, batch)
    start = chain.head
    judged = [chain.judge(sent) for sent in batch]
    _keep_aside(tx, judged)
    new = [one for one in judged if one.verdict is Verdict.STORED]
    _insert(tx, new)
    _move_head(tx, terminal, start, chain)
    why_parked = _book(tx, new)
    answered = tuple(
        replace(one, verdict=Verdict.PARKED, why=why_parked[one.sent.event.id])
        if one.verdict is Verdict.STORED and one.sent.event.id in why_parked
        else one
        for one in judged
    )
    return Taken(chain.head.acked, answered)


def _chain(tx: Transaction, unit: Terminal, batch: Sequence[Sent]) -> Chain:
    last = tx.session.scalars(
        select(Branch).where(Branch.terminal == unit.name).order_by(Branch.number.desc()).limit(1)
    ).one_or_none()
    head = Head()
    if last is not None:
        head = Head(last.number, last.origin, last.acked, last.head_hash, last.enrolment)
    ids = [one.event.id for one in batch]
    known = tx.session.execute(select(Record.id, Record.hash).where(Record.id.in_(ids)))

    def holds(seq: int, digest: bytes) -> bool:
        found = select(func.count()).where(
            Record.terminal == unit.name, Record.seq == seq, Record.hash == digest
        )
        return tx.session.scalars(found).one() > 0

    return Chain(head, {id_: bytes(digest) for id_, digest in known}, holds, unit.enrolments)


def _insert(tx: Transaction, new: Sequence[Judged]) -> None:
    if not new:
        return
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
    tx.session.execute(insert(Record), rows)
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
    if parts:
        tx.session.execute(insert(RecordPart), parts)


def _move_head(tx: Transaction, terminal: str, start: Head, chain: Chain) -> None:
    for head, first in chain.begun:
        tx.session.add(
            Branch(
                terminal=terminal,
                number=head.number,
                origin=head.origin,
                from_seq=first,
                acked=head.acked,
                head_hash=head.hash,
                enrolment=head.enrolment,
                opened_at=tx.now,
            )
        )
    tx.session.flush()
    if chain.head == start:
        return
    for head in (*chain.ended, chain.head):
        tx.session.execute(
            update(Branch)
            .where(Branch.terminal == terminal, Branch.number == head.number)
            .values(acked=head.acked, head_hash=head.hash)
        )


def _book(tx: Transaction, new: Sequence[Judged]) -> dict[str, str]:
    """Take the records into the books, in their order; why each that could not be is parked."""
    parked: dict[str, str] = {}
    bodies: list[tuple[Judged, Body]] = []
    for one in new:
        try:
            body = body_of(one.sent.event)
        except Unreadable as fault:
            parked[one.sent.event.id] = str(fault)
        else:
            if body is not None:
                bodies.append((one, body))
    lock_sales(tx, [body for _, body in bodies])
    if bodies and not _take_all(tx, bodies):
        for one, body in bodies:
            why = _take(tx, one, body)
            if why:
                parked[one.sent.event.id] = why
    for one in new:
        event = one.sent.event
        if event.id in parked:
            LOG.warning("parked", extra={"record": event.id, "kind": event.kind})
            tx.session.add(
                ParkedRecord(
                    record_id=event.id,
                    terminal=event.terminal,
                    seq=event.seq,
                    kind=event.kind,
                    why=parked[event.id],
                    parked_at=tx.now,
                )
            )
    return parked


def _take_all(tx: Transaction, bodies: Sequence[tuple[Judged, Body]]) -> bool:
    """All of them at once, as is usual; False, and nothing done, where one of them is amiss."""
    told = len(tx.told)
    try:
        with tx.session.begin_nested(), tx.session.no_autoflush:
            ahead = look_ahead(tx, [body for _, body in bodies])
            begin(tx, ahead, [(one.sent.event, body) for one, body in bodies])
            for one, body in bodies:
                take(tx, ahead, one.sent.event, body)
    except OperationalError:
        raise  # the database's own trouble: nothing of the batch is acknowledged
    except Exception:  # noqa: BLE001 - found again one by one, and told there
        del tx.told[told:]
        return False
    return True


def _take(tx: Transaction, one: Judged, body: Body) -> str:
    """Empty, or why it could not be taken; then the books are as if it had not come."""
    told = len(tx.told)
    try:
        with tx.session.begin_nested():
            take(tx, look_ahead(tx, [body]), one.sent.event, body)
    except Unreadable as fault:
        why = str(fault)
    except OperationalError:
        raise
    except Exception as fault:  # a bug of ours must not stop a terminal's deliveries
        LOG.exception("a record broke the books", extra={"record": one.sent.event.id})
        why = f"the books failed on it ({type(fault).__name__})"
    else:
        return ""
    del tx.told[told:]
    return why


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
