"""What is found in a policy: told, tried on every return that it can tell apart, never guessed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from terminal.core.kinds import OFF
from terminal.core.policy import answer
from terminal.core.returns import Condition, ReturnKind
from terminal.core.rules import (
    Evidence,
    Exclusion,
    Gifts,
    Outcome,
    Policy,
    Recall,
    Restocking,
    Rules,
    ShopRule,
    Window,
)
from terminal.core.when import EVERY, Earlier, Facts, LineFacts, Range, When
from terminal.core.words import Worded
from terminal.policies.cells import facts
from terminal.policies.explaining import explain
from terminal.policies.findings import Finding, findings
from tests.app.told import chinese, english
from tests.core.shop import QUALITY, UNWANTED, rules

WORDS = Worded("本店规定。", "The shop's own rule.")
FRESH = Exclusion("fresh", ("fresh",), Outcome.DENY, WORDS)


def own(name: str, when: When, outcome: Outcome = Outcome.DENY, **more: object) -> ShopRule:
    return replace(ShopRule(name, when, outcome, WORDS), **more)


def shop(*rule: ShopRule, **policy: object) -> Rules:
    return rules(rules=rule, **policy)  # type: ignore[arg-type]  # parts of the policy


def grave(made: Rules) -> dict[str, str]:
    return {one.part: english(one.words) for one in findings(made) if one.grave}


def noted(made: Rules, sold: frozenset[str] | None = None) -> list[Finding]:
    return [one for one in findings(made, sold) if not one.grave]


def test_a_sound_policy_has_nothing_to_find() -> None:
    sound = shop(own("often", When(earlier=Earlier(5, 30)), Outcome.NEEDS_OVERRIDE))
    assert list(findings(sound)) == []


def test_a_rule_behind_a_stricter_one_can_never_decide() -> None:
    """Toys need a manager; a second rule asks for one for dear toys."""
    toys = own("toys", When(categories=("toys",)), Outcome.NEEDS_OVERRIDE)
    dear = own("dear", When(categories=("toys",), amount=Range(above=9000)), Outcome.NEEDS_OVERRIDE)
    found = grave(shop(toys, dear))
    assert list(found) == ["rule dear"]
    assert "rule.toys is as strict already" in found["rule dear"]


def test_two_identical_rules_are_both_named() -> None:
    one, same = own("one", When(tenders=("card",))), own("same", When(tenders=("card",)))
    assert set(grave(shop(one, same))) == {"rule one", "rule same"}


def test_a_rule_where_the_window_denies_all_can_never_decide() -> None:
    late = own(
        "late", When(kinds=(ReturnKind.VERIFIED,), days=Range(above=100)), Outcome.NEEDS_OVERRIDE
    )
    assert "window.refused" in grave(shop(late))["rule late"]


def test_an_allow_that_lifts_nothing_can_never_decide() -> None:
    kind = own("kind", When(categories=("toys",)), Outcome.ALLOW)
    assert list(grave(shop(kind))) == ["rule kind"]
    assert grave(shop(replace(kind, lifts=("window",)))) == {}


def test_a_rule_that_no_return_can_answer_to_is_named() -> None:
    """The reason gives money back without goods; their condition is then asked of nothing."""
    never = own("never", When(reasons=("WRONG_PRICE",), conditions=(Condition.OPENED,)))
    assert "no return can ever answer" in grave(shop(never))["rule never"]


def test_an_exclusion_and_a_category_s_window_without_effect_are_named() -> None:
    hidden = own("hidden", When(categories=("fresh",)))
    found = grave(shop(hidden, exclusions=(replace(FRESH, unless_fault=True),)))
    assert list(found) == ["excluded fresh"]
    same = shop(category_windows=(("toys", Window(7, 30, 15, 90)),))
    assert list(grave(same)) == ["window_of.toys"]


def test_an_amount_limit_under_a_rule_for_all_is_named() -> None:
    everyone = own("all", When(kinds=tuple(ReturnKind)), Outcome.NEEDS_OVERRIDE)
    assert "limit" in grave(shop(everyone, amount_limit=10000))


def test_an_empty_stage_is_worth_knowing() -> None:
    no_approval = shop(window=Window(7, 7, 15, 90))
    (only,) = noted(no_approval)
    assert (only.part, english(only.words)) == (
        "window",
        "its approval stage is empty: after day 7 all is refused.",
    )


def test_two_rules_with_different_answers_for_one_return_are_told_with_an_example() -> None:
    no = own("no", When(tenders=("card",), days=Range(to=5)))
    ask = own("ask", When(categories=("toys",)), Outcome.NEEDS_OVERRIDE)
    (only,) = noted(shop(no, ask))
    assert only.part == "rule no + rule ask"
    assert "toys" in english(only.words)
    assert "the stricter, no, decides" in english(only.words)
    apart = own("ask", When(days=Range(above=5)), Outcome.NEEDS_OVERRIDE)
    assert noted(shop(no, apart)) == []


def test_a_photo_and_a_manager_for_one_return_are_no_contradiction() -> None:
    seen = own("seen", When(tenders=("card",)), Outcome.CONTINGENT, evidence=(Evidence.PHOTO,))
    ask = own("ask", When(categories=("toys",)), Outcome.NEEDS_OVERRIDE)
    assert noted(shop(seen, ask)) == []


def test_a_category_that_no_sale_has_is_only_a_note() -> None:
    strange = shop(own("typo", When(categories=("tyos", "toys"))), never_to_stock=("fresh",))
    found = noted(strange, frozenset({"toys", "fresh"}))
    assert [(one.part, english(one.words)) for one in found] == [
        ("rule typo", "no sale on file has category tyos.")
    ]


def test_the_whole_policy_is_said_in_both_languages() -> None:
    made = shop(
        own("dear", When(amount=Range(above=20000), tenders=("card",)), Outcome.NEEDS_OVERRIDE),
        exclusions=(FRESH,),
        category_windows=(("fresh", Window(0, 0, 1, 2)),),
    )
    said = [one for _, sentences in explain(made) for one in sentences]
    zh, en = "\n".join(chinese(one) for one in said), "\n".join(english(one) for one in said)
    assert "一般商品：7 天内可退，至第 30 天需店长授权，之后不退" in zh
    assert "All goods: free up to day 7, up to day 30 a manager must approve" in en
    assert "Category fresh: free on the day of the sale, then refused." in en
    assert "fresh：fresh，不能退货；质量问题除外。" in zh
    assert "when money goes back to card and returns of the sale come to more than 200.00" in en
    assert "当退回方式含card，且本单累计退货超过 200.00时：需店长授权" in zh


# One change for each part of a policy. Version and digest stand at the head of the report, what
# customers are told is the notice, and the day's screen watches for patterns.
CHANGES: dict[str, object] = {
    "window": Window(1, 2, 3, 4),
    "category_windows": (("fresh", Window(0, 0, 1, 2)),),
    "exclusions": (FRESH,),
    "amount_limit": 10000,
    "restocking": Restocking(rate=100_000),
    "rerate": True,
    "never_to_stock": ("toys",),
    "arrival": WORDS,
    "limits": ((ReturnKind.BLIND, OFF),),
    "refund_to": (("cash", ("cash",)),),
    "credit_days": 30,
    "parts_tomorrow": ("card",),
    "whole_bundles": ("KIT",),
    "gifts": Gifts.CHARGE,
    "serial_categories": ("mobile",),
    "recall": Recall(batches=("B1",)),
    "coupons": (("coupon", True),),
    "rules": (own("no", When(tenders=("card",))),),
}
NOT_TOLD = {"version", "digest", "sentence", "notice", "watch"}


@pytest.mark.parametrize("field", sorted(set(Policy.__struct_fields__) - NOT_TOLD))
def test_every_part_of_a_policy_is_told(field: str) -> None:
    """A new part fails here until the explanation has a sentence for it."""
    plain = rules(refund_to=(("cash", ("cash", "credit")),))
    changed = replace(plain, policy=replace(plain.policy, **{field: CHANGES[field]}))
    assert list(explain(changed)) != list(explain(plain))


def test_a_rule_that_only_a_return_without_a_day_can_meet_is_not_called_useless() -> None:
    """Past the window every other return is refused anyway; a blind one has no window."""
    late = own("late", When(days=Range(40)), Outcome.ALLOW, lifts=("excluded",))
    assert "rule late" not in grave(shop(late, exclusions=(FRESH,)))


NAMES = st.sampled_from(((), ("toys",), ("fresh", "toys")))
WHENS = st.builds(
    When,
    kinds=st.sampled_from(((), (ReturnKind.OFFLINE,))),
    categories=NAMES,
    reasons=st.sampled_from(((), ("UNWANTED",), ("QUALITY",), ("WRONG_PRICE",))),
    conditions=st.sampled_from(((), (Condition.OPENED, Condition.USED))),
    tenders=st.sampled_from(((), ("card",))),
    amount=st.sampled_from((EVERY, Range(5000), Range(None, 8000))),
    days=st.sampled_from((EVERY, Range(3, 10), Range(40, None))),
    earlier=st.sampled_from((None, Earlier(2, 30), Earlier(0, 90, "phone"))),
)
RULES = st.builds(
    own,
    st.sampled_from(("a", "b", "c")),
    WHENS,
    st.sampled_from(Outcome),
    lifts=st.sampled_from(((), ("window",), ("amount",), ("excluded",))),
)
LINES = st.builds(
    LineFacts,
    st.just(1),
    st.sampled_from(("toys", "fresh", "else")),
    st.sampled_from((QUALITY.code, UNWANTED.code)),
    st.sampled_from(Condition),
)
RETURNS = st.builds(
    facts,
    st.sampled_from(ReturnKind),
    LINES,
    st.integers(0, 120),
    st.integers(1, 20000),
    st.sampled_from((("cash",), ("card",), ("cash", "card"))),
    st.builds(
        lambda *one: (Earlier(*one),),
        st.integers(0, 4),
        st.integers(0, 100),
        st.sampled_from(("card", "phone")),
    ),
)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(RULES, min_size=1, max_size=3, unique_by=lambda it: it.id),
    st.lists(RETURNS, min_size=20, max_size=40),
)
def test_what_is_called_useless_changes_no_return(
    made: list[ShopRule], returns: list[Facts]
) -> None:
    """The claim is of every return; so any return may be tried against it."""
    whole = shop(*made, exclusions=(FRESH,), amount_limit=10000)
    for one in made:
        if f"rule {one.id}" not in grave(whole):
            continue
        without = shop(
            *(it for it in made if it is not one), exclusions=(FRESH,), amount_limit=10000
        )
        for asked in returns:
            with_it, without_it = answer(whole, asked), answer(without, asked)
            assert with_it.outcome is without_it.outcome, (one, asked)
            assert set(with_it.needs) == set(without_it.needs)
