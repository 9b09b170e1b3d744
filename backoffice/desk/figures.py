"""A day in figures: what came back, why, when, and where the money went."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.db.tables import Refund, Return, ReturnLine
from backoffice.desk.lists import day_ms
from backoffice.reasons import reasons_of
from backoffice.states import State
from backoffice.words import Worded


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: its label, its value and that value in words."""

    label: str
    value: int
    text: str = ""


@dataclass(frozen=True)
class DayFigures:
    """Of one currency: a shop with two has two. Amounts in minor units."""

    currency: str
    digits: int
    count: int
    amount: int
    states: tuple[tuple[str, int], ...]
    tenders: tuple[tuple[str, int, int], ...]  # kind, count, amount handed on
    reasons: tuple[tuple[str, int, int], ...]  # code, lines, amount
    words: Mapping[str, Worded]  # of those codes
    hours: tuple[int, ...]  # returns recorded in each hour of the day
    stores: tuple[tuple[str, int, int], ...]


def figures(session: Session, day: str) -> list[DayFigures]:
    """Of the returns recorded on an ISO day, by currency. Voided and declined ones pay nothing and
    are counted by their state alone.
    """
    within = (Return.recorded_at >= day_ms(day), Return.recorded_at < day_ms(day, 1))
    found = session.scalars(select(Return).where(*within)).all()
    lines = session.execute(select(Return, ReturnLine).join(ReturnLine).where(*within)).all()
    refunds = session.execute(select(Return, Refund).join(Refund).where(*within)).all()
    by_currency = sorted({(one.currency, one.digits) for one in found})
    return [
        _of(
            currency,
            digits,
            [one for one in found if one.currency == currency],
            [line for ret, line in lines if ret.currency == currency and _counts(ret)],
            [refund for ret, refund in refunds if ret.currency == currency and _counts(ret)],
        )
        for currency, digits in by_currency
    ]


def _counts(ret: Return) -> bool:
    return ret.state not in (State.VOIDED, State.DECLINED)


def _of(
    currency: str,
    digits: int,
    found: Sequence[Return],
    lines: Sequence[ReturnLine],
    refunds: Sequence[Refund],
) -> DayFigures:
    valid = [one for one in found if _counts(one)]
    hours = [0] * 24
    for one in valid:
        hours[datetime.fromtimestamp(one.recorded_at / 1000).astimezone().hour] += 1
    return DayFigures(
        currency=currency,
        digits=digits,
        count=len(valid),
        amount=sum(one.refund for one in valid),
        states=tuple(Counter(one.state for one in found).most_common()),
        tenders=_summed((one.kind, one.amount) for one in refunds),
        reasons=_summed((one.reason, one.amount) for one in lines),
        words=reasons_of(one.body for one in valid),
        hours=tuple(hours),
        stores=_summed((one.terminal.rsplit("-", 1)[0], one.refund) for one in valid),
    )


def _summed(pairs: Iterable[tuple[str, int]]) -> tuple[tuple[str, int, int], ...]:
    """(name, count, sum) of each name, the largest sum first."""
    counts: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for name, amount in pairs:
        counts[name] += 1
        sums[name] += amount
    return tuple((name, counts[name], total) for name, total in sums.most_common())
