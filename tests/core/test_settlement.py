"""Whatever the split into parts, a return sums to what was paid."""

from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.core.case import Case
from terminal.core.returns import (
    Chosen,
    Condition,
    Disposition,
    RefundedTender,
    Returned,
    ReturnedLine,
    Settlement,
)
from terminal.core.rules import Restocking, Rules
from terminal.core.sale import Reduction, Sale
from terminal.core.settlement import available, settle
from terminal.core.tenders import CASH, owed_by_tender
from tests.core.shop import RULES, after, any_rules, back, case, line, parts, rules, sale, sales

BASKET = sale((line(1, 4935, 3000), line(2, 3288), line(3, 1277, 2000)))


def test_the_amounts_on_the_confirm_screen_add_up() -> None:
    """Paid 95.00 = returned before + this return + still returnable."""
    first = settle(case(BASKET), (back(3, 1000),), RULES)
    second = settle(after(case(BASKET), first), (back(1, 1000), back(2)), RULES)
    assert (second.paid, second.before, second.this) == (9500, 639, 1645 + 3288)
    assert second.paid == second.before + second.this + second.left


def test_one_line_may_come_back_for_two_reasons_at_once() -> None:
    sold = case(sale((line(1, 1000, 3000),)))
    damaged = back(1, 1000, "UNWANTED", Condition.DAMAGED)
    both = settle(sold, (back(1, 1000), damaged), RULES)
    assert [one.amount for one in both.lines] == [333, 334]
    assert [one.disposition for one in both.lines] == [
        Disposition.RETURN_TO_STOCK,
        Disposition.WRITE_OFF,
    ]


def test_a_restocking_fee_is_a_line_of_its_own() -> None:
    done = settle(case(BASKET), (back(2),), rules(restocking=Restocking(rate=100_000)))
    assert (done.lines[0].amount, done.this, done.fee, done.refund) == (3288, 3288, 328, 2960)


def test_a_quality_fault_pays_no_fee() -> None:
    done = settle(case(BASKET), (back(2, 1000, "QUALITY"),), rules(restocking=Restocking(100_000)))
    assert (done.fee, done.refund) == (0, 3288)


def test_only_the_conditions_named_pay_the_fee() -> None:
    fee = Restocking(100_000, conditions=(Condition.OPENED,))
    opened = settle(case(BASKET), (back(2, condition=Condition.OPENED),), rules(restocking=fee))
    unopened = settle(case(BASKET), (back(2),), rules(restocking=fee))
    assert (opened.fee, unopened.fee) == (328, 0)


SPENT_350 = sale(
    (line(1, 17143, net=20000), line(2, 12857, net=15000)),
    reductions=(Reduction("threshold", 5000, 30000),),
)


def test_a_broken_threshold_is_prorated_by_default() -> None:
    done = settle(case(SPENT_350), (back(1),), RULES)
    assert (done.shortfall, done.refund) == (0, 17143)


def test_a_broken_threshold_is_rerated_when_the_shop_says_so() -> None:
    """What stays is worth its full 150.00, so 150.00 of 300.00 goes back."""
    done = settle(case(SPENT_350), (back(1),), rules(rerate=True))
    assert (done.this, done.shortfall, done.refund) == (17143, 2143, 15000)


def test_a_shortfall_goes_back_with_the_goods_it_was_kept_for() -> None:
    rerated = rules(rerate=True)
    first = settle(case(SPENT_350), (back(1),), rerated)
    second = settle(after(case(SPENT_350), first), (back(2),), rerated)
    assert (second.shortfall, second.refund) == (-2143, 15000)
    assert first.refund + second.refund == SPENT_350.total


def test_a_shortfall_takes_no_more_than_what_goes_back() -> None:
    """The customer never has to pay; the rest of it is kept from the next part."""
    sold = sale(
        (line(1, 1355, net=2000), line(2, 19645, 2000, net=29000)),
        reductions=(Reduction("threshold", 10000, 30000),),
    )
    first = settle(case(sold), (back(1),), rules(rerate=True))
    second = settle(after(case(sold), first), (back(2, 1000),), rules(rerate=True))
    assert (first.shortfall, first.refund) == (1355, 0)
    assert first.shortfall + second.shortfall == round(10000 * 14500 / 31000)


def test_an_overcharge_goes_back_by_amount_and_the_goods_stay() -> None:
    start = case(sale((line(1, 1000, 2000),)))
    done = settle(start, (Chosen(1, 0, "WRONG_PRICE", None, 200),), RULES)
    rest = after(start, done)
    assert (done.refund, done.lines[0].disposition) == (200, Disposition.NONE)
    assert available(rest) == {1: 2000}
    assert settle(rest, (back(1, 1000),), RULES).refund == 400
    assert settle(rest, (back(1, 2000),), RULES).refund == 800


def test_earlier_parts_split_by_another_rule_still_leave_exactly_the_rest() -> None:
    before = Returned((ReturnedLine(1, 1000, 300, 30),), (RefundedTender(0, 300),))
    sold = sale((line(1, 1000, 3000),))
    done = settle(Case(sold, before), (back(1, 2000),), RULES)
    assert (done.refund, done.left) == (700, 0)
    assert done.lines[0].tax == sold.lines[0].tax - 30


def test_money_that_went_back_too_much_before_comes_off_first() -> None:
    before = Returned((ReturnedLine(1, 1000, 333, 30),), (RefundedTender(0, 400),))
    done = settle(Case(sale((line(1, 1000, 3000),)), before), (back(1, 2000),), RULES)
    assert (done.overpaid, done.refund) == (67, 600)


def test_every_line_says_how_much_is_left() -> None:
    first = settle(case(BASKET), (back(1, 2000), back(2)), RULES)
    assert available(after(case(BASKET), first)) == {1: 1000, 2: 0, 3: 2000}


@settings(max_examples=150)
@given(sales(), any_rules(), st.data())
def test_any_split_into_random_parts_sums_to_the_penny(
    sold: Sale, shop: Rules, data: st.DataObject
) -> None:
    """Lines, tax and tenders, until nothing is left; nothing negative, nothing above paid."""
    now, refunded = case(sold), 0
    while any(available(now).values()):
        done = settle(now, data.draw(parts(now, available(now))), shop)
        assert_sound(now, done)
        refunded += done.refund
        assert refunded <= sold.total
        now = after(now, done)
    assert_finished(now, shop.cash_coin)


def assert_sound(before: Case, done: Settlement) -> None:
    """What holds for every single part."""
    assert done.paid == done.before + done.this + done.left
    assert min(done.left, done.fee, done.this) >= 0
    assert all(one.amount >= 0 and one.tax >= 0 for one in done.lines)
    assert all(min(one.amount, one.owed, one.owed_before) >= 0 for one in done.refunds)
    granted = sum(one.granted for one in done.refunds)
    assert granted == done.due == done.this - done.fee - done.shortfall - done.gifts - done.overpaid
    for position, tender in enumerate(before.sale.tenders):
        given_now = sum(one.amount + one.owed for one in done.refunds if one.position == position)
        assert before.returned.of_tender(position) + given_now <= tender.amount


def assert_finished(now: Case, coin: int) -> None:
    """What holds once nothing is left."""
    for line_sold in now.sale.lines:
        went = now.returned.of_line(line_sold.line)
        assert (went.amount, went.tax) == (line_sold.paid, line_sold.tax)
    assert (now.returned.shortfall, now.returned.gifts) == (0, 0)
    owed, rest = owed_by_tender(now), now.returned.fees
    tills = sum(tender.kind == CASH for tender in now.sale.tenders)
    assert sum(owed) <= (coin - 1) * tills
    for position in range(len(now.sale.tenders)):
        rest += now.returned.of_tender(position) + owed[position]
    assert rest == now.sale.total


@given(sales(), st.data())
def test_without_fees_every_tender_ends_at_zero_exactly(sold: Sale, data: st.DataObject) -> None:
    now = case(sold)
    while any(available(now).values()):
        now = after(now, settle(now, data.draw(parts(now, available(now))), RULES))
    for position, tender in enumerate(sold.tenders):
        assert now.returned.of_tender(position) == tender.amount


@given(sales(), any_rules(), st.data())
def test_what_the_customer_gets_does_not_depend_on_the_order(
    sold: Sale, shop: Rules, data: st.DataObject
) -> None:
    """Without fees, all at once or in parts comes to the same, coins still owed included."""
    free = rules(rerate=shop.policy.rerate, cash_coin=shop.cash_coin)
    start = case(sold)
    whole = data.draw(parts(start, available(start)))
    at_once = settle(start, whole, free)
    now = start
    for one in data.draw(st.permutations(whole)):
        now = after(now, settle(now, (one,), free))
    in_parts = now.returned.amount - now.returned.shortfall
    assert at_once.this == now.returned.amount
    assert in_parts == at_once.this - at_once.shortfall


@given(sales(), any_rules(), st.data())
def test_returning_more_never_refunds_less(sold: Sale, shop: Rules, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from([one.line for one in sold.lines]))
    whole = available(case(sold))[number]
    less = data.draw(st.integers(1, whole))
    more = data.draw(st.integers(less, whole))
    little = settle(case(sold), (back(number, less),), shop)
    much = settle(case(sold), (back(number, more),), shop)
    assert little.this <= much.this
    assert little.lines[0].tax <= much.lines[0].tax


def test_where_other_tills_paid_too_much_for_one_line_another_gets_what_is_left() -> None:
    """Two tills that were offline took the same goods back; nobody pays more than was paid."""
    sold = sale((line(1, 1000, 1000), line(2, 1000, 1000)))
    before = Returned((ReturnedLine(1, 2000, 1700, 0),), (RefundedTender(0, 1700),))
    done = settle(Case(sold, before), (back(2, 1000),), RULES)
    assert (done.this, done.overpaid, done.refund) == (1000, 700, 300)
