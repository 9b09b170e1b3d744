"""换货: return lines and new goods in one settlement, at the price list's prices."""

import json

import pytest

from drivers.values import Key
from storage.prices import StoredPrice
from terminal.core import states
from terminal.core.returns import ReturnKind, Status
from tests.fakes.moments import TODAY
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import APPLES, MILK, OIL, RECEIPT, label, one_oil
from tests.flows.test_gifts import coffee

FIRST = "2026-11-01"
PRICES = [
    StoredPrice("S7", FIRST, MILK, "蒙牛 纯牛奶", "each", 3990, "CNY", 2, 130_000, "dairy"),
    StoredPrice("S8", FIRST, OIL, "金龙鱼 大豆油 5L", "each", 6290, "CNY", 2, 90_000, "grocery"),
    StoredPrice(APPLES, FIRST, "", "苹果 红富士", "kg", 1254, "CNY", 2, 90_000, "produce"),
]


@pytest.fixture(name="shop")
def _shop(make_till: MakeTill) -> Till:
    """One bottle of oil on file for 59.90 in cash, and a price list."""
    return priced(make_till(one_oil()))


def priced(till: Till) -> Till:
    till.store.add_prices(PRICES, f"{TODAY:%Y-%m-%d}")
    return till


def to_the_new_goods(till: Till) -> None:
    till.returns_all(RECEIPT, "尺码颜色")
    till.sees("先问顾客是否换货")
    till.presses(Key.F5)
    till.is_at(states.AddingNew)


def finish(till: Till) -> None:
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)


def cash_moves(till: Till) -> list[int]:
    rows = (json.loads(row.body) for row in till.store.journal() if row.kind == "CashPaid")
    return [row["amount"] for row in rows]


def test_cheaper_goods_are_taken_and_the_difference_goes_back(shop: Till) -> None:
    to_the_new_goods(shop)
    shop.sees("请扫描新商品", "可退 59.90")
    shop.scans(MILK)
    shop.sees("蒙牛 纯牛奶", "39.90", "应退顾客", "￥ 20.00")
    shop.confirms()
    shop.sees("确认换货", "￥ 20.00", "新商品", "-39.90")
    finish(shop)
    shop.sees("￥ 20.00")
    shop.confirms()
    shop.is_at(states.Ready)
    done = shop.returns[0]
    assert (done.kind, done.status) == (ReturnKind.EXCHANGE, Status.REFUNDED)
    assert cash_moves(shop) == [2000]
    for paper in shop.papers:
        assert "换货" in paper
        assert "换：蒙牛 纯牛奶" in paper


def test_dearer_goods_are_paid_for_in_cash(shop: Till) -> None:
    to_the_new_goods(shop)
    shop.scans(OIL)
    shop.sees("应补差价", "￥ 3.00")
    shop.confirms()
    finish(shop)
    shop.is_at(states.PayingCash)
    shop.sees("请收现金", "顾客补差价", "￥ 3.00", "现金已收")
    shop.sees_not("现金已交顾客")
    assert shop.printing.kicks == 1
    shop.confirms()
    assert cash_moves(shop) == [-300], "into the drawer"
    assert "应补差价" in shop.papers[0]
    assert "顾客已付" in shop.paper
    assert "应补差价" not in shop.paper, "it was taken, and is not to be asked for again"
    assert "换货完成" in shop.paper
    assert "已退款" not in shop.paper, "nobody got money back"
    shop.sees("换货完成", "顾客已付", "￥ 3.00")
    assert shop.returns[0].settlement.refund == 0


def test_the_new_goods_are_a_sale_that_can_come_back(shop: Till) -> None:
    to_the_new_goods(shop)
    shop.scans(MILK)
    shop.confirms()
    finish(shop)
    shop.confirms()
    assert "E-0571-03-000001" in shop.paper
    shop.scans("E-0571-03-000001")
    shop.is_at(states.ChoosingGoods)
    shop.sees("蒙牛 纯牛奶", "39.90")
    shop.presses(Key.F1, Key.CONFIRM)
    shop.picks("质量问题")
    shop.picks("未拆封")
    shop.sees("退货券")
    shop.sees_not("现金")


def test_what_came_back_for_new_goods_is_never_paid_out_later(make_till: MakeTill) -> None:
    """What the new goods took is no refund that is still owed."""
    two = one_oil()
    shop = priced(make_till(two, one_oil(number=2)))
    to_the_new_goods(shop)
    shop.scans(MILK)
    shop.confirms()
    finish(shop)
    shop.confirms()
    shop.scans(RECEIPT)
    shop.is_at(states.NothingLeft)
    case = shop.counter._ledger.case(two.id)
    assert case is not None
    assert case.returned.amount == case.returned.kept + 2000


def test_new_goods_may_take_what_was_kept_for_a_gift_and_is_given_back(
    make_till: MakeTill,
) -> None:
    """The mug itself was paid nothing; its 39.90 were kept when the machine came back alone."""
    shop = priced(make_till(coffee(), policy__gifts__missing="charge"))
    for code in ("G1", "G2"):
        shop.scans(coffee().receipt_no)
        shop.scans(code)
        shop.confirms()
        shop.picks("质量问题")
        shop.picks("未拆封")
        if code == "G2":
            shop.presses(Key.F5)
            shop.scans(MILK)
            shop.confirms()
        finish(shop)
        shop.confirms()
    assert [one.settlement.refund for one in shop.returns] == [25910, 0]
    assert [one.settlement.covered for one in shop.returns] == [0, 3990]
    shop.scans("E-0571-03-000002")
    shop.sees("蒙牛 纯牛奶", "39.90")


def test_before_the_customer_confirms_nothing_new_is_sold(shop: Till) -> None:
    to_the_new_goods(shop)
    shop.scans(MILK)
    shop.confirms()
    shop.confirms()
    shop.presses(Key.CANCEL, Key.CONFIRM)
    shop.is_at(states.Ready)
    assert shop.returns[0].status is Status.VOIDED
    assert "GoodsExchanged" not in shop.journal
    shop.scans("E-0571-03-000001")
    shop.is_at(states.ReceiptUnknown)


def test_goods_without_a_price_cannot_be_taken(shop: Till) -> None:
    to_the_new_goods(shop)
    shop.scans("6903244981002")
    shop.is_at(states.AddingNew)
    shop.is_told("没有价格")
    shop.scans("S7")
    shop.sees("39.90")


def test_a_scales_label_is_worth_its_weight(shop: Till) -> None:
    to_the_new_goods(shop)
    shop.scans(label(APPLES, 1236))
    shop.sees("1.236", "15.50", "￥ 44.40")


def test_a_scales_price_label_tells_the_weight_by_the_price_of_a_kg(shop: Till) -> None:
    to_the_new_goods(shop)
    shop.scans(label(APPLES, 1550, prefix="21"))
    shop.sees("1.236", "15.50", "￥ 44.40")


def test_a_weight_is_no_number_of_pieces(shop: Till) -> None:
    """Sold by the piece at 10.00, 412 g of it are not 0.412 pieces for 4.12."""
    melon = StoredPrice("54321", FIRST, "", "哈密瓜", "each", 1000, "CNY", 2, 90_000, "produce")
    shop.store.add_prices([melon], f"{TODAY:%Y-%m-%d}")
    to_the_new_goods(shop)
    shop.scans(label("54321", 412))
    shop.is_told("哈密瓜")
    shop.sees_not("0.412", "4.12")
    shop.scans("54321")
    shop.sees("10.00", "￥ 49.90")


def test_one_more_and_one_less(shop: Till) -> None:
    to_the_new_goods(shop)
    shop.scans(MILK)
    shop.scans(MILK)
    shop.sees("79.80", "应补差价", "￥ 19.90")
    shop.presses(Key.F2)
    shop.sees("39.90", "￥ 20.00")
    shop.presses(Key.F2)
    shop.sees("请扫描新商品")


def test_no_exchange_after_all(shop: Till) -> None:
    to_the_new_goods(shop)
    shop.scans(MILK)
    shop.cancels()
    shop.is_at(states.ConfirmingAmounts)
    shop.sees("确认退款金额", "￥ 59.90")


def test_a_power_cut_keeps_the_new_goods(shop: Till) -> None:
    to_the_new_goods(shop)
    shop.scans(MILK)
    shop.power_cut()
    shop.sees("39.90")
    shop.confirms()
    shop.power_cut()
    shop.sees("￥ 20.00")


def test_a_power_cut_while_cash_is_taken_asks_whether_it_was(shop: Till) -> None:
    to_the_new_goods(shop)
    shop.scans(OIL)
    shop.confirms()
    finish(shop)
    shop.power_cut()
    shop.is_at(states.PayingCash)
    shop.sees("已向顾客收取，请勿再收")
    shop.sees_not("请勿再付")


def test_in_english(make_till: MakeTill) -> None:
    till = priced(make_till(one_oil(), language="en"))
    till.scans(RECEIPT)
    till.presses(Key.F1, Key.CONFIRM)
    till.picks("Size or colour")
    till.picks("Unopened")
    till.sees("Ask first whether an exchange would do")
    till.presses(Key.F5)
    till.scans(OIL)
    till.sees("To pay", "￥ 3.00")
    till.confirms()
    till.sees("Confirm: Exchange")
    finish(till)
    till.sees("Cash from the customer")
