"""A record that is here, as the event that it came as."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.clock import rfc3339
from backoffice.db.tables import Branch, Record, RecordPart
from backoffice.wire.event import PREFIX, Data, Event

PAGE = 500


def event_of(record: Record, part: RecordPart | None, origin: str) -> Event:
    """`part` None: nothing of it is personal, or that was erased."""
    data = Data(record.body)
    if part is not None:
        data = Data(record.body, part.salt.hex(), part.personal)
    return Event(
        specversion="1.0",
        id=record.id,
        source=f"/terminals/{record.terminal}",
        type=f"{PREFIX}{record.kind}",
        time=rfc3339(record.at_ms),
        datacontenttype="application/json",
        seq=record.seq,
        atms=record.at_ms,
        boot=record.boot,
        uptimems=record.uptime_ms,
        origin=origin,
        prevhash=record.prev_hash.hex(),
        hash=record.hash.hex(),
        promise=record.promise.hex(),
        data=data,
    )


def kept_event(session: Session, record_id: str) -> Event:
    """The event of a record that is here."""
    record = session.scalars(select(Record).where(Record.id == record_id)).one()
    branch = select(Branch.origin).where(
        Branch.terminal == record.terminal, Branch.number == record.branch
    )
    part = session.get(RecordPart, record_id)
    return event_of(record, part, session.scalars(branch).one())


def events_of(session: Session, branch: Branch) -> Iterator[Event]:
    """Every record of a branch in its order, a page at a time."""
    after = 0
    while True:
        rows = session.execute(
            select(Record, RecordPart)
            .outerjoin(RecordPart, RecordPart.record_id == Record.id)
            .where(Record.terminal == branch.terminal, Record.branch == branch.number)
            .where(Record.seq > after)
            .order_by(Record.seq)
            .limit(PAGE)
        ).all()
        for record, part in rows:
            yield event_of(record, part, branch.origin)
        if len(rows) < PAGE:
            return
        after = rows[-1][0].seq
        session.expunge_all()
