"""Rules that can never decide, rules that contradict each other, stages that are empty.

Law of the file: a part of the policy is of no use when the policy without it gives every return the
same answer and asks for the same evidence. That is tried, cell by cell, not reasoned about.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from terminal.core.policy import Decision, answer
from terminal.core.rules import CONDITION_WORDS, Evidence, Outcome, Policy, Rules
from terminal.core.when import Facts, When, holds
from terminal.core.words import COMMA, Told, either, row, sentence
from terminal.policies.cells import OTHER, cells
from terminal.policies.explaining import OUTCOMES


class Finding(Struct, frozen=True):
    """`grave`: somebody should change the file; otherwise it is only worth knowing."""

    part: str
    words: Told
    grave: bool = True


class Part(Struct, frozen=True):
    """A piece of the policy: its ruling's name, the policy without it, where it could speak."""

    name: str
    ruling: str
    without: Policy
    within: When


def findings(rules: Rules, sold: frozenset[str] | None = None) -> Iterator[Finding]:
    """Everything found, grave first; `sold` are the categories of the sales, None if not known."""
    found = [*_useless(rules), *_stages(rules.policy), *_contradictions(rules)]
    if sold is not None:
        found += _never_sold(rules.policy, sold)
    yield from sorted(found, key=lambda one: not one.grave)


def _parts(policy: Policy) -> Iterator[Part]:
    for one in policy.rules:
        rest = tuple(it for it in policy.rules if it is not one)
        yield Part(f"rule {one.id}", f"rule.{one.id}", replace(policy, rules=rest), one.when)
    for gone in policy.exclusions:
        others = tuple(it for it in policy.exclusions if it is not gone)
        yield Part(
            f"excluded {gone.id}",
            f"excluded.{gone.id}",
            replace(policy, exclusions=others),
            When(categories=gone.categories),
        )
    for name, _ in policy.category_windows:
        windows = tuple(it for it in policy.category_windows if it[0] != name)
        yield Part(
            f"window_of.{name}",
            "window",
            replace(policy, category_windows=windows),
            When(categories=(name,)),
        )
    if policy.amount_limit:
        yield Part("limit", "amount", replace(policy, amount_limit=0), When())


def _useless(rules: Rules) -> Iterator[Finding]:
    for part in _parts(rules.policy):
        without = replace(rules, policy=part.without)
        always: set[str] | None = None
        ever: set[str] = set()
        for facts in cells(rules, part.within):
            now = answer(rules, facts)
            if not _speaks(now, part.ruling):
                continue
            if _says(now) != _says(answer(without, facts)):
                break
            louder = _louder(now, part.ruling)
            always = louder if always is None else always & louder
            ever |= louder
        else:
            yield _unused(part, None if always is None else always or ever)


def _speaks(decision: Decision, ruling: str) -> bool:
    return any(f"{one.rule}.".startswith(f"{ruling}.") for one in decision.rulings)


def _says(decision: Decision) -> tuple[Outcome, frozenset[Evidence]]:
    return decision.outcome, frozenset(decision.needs)


def _louder(decision: Decision, ruling: str) -> set[str]:
    """The other rulings that are at least as strict as this one."""
    least = min(
        one.outcome.strictness
        for one in decision.rulings
        if f"{one.rule}.".startswith(f"{ruling}.")
    )
    return {
        one.rule
        for one in decision.rulings
        if one.outcome.strictness >= least and not f"{one.rule}.".startswith(f"{ruling}.")
    }


def _unused(part: Part, outdone: set[str] | None) -> Finding:
    if outdone is None:
        words = sentence("no return can ever answer to what it asks.")
    elif not outdone:
        words = sentence("without it every return gets the same answer.")
    else:
        words = sentence(
            "can never decide: wherever it applies, {rules} is as strict already.",
            rules=either(sorted(outdone)),
        )
    return Finding(part.name, words)


def _stages(policy: Policy) -> Iterator[Finding]:
    windows = (("window", policy.window),
               *((f"window_of.{name}", one) for name, one in policy.category_windows))  # fmt: skip
    for name, window in windows:
        for fault, what in ((False, ""), (True, sentence("fault "))):
            free, approval = window.days(fault=fault)
            if free == approval:
                words = sentence(
                    "its {what}approval stage is empty: after day {free} all is refused.",
                    what=what,
                    free=free,
                )
                yield Finding(name, words, grave=False)


_TOGETHER = ({Outcome.CONTINGENT, Outcome.NEEDS_OVERRIDE},)  # both can be done for one return


def _contradictions(rules: Rules) -> Iterator[Finding]:
    """Two rules of the shop for the same return with different answers: the stricter one wins."""
    for one, other in combinations(rules.policy.rules, 2):
        if {one.outcome, other.outcome} in _TOGETHER or one.outcome is other.outcome:
            continue
        both = next(
            (
                facts
                for facts in cells(rules, one.when)
                if holds(one.when, facts, facts.lines[0])
                and holds(other.when, facts, facts.lines[0])
            ),
            None,
        )
        if both is not None:
            wins = max(one, other, key=lambda rule: rule.outcome.strictness)
            example, then = example_of(both, rules), OUTCOMES[wins.outcome]
            words = sentence(
                "both apply (for one: {example}); the stricter, {id}, decides: {then}.",
                example=example,
                id=wins.id,
                then=then,
            )
            yield Finding(f"rule {one.id} + rule {other.id}", words, grave=False)


def _never_sold(policy: Policy, sold: frozenset[str]) -> Iterator[Finding]:
    groups: Iterable[tuple[str, Iterable[str]]] = (
        *((f"rule {one.id}", one.when.categories) for one in policy.rules),
        *((f"excluded {one.id}", one.categories) for one in policy.exclusions),
        ("window_of", [name for name, _ in policy.category_windows]),
        ("restocking.rate_of", [name for name, _ in policy.restocking.categories]),
        ("stock.never_return", policy.never_to_stock),
    )
    for part, names in groups:
        strange = [name for name in names if name not in sold]
        if strange:
            words = sentence("no sale on file has category {names}.", names=either(strange))
            yield Finding(part, words, grave=False)


def example_of(facts: Facts, rules: Rules) -> Told:
    """A return in a few words."""
    (line,) = facts.lines
    said: list[Told] = [sentence("day {days}", days=facts.days), rules.reason(line.reason).words]
    if line.category not in ("", OTHER):
        said.append(line.category)
    if line.condition is not None:
        said.append(CONDITION_WORDS[line.condition])
    if facts.earlier:
        said.append(sentence("{count} times before", count=len(facts.earlier)))
    return row(said, COMMA)
