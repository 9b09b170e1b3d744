"""When a rule of the shop applies: what it may ask of a return, and whether a return answers to it.

Law of the file: a question that a rule does not ask is answered by every return. Ranges are above a
value and up to another, so that two of them meet without a gap and without an overlap.
"""

from datetime import date, timedelta

from msgspec import Struct

from terminal.core.case import EarlierReturn
from terminal.core.kinds import SoFar
from terminal.core.returns import Condition, ReturnKind


class Range(Struct, frozen=True):
    """above < value <= to; either end may be open."""

    above: int | None = None
    to: int | None = None

    def holds(self, value: int) -> bool:
        return (self.above is None or value > self.above) and (self.to is None or value <= self.to)


EVERY = Range()


class Earlier(Struct, frozen=True):
    """More than `above` earlier returns by the same card or phone within `days`.

    `by` is card or phone; empty means either.
    """

    above: int
    days: int
    by: str = ""


class When(Struct, frozen=True):
    """All of it must hold; an empty tuple asks nothing. Amounts in minor units.

    `amount` is what all returns of the sale come to, this one among them: a limit that splitting
    could pass under would be none. `days` count from the sale's business day. `tenders` are kinds:
    one that gets money back is enough.
    """

    kinds: tuple[ReturnKind, ...] = ()
    categories: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    tenders: tuple[str, ...] = ()
    amount: Range = EVERY
    days: Range = EVERY
    earlier: Earlier | None = None

    @property
    def of_lines(self) -> bool:
        """It asks for something of a line; otherwise it speaks of the whole return."""
        return bool(self.categories or self.reasons or self.conditions)


class LineFacts(Struct, frozen=True):
    """One chosen line. `amount_only`: money alone goes back, the goods stay with the customer."""

    line: int
    category: str
    reason: str
    condition: Condition | None
    amount_only: bool = False
    recalled: bool = False


class Facts(Struct, frozen=True):
    """Everything that the policy looks at. `amount` in minor units, `tenders` are kinds.

    `this` is what of the amount goes back now, `so_far` what of its kind came back before; `till`
    is where the goods were sold. `over` is how much more would be back than was paid.
    """

    kind: ReturnKind
    sold_on: date
    today: date
    amount: int
    tenders: tuple[str, ...]
    earlier: tuple[EarlierReturn, ...]
    lines: tuple[LineFacts, ...]
    this: int = 0
    so_far: SoFar = SoFar()
    till: str = ""
    over: int = 0

    @property
    def days(self) -> int:
        """Since the sale; below zero by a clock that is wrong."""
        return (self.today - self.sold_on).days


def holds(when: When, facts: Facts, line: LineFacts) -> bool:
    """Whether all that `when` asks is true of this line of this return."""
    return (
        (not when.kinds or facts.kind in when.kinds)
        and (not when.categories or line.category in when.categories)
        and (not when.reasons or line.reason in when.reasons)
        and (not when.conditions or _condition_of(line) in when.conditions)
        and (not when.tenders or any(one in when.tenders for one in facts.tenders))
        and when.amount.holds(facts.amount)
        and (when.days == EVERY or (facts.days >= 0 and when.days.holds(facts.days)))
        and (when.earlier is None or _came_often(when.earlier, facts))
    )


def _condition_of(line: LineFacts) -> Condition | None:
    """None where no goods come back: what is said of their condition is said of nothing."""
    return None if line.amount_only else line.condition


def _came_often(asked: Earlier, facts: Facts) -> bool:
    since = facts.today - timedelta(days=asked.days)
    counted = {
        one.number
        for one in facts.earlier
        if one.day >= since and (not asked.by or one.by == asked.by)
    }
    return len(counted) > asked.above
