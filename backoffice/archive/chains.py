"""Are the records here what their terminals wrote? Each branch is walked from its first to its end.

Law of the file: proved from the rows themselves; that a record was judged once, when it came, is
not believed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backoffice.archive.events import events_of
from backoffice.db.tables import Branch, Record
from backoffice.wire.event import Event, genesis


@dataclass(frozen=True)
class Walked:
    """A branch of a terminal's chain. `erased` of its records keep their personal part no more;
    `faults` say where it is broken, in English, quoting nothing.
    """

    terminal: str
    branch: int
    records: int
    erased: int
    faults: tuple[str, ...]


def walk(session: Session, terminal: str = "") -> Iterator[Walked]:
    """Every branch, or those of one terminal."""
    wanted = select(Branch).order_by(Branch.terminal, Branch.number)
    if terminal:
        wanted = wanted.where(Branch.terminal == terminal)
    branches = session.scalars(wanted).all()
    session.expunge_all()
    for branch in branches:
        yield _walked(session, branch)


def _walked(session: Session, branch: Branch) -> Walked:
    faults: list[str] = []
    seq, last, erased = branch.from_seq - 1, b"", 0
    for event in events_of(session, branch):
        why = event.sound() or _misplaced(session, branch, event, seq, last)
        if why:
            faults.append(f"record {event.seq}: {why}")
        erased += bool(event.promise and not event.data.personal)
        seq, last = event.seq, bytes.fromhex(event.hash)
    if (seq, last or branch.head_hash) != (branch.acked, branch.head_hash):
        faults.append(f"it ends at {seq}, and {branch.acked} was acknowledged")
    count = seq - branch.from_seq + 1
    return Walked(branch.terminal, branch.number, count, erased, tuple(faults))


def _misplaced(session: Session, branch: Branch, event: Event, seq: int, last: bytes) -> str:
    """Empty where the event follows the one before it."""
    if event.seq != seq + 1:
        return f"the record before it is {seq}"
    before = bytes.fromhex(event.prevhash)
    fits = before == last if last else _begins(session, branch, event, before)
    return "" if fits else "it does not follow the record before it"


def _begins(session: Session, branch: Branch, event: Event, before: bytes) -> bool:
    """A branch begins a journal, or leaves an earlier one at a record that is here."""
    if event.seq == 1:
        return before == genesis(branch.origin)
    parent = select(func.count()).where(
        Record.terminal == branch.terminal,
        Record.branch < branch.number,
        Record.seq == event.seq - 1,
        Record.hash == before,
    )
    return session.scalars(parent).one() > 0
