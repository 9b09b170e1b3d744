"""撤销: a sale rung up wrongly is voided whole on its own day; the next day it is by amount."""

import json

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import ReturnKind
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import MILK, OIL, Sold, groceries, one_oil, sale

TODAYS = sale(
    (Sold("金龙鱼 大豆油 5L", "59.90", gtin=OIL), Sold("蒙牛 纯牛奶", "39.90", gtin=MILK)),
    (("card", "99.80", "**** 6222"),),
    days_ago=0,
)


def accepted(till: Till) -> dict[str, object]:
    """What was handed to the queue."""
    rows = [row for row in till.store.journal() if row.kind == "RefundAccepted"]
    found: dict[str, object] = json.loads(rows[-1].body)
    return found


def finish(till: Till) -> None:
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)


def test_a_cashiers_error_noticed_the_same_day_voids_the_whole_sale(make_till: MakeTill) -> None:
    till = make_till(TODAYS)
    till.scans(TODAYS.receipt_no)
    till.scans(OIL)
    till.confirms()
    till.picks("收银差错")
    till.is_at(states.OfferingVoid)
    till.sees("整单撤销？", "￥ 99.80", "只退所选商品")
    till.confirms()
    till.picks("未拆封")
    till.sees("确认整单撤销", "￥ 99.80")
    finish(till)
    assert "整单撤销" in till.papers[0]
    assert "整单撤销" in till.papers[1]
    assert till.returns[0].kind is ReturnKind.VOID
    assert len(till.returns[0].settlement.lines) == 2
    assert accepted(till)["how"] == "void"


def test_only_the_chosen_goods_come_back_by_amount(make_till: MakeTill) -> None:
    till = make_till(TODAYS)
    till.scans(TODAYS.receipt_no)
    till.scans(OIL)
    till.confirms()
    till.picks("收银差错")
    till.presses(Key.F2)
    till.picks("未拆封")
    till.sees("确认退款金额", "￥ 59.90")
    finish(till)
    assert till.returns[0].kind is ReturnKind.VERIFIED
    assert accepted(till)["how"] == "refund"


def test_back_from_the_offer_another_reason_is_chosen(make_till: MakeTill) -> None:
    till = make_till(TODAYS)
    till.scans(TODAYS.receipt_no)
    till.scans(OIL)
    till.confirms()
    till.picks("收银差错")
    till.cancels()
    till.is_at(states.ChoosingReason)


def test_any_whole_sale_of_today_is_a_void_for_the_acquirer(make_till: MakeTill) -> None:
    till = make_till(TODAYS)
    till.returns_all(TODAYS.receipt_no)
    till.sees("确认整单撤销")
    finish(till)
    assert accepted(till)["how"] == "void"


def test_the_next_day_the_whole_sale_is_returned_by_amount(make_till: MakeTill) -> None:
    yesterdays = one_oil(days_ago=1, tenders=(("card", "59.90", "**** 6222"),))
    till = make_till(yesterdays)
    till.returns_all(yesterdays.receipt_no, "收银差错")
    till.sees("确认退款金额")
    finish(till)
    assert till.returns[0].kind is ReturnKind.VERIFIED
    assert accepted(till)["how"] == "refund"


def test_a_void_confirmed_only_the_next_day_is_refunded_by_amount(make_till: MakeTill) -> None:
    till = make_till(TODAYS)
    till.returns_all(TODAYS.receipt_no)
    till.confirms()
    till.moments.wait(days=1)
    till.presses(Key.F2, Key.CONFIRM)
    assert till.returns[0].kind is ReturnKind.VOID
    assert accepted(till)["how"] == "refund"


def test_a_void_left_on_the_screen_over_midnight_is_a_return_by_amount(
    make_till: MakeTill,
) -> None:
    """The acquirer takes no void of yesterday's sale, and a window may have ended with the day."""
    till = make_till(TODAYS)
    till.returns_all(TODAYS.receipt_no, "收银差错")
    till.sees("确认整单撤销")
    till.moments.wait(hours=10)
    till.power_cut()
    till.confirms()
    till.is_told("已过零点")
    till.sees("确认退款金额", "￥ 99.80")
    assert till.returns == []
    finish(till)
    assert till.returns[0].kind is ReturnKind.VERIFIED
    assert accepted(till)["how"] == "refund"


def test_after_a_part_went_back_the_rest_cannot_be_voided(make_till: MakeTill) -> None:
    till = make_till(TODAYS)
    till.scans(TODAYS.receipt_no)
    till.scans(OIL)
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")
    finish(till)
    till.returns_all(TODAYS.receipt_no, "收银差错")
    till.is_at(states.ConfirmingAmounts)
    till.sees("确认退款金额", "￥ 39.90")


def test_an_offer_stands_after_a_power_cut(make_till: MakeTill) -> None:
    till = make_till(groceries(receipt=TODAYS.receipt))
    till.scans(groceries().receipt_no)
    till.scans(OIL)
    till.confirms()
    till.picks("收银差错")
    till.power_cut()
    till.is_at(states.OfferingVoid)
    till.sees("￥ 95.00")
