"""The shop's own rules: they apply where all they ask is true, and take away what they name."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from terminal.core.case import EarlierReturn
from terminal.core.policy import answer
from terminal.core.returns import Condition, ReturnKind
from terminal.core.rules import Evidence, Exclusion, Outcome, Rules, ShopRule
from terminal.core.when import EVERY, Earlier, Facts, LineFacts, Range, When, holds
from terminal.core.words import Worded
from tests.core.shop import SOLD_ON, rules

WORDS = Worded("本店规定。", "The shop's own rule.")
TOY = LineFacts(1, "toys", "UNWANTED", Condition.UNOPENED)
PHONE = LineFacts(2, "mobile", "UNWANTED", Condition.OPENED)


def facts(*lines: LineFacts, day: int = 3, **changes: object) -> Facts:
    """A verified return of 100.00 in cash, `day` days after the sale."""
    plain = Facts(
        ReturnKind.VERIFIED, SOLD_ON, SOLD_ON + timedelta(days=day), 10000, ("cash",), (), lines
    )
    return replace(plain, **changes)


def came(*days_ago: int, by: str = "card", today: date | None = None) -> tuple[EarlierReturn, ...]:
    now = today or SOLD_ON + timedelta(days=3)
    return tuple(
        EarlierReturn(f"R{place}", now - timedelta(days=ago), by)
        for place, ago in enumerate(days_ago)
    )


def rule(when: When, outcome: Outcome = Outcome.DENY, **more: object) -> ShopRule:
    return replace(ShopRule("own", when, outcome, WORDS), **more)


def shop(*own: ShopRule, **policy: object) -> Rules:
    return rules(rules=own, **policy)  # type: ignore[arg-type]  # parts of the policy


@pytest.mark.parametrize(
    ("when", "yes", "no"),
    [
        (When(kinds=(ReturnKind.BLIND,)), facts(TOY, kind=ReturnKind.BLIND), facts(TOY)),
        (When(categories=("toys",)), facts(TOY), facts(PHONE)),
        (When(reasons=("UNWANTED",)), facts(TOY), facts(replace(TOY, reason="QUALITY"))),
        (When(conditions=(Condition.OPENED,)), facts(PHONE), facts(TOY)),
        (When(tenders=("card",)), facts(TOY, tenders=("cash", "card")), facts(TOY)),
        (When(amount=Range(above=9999)), facts(TOY), facts(TOY, amount=9999)),
        (When(amount=Range(to=10000)), facts(TOY), facts(TOY, amount=10001)),
        (When(days=Range(above=7, to=15)), facts(TOY, day=8), facts(TOY, day=7)),
        (When(days=Range(above=7, to=15)), facts(TOY, day=15), facts(TOY, day=16)),
        (When(earlier=Earlier(1, 30)), facts(TOY, earlier=came(0, 30)), facts(TOY)),
        (
            When(earlier=Earlier(1, 30)),
            facts(TOY, earlier=came(0, 30)),
            facts(TOY, earlier=came(0, 31)),
        ),
        (
            When(earlier=Earlier(0, 30, "phone")),
            facts(TOY, earlier=came(1, by="phone")),
            facts(TOY, earlier=came(1, 2, 3)),
        ),
    ],
)
def test_a_rule_applies_where_what_it_asks_is_true(when: When, yes: Facts, no: Facts) -> None:
    assert holds(when, yes, yes.lines[0])
    assert not holds(when, no, no.lines[0])
    assert answer(shop(rule(when)), yes).outcome is Outcome.DENY
    assert answer(shop(rule(when)), no).outcome is not Outcome.DENY


def test_everything_that_a_rule_asks_must_be_true() -> None:
    both = shop(rule(When(categories=("mobile",), days=Range(above=1))))
    assert answer(both, facts(PHONE, day=2)).outcome is Outcome.DENY
    assert answer(both, facts(PHONE, day=1)).outcome is Outcome.ALLOW
    assert answer(both, facts(TOY, day=2)).outcome is Outcome.ALLOW


def test_one_return_known_by_card_and_phone_counts_once() -> None:
    twice = (*came(1), *came(1, by="phone"))
    assert not holds(When(earlier=Earlier(1, 30)), facts(TOY, earlier=twice), TOY)


def test_no_condition_is_asked_of_goods_that_stay_with_the_customer() -> None:
    money = replace(PHONE, condition=Condition.UNOPENED, amount_only=True)
    asked = rule(When(conditions=(Condition.UNOPENED,)))
    assert not holds(asked.when, facts(money), money)


def test_a_clock_that_is_wrong_answers_no_question_of_days() -> None:
    early = facts(TOY, day=-1)
    assert not holds(When(days=Range(to=7)), early, TOY)
    lenient = shop(rule(When(categories=("toys",)), Outcome.ALLOW, lifts=("window",)))
    assert answer(lenient, early).outcome is Outcome.NEEDS_OVERRIDE, "no rule lifts the clock's"


def test_a_rule_says_its_words_its_evidence_and_its_lines() -> None:
    photo = rule(When(categories=("mobile",)), Outcome.CONTINGENT, evidence=(Evidence.PHOTO,))
    decision = answer(shop(photo), facts(TOY, PHONE, replace(PHONE, line=3)))
    first = decision.rulings[0]
    assert (decision.outcome, decision.needs) == (Outcome.CONTINGENT, (Evidence.PHOTO,))
    assert (first.rule, first.words, first.lines) == ("rule.own", WORDS, (2, 3))


def test_a_rule_that_asks_nothing_of_a_line_speaks_of_the_whole_return() -> None:
    decision = answer(shop(rule(When(tenders=("cash",)))), facts(TOY, PHONE))
    assert [one.lines for one in decision.rulings if one.rule == "rule.own"] == [()]


def test_a_rule_lifts_what_it_names_for_the_lines_it_speaks_of() -> None:
    """Toys come back for a year, all else by the window."""
    gift = rule(When(categories=("toys",)), Outcome.ALLOW, lifts=("window",))
    assert answer(shop(gift), facts(TOY, day=300)).outcome is Outcome.ALLOW
    assert answer(shop(gift), facts(TOY, PHONE, day=300)).outcome is Outcome.DENY


def test_what_is_said_of_the_whole_return_is_lifted_only_by_rules_for_every_line() -> None:
    free = rule(When(categories=("toys",)), Outcome.ALLOW, lifts=("amount",))
    limited = shop(free, amount_limit=100)
    assert answer(limited, facts(TOY)).outcome is Outcome.ALLOW
    assert answer(limited, facts(TOY, PHONE)).outcome is Outcome.NEEDS_OVERRIDE


def test_one_exclusion_may_be_lifted_and_the_others_stay() -> None:
    hard = tuple(Exclusion(one, ("toys",), Outcome.DENY, WORDS) for one in ("a", "b"))
    one_gone = rule(When(categories=("toys",)), Outcome.ALLOW, lifts=("excluded.a",))
    decision = answer(shop(one_gone, exclusions=hard), facts(TOY))
    assert decision.rulings[0].rule == "excluded.b"
    all_gone = replace(one_gone, lifts=("excluded",))
    assert answer(shop(all_gone, exclusions=hard), facts(TOY)).outcome is Outcome.ALLOW


RANGES = st.one_of(st.just(EVERY), st.builds(Range, st.none(), st.integers(0, 20)))
WHENS = st.builds(
    When,
    categories=st.sampled_from(((), ("toys",), ("mobile", "toys"))),
    reasons=st.sampled_from(((), ("UNWANTED",), ("QUALITY",))),
    tenders=st.sampled_from(((), ("cash",), ("card",))),
    days=RANGES,
)
OWN = st.builds(rule, WHENS, st.sampled_from(Outcome))


@given(st.lists(OWN, max_size=5), st.randoms(), st.integers(-3, 100))
def test_the_order_of_rules_in_the_file_does_not_matter(own, chance, day) -> None:  # type: ignore[no-untyped-def]  # strategies
    """And no rule without `lifts` makes a return easier."""
    named = [replace(one, id=f"own{place}") for place, one in enumerate(own)]
    asked = facts(TOY, PHONE, day=day)
    mixed = list(named)
    chance.shuffle(mixed)
    first, second = answer(shop(*named), asked), answer(shop(*mixed), asked)
    assert first.outcome is second.outcome
    assert set(first.needs) == set(second.needs)
    assert set(first.rulings) == set(second.rulings)
    assert first.outcome.strictness >= answer(shop(), asked).outcome.strictness
