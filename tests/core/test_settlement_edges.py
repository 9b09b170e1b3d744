"""Settlements that come once a year: gifts, changed rules, fees beside shortfalls, overcharges."""

import pytest

from terminal.core.returns import Chosen, Condition
from terminal.core.rules import Restocking
from terminal.core.sale import Reduction
from terminal.core.settlement import settle
from tests.core.shop import RULES, after, back, case, line, rules, sale

SPENT_350 = sale(
    (line(1, 17143, net=20000), line(2, 12857, 2000, net=15000)),
    reductions=(Reduction("threshold", 5000, 30000),),
)


def test_coins_owed_are_not_paid_before_the_last_part() -> None:
    """3 and 4 fen would make one coin of 5 in the middle; the rule is that the last part pays."""
    now, paid = case(sale((line(1, 1000, 3000),))), []
    for _ in range(3):
        done = settle(now, (back(1),), rules(cash_coin=5))
        paid.append((done.refund, done.refunds[0].owed))
        now = after(now, done)
    assert paid == [(330, 3), (330, 7), (340, 0)]


def test_a_gift_still_out_does_not_hold_back_the_last_coins() -> None:
    sold = sale((line(1, 1000, 3000), line(2, 0)))
    first = settle(case(sold), (back(1, 1000),), rules(cash_coin=10))
    last = settle(after(case(sold), first), (back(1, 2000),), rules(cash_coin=10))
    assert (first.refund, last.refund) == (330, 670)


def test_fee_and_shortfall_together_never_exceed_what_goes_back() -> None:
    sold = sale(
        (line(1, 1355, net=2000), line(2, 19645, net=29000)),
        reductions=(Reduction("threshold", 10000, 30000),),
    )
    shop = rules(rerate=True, restocking=Restocking(rate=100_000))
    done = settle(case(sold), (back(1),), shop)
    assert (done.this, done.fee, done.shortfall, done.refund) == (1355, 135, 1220, 0)


def test_a_shortfall_kept_under_an_older_policy_goes_back_with_its_goods() -> None:
    """The option is off now: nothing new is kept, half of the goods bring half of it back."""
    first = settle(case(SPENT_350), (back(1),), rules(rerate=True))
    then = after(case(SPENT_350), first)
    half = settle(then, (back(2, 1000),), RULES)
    rest = settle(after(then, half), (back(2, 1000),), RULES)
    assert first.shortfall == 2143
    assert half.shortfall == 1071 - 2143
    assert first.shortfall + half.shortfall + rest.shortfall == 0
    assert first.refund + half.refund + rest.refund == SPENT_350.total


def test_one_line_chosen_twice_counts_its_tax_on() -> None:
    sold = sale((line(1, 9999, 4000),))
    twice = (back(1, 1000), back(1, 1000, condition=Condition.OPENED))
    done = settle(case(sold), twice, RULES)
    assert [one.tax for one in done.lines] == [288, 287]


def test_an_overcharge_takes_its_tax_with_it_and_the_rest_is_exact() -> None:
    now = case(sale((line(1, 9999, 4000),)))
    went = 0
    for _ in range(2):
        done = settle(now, (Chosen(1, 0, "WRONG_PRICE", None, 3000),), RULES)
        went += done.lines[0].tax
        now = after(now, done)
    last = settle(now, (back(1, 4000),), RULES)
    assert went == 690
    assert (last.this, last.lines[0].tax) == (3999, 1150 - 690)


def test_more_than_the_line_has_left_is_our_own_fault() -> None:
    sold = case(sale((line(1, 1000),)))
    with pytest.raises(AssertionError):
        settle(sold, (back(1, 1001),), RULES)
    with pytest.raises(AssertionError):
        settle(sold, (Chosen(1, 0, "WRONG_PRICE", None, 1001),), RULES)


def test_goods_do_not_come_back_in_no_condition() -> None:
    with pytest.raises(AssertionError, match="condition"):
        settle(case(sale((line(1, 1000),))), (Chosen(1, 1000, "UNWANTED"),), RULES)
