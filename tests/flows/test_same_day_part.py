"""A part of a sale on its own day, where the acquirer knows only a whole 撤销 until tomorrow."""

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import ReturnKind
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import MILK, OIL, Sold, sale
from tests.flows.test_exchange import priced

GOODS = (Sold("金龙鱼 大豆油 5L", "59.90", gtin=OIL), Sold("蒙牛 纯牛奶", "39.90", gtin=MILK))
BY_CARD = (("card", "99.80", "**** 6222"),)
TODAYS = sale(GOODS, BY_CARD, days_ago=0)
TOMORROW = {"policy__refund__same_day_part__card": "tomorrow"}
WHY = "银行卡当天只能整单撤销，部分退款请明天再办。"


def returns_the_oil(till: Till, receipt: str = TODAYS.receipt_no) -> None:
    till.scans(receipt)
    till.scans(OIL)
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")


def test_a_part_to_the_card_is_refused_until_tomorrow_in_words(make_till: MakeTill) -> None:
    till = make_till(TODAYS, **TOMORROW)
    returns_the_oil(till)
    till.is_at(states.Denied)
    till.sees(WHY)
    till.cancels()
    till.moments.wait(days=1)

    returns_the_oil(till)
    till.is_at(states.ConfirmingAmounts)
    till.sees("￥ 59.90")


def test_it_may_go_back_in_another_way_at_once(make_till: MakeTill) -> None:
    till = make_till(TODAYS, **TOMORROW)
    returns_the_oil(till)
    till.sees("换退款方式")
    till.presses(Key.F3)
    till.is_at(states.ConfirmingAmounts)
    till.sees("退货券", "￥ 59.90")
    till.presses(Key.F3)
    till.is_at(states.Denied)


def test_the_whole_sale_is_voided_today_as_ever(make_till: MakeTill) -> None:
    till = make_till(TODAYS, **TOMORROW)
    till.returns_all(TODAYS.receipt_no)
    till.sees("确认整单撤销")
    till.confirms()
    assert till.returns[0].kind is ReturnKind.VOID


def test_the_offer_of_a_void_says_so_beforehand(make_till: MakeTill) -> None:
    till = make_till(TODAYS, **TOMORROW)
    till.scans(TODAYS.receipt_no)
    till.scans(OIL)
    till.confirms()
    till.picks("收银差错")
    till.is_at(states.OfferingVoid)
    till.sees(WHY)


def test_cash_is_no_acquirers_affair(make_till: MakeTill) -> None:
    cash = sale(GOODS, days_ago=0)
    till = make_till(cash, **TOMORROW)
    returns_the_oil(till, cash.receipt_no)
    till.is_at(states.ConfirmingAmounts)


def test_another_tills_sale_of_today_waits_as_well(make_till: MakeTill) -> None:
    there = sale(GOODS, BY_CARD, days_ago=0, workstation="04")
    till = make_till(there, **TOMORROW)
    returns_the_oil(till, there.receipt_no)
    till.is_at(states.Denied)
    till.sees(WHY)


def test_an_exchange_that_leaves_something_for_the_card_waits_as_well(make_till: MakeTill) -> None:
    """What goes back to it is a part by amount, whatever the new goods were."""
    till = priced(make_till(TODAYS, policy__refund__same_day_part__card="tomorrow"))
    returns_the_oil(till)
    till.presses(Key.F3)
    till.is_at(states.ConfirmingAmounts)
    till.presses(Key.F5)
    till.scans(MILK)
    till.confirms()
    till.is_at(states.ConfirmingAmounts)
    till.presses(Key.F3)
    till.is_at(states.Denied)
    till.sees(WHY)


def test_unless_the_shop_says_so_a_part_goes_back_today(make_till: MakeTill) -> None:
    till = make_till(TODAYS)
    returns_the_oil(till)
    till.is_at(states.ConfirmingAmounts)
    till.sees_not("明天再办")


def test_no_other_way_is_offered_where_a_tender_is_not_the_reason(make_till: MakeTill) -> None:
    medicine = sale((Sold("阿莫西林胶囊", "18.00", category="medicine"),), days_ago=0)
    till = make_till(medicine, **TOMORROW)
    till.returns_all(medicine.receipt_no, "拿错/发错")
    till.is_at(states.Denied)
    till.sees_not("换退款方式")


def test_in_english(make_till: MakeTill) -> None:
    till = make_till(TODAYS, language="en", **TOMORROW)
    till.scans(TODAYS.receipt_no)
    till.scans(OIL)
    till.confirms()
    till.picks("Quality fault")
    till.picks("Unopened")
    till.sees("Card: today only the whole sale can be voided; a part goes back from tomorrow on.")
