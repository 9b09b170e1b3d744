"""What a rule answers: a ruling; and the shop's own rules, which may take others away."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from terminal.core.rules import Evidence, Outcome, Policy
from terminal.core.when import Facts, LineFacts, holds
from terminal.core.words import Worded

# What a rule of the shop may lift. The clock's own ruling it may not: no day is known then.
LIFTABLE = (
    "window", "amount", "excluded", "reason", "reason.manager", "reason.evidence",
    "reason.condition", "bundle", "gift", "same_day",
)  # fmt: skip


class Ruling(Struct, frozen=True):
    """One rule's answer; `lines` are the sale lines it speaks of, none when of the whole return."""

    rule: str
    outcome: Outcome
    words: Worded
    needs: tuple[Evidence, ...] = ()
    lines: tuple[int, ...] = ()


class Own(Struct, frozen=True):
    """What the shop's own rules say of one line: their rulings, and the names that they lift."""

    rulings: tuple[Ruling, ...] = ()
    lifts: tuple[str, ...] = ()


def own(policy: Policy, facts: Facts, line: LineFacts) -> Own:
    """The rules of the shop that apply to this line."""
    applying = tuple(rule for rule in policy.rules if holds(rule.when, facts, line))
    return Own(
        tuple(
            Ruling(
                f"rule.{rule.id}",
                rule.outcome,
                rule.words,
                rule.evidence,
                (line.line,) if rule.when.of_lines else (),
            )
            for rule in applying
        ),
        tuple(name for rule in applying for name in rule.lifts),
    )


def without(rulings: Iterable[Ruling], lifts: Iterable[str]) -> Iterator[Ruling]:
    """The rulings that stand. `window` lifts `window.free` as well, `excluded` every exclusion."""
    names = tuple(lifts)
    for one in rulings:
        if not any(one.rule == name or one.rule.startswith(f"{name}.") for name in names):
            yield one


def merged(rulings: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """The same ruling over several lines, once, with all its lines; strictest first."""
    found: dict[tuple[str, Worded], Ruling] = {}
    for one in rulings:
        known = found.get((one.rule, one.words), one)
        lines = tuple(dict.fromkeys(known.lines + one.lines))
        found[one.rule, one.words] = Ruling(one.rule, one.outcome, one.words, one.needs, lines)
    return tuple(sorted(found.values(), key=lambda ruling: -ruling.outcome.strictness))
