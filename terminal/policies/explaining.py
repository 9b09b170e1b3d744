"""The whole policy in plain sentences."""

from collections.abc import Iterator

from terminal.core.kinds import Limits
from terminal.core.limits import KIND_NAMES
from terminal.core.money import PPM, decimal_text
from terminal.core.rules import (
    CONDITION_WORDS,
    Evidence,
    Outcome,
    Policy,
    Reason,
    Rules,
    ShopRule,
    Window,
)
from terminal.core.tenders import CREDIT
from terminal.core.words import Told, both, either, row, sentence
from terminal.policies.asking import asked
from terminal.policies.tied import tied

SEMICOLON = sentence("; ")
OUTCOMES: dict[Outcome, Told] = {
    Outcome.ALLOW: sentence("allowed"),
    Outcome.CONTINGENT: sentence("something must be shown first"),
    Outcome.NEEDS_OVERRIDE: sentence("a manager must approve"),
    Outcome.DENY: sentence("refused"),
}
Sections = Iterator[tuple[Told, tuple[Told, ...]]]


def explain(rules: Rules) -> Sections:
    """Heading and sentences, section by section; what the policy does not have is left out."""
    policy = rules.policy
    sections = (
        (sentence("Return windows"), _windows(policy)),
        (sentence("Goods that do not simply come back"), _exclusions(policy)),
        (sentence("Bundles, gifts, serial numbers"), tied(policy)),
        (sentence("Reasons"), _reasons(rules)),
        (sentence("The shop's own rules"), _own(rules)),
        (sentence("Kinds of return"), _kinds(rules)),
        (sentence("Amounts and fees"), _money(rules)),
        (sentence("Ways of refund"), _refunds(policy)),
        (sentence("Where the goods go"), _stock(policy)),
    )
    for heading, sentences in sections:
        found = tuple(sentences)
        if found:
            yield heading, found


def _windows(policy: Policy) -> Iterator[Told]:
    yield _window(sentence("All goods"), policy.window)
    for name, window in policy.category_windows:
        yield _window(sentence("Category {name}", name=name), window)


def _window(what: Told, window: Window) -> Told:
    plain, fault = _stages(*window.days(fault=False)), _stages(*window.days(fault=True))
    if plain == fault:
        return sentence("{what}: {plain}.", what=what, plain=plain)
    return sentence(
        "{what}: {plain}. Quality faults: {fault}.", what=what, plain=plain, fault=fault
    )


def _stages(free: int, approval: int) -> Told:
    first = sentence("free up to day {free}", free=free)
    if not free:
        first = sentence("free on the day of the sale")
    if approval == free:
        return sentence("{first}, then refused", first=first)
    return sentence(
        "{first}, up to day {approval} a manager must approve, then refused",
        first=first,
        approval=approval,
    )


def _exclusions(policy: Policy) -> Iterator[Told]:
    for one in policy.exclusions:
        answer = OUTCOMES[one.outcome]
        spared = sentence(", quality faults excepted")
        spare: Told = spared if one.unless_fault else ""
        yield sentence(
            "{id}: {categories}: {answer}{spare}. “{words}”",
            id=one.id,
            categories=both(one.categories),
            answer=answer,
            spare=spare,
            words=one.words,
        )


def _reasons(rules: Rules) -> Iterator[Told]:
    for one in rules.reasons:
        said = tuple(_reason(one))
        if said:
            yield sentence(
                "{words} ({code}): {said}.",
                words=one.words,
                code=one.code,
                said=row(said, SEMICOLON),
            )


def _reason(reason: Reason) -> Iterator[Told]:
    if reason.fault:
        yield sentence("counts as a quality fault")
    if reason.no_window:
        yield sentence("no time limit")
    if reason.amount_only:
        yield sentence("money only, the goods stay with the customer")
    if reason.needs_manager:
        yield OUTCOMES[Outcome.NEEDS_OVERRIDE]
    if reason.evidence:
        yield _shown(reason.evidence)
    if reason.conditions:
        yield sentence(
            "goods must be {conditions}, otherwise {answer}",
            conditions=either(CONDITION_WORDS[one] for one in reason.conditions),
            answer=OUTCOMES[reason.otherwise],
        )


def _shown(evidence: tuple[Evidence, ...]) -> Told:
    return sentence("{evidence} must be shown", evidence=both(one.words for one in evidence))


def _own(rules: Rules) -> Iterator[Told]:
    for one in rules.policy.rules:
        when, then = asked(one.when, rules), _then(one)
        yield sentence(
            "{id}: {when}: {then}. “{words}”", id=one.id, when=when, then=then, words=one.words
        )


def _then(rule: ShopRule) -> Told:
    answer = OUTCOMES[rule.outcome]
    if rule.evidence:
        shown = _shown(rule.evidence)
        answer = (
            shown
            if rule.outcome is Outcome.CONTINGENT
            else sentence("{answer}, and {shown}", answer=answer, shown=shown)
        )
    if not rule.lifts:
        return answer
    return sentence("{answer}, and {rules} does not count", answer=answer, rules=both(rule.lifts))


def _kinds(rules: Rules) -> Iterator[Told]:
    digits = rules.currency.digits
    for kind, limits in rules.policy.limits:
        name = KIND_NAMES[kind]
        if not limits.allowed:
            yield sentence("{name}: this shop does not do these.", name=name)
            continue
        said = row(_limits(limits, digits), SEMICOLON)
        yield sentence("{name}: {said}.", name=name, said=said)


def _limits(limits: Limits, digits: int) -> Iterator[Told]:
    yield OUTCOMES[Outcome.NEEDS_OVERRIDE if limits.override else Outcome.ALLOW]
    if limits.amount:
        amount = decimal_text(limits.amount, digits)
        yield sentence("for one receipt at most {amount}", amount=amount)
    if limits.day_amount:
        amount = decimal_text(limits.day_amount, digits)
        yield sentence("in a day at this till at most {amount}", amount=amount)
    if limits.day_count:
        yield sentence("at most {count} in a day at this till", count=limits.day_count)
    if limits.tenders:
        yield sentence("only to {tenders}", tenders=either(limits.tenders))


def _money(rules: Rules) -> Iterator[Told]:
    policy, digits = rules.policy, rules.currency.digits
    if policy.amount_limit:
        limit = f"{rules.currency.code} {decimal_text(policy.amount_limit, digits)}"
        yield sentence(
            "Returns of one sale above {limit} in all: a manager must approve.", limit=limit
        )
    fee = policy.restocking
    rates: tuple[tuple[Told, int], ...] = ((sentence("all goods"), fee.rate), *fee.categories)
    for what, rate in rates:
        if rate:
            percent = f"{rate * 100 / PPM:g} %"
            yield sentence(
                "Restocking fee: {what} {percent}; never for a quality fault.",
                what=what,
                percent=percent,
            )
    if policy.rerate:
        yield sentence("Where a part return breaks a promotion, what stays is priced again.")


def _refunds(policy: Policy) -> Iterator[Told]:
    for tender, ways in policy.refund_to:
        yield sentence("{tender} goes back to {ways}.", tender=tender, ways=either(ways))
    if policy.parts_tomorrow:
        tenders = both(policy.parts_tomorrow)
        yield sentence(
            "{tenders}: on the day of the sale only the whole is voided, a part waits a day.",
            tenders=tenders,
        )
    days = policy.credit_days
    if any(CREDIT in ways for _, ways in policy.refund_to):
        yield sentence("Store credit may be used for {days} days.", days=days)
    if policy.arrival.zh:
        yield policy.arrival


def _stock(policy: Policy) -> Iterator[Told]:
    if policy.never_to_stock:
        yield sentence(
            "Never back on the shelf: {categories}.", categories=both(policy.never_to_stock)
        )
