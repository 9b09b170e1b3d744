"""What stands out: each rule by its numbers, at its threshold, and silent below it or at zero."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from terminal.core.returns import Refund, Return, ReturnKind, Settlement, Status
from terminal.core.sale import Currency
from terminal.core.shop import Declined
from terminal.core.watch import Finding, Seen, Watch, findings
from terminal.core.words import Worded

TODAY = date(2026, 11, 23)
OFF = Watch(
    without_sale=0, round=0, same_card=0, voids=0, own_sales=0, near_limit=0, same_approver=0
)


def seen(
    number: int,
    *,
    amount: int = 4321,
    cashier: str = "1007",
    approver: str = "",
    tail: str = "",
    sale: str = "",
    sold_by: str = "9999",
    days_ago: int = 0,
    voided: bool = False,
    without_sale: bool = False,
) -> Seen:
    refund = Refund(0, "card" if tail else "cash", tail, amount)
    ret = Return(
        id=f"id-{number}",
        number=f"R-{number}",
        short_code="",
        sale_id=sale or f"sale-{number}",
        receipt_no="",
        recorded_at=f"{TODAY - timedelta(days=days_ago)}T10:00:00+08:00",
        cashier=cashier,
        approver=approver,
        currency=Currency("CNY", 2),
        settlement=Settlement((), (refund,), amount, 0, amount, 0),
        policy_version="1",
        policy_words=Worded("", ""),
        expires_on=TODAY.isoformat(),
        status=Status.VOIDED if voided else Status.REFUNDED,
        kind=ReturnKind.BLIND if without_sale else ReturnKind.VERIFIED,
    )
    return Seen(ret, sold_by)


def look(found: list[Seen], watch: Watch, limit: int = 50000) -> tuple[Finding, ...]:
    return findings(found, TODAY, watch, limit, 2)


def test_a_plain_day_has_nothing_that_stands_out() -> None:
    plain = [seen(at, amount=4321 + at, cashier=str(1000 + at % 4)) for at in range(12)]
    assert look(plain, Watch()) == ()


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("without_sale", [seen(at, without_sale=True) for at in (1, 2, 3)]),
        ("round", [seen(at, amount=at * 2000) for at in (1, 2, 3)]),
        ("same_card", [seen(at, tail="*1234", days_ago=at) for at in (1, 2, 3)]),
        ("voids", [seen(at, voided=True) for at in (1, 2, 3)]),
        ("own_sales", [seen(at, sold_by="1007", days_ago=at) for at in (1, 2, 3)]),
        ("near_limit", [seen(at, amount=49000 + at) for at in (1, 2, 3)]),
        ("same_approver", [seen(at, approver="2001", days_ago=at) for at in (1, 2, 3)]),
    ],
)
def test_each_pattern_is_shown_from_its_threshold_on_with_its_numbers_and_returns(
    rule: str, found: list[Seen]
) -> None:
    at_three = replace(OFF, **{rule: 3})
    (shown,) = look(found, at_three)
    assert shown.rule == rule
    assert shown.returns == ("R-1", "R-2", "R-3")
    total = sum(one.refund for one in found)
    for words in (shown.words.zh, shown.words.en):
        numbers = re.findall(r"[0-9]+(?:\.[0-9]+)?", words)
        assert numbers.count("3") >= 2, "how many, and from how many on"
        assert f"{total // 100}.{total % 100:02d}" in numbers
        assert "{" not in words
    assert look(found[1:], at_three) == ()
    assert look(found, OFF) == ()
    assert look(found, replace(OFF, **{rule: 4})) == ()


def test_two_cashiers_below_the_threshold_are_not_added_together() -> None:
    found = [seen(at, voided=True, cashier=str(at % 2)) for at in range(4)]
    assert look(found, replace(OFF, voids=3)) == ()


def test_parts_of_one_receipt_to_its_card_are_nothing_strange() -> None:
    found = [seen(at, tail="*1234", sale="the same") for at in range(5)]
    assert look(found, replace(OFF, same_card=2)) == ()


def test_a_word_in_place_of_a_tail_names_no_card() -> None:
    found = [seen(at, tail="零钱") for at in range(5)]
    assert look(found, replace(OFF, same_card=2)) == ()


def test_an_approved_amount_below_the_limit_is_not_a_way_round_approval() -> None:
    found = [seen(at, amount=49900, approver="2001") for at in range(5)]
    assert look(found, replace(OFF, near_limit=2)) == ()
    assert look([seen(at, amount=50001) for at in range(5)], replace(OFF, near_limit=2)) == ()
    assert look([seen(at, amount=47499) for at in range(5)], replace(OFF, near_limit=2)) == ()
    (edge,) = look([seen(at, amount=47500) for at in range(5)], replace(OFF, near_limit=2))
    assert "475.00–500.00" in edge.words.en


def test_without_a_limit_nothing_is_just_below_it() -> None:
    assert look([seen(at, amount=0) for at in range(5)], replace(OFF, near_limit=1), 0) == ()


def test_a_refund_of_nothing_is_not_round() -> None:
    assert look([seen(at, amount=0) for at in range(5)], replace(OFF, round=1)) == ()


def test_what_the_shop_declined_or_an_inspection_corrected_is_no_void_of_the_cashier() -> None:
    declined = [_with(seen(at, voided=True), declined=Declined("否", "no")) for at in (1, 2, 3)]
    assert look(declined, replace(OFF, voids=3)) == ()
    corrected = [seen(at, voided=True) for at in (4, 5, 6)]
    news = [_with(seen(at + 3), replaces=corrected[at - 4].ret.number) for at in (4, 5, 6)]
    assert look(corrected + news, replace(OFF, voids=3)) == ()
    assert [one.rule for one in look(corrected, replace(OFF, voids=3))] == ["voids"]


def _with(one: Seen, **changes: object) -> Seen:
    return replace(one, ret=replace(one.ret, **changes))


def test_what_was_voided_counts_only_as_voided() -> None:
    found = [
        seen(at, voided=True, amount=2000, tail="*1234", sold_by="1007", approver="2001")
        for at in range(9)
    ]
    assert [one.rule for one in look(found, Watch())] == ["voids"]


def test_days_before_the_window_and_after_the_day_are_not_looked_at() -> None:
    old = [seen(at, tail="*1234", days_ago=7) for at in range(5)]
    coming = [seen(at, tail="*1234", days_ago=-1) for at in range(5)]
    assert look(old + coming, replace(OFF, same_card=1)) == ()
    assert len(look(old, replace(OFF, same_card=1, days=8))) == 1


@given(
    st.lists(
        st.builds(
            seen,
            st.integers(1, 999),
            amount=st.integers(0, 60000),
            cashier=st.sampled_from(["1", "2"]),
            approver=st.sampled_from(["", "9"]),
            tail=st.sampled_from(["", "*1234", "*9876"]),
            sold_by=st.sampled_from(["1", "2"]),
            days_ago=st.integers(-2, 9),
            voided=st.booleans(),
            without_sale=st.booleans(),
        ),
        max_size=30,
    )
)
def test_what_is_shown_is_made_of_returns_that_were_looked_at_and_enough_of_them(
    found: list[Seen],
) -> None:
    watch = Watch()
    numbers = {one.ret.number for one in found if 0 <= (TODAY - one.day).days < watch.days}
    for shown in look(found, watch):
        assert set(shown.returns) <= numbers
        assert len(shown.returns) >= getattr(watch, shown.rule)
