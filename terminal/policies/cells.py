"""Every return that a policy can tell apart, one example of each.

Law of the file: two returns that no rule tells apart are one cell; so the cells are few, and what
holds in each of them holds for every return.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date, timedelta
from itertools import product
from typing import TypeVar

from terminal.core.case import EarlierReturn
from terminal.core.returns import Condition, ReturnKind
from terminal.core.rules import Reason, Rules
from terminal.core.when import Earlier, Facts, LineFacts, When

SOLD_ON = date(2026, 1, 1)  # only the days since then are looked at
OTHER = "·"  # a category or tender that the policy does not name
T = TypeVar("T")


def cells(rules: Rules, within: When | None = None) -> Iterator[Facts]:
    """One return for each answer that the rules could give; with `within`, those it asks for."""
    asked = within or When()
    whens = [one.when for one in rules.policy.rules]
    outer = product(
        _among(asked.kinds, _kinds(rules)),
        _among(asked.categories, _categories(rules)),
        [one for one in _reasons(rules) if not asked.reasons or one.code in asked.reasons],
    )
    amounts = [one for one in _amounts(rules) if asked.amount.holds(one)]
    tenders = _among(asked.tenders, (OTHER, *_named(one.tenders for one in whens)))
    often = _often(whens)
    for kind, category, reason in outer:
        conditions = (None,) if reason.amount_only else _among(asked.conditions, _conditions(rules))
        days = [one for one in _days(rules, category, reason) if asked.days.holds(one)]
        for condition, tender, amount, day, earlier in product(
            conditions, tenders, amounts, days, often
        ):
            line = LineFacts(1, category, reason.code, condition, reason.amount_only)
            yield facts(kind, line, day, amount, (tender,), earlier)


def facts(
    kind: ReturnKind,
    line: LineFacts,
    day: int,
    amount: int,
    tenders: tuple[str, ...],
    earlier: tuple[Earlier, ...] = (),
) -> Facts:
    """A return of one line on `day`; `earlier` says how often others came, and how long ago."""
    today = SOLD_ON + timedelta(days=day)
    came = tuple(
        EarlierReturn(f"{one.by}-{number}", today - timedelta(days=one.days), by)
        for one in earlier
        for number in range(one.above)
        for by in ([one.by] if one.by else ["card"])
    )
    return Facts(kind, SOLD_ON, today, amount, tenders, came, (line,), amount)


def _among(wanted: tuple[T, ...], found: Iterable[T]) -> tuple[T, ...]:
    return tuple(one for one in found if not wanted or one in wanted)


def _named(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))


def _alike(found: Iterable[T], sign: Callable[[T], Hashable]) -> tuple[T, ...]:
    """One of each sort: the first with its sign."""
    first: dict[Hashable, T] = {}
    for one in found:
        first.setdefault(sign(one), one)
    return tuple(first.values())


def _kinds(rules: Rules) -> tuple[ReturnKind, ...]:
    def sign(kind: ReturnKind) -> Hashable:
        asked = tuple(kind in one.when.kinds for one in rules.policy.rules)
        return rules.policy.limits_of(kind), kind.dated, asked

    allowed = [one for one in ReturnKind if rules.policy.limits_of(one).allowed]
    return _alike(allowed, sign)


def _categories(rules: Rules) -> tuple[str, ...]:
    policy = rules.policy
    named = _named(
        (
            *(one.when.categories for one in policy.rules),
            *(one.categories for one in policy.exclusions),
            tuple(name for name, _ in policy.category_windows),
        )
    )
    return (OTHER, *named)


def _reasons(rules: Rules) -> tuple[Reason, ...]:
    def sign(one: Reason) -> Hashable:
        asked = tuple(one.code in rule.when.reasons for rule in rules.policy.rules)
        flags = (one.fault, one.needs_manager, one.no_window, one.amount_only)
        return flags, one.conditions, one.otherwise, one.evidence, asked

    return _alike(rules.reasons, sign)


def _conditions(rules: Rules) -> tuple[Condition, ...]:
    groups = (
        *(one.conditions for one in rules.reasons),
        *(one.when.conditions for one in rules.policy.rules),
    )
    return _alike(Condition, lambda one: tuple(one in group for group in groups))


def _amounts(rules: Rules) -> tuple[int, ...]:
    ends = [rules.policy.amount_limit]
    for one in rules.policy.rules:
        ends += [end for end in (one.when.amount.above, one.when.amount.to) if end is not None]
    return _around(ends, least=1)


def _days(rules: Rules, category: str, reason: Reason) -> tuple[int, ...]:
    policy = rules.policy
    ends = [
        *policy.window.days(fault=reason.fault),
        *policy.window_for(category).days(fault=reason.fault),
    ]
    for one in policy.rules:
        ends += [end for end in (one.when.days.above, one.when.days.to) if end is not None]
    return _around(ends, least=0)


def _around(ends: Iterable[int], least: int) -> tuple[int, ...]:
    """The last value before each end and the first one after it."""
    near = {least, *ends, *(one + 1 for one in ends)}
    return tuple(sorted(one for one in near if one >= least))


def _often(whens: Iterable[When]) -> tuple[tuple[Earlier, ...], ...]:
    """Nobody came before; and for each rule that counts, just enough, just in time."""
    counted = dict.fromkeys(one.earlier for one in whens if one.earlier is not None)
    return ((), *((Earlier(one.above + 1, one.days, one.by),) for one in counted))
