"""What came back elsewhere changes while the amounts are on the screen: nothing is recorded on old
sums, and the cashier sees the new ones first.
"""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from drivers.values import Key
from storage.elsewhere import ReturnedElsewhere
from storage.office import CameDown
from storage.values import RefundedOfTender, ReturnedOfLine, ReturnedSoFar
from terminal.core import states
from terminal.core.sale import Reduction, Sale
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import MILK, OIL, RECEIPT, Sold, groceries, sale
from tests.flows.test_gifts import chooses, coffee, finish, to_the_amounts

# Two articles for 200.00 each; 50.00 less for 300.00 and more: 175.00 + 175.00 = 350.00.
PAIR = replace(
    sale(
        (Sold("电饭煲", "200.00", gtin=OIL, tax="0"), Sold("烧水壶", "200.00", gtin=MILK, tax="0")),
        off=(("threshold", "50.00"),),
        number=31,
    ),
    reductions=(Reduction("threshold", 5000, 30000),),
)


def elsewhere(
    till: Till, sold: Sale, version: int, *lines: ReturnedOfLine, shortfall: int = 0
) -> None:
    """What the feed says while the cashier is at it; all of it was paid back in cash."""
    paid = sum(one.amount for one in lines) - shortfall
    tenders = (RefundedOfTender(0, paid),) if paid else ()
    gone = ReturnedSoFar(lines, tenders, 0, shortfall)
    told = ReturnedElsewhere(sold.id, version, "2026-11-23", gone)
    till.store.take_down(CameDown("2026-11-23", returned=(told,)))


def brings_the_kettle(make_till: MakeTill) -> Till:
    """Alone it costs the 满减: 175.00 less 25.00, the half that the rice cooker did not earn."""
    till = make_till(PAIR, policy__thresholds__rerate=True, policy__limit__amount="0")
    chooses(till, PAIR, MILK)
    to_the_amounts(till)
    till.sees("￥ 150.00")
    return till


def test_a_broken_promotion_is_reckoned_again_when_the_rest_came_back_elsewhere(
    make_till: MakeTill,
) -> None:
    """By the old sums it would be kept twice, though nothing is out any more that it was for."""
    till = brings_the_kettle(make_till)
    elsewhere(till, PAIR, 1, ReturnedOfLine(1, 1000, 17500, 0), shortfall=2500)
    till.confirms()
    till.is_at(states.ConfirmingAmounts)
    till.is_told("退货情况期间有变", "没有保存")
    assert till.returns == []
    till.sees("￥ 200.00")
    finish(till)
    (ret,) = till.returns
    assert (ret.settlement.shortfall, ret.settlement.refund) == (-2500, 20000)


def test_a_gift_that_came_back_elsewhere_is_not_charged_for(make_till: MakeTill) -> None:
    till = make_till(coffee(), policy__gifts__missing="charge")
    chooses(till, coffee(), "G1")
    to_the_amounts(till)
    till.sees("￥ 259.10")
    elsewhere(till, coffee(), 1, ReturnedOfLine(2, 1000, 0, 0))
    till.confirms()
    till.is_told("没有保存")
    till.sees("￥ 299.00")
    finish(till)
    assert [(one.settlement.gifts, one.settlement.refund) for one in till.returns] == [(0, 29900)]


def test_a_gift_that_was_voided_elsewhere_is_charged_for_after_all(make_till: MakeTill) -> None:
    till = make_till(coffee(), policy__gifts__missing="charge")
    elsewhere(till, coffee(), 1, ReturnedOfLine(2, 1000, 0, 0))
    chooses(till, coffee(), "G1")
    to_the_amounts(till)
    till.sees("￥ 299.00")
    elsewhere(till, coffee(), 2)
    till.confirms()
    till.is_told("没有保存")
    till.sees("￥ 259.10")


def test_where_the_shop_asks_for_the_gift_it_asks_now(make_till: MakeTill) -> None:
    till = make_till(coffee(), policy__gifts__missing="ask")
    elsewhere(till, coffee(), 1, ReturnedOfLine(2, 1000, 0, 0))
    chooses(till, coffee(), "G1")
    to_the_amounts(till)
    elsewhere(till, coffee(), 2)
    till.confirms()
    till.is_at(states.Denied)
    till.is_told("没有保存")
    till.sees("马克杯")


def test_amounts_that_are_being_read_follow_by_themselves(make_till: MakeTill) -> None:
    """The unit takes in what the feed says while nobody presses a key."""
    till = brings_the_kettle(make_till)
    line = ReturnedOfLine(1, 1000, 17500, 0)
    till.counter.rest(lambda _: elsewhere(till, PAIR, 1, line, shortfall=2500))
    till.is_told("退货情况期间有变", "没有保存")
    till.sees("￥ 200.00")
    till.confirms()
    assert [one.settlement.refund for one in till.returns] == [20000]


def test_amounts_that_came_to_the_screen_too_late_are_new_at_once(make_till: MakeTill) -> None:
    """The rest of the receipt came back elsewhere while the reason was asked for."""
    till = make_till(PAIR, policy__thresholds__rerate=True, policy__limit__amount="0")
    chooses(till, PAIR, MILK)
    till.confirms()
    line = ReturnedOfLine(1, 1000, 17500, 0)
    till.counter.rest(lambda _: elsewhere(till, PAIR, 1, line, shortfall=2500))
    till.is_at(states.ChoosingReason)
    till.picks("质量问题")
    till.picks("未拆封")
    till.is_told("退货情况期间有变")
    till.sees("￥ 200.00")


def test_a_second_confirm_in_haste_does_not_pass_the_new_amounts(make_till: MakeTill) -> None:
    till = brings_the_kettle(make_till)
    elsewhere(till, PAIR, 1, ReturnedOfLine(1, 1000, 17500, 0), shortfall=2500)
    till.moments.pace = timedelta(milliseconds=100)
    till.moments.wait(seconds=2)
    till.confirms(2)
    till.is_at(states.ConfirmingAmounts)
    till.sees("￥ 200.00")
    assert till.returns == []


def test_the_new_amounts_are_still_there_after_a_power_cut(make_till: MakeTill) -> None:
    till = brings_the_kettle(make_till)
    elsewhere(till, PAIR, 1, ReturnedOfLine(1, 1000, 17500, 0), shortfall=2500)
    till.power_cut()
    till.confirms()
    till.power_cut()
    till.sees("￥ 200.00")
    till.confirms()
    assert [one.settlement.refund for one in till.returns] == [20000]


def test_what_came_back_of_another_sale_changes_nothing(make_till: MakeTill) -> None:
    till = make_till(groceries(), PAIR)
    till.returns_all(RECEIPT)
    elsewhere(till, PAIR, 1, ReturnedOfLine(1, 1000, 17500, 0))
    till.confirms()
    assert len(till.returns) == 1


def test_a_return_that_is_inspected_is_not_its_own_surprise(make_till: MakeTill) -> None:
    """What it replaces is no more in the sums it was reckoned on; what another till took is."""
    till = make_till(PAIR, policy__thresholds__rerate=True, policy__limit__amount="0")
    chooses(till, PAIR, MILK)
    to_the_amounts(till)
    till.confirms()
    till.presses(Key.F4)
    till.is_at(states.ChoosingGoods)
    till.confirms(2)  # the goods, and how they were recorded
    till.is_at(states.ConfirmingAmounts)
    elsewhere(till, PAIR, 1, ReturnedOfLine(1, 1000, 17500, 0), shortfall=2500)
    till.confirms()
    till.is_told("没有保存")
    till.sees("￥ 200.00")
    till.confirms()
    assert [one.settlement.refund for one in till.returns] == [15000, 20000]


@pytest.mark.parametrize("quantity", [1000, 2000])
def test_more_than_is_left_is_looked_up_again_as_before(make_till: MakeTill, quantity: int) -> None:
    """Of two cartons both lie on the counter; one or two of them came back elsewhere."""
    till = make_till(groceries())
    till.scans(RECEIPT)
    till.types("↓2⏎")
    to_the_amounts(till)
    line = groceries().lines[1]
    gone = line.paid * quantity // 2000
    elsewhere(till, groceries(), 1, ReturnedOfLine(2, quantity, gone, 0))
    till.confirms()
    till.is_at(states.ChoosingGoods)
    till.is_told("超过可退数量", "没有保存")
    assert till.returns == []
