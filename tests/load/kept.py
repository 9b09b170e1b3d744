"""What the office kept of all that was delivered, read from its database and its log."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backoffice.archive.chains import walk
from backoffice.db.tables import (
    ConflictCase,
    ParkedRecord,
    Record,
    RefusedRecord,
    Return,
)
from backoffice.office import Office
from backoffice.states import State
from tests.load.crowd import Journal


def wrong(office: Office, crowd: Sequence[Journal], returns: int) -> list[str]:
    """Every sentence that is true and must not be; `returns` is how many each terminal made."""
    with office.reading() as session:
        return [*_records(session, crowd), *_books(session, len(crowd), returns)]


def _records(session: Session, crowd: Sequence[Journal]) -> Iterator[str]:
    """Each record once, in its order, its chain unbroken, nothing aside."""
    for table in (ParkedRecord, RefusedRecord):
        for terminal, seq, why in session.execute(select(table.terminal, table.seq, table.why)):
            yield f"{terminal}: record {seq} is in {table.__tablename__}: {why}"
    there = defaultdict[str, list[Any]](list)
    kept = select(Record.terminal, Record.seq, Record.id, Record.hash, Record.prev_hash)
    for row in session.execute(kept.order_by(Record.terminal, Record.seq, Record.id)):
        there[row.terminal].append(row)
    for one in crowd:
        rows = there.pop(one.terminal, [])
        said = [(it.seq, it.id, it.hash) for it in one.records]
        if said != [(row.seq, row.id, row.hash.hex()) for row in rows]:
            yield f"{one.terminal}: {len(said)} records were said, {len(rows)} are kept"
        if any(a.hash != b.prev_hash for a, b in pairwise(rows)):
            yield f"{one.terminal}: its chain is broken"
    if there:
        yield f"records of terminals that said none: {sorted(there)}"
    for walked in walk(session):
        yield from (f"{walked.terminal}: {fault}" for fault in walked.faults)


def _books(session: Session, terminals: int, returns: int) -> Iterator[str]:
    """Of each sale that two terminals gave back one return stands and one is a conflict."""
    states = Counter(session.scalars(select(Return.state)))
    conflicts = terminals // 2 * returns
    expected = {State.CONFLICT: conflicts, State.REFUNDED: terminals * returns - conflicts}
    if dict(states) != {state: count for state, count in expected.items() if count}:
        yield f"returns stand as {dict(states)}, not as {expected}"
    cases = session.scalars(select(func.count()).select_from(ConflictCase)).one()
    if cases != conflicts:
        yield f"{cases} conflicts, not {conflicts}"
    per_sale = select(Return.sale_id).where(Return.state != State.CONFLICT)
    doubles = [one for one, count in Counter(session.scalars(per_sale)).items() if count > 1]
    if doubles:
        yield f"paid twice: {doubles}"


def statuses(log: Path) -> Counter[int]:
    """Of the requests in the office's log."""
    return Counter(one["status"] for one in _lines(log) if one.get("says") == "request")


def errors(log: Path) -> list[str]:
    """What the office's log calls an error."""
    return [str(one) for one in _lines(log) if one["level"] in ("error", "critical")]


def _lines(log: Path) -> list[dict[str, Any]]:
    return [msgspec.json.decode(line) for line in log.read_bytes().splitlines()]
