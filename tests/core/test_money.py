"""The shop's money rules: every worked example, and each sentence as a property."""

from hypothesis import given
from hypothesis import strategies as st

from terminal.core.money import (
    after_reductions,
    decimal_text,
    entitlement,
    fee_on,
    included_tax,
    largest_remainder,
    part,
    part_of_rest,
    round_down_to_coin,
    round_half_up,
)

amounts = st.integers(0, 10_000_000)


@st.composite
def splits(draw: st.DrawFn) -> tuple[int, list[int]]:
    """A whole and its parts in the order they come back."""
    parts = draw(st.lists(st.integers(1, 3000), min_size=1, max_size=8))
    return sum(parts), parts


def test_reductions_are_spread_by_line_net() -> None:
    assert after_reductions((5990, 3990, 1550), 2000 + 30) == (4935, 3288, 1277)


def test_three_for_ten_come_back_as_333_334_333() -> None:
    assert [part(1000, before, 1000, 3000) for before in (0, 1000, 2000)] == [333, 334, 333]


def test_tax_inside_a_line_is_split_by_the_same_rule() -> None:
    tax = included_tax(9999, 130_000)
    units = [
        (part(9999, before, 1000, 4000), part(tax, before, 1000, 4000))
        for before in (0, 1000, 2000, 3000)
    ]
    assert tax == 1150
    assert units == [(2500, 288), (2500, 287), (2499, 288), (2500, 287)]


def test_weighed_goods_come_back_by_the_gram() -> None:
    assert part(4425, 0, 412, 1236) == 1475
    assert part(4425, 412, 824, 1236) == 2950


def test_a_bundle_shares_its_price_by_list_price() -> None:
    assert largest_remainder(9900, (5900, 4500, 2500)) == (4528, 3453, 1919)


def test_a_tie_goes_to_the_earlier_line() -> None:
    assert largest_remainder(1, (5, 5, 5)) == (1, 0, 0)


def test_halves_go_up() -> None:
    assert [round_half_up(one, 2) for one in (0, 1, 2, 3)] == [0, 1, 1, 2]


@given(st.lists(amounts, min_size=1, max_size=6), st.data())
def test_shares_sum_to_the_total_and_none_exceeds_its_weight(
    weights: list[int], data: st.DataObject
) -> None:
    total = data.draw(st.integers(0, sum(weights)))
    shares = largest_remainder(total, weights)
    assert sum(shares) == total
    assert all(0 <= share <= weight for share, weight in zip(shares, weights, strict=True))


@given(st.lists(amounts, min_size=1, max_size=6), st.data())
def test_reductions_leave_no_line_below_zero(nets: list[int], data: st.DataObject) -> None:
    reduction = data.draw(st.integers(0, sum(nets)))
    paid = after_reductions(nets, reduction)
    assert sum(paid) == sum(nets) - reduction
    assert all(0 <= one <= net for one, net in zip(paid, nets, strict=True))


@given(amounts, splits())
def test_any_split_of_a_line_sums_to_exactly_what_was_paid(
    paid: int, split: tuple[int, list[int]]
) -> None:
    whole, quantities = split
    before, given_back = 0, 0
    for now in quantities:
        worth = part(paid, before, now, whole)
        assert worth >= 0
        before, given_back = before + now, given_back + worth
        assert given_back <= paid
    assert given_back == paid


@given(amounts, st.integers(1, 5000), st.data())
def test_more_goods_are_never_worth_less(paid: int, whole: int, data: st.DataObject) -> None:
    less = data.draw(st.integers(0, whole))
    more = data.draw(st.integers(less, whole))
    assert entitlement(paid, less, whole) <= entitlement(paid, more, whole)


@given(amounts, splits())
def test_the_rest_follows_the_cumulative_rule_while_earlier_parts_did(
    paid: int, split: tuple[int, list[int]]
) -> None:
    whole, quantities = split
    before, given_back = 0, 0
    for now in quantities:
        worth = part_of_rest(paid, given_back, before, now, whole)
        assert worth == part(paid, before, now, whole)
        before, given_back = before + now, given_back + worth


@given(amounts, splits(), st.data())
def test_the_last_part_takes_the_rest_whatever_was_given_before(
    paid: int, split: tuple[int, list[int]], data: st.DataObject
) -> None:
    whole, quantities = split
    before = quantities[0] if len(quantities) > 1 else 0
    given_back = data.draw(st.integers(0, paid))
    for now in quantities[1:] or quantities:
        worth = part_of_rest(paid, given_back, before, now, whole)
        assert 0 <= worth <= paid - given_back
        before, given_back = before + now, given_back + worth
    assert given_back == paid


@given(amounts, st.integers(0, 1_000_000))
def test_included_tax_is_within_half_a_cent_of_the_true_one(amount: int, rate: int) -> None:
    """|T - amount * r / (1 + r)| <= 1/2, in whole numbers."""
    tax = included_tax(amount, rate)
    assert abs(2 * tax * (1_000_000 + rate) - 2 * amount * rate) <= 1_000_000 + rate


@given(amounts, st.sampled_from((1, 5, 10, 50, 100)))
def test_coins_round_down_by_less_than_a_coin(amount: int, coin: int) -> None:
    payable = round_down_to_coin(amount, coin)
    assert payable % coin == 0
    assert 0 <= amount - payable < coin


@given(amounts, st.integers(0, 1_000_000))
def test_a_fee_rounds_for_the_customer_and_never_exceeds_the_amount(amount: int, rate: int) -> None:
    fee = fee_on(amount, rate)
    assert 0 <= fee <= amount
    assert fee * 1_000_000 <= amount * rate < (fee + 1) * 1_000_000


def test_amounts_are_written_with_the_digits_of_their_currency() -> None:
    written = [decimal_text(4535, digits) for digits in (2, 0, 3)]
    assert written == ["45.35", "4535", "4.535"]
    assert decimal_text(-5, 2) == "-0.05"
