"""多收款: an amount goes back, the goods stay with the customer, and a manager answers for it."""

import pytest

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import Disposition
from terminal.core.settlement import available
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import MILK, OIL, RECEIPT, Sold, sale


@pytest.fixture(name="shop")
def _shop(make_till: MakeTill) -> Till:
    """Oil for 59.90, two milks for 20.00, one medicine for 18.00, all in cash."""
    return make_till(
        sale(
            (
                Sold("大豆油", "59.90", gtin=OIL),
                Sold("纯牛奶", "20.00", "2", gtin=MILK),
                Sold("阿莫西林", "18.00", sku="MED", category="medicine"),
            )
        )
    )


def _overcharged(till: Till, *codes: str) -> None:
    """From ready to the first amount."""
    till.scans(RECEIPT)
    for code in codes:
        till.scans(code)
    till.confirms()
    till.picks("多收款")
    till.is_at(states.EnteringDifference)


def _approved(till: Till) -> None:
    till.is_at(states.AwaitingOverride)
    till.scans("%BBOSS")
    till.types("1")
    till.is_at(states.ConfirmingAmounts)


def _paid(till: Till) -> None:
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.is_at(states.Ready)


def _done(till: Till, code: str, amount: str) -> None:
    """A whole overcharge of one article."""
    _overcharged(till, code)
    till.types(amount + "⏎")
    till.confirms()
    _approved(till)
    _paid(till)


def _left(till: Till) -> dict[int, int]:
    till.scans(RECEIPT)
    state = till.state
    assert isinstance(state, states.ChoosingGoods)
    left = available(state.draft.case)
    till.cancels()
    return left


def test_an_amount_is_asked_for_line_by_line(shop: Till) -> None:
    _overcharged(shop, OIL, MILK)
    shop.sees("大豆油", "￥ 59.90")
    shop.types("10⏎")
    shop.is_at(states.EnteringDifference)
    shop.sees("纯牛奶", "￥ 20.00")
    shop.types("2.50⏎")
    shop.is_at(states.CheckingLines)
    shop.sees("10.00", "2.50")


@pytest.mark.parametrize("typed", ["59.91", "0", "0.00", "100000"])
def test_no_more_than_was_paid_for_the_line_goes_back(shop: Till, typed: str) -> None:
    _overcharged(shop, OIL)
    shop.types(typed + "⏎")
    shop.is_at(states.EnteringDifference)
    shop.is_told("大豆油")
    shop.types("59.90⏎")
    shop.is_at(states.CheckingLines)


@pytest.mark.parametrize("typed", ["1.234", "1..2", "."])
def test_what_is_no_amount_is_refused_with_how_to_type_it(shop: Till, typed: str) -> None:
    _overcharged(shop, OIL)
    shop.types(typed + "⏎")
    shop.is_at(states.EnteringDifference)
    shop.is_told("80.54")


def test_a_second_overcharge_gives_no_more_than_the_first_left(shop: Till) -> None:
    _done(shop, OIL, "50.00")
    _overcharged(shop, OIL)
    shop.sees("￥ 9.90")
    shop.types("9.91⏎")
    shop.is_at(states.EnteringDifference)
    shop.types("9.90⏎")
    shop.is_at(states.CheckingLines)


def test_what_goods_that_came_back_were_worth_is_not_given_back_again(shop: Till) -> None:
    shop.scans(RECEIPT)
    shop.scans(MILK)
    shop.confirms()
    shop.picks("质量问题")
    shop.picks("未拆封")
    _paid(shop)
    _overcharged(shop, MILK)
    shop.sees("￥ 10.00")
    shop.types("10.01⏎")
    shop.is_at(states.EnteringDifference)


def test_nobody_gives_an_amount_back_without_a_manager(shop: Till) -> None:
    _overcharged(shop, OIL)
    shop.types("0.01⏎")
    shop.confirms()
    shop.is_at(states.AwaitingOverride)
    shop.types("1007⏎1234⏎")
    shop.is_at(states.AwaitingOverride)
    assert shop.returns == []
    _approved(shop)
    _paid(shop)
    assert shop.returns[0].approver == "2001"
    assert shop.returns[0].settlement.refund == 1


def test_no_goods_come_back_and_all_of_them_can_still_be_returned(shop: Till) -> None:
    before = _left(shop)
    _done(shop, OIL, "10.00")
    line = shop.returns[0].settlement.lines[0]
    assert (line.quantity, line.disposition) == (0, Disposition.NONE)
    assert _left(shop) == before


@pytest.mark.parametrize("amount", ["0.01", "3.33", "19.99", "20.00"])
def test_the_goods_brought_later_give_the_rest_to_the_penny(shop: Till, amount: str) -> None:
    _done(shop, MILK, amount)
    for _ in range(2):
        shop.scans(RECEIPT)
        shop.scans(MILK)
        shop.confirms()
        shop.picks("质量问题")
        shop.picks("未拆封")
        _paid(shop)
    parts = [ret.settlement.refund for ret in shop.returns]
    assert sum(parts) == 2000
    assert min(parts) >= 0
    tax = [ret.settlement.lines[0].tax for ret in shop.returns]
    assert sum(tax) == 230, "13 % in 20.00"


def test_a_void_takes_the_amount_back_too(shop: Till) -> None:
    _overcharged(shop, OIL)
    shop.types("50⏎")
    shop.confirms()
    _approved(shop)
    shop.confirms()
    shop.presses(Key.CANCEL, Key.CONFIRM)
    _overcharged(shop, OIL)
    shop.sees("￥ 59.90")


def test_an_overcharge_goes_back_the_way_it_was_paid(till: Till) -> None:
    _overcharged(till, OIL)
    till.types("19.00⏎")
    till.confirms()
    _approved(till)
    till.sees("微信支付 零钱", "12.00", "7.00")


def test_excluded_goods_get_an_amount_back_and_never_their_price_for_the_goods(
    shop: Till,
) -> None:
    shop.scans(RECEIPT)
    shop.scans("MED")
    shop.confirms()
    shop.picks("拿错/发错")
    shop.picks("未拆封")
    shop.is_at(states.Denied)
    shop.cancels()
    _done(shop, "MED", "5.00")
    assert shop.returns[0].settlement.refund == 500
    assert _left(shop)[3] == 1000


def test_excluded_goods_stay_excluded_beside_an_overcharge(shop: Till) -> None:
    """An amount on one line opens nothing for another."""
    _overcharged(shop, OIL, "MED")
    shop.types("1⏎1⏎")
    shop.types("↓")
    shop.presses(Key.F4)
    shop.picks("拿错/发错")
    shop.picks("未拆封")
    shop.confirms()
    shop.is_at(states.Denied)


def test_a_line_is_switched_from_overcharge_to_another_reason(shop: Till) -> None:
    _overcharged(shop, OIL, MILK)
    shop.types("10⏎2.50⏎")
    shop.presses(Key.F4)
    shop.picks("质量问题")
    shop.picks("破损")
    shop.is_at(states.CheckingLines)
    shop.confirms()
    _approved(shop)
    shop.sees("￥ 62.40")
    _paid(shop)
    oil, milk = shop.returns[0].settlement.lines
    assert (oil.quantity, oil.amount, oil.reason) == (1000, 5990, "QUALITY")
    assert (milk.quantity, milk.amount, milk.reason) == (0, 250, "WRONG_PRICE")


def test_a_line_is_switched_from_another_reason_to_overcharge(shop: Till) -> None:
    shop.scans(RECEIPT)
    shop.scans(OIL)
    shop.scans(MILK)
    shop.confirms()
    shop.picks("质量问题")
    shop.picks("未拆封")
    shop.presses(Key.F4, Key.DOWN, Key.F4)
    shop.picks("多收款")
    shop.is_at(states.EnteringDifference)
    shop.sees("纯牛奶")
    shop.types("2.50⏎")
    shop.confirms()
    _approved(shop)
    shop.sees("￥ 62.40")


def test_an_approval_falls_when_an_amount_is_changed(shop: Till) -> None:
    _overcharged(shop, OIL)
    shop.types("1⏎")
    shop.confirms()
    _approved(shop)
    shop.presses(Key.F4, Key.F4)
    shop.picks("多收款")
    shop.types("50⏎")
    shop.confirms()
    shop.is_at(states.AwaitingOverride)


def test_back_from_the_amount_is_the_reason_again(shop: Till) -> None:
    _overcharged(shop, OIL, MILK)
    shop.types("10⏎")
    shop.cancels()
    shop.is_at(states.ChoosingReason)
    shop.picks("质量问题")
    shop.picks("未拆封")
    shop.is_at(states.ConfirmingAmounts)
    shop.sees("￥ 69.90")


def test_goods_changed_after_an_amount_are_asked_for_their_reason_again(shop: Till) -> None:
    _overcharged(shop, OIL)
    shop.types("10⏎")
    shop.confirms()
    shop.is_at(states.AwaitingOverride)
    shop.presses(Key.UP)
    shop.is_at(states.ChoosingGoods)
    shop.scans(MILK)
    shop.confirms()
    shop.picks("质量问题")
    shop.picks("未拆封")
    shop.sees("￥ 69.90")


def test_a_power_cut_between_two_amounts_keeps_the_first(shop: Till) -> None:
    _overcharged(shop, OIL, MILK)
    shop.types("10⏎")
    shop.power_cut()
    shop.is_at(states.EnteringDifference)
    shop.types("2.50⏎")
    shop.sees("10.00", "2.50")


def test_the_line_by_line_screen_shows_the_amount_in_place_of_a_quantity(shop: Till) -> None:
    _overcharged(shop, OIL)
    shop.types("12.34⏎")
    row = next(line for line in shop.picture().splitlines() if "大豆油" in line)
    assert "12.34" in row
    assert "多收款" in row
    assert "—" in row, "goods that stay have no condition"
