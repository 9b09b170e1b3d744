"""What must hold once everything has arrived."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.db.tables import (
    ConflictCase,
    ParkedRecord,
    Record,
    Refund,
    RefundMove,
    RefusedRecord,
    Return,
    ReturnLine,
    Sale,
    SaleLine,
)
from backoffice.states import RefundState
from terminal.core.shop import ShopState
from tests.simulation.happenings import Broken

if TYPE_CHECKING:
    from tests.simulation.world import World


def check(world: "World") -> None:
    """Raises Broken with every sentence that is true and must not be."""
    with world.server.office.reading() as session:
        wrong = [*_records(world, session), *_books(session), *_money(world, session)]
        wrong += _states(world, session)
    if wrong:
        raise Broken("\n".join(wrong))


def _records(world: "World", session: Session) -> Iterator[str]:
    """Each record of each journal once, in its order, its chain unbroken on both sides."""
    aside: list[ParkedRecord | RefusedRecord] = [*session.scalars(select(ParkedRecord))]
    aside += session.scalars(select(RefusedRecord))
    for row in aside:
        yield f"{row.terminal}: record {row.seq} is in {row.__tablename__}: {row.why}"
    for unit in world.units:
        rows = session.execute(
            select(Record.seq, Record.id, Record.kind, Record.hash, Record.prev_hash, Record.body)
            .where(Record.terminal == unit.name)
            .order_by(Record.seq)
        ).all()
        there = [(row.seq, row.id, row.kind, row.hash.hex(), row.body) for row in rows]
        here = [
            (one.seq, one.id, one.kind, one.hash, one.body) for one in unit.till.store.journal()
        ]
        if here != there:
            yield f"{unit.name}: {len(here)} records in the journal, {len(there)} at the office"
        if [one[0] for one in there] != list(range(1, len(there) + 1)):
            yield f"{unit.name}: the office's records have gaps or doubles"
        if any(a.hash != b.prev_hash for a, b in pairwise(rows)):
            yield f"{unit.name}: the office's chain is broken"
        if unit.till.store.verify_chain() is not None:
            yield f"{unit.name}: the journal's chain is broken"
        if unit.till.store.acked_seq() != len(here):
            yield f"{unit.name}: not all is acknowledged"


def _books(session: Session) -> Iterator[str]:
    """What stands without a conflict fits its sale; so every excess has its case."""
    cases = {one for (one,) in session.execute(select(ConflictCase.return_id))}
    sold = {
        (one.sale_id, one.line): (one.quantity, one.paid)
        for one in session.scalars(select(SaleLine))
    }
    on_file = {one for (one,) in session.execute(select(Sale.id))}
    back: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    rows = session.execute(
        select(Return, ReturnLine)
        .join(ReturnLine, ReturnLine.return_id == Return.id)
        .where(Return.voided_at.is_(None))
    )
    for ret, line in rows:
        if ret.sale_id not in on_file:
            yield f"{ret.number}: its sale never arrived"
        elif ret.id not in cases and ret.decision != "declined":
            sums = back[ret.sale_id, line.line]
            sums[0] += line.quantity
            sums[1] += line.amount
    for at, (quantity, amount) in sorted(back.items()):
        if quantity > sold[at][0] or amount > sold[at][1]:
            yield f"{at}: {quantity} for {amount} came back of {sold[at]}, and no conflict is open"


def _money(world: "World", session: Session) -> Iterator[str]:
    """Each refund is one that its terminal handed on, paid once and at most as much as asked."""
    moved = world.people.rail.moved
    asked = {
        (body["ret"]["id"], body["position"]): body["amount"]
        for unit in world.units
        for row in unit.till.store.journal()
        if row.kind == "RefundAccepted"
        for body in (msgspec.json.decode(row.body),)
    }
    known: set[str] = set()
    for refund in session.scalars(select(Refund).order_by(Refund.id)):
        numbers = session.scalars(
            select(RefundMove.refund_no).where(RefundMove.refund_id == refund.id)
        ).all()
        known.update(numbers)
        paid = [moved[one] for one in numbers if one in moved]
        if (
            refund.how == "refund"
            and asked.get((refund.return_id, refund.position)) != refund.amount
        ):
            yield f"{refund.refund_no}: no terminal handed {refund.amount} on"
        if len(paid) > 1 or sum(paid) > refund.amount:
            yield f"{refund.refund_no}: {paid} moved for {refund.amount}"
        if refund.state == RefundState.SUCCESS and refund.how == "refund":
            if paid != [refund.actual]:
                yield f"{refund.refund_no}: {paid} moved, {refund.actual} in the books"
        elif refund.state == RefundState.CLOSED and paid:
            yield f"{refund.refund_no}: closed, and {paid} moved"
    if strangers := moved.keys() - known:
        yield f"the rail paid {sorted(strangers)}, which no refund knows"


def _states(world: "World", session: Session) -> Iterator[str]:
    """Every return is at the office, and its terminal knows the office's newest word of it."""
    at_office = {one.id: one for one in session.scalars(select(Return))}
    for unit in world.units:
        for ret in unit.returns:
            there = at_office.pop(ret.id, None)
            if there is None:
                yield f"{ret.number} is not at the office"
                continue
            kept = unit.till.store.office_state(ret.id)
            said = msgspec.json.decode(kept.body, type=ShopState) if kept is not None else None
            if said is None or (said.version, said.state.value) != (there.version, there.state):
                yield f"{ret.number} is {there.state} v{there.version} at the office, {said} here"
            if (ret.status.name == "VOIDED") != (there.voided_at is not None):
                yield f"{ret.number} is {ret.status} here and {there.state} at the office"
            if ret.handed_on != (there.finished_at is not None):
                yield f"{ret.number} is {ret.status} here, finished {there.finished_at}"
    if at_office:
        yield f"the office has returns that no terminal recorded: {len(at_office)}"
