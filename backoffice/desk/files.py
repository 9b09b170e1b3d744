"""Everything the desk shows of one return."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backoffice.db.tables import (
    ConflictCase,
    HistoryEntry,
    Refund,
    RefundMove,
    Return,
    ReturnLine,
    UnitClock,
)
from backoffice.rails.chosen import MANUAL
from backoffice.reasons import reasons_of
from backoffice.words import Worded


@dataclass(frozen=True)
class File:
    """`before` is what it replaces after inspection, `after` what replaced it. `open_cases` are
    what the books found: each a list of {what, at, sold, before, now}.
    """

    ret: Return
    lines: Sequence[ReturnLine]
    refunds: Sequence[Refund]
    history: Sequence[HistoryEntry]
    open_cases: Sequence[list[dict[str, Any]]]
    before: Return | None
    after: Return | None
    by_hand: frozenset[int]  # positions of refunds that wait for a person to pay them
    ahead_ms: int  # its terminal's clock of ours, when it was recorded; 0 where nobody knows

    @property
    def reasons(self) -> dict[str, Worded]:
        """What its reasons are called."""
        return reasons_of([self.ret.body])


def file_of(session: Session, return_id: str) -> File | None:
    """The return's file; None for an id that is not here or is none."""
    try:
        ret = session.get(Return, str(UUID(return_id)))
    except ValueError:
        return None
    if ret is None:
        return None
    lines = select(ReturnLine).where(ReturnLine.return_id == ret.id).order_by(ReturnLine.place)
    refunds = select(Refund).where(Refund.return_id == ret.id).order_by(Refund.position)
    history = select(HistoryEntry).where(HistoryEntry.return_id == ret.id)
    hand = (
        select(Refund.position)
        .join(RefundMove, RefundMove.refund_no == Refund.refund_no)
        .where(Refund.return_id == ret.id, RefundMove.rail == MANUAL)
    )
    cases = select(ConflictCase).where(
        ConflictCase.return_id == ret.id, ConflictCase.closed_at.is_(None)
    )
    before = select(Return).where(Return.number == ret.replaces)
    after = select(Return).where(Return.replaces == ret.number)
    return File(
        ret,
        session.scalars(lines).all(),
        session.scalars(refunds).all(),
        session.scalars(history.order_by(HistoryEntry.id)).all(),
        [json.loads(one.found) for one in session.scalars(cases)],
        session.scalars(before).first() if ret.replaces else None,
        session.scalars(after).first(),
        frozenset(session.scalars(hand)),
        _ahead_ms(session, ret),
    )


def _ahead_ms(session: Session, ret: Return) -> int:
    """By the comparison of its boot that is nearest to it, before or after (docs/WIRE.md)."""
    if ret.uptime_ms is None:
        return 0
    near = (
        select(UnitClock)
        .where(UnitClock.terminal == ret.terminal, UnitClock.boot == ret.boot)
        .order_by(func.abs(UnitClock.uptime_ms - ret.uptime_ms))
        .limit(1)
    )
    clock = session.scalars(near).one_or_none()
    if clock is None:
        return 0
    return ret.recorded_at - (clock.office_ms + ret.uptime_ms - clock.uptime_ms)
