"""A parked record is taken again: after an upgrade that knows its kind, or as a person decides.

Law of the file: it goes into the books by the very way of a record that has just come, once, under
its terminal's lock, in the order of its chain; what cannot be taken stays parked and says why. Its
row in `parked` stays on file as taken, its record is not touched, and the chain neither.
"""

from dataclasses import dataclass
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.archive.events import kept_event
from backoffice.audit import audit
from backoffice.books.booking import book
from backoffice.db.tables import ParkedRecord, Record, Terminal
from backoffice.office import Office, Transaction
from backoffice.terminals.numbers import tell_numbers
from backoffice.wire.bodies import body_of
from backoffice.wire.event import Event
from backoffice.wire.tagged import Unreadable
from backoffice.words import Refused


@dataclass(frozen=True)
class Retaken:
    """`why` is empty where the record is in the books now."""

    record_id: str
    terminal: str
    seq: int
    kind: str
    why: str


def open_ones(session: Session, terminal: str = "", kind: str = "") -> list[str]:
    """Ids of the parked records that nobody has seen to, in the order of their chains."""
    wanted = (
        select(ParkedRecord.record_id)
        .join(Record, Record.id == ParkedRecord.record_id)
        .where(ParkedRecord.settled_at.is_(None))
        .order_by(Record.terminal, Record.branch, Record.seq)
    )
    if terminal:
        wanted = wanted.where(ParkedRecord.terminal == terminal)
    if kind:
        wanted = wanted.where(ParkedRecord.kind == kind)
    return list(session.scalars(wanted))


def take_all(office: Office, who: str, terminal: str = "", kind: str = "") -> list[Retaken]:
    """Try every open one, each in a transaction of its own: one may make the next possible."""
    with office.reading() as session:
        ids = open_ones(session, terminal, kind)
    return [office.write(partial(take_again, record_id=one, who=who)) for one in ids]


def take_again(tx: Transaction, record_id: str, who: str) -> Retaken:
    """Take it now. One that was taken before is left as it is. Raises Refused for no parked one."""
    parked = _locked(tx, record_id)
    if parked.taken_at is not None:
        return Retaken(record_id, parked.terminal, parked.seq, parked.kind, "")
    unit = tx.session.get_one(Terminal, parked.terminal)
    known = unit.numbers_after
    why = _booked(tx, kept_event(tx.session, record_id))
    if unit.numbers_after > known:
        tell_numbers(tx, unit)  # of an earlier disk, perhaps
    if why:
        parked.why = why
    else:
        parked.taken_at = tx.now
        parked.settled_at = parked.settled_at or tx.now
    audit(tx, who, "parked_not_taken" if why else "parked_taken", record_id, why)
    return Retaken(record_id, parked.terminal, parked.seq, parked.kind, why)


def _locked(tx: Transaction, record_id: str) -> ParkedRecord:
    """The terminal's row first, as a delivery does."""
    found = tx.session.get(ParkedRecord, record_id)
    if found is None:
        raise Refused("没有这条待入账的记录", "There is no such parked record")
    unit = select(Terminal).where(Terminal.name == found.terminal).with_for_update()
    tx.session.scalars(unit).one()
    return tx.session.get_one(ParkedRecord, record_id, with_for_update=True, populate_existing=True)


def _booked(tx: Transaction, event: Event) -> str:
    """Empty, or why the books could not take it; then they are as they were."""
    try:
        body = body_of(event)
    except Unreadable as fault:
        return str(fault)
    if body is None:
        return ""  # known by now, and of no consequence for the books
    return book(tx, [(event, body)]).get(event.id, "")
