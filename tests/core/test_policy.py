"""The policy answers one of four, the strictest wins, and it always says why."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from terminal.core.policy import Decision, decide, slip_sentence
from terminal.core.returns import Chosen, Condition, Disposition
from terminal.core.rules import Evidence, Exclusion, Outcome, Reason, Rules, Window
from terminal.core.sale import Sale
from terminal.core.settlement import settle
from terminal.core.words import Worded
from tests.core.shop import (
    POLICY,
    QUALITY,
    RULES,
    SOLD_ON,
    UNWANTED,
    WRONG_PRICE,
    after,
    back,
    case,
    line,
    rules,
    sale,
)

MIXED = sale((line(1, 20000, 2000), line(2, 5000, category="fresh"), line(3, 900)))
FRESH = Exclusion(
    "fresh", ("fresh",), Outcome.DENY, Worded("生鲜售出不退。", "Fresh food does not come back.")
)


def ask(
    shop: Rules, *chosen: Chosen, day: int = 3, sold: Sale = MIXED, today: date | None = None
) -> Decision:
    """What the shop says `day` days after the sale."""
    on = today or SOLD_ON + timedelta(days=day)
    return decide(shop, case(sold), chosen, settle(case(sold), chosen, shop), on)


@pytest.mark.parametrize(
    ("day", "outcome", "rule"),
    [
        (0, Outcome.ALLOW, "window.free"),
        (7, Outcome.ALLOW, "window.free"),
        (8, Outcome.NEEDS_OVERRIDE, "window.approval"),
        (30, Outcome.NEEDS_OVERRIDE, "window.approval"),
        (31, Outcome.DENY, "window.refused"),
    ],
)
def test_the_window_has_three_stages(day: int, outcome: Outcome, rule: str) -> None:
    decision = ask(RULES, back(1), day=day)
    assert (decision.outcome, decision.rulings[0].rule) == (outcome, rule)


def test_an_allowed_return_says_why_in_both_languages() -> None:
    why = ask(RULES, back(1), day=3).why
    assert why.zh == "购买后第 3 天，7 天内凭小票可退。"
    assert why.en == "Day 3 after the purchase: with the receipt, returns are free up to day 7."
    assert ask(RULES, back(1), day=0).why.zh.startswith("购买当天，")


def test_a_quality_fault_has_its_own_window() -> None:
    decision = ask(RULES, back(1, reason="QUALITY"), day=15)
    assert (decision.outcome, decision.why.zh) == (
        Outcome.ALLOW,
        "购买后第 15 天，15 天内凭小票可退。",
    )


def test_a_category_may_have_its_own_window() -> None:
    shop = rules(category_windows=(("fresh", Window(0, 1, 1, 2)),))
    assert ask(shop, back(2), day=2).outcome is Outcome.DENY
    assert ask(shop, back(1), day=2).outcome is Outcome.ALLOW


def test_a_recall_knows_no_window() -> None:
    recall = Reason(
        "RECALL", Worded("召回", "Recall"), Disposition.RETURN_TO_MANUFACTURER, no_window=True
    )
    decision = ask(rules(reasons=(recall,)), back(1, reason="RECALL"), day=900)
    assert (decision.outcome, decision.why.zh) == (Outcome.ALLOW, "召回不受退货期限限制。")


def test_an_excluded_category_is_refused_with_the_rule_in_words() -> None:
    decision = ask(rules(exclusions=(FRESH,)), back(1), back(2))
    assert (decision.outcome, decision.why) == (Outcome.DENY, FRESH.words)
    assert decision.rulings[0].lines == (2,)


def test_an_exclusion_spares_a_quality_fault_unless_the_shop_says_otherwise() -> None:
    fault = back(2, reason="QUALITY")
    assert ask(rules(exclusions=(FRESH,)), fault).outcome is Outcome.ALLOW
    hard = replace(FRESH, unless_fault=False)
    assert ask(rules(exclusions=(hard,)), fault).outcome is Outcome.DENY


def test_above_the_limit_a_manager_must_approve_and_parts_count_together() -> None:
    shop = rules(amount_limit=10000)
    assert ask(shop, back(1, 1000)).outcome is Outcome.ALLOW
    decision = ask(shop, back(1, 1000), back(3))
    assert decision.outcome is Outcome.NEEDS_OVERRIDE
    assert decision.why.zh == "本单累计退货 109.00，超过 100.00，需店长授权。"


def test_the_limit_counts_what_went_back_before() -> None:
    shop = rules(amount_limit=10000)
    first = settle(case(MIXED), (back(1, 1000),), shop)
    then = after(case(MIXED), first)
    again = (back(3),)
    decision = decide(shop, then, again, settle(then, again, shop), SOLD_ON)
    assert (decision.outcome, decision.rulings[0].rule) == (Outcome.NEEDS_OVERRIDE, "amount")


def test_money_given_back_without_goods_asks_for_no_condition_and_no_exclusion() -> None:
    """An overcharge on a gift card is an overcharge."""
    hard = replace(FRESH, unless_fault=False)
    overcharged = replace(WRONG_PRICE, code="OVER", conditions=(Condition.OPENED,))
    shop = rules(exclusions=(hard,), reasons=(overcharged,))
    decision = ask(shop, Chosen(2, 0, "OVER", None, 100))
    assert decision.outcome is Outcome.ALLOW


def test_a_reason_may_need_a_manager_and_something_to_be_seen() -> None:
    other = Reason(
        "OTHER",
        Worded("其他", "Other"),
        Disposition.UNDECIDED,
        needs_manager=True,
        evidence=(Evidence.NOTE, Evidence.PHOTO),
    )
    decision = ask(rules(reasons=(other,)), back(1, reason="OTHER"), back(3, reason="OTHER"))
    assert decision.outcome is Outcome.NEEDS_OVERRIDE
    assert decision.needs == (Evidence.NOTE, Evidence.PHOTO)
    contingent = next(one for one in decision.rulings if one.outcome is Outcome.CONTINGENT)
    assert contingent.words.zh == "其他：请提供备注说明、照片。"
    assert contingent.lines == (1, 3)


@pytest.mark.parametrize("otherwise", [Outcome.NEEDS_OVERRIDE, Outcome.DENY])
def test_a_reason_may_ask_for_unopened_goods(otherwise: Outcome) -> None:
    sealed = Reason(
        "SEALED",
        Worded("无理由", "Unwanted"),
        Disposition.RETURN_TO_STOCK,
        conditions=(Condition.UNOPENED,),
        otherwise=otherwise,
    )
    shop = rules(reasons=(sealed,))
    opened = ask(shop, back(1, reason="SEALED", condition=Condition.OPENED))
    assert ask(shop, back(1, reason="SEALED")).outcome is Outcome.ALLOW
    assert opened.outcome is otherwise
    assert "未拆封" in opened.why.zh
    assert "unopened" in opened.why.en


def test_a_clock_before_the_sale_needs_a_manager_and_is_named() -> None:
    decision = ask(RULES, back(1), today=date(2026, 11, 19))
    assert (decision.outcome, decision.rulings[0].rule) == (Outcome.NEEDS_OVERRIDE, "clock")
    assert "2026-11-19" in decision.why.zh
    assert "核对时钟" in decision.why.zh


def test_every_ruling_is_kept_and_the_version_with_them() -> None:
    shop = rules(exclusions=(FRESH,), amount_limit=100)
    decision = ask(shop, back(1), back(2), day=8)
    assert [one.rule for one in decision.rulings] == [
        "excluded.fresh",
        "amount",
        "window.approval",
    ]
    assert decision.version == POLICY.version


def test_the_slip_says_the_policy_in_one_sentence() -> None:
    assert slip_sentence(RULES) == Worded("7 天 30 天 2026-11", "7 days")


@given(
    st.integers(-5, 100),
    st.sampled_from(("QUALITY", "UNWANTED")),
    st.sampled_from(Condition),
    st.integers(0, 40000),
)
def test_the_strictest_ruling_decides_and_each_one_has_words(
    day: int, reason: str, condition: Condition, limit: int
) -> None:
    shop = rules(exclusions=(FRESH,), amount_limit=limit)
    decision = ask(shop, back(1, 1000, reason, condition), back(2, 1000, reason), day=day)
    strictest = max(one.outcome.strictness for one in decision.rulings)
    assert decision.outcome.strictness == strictest == decision.rulings[0].outcome.strictness
    assert all(one.words.zh and one.words.en for one in decision.rulings)
    assert not any("{" in one.words.zh + one.words.en for one in decision.rulings)


@pytest.mark.parametrize("category", ["fresh", "underwear", "medicine"])
def test_what_was_worn_eaten_or_swallowed_never_goes_back_to_stock(category: str) -> None:
    for condition in Condition:
        where = RULES.disposition_for(UNWANTED, condition, category)
        assert where is not Disposition.RETURN_TO_STOCK


@pytest.mark.parametrize("condition", [Condition.DAMAGED, Condition.SPOILED])
def test_damaged_and_spoiled_goods_never_go_back_to_stock(condition: Condition) -> None:
    assert RULES.disposition_for(UNWANTED, condition, "toys") is Disposition.WRITE_OFF


def test_otherwise_goods_go_where_their_reason_sends_them() -> None:
    sound = Condition.UNOPENED
    assert RULES.disposition_for(UNWANTED, sound, "toys") is Disposition.RETURN_TO_STOCK
    assert RULES.disposition_for(QUALITY, sound, "toys") is Disposition.RETURN_TO_SUPPLIER
    used = RULES.disposition_for(UNWANTED, Condition.USED, "toys")
    assert used is Disposition.UNDECIDED


def test_a_reason_nobody_defined_is_our_own_fault() -> None:
    with pytest.raises(AssertionError, match="NONSENSE"):
        RULES.reason("NONSENSE")
