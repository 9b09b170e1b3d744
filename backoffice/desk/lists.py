"""What the desk lists: the queue, a search, conflicts, records aside, terminals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, defer

from backoffice.db.tables import (
    Branch,
    ParkedRecord,
    Refund,
    RefundMove,
    RefusedRecord,
    Return,
    Terminal,
    Todo,
)
from backoffice.office import Office
from backoffice.rails.chosen import MANUAL
from backoffice.states import RefundState, State

PAGE = 50
SPAN = 1000  # returns of an export that are in memory at once


@dataclass(frozen=True)
class Search:
    """What is looked for; an empty field does not matter. Days are of the recording, ISO."""

    q: str = ""  # number, receipt number or cashier
    state: str = ""
    store: str = ""
    since: str = ""
    until: str = ""

    def query(self, **changes: str) -> str:
        """As an address says it."""
        said = {one.name: getattr(self, one.name) for one in fields(self)} | changes
        return urlencode({key: value for key, value in said.items() if value})


@dataclass(frozen=True)
class Waiting:
    """What somebody has to do something about."""

    submitted: Sequence[Return]
    conflicts: Sequence[Return]
    problems: Sequence[Return]
    by_hand: Sequence[tuple[Return, Refund]]  # refunds that a person pays
    parked: int


@dataclass(frozen=True)
class Unit:
    """A terminal as the office knows it: how far its records are here."""

    terminal: Terminal
    acked: int
    parked: int
    refused: int
    branches: int


def waiting(session: Session) -> Waiting:
    """The queue, oldest first."""

    def of(state: State) -> Sequence[Return]:
        found = select(Return).where(Return.state == state).order_by(Return.changed_at).limit(PAGE)
        return session.scalars(found).all()

    hand = (
        select(Return, Refund)
        .join(Refund, Refund.return_id == Return.id)
        .join(RefundMove, RefundMove.refund_no == Refund.refund_no)
        .where(Refund.state == RefundState.PROCESSING, Refund.held.is_(False))
        .where(RefundMove.rail == MANUAL, RefundMove.todo == Todo.QUERY)  # handed to a person
        .order_by(Refund.made_at)
        .limit(PAGE)
    )
    open_ones = select(func.count()).select_from(ParkedRecord)
    return Waiting(
        of(State.SUBMITTED),
        of(State.CONFLICT),
        of(State.PROBLEM),
        [(ret, refund) for ret, refund in session.execute(hand)],
        session.scalar(open_ones.where(ParkedRecord.settled_at.is_(None))) or 0,
    )


def search(session: Session, wanted: Search, page: int) -> tuple[Sequence[Return], bool]:
    """One page, newest first, and whether there are more."""
    found = session.scalars(_matching(wanted).offset(page * PAGE).limit(PAGE + 1)).all()
    return found[:PAGE], len(found) > PAGE


def every(office: Office, wanted: Search) -> Iterator[Sequence[Return]]:
    """For the export: all of them, the newest id first, without what their terminals recorded.

    Each thousand is read by itself, so that whoever saves it slowly holds nothing of the database.
    """
    query = _matching(wanted).order_by(None).order_by(Return.id.desc()).limit(SPAN)
    query = query.options(defer(Return.body, raiseload=True))
    found: Sequence[Return] = ()
    while not found or len(found) == SPAN:
        with office.reading() as session:
            rest = query.where(Return.id < found[-1].id) if found else query
            found = session.scalars(rest).all()
        if not found:
            return
        yield found


def _matching(wanted: Search) -> Select[Return]:
    query = select(Return).order_by(Return.recorded_at.desc(), Return.id)
    if wanted.q:
        text = wanted.q.upper()
        query = query.where(
            or_(Return.number == text, Return.receipt_no == wanted.q, Return.cashier == wanted.q)
        )
    if wanted.state:
        query = query.where(Return.state == wanted.state)
    if wanted.store:
        query = query.join(Terminal, Terminal.name == Return.terminal)
        query = query.where(Terminal.store == wanted.store)
    if wanted.since:
        query = query.where(Return.recorded_at >= day_ms(wanted.since))
    if wanted.until:
        query = query.where(Return.recorded_at < day_ms(wanted.until, 1))
    return query


def day_ms(text: str, later: int = 0) -> int:
    """When a day begins here, in ms; `later` days after it. What is no day is the first of all."""
    try:
        day = date.fromisoformat(text)
        start = datetime.combine(day + timedelta(days=later), datetime.min.time())
        return int(start.astimezone().timestamp() * 1000)
    except (ValueError, OverflowError):
        return 0


def aside(session: Session) -> tuple[Sequence[ParkedRecord], Sequence[RefusedRecord]]:
    """Records that the books could not take, open ones first, and bytes that were refused."""
    parked = select(ParkedRecord).order_by(
        ParkedRecord.settled_at.is_not(None), ParkedRecord.parked_at.desc()
    )
    refused = select(RefusedRecord).order_by(RefusedRecord.refused_at.desc())
    return session.scalars(parked.limit(PAGE)).all(), session.scalars(refused.limit(PAGE)).all()


def units(session: Session) -> list[Unit]:
    """Every terminal, by name."""
    parked = _counts(session, ParkedRecord.terminal, ParkedRecord.settled_at.is_(None))
    refused = _counts(session, RefusedRecord.terminal)
    branches = _counts(session, Branch.terminal)
    newest: dict[str, int] = {}
    for branch in session.scalars(select(Branch).order_by(Branch.number)):
        newest[branch.terminal] = branch.acked
    return [
        Unit(
            one,
            newest.get(one.name, 0),
            parked.get(one.name, 0),
            refused.get(one.name, 0),
            branches.get(one.name, 0),
        )
        for one in session.scalars(select(Terminal).order_by(Terminal.name))
    ]


def stores(session: Session) -> Sequence[str]:
    return session.scalars(select(Terminal.store).distinct().order_by(Terminal.store)).all()


def _counts(session: Session, column: object, *where: object) -> dict[str, int]:
    query = select(column, func.count()).group_by(column).where(*where)  # type: ignore[call-overload]
    return {str(name): int(count) for name, count in session.execute(query)}
