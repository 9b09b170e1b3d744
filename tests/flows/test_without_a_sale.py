"""Unverified (a receipt, its sale not on file) and blind returns (no receipt at all)."""

import pytest

from drivers.values import Key
from storage.prices import StoredPrice
from terminal.core import states
from terminal.core.returns import ReturnKind, Status
from terminal.ledger.stored import stored_sale
from tests.fakes.moments import TODAY
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import APPLES, MILK, OIL, label, one_oil

GONE = "05710326112000777"  # a receipt of a till whose sales never came here
OIL_TODAY = StoredPrice(
    "100101", "2026-11-01", OIL, "金龙鱼 大豆油 5L", "each", 6290, "CNY", 2, 90_000, "grocery"
)
APPLES_TODAY = StoredPrice(
    APPLES, "2026-11-01", "", "苹果 红富士", "kg", 3580, "CNY", 2, 90_000, "produce"
)


@pytest.fixture(name="shop")
def _shop(make_till: MakeTill) -> Till:
    """A price list, blind returns allowed, and one sale that has nothing to do with any of it."""
    return priced(make_till(one_oil(), policy__kind__blind__allowed=True))


def priced(till: Till) -> Till:
    till.store.add_prices([OIL_TODAY, APPLES_TODAY], f"{TODAY:%Y-%m-%d}")
    return till


def gives_reason(till: Till) -> None:
    till.picks("质量问题")
    till.picks("未拆封")


def approved(till: Till) -> None:
    """The manager's badge and a reason, then the slip, the signature and the cash."""
    till.is_at(states.AwaitingOverride)
    till.scans("%BBOSS")
    till.picks("已验货")
    till.is_at(states.ConfirmingAmounts)


def paid_out(till: Till) -> None:
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.is_at(states.Ready)


def oil_of(till: Till, receipt: str, amount: str = "59.90", day: str = "1120") -> None:
    """One bottle on this receipt that is not on file, up to the reason."""
    till.scans(receipt)
    till.is_at(states.ReceiptUnknown)
    till.presses(Key.F3)
    till.types(f"{day}⏎")
    till.scans(OIL)
    till.types(f"{amount}⏎⏎")


def test_a_receipt_whose_sale_is_not_on_file_comes_back_with_the_managers_approval(
    shop: Till,
) -> None:
    shop.scans(GONE)
    shop.sees("的原单", "F3")
    shop.presses(Key.F3)
    shop.is_at(states.DeclaringDay)
    shop.sees("小票上的购买日期")
    shop.types("1120⏎")
    shop.sees("无原单退货 · 小票 " + GONE, "限额 200.00")
    shop.scans(OIL)
    shop.is_at(states.PricingArticle)
    shop.sees("金龙鱼 大豆油 5L", "今日价格", "￥ 62.90")
    shop.types("59.90⏎")
    shop.scans(OIL)
    shop.sees("119.80")
    shop.confirms()
    gives_reason(shop)
    shop.sees("无原单退货：需店长授权")
    approved(shop)
    shop.sees("确认无原单退货", "￥ 119.80", "现金", "金额按小票录入")
    paid_out(shop)
    assert all("无原单退货" in paper and GONE in paper for paper in shop.papers)
    done = shop.returns[0]
    assert (done.kind, done.status, done.approver) == (
        ReturnKind.UNVERIFIED, Status.REFUNDED, "2001",
    )  # fmt: skip
    assert (done.settlement.refund, done.settlement.lines[0].tax) == (11980, 989)
    assert shop.store.verify_chain() is None


def test_the_same_in_english(make_till: MakeTill) -> None:
    till = priced(make_till(language="en"))
    oil_of(till, GONE)
    till.picks("Quality fault")
    till.picks("Unopened")
    till.sees("Return without its sale: a manager must approve")
    till.scans("%BBOSS")
    till.picks("Goods checked")
    till.sees("Confirm: Return without its sale")
    paid_out(till)
    assert "Return without its sale" in till.paper


def test_one_receipt_comes_to_no_more_than_its_limit_in_all_its_parts(shop: Till) -> None:
    """itpp-labs/pos-addons#864: offline, the same order came back again and again."""
    oil_of(shop, GONE, "150.00")
    gives_reason(shop)
    approved(shop)
    paid_out(shop)
    shop.scans(GONE)
    shop.is_at(states.ReceiptUnknown)
    shop.presses(Key.F3)
    shop.types("1120⏎")
    shop.sees("限额 50.00")
    shop.scans(OIL)
    shop.types("59.90⏎⏎")
    gives_reason(shop)
    shop.is_at(states.Denied)
    shop.sees("209.90", "200.00")


def test_the_window_is_judged_by_the_day_on_the_receipt(shop: Till) -> None:
    oil_of(shop, GONE, day="0901")
    shop.picks("拿错/发错")
    shop.picks("未拆封")
    shop.is_at(states.Denied)
    shop.sees("退货期限")


def test_without_a_receipt_it_costs_no_more_than_today(shop: Till) -> None:
    shop.presses(Key.F3)
    shop.sees("无小票退货", "限额 100.00")
    shop.scans(OIL)
    shop.types("99.00⏎")
    shop.is_told("不得超过今日价格")
    shop.confirms()
    shop.sees("62.90")
    shop.confirms()
    gives_reason(shop)
    shop.sees("无小票退货：需店长授权")
    approved(shop)
    shop.sees("确认无小票退货", "￥ 62.90", "没有小票，金额按录入")
    assert "购买当天" not in str(shop.state), "nobody knows the day"
    paid_out(shop)
    assert "无小票退货" in shop.paper
    assert shop.returns[0].kind is ReturnKind.BLIND


def test_blind_returns_are_off_until_the_shop_says_otherwise(till: Till) -> None:
    till.sees_not("无小票退货")
    till.presses(Key.F3)
    till.is_at(states.Ready)
    till.is_told("本店不办理")


def test_a_shop_that_takes_them_has_their_key_on_the_screen(shop: Till) -> None:
    shop.sees("无小票退货")


def test_a_shop_may_switch_off_unverified_returns_too(make_till: MakeTill) -> None:
    till = make_till(policy__kind__unverified__allowed=False)
    till.scans(GONE)
    till.sees_not("F3", "无原单退货")
    till.presses(Key.F3)
    till.is_at(states.Ready)
    till.is_told("本店不办理")


def test_goods_that_no_price_list_names_are_typed_with_their_amount(shop: Till) -> None:
    shop.scans(GONE)
    shop.presses(Key.F3, Key.CONFIRM)
    shop.types("4711⏎")
    shop.sees("4711")
    shop.confirms()
    shop.is_told("请输入实付金额")
    shop.types("12.50⏎")
    shop.sees("12.50")
    shop.types("4711⏎")
    shop.sees("25.00")
    shop.presses(Key.F2)
    shop.sees("12.50")
    shop.presses(Key.F2)
    shop.is_at(states.AddingGoods)
    shop.confirms()
    shop.is_told("至少")


def test_the_comma_of_a_keypad_is_the_point_of_an_amount(shop: Till) -> None:
    """Passed over, it would make 1250.00 of 12,50."""
    shop.scans(GONE)
    shop.presses(Key.F3, Key.CONFIRM)
    shop.scans(OIL)
    shop.types("12,50")
    shop.sees("12.50")
    shop.confirms()
    shop.sees("12.50")
    shop.sees_not("1250")


def test_a_scales_label_gives_the_weight_and_the_price_list_the_rest(shop: Till) -> None:
    shop.scans(GONE)
    shop.presses(Key.F3, Key.CONFIRM)
    shop.scans(label(APPLES, 1236))
    shop.sees("苹果 红富士", "1.236", "￥ 44.25")
    shop.confirms()
    shop.scans(label(APPLES, 4425, prefix="21"))
    shop.sees("￥ 44.25")
    shop.confirms()
    shop.sees("88.50")


def test_a_scanned_number_never_becomes_an_amount(shop: Till) -> None:
    shop.scans(GONE)
    shop.presses(Key.F3, Key.CONFIRM)
    shop.scans(OIL)
    shop.scans(MILK)
    shop.is_at(states.PricingArticle)
    shop.sees("金龙鱼")


def test_a_power_cut_keeps_what_was_written_down(shop: Till) -> None:
    shop.scans(GONE)
    shop.presses(Key.F3)
    shop.power_cut()
    shop.types("1120⏎")
    shop.scans(OIL)
    shop.power_cut()
    shop.is_at(states.PricingArticle)
    shop.confirms()
    shop.power_cut()
    shop.sees("62.90")
    shop.confirms()
    shop.power_cut()
    gives_reason(shop)
    approved(shop)
    shop.power_cut()
    paid_out(shop)
    assert shop.returns[0].settlement.refund == 6290
    assert len(shop.store.sale(shop.returns[0].sale_id).lines) == 1  # type: ignore[union-attr]  # on file


def test_what_was_dropped_leaves_nothing_behind(shop: Till) -> None:
    oil_of(shop, GONE)
    gives_reason(shop)
    shop.cancels()
    shop.is_at(states.Ready)
    assert shop.returns == []
    assert shop.journal == ["SignedOn"]


def test_goods_and_amounts_written_down_are_no_sale_to_be_found(shop: Till) -> None:
    oil_of(shop, GONE)
    gives_reason(shop)
    approved(shop)
    paid_out(shop)
    shop.presses(Key.F1)
    shop.types("1120⏎59.90⏎")
    state = shop.state
    assert isinstance(state, states.ChoosingGoods)
    assert state.draft.case.sale.id == one_oil().id, "only the one that a till rang"


def test_when_the_sale_arrives_later_the_receipt_is_not_paid_twice(shop: Till) -> None:
    """A manager looks into it; the transaction lets no more out than was paid."""
    oil_of(shop, GONE)
    gives_reason(shop)
    approved(shop)
    paid_out(shop)
    shop.store.add_sales([stored_sale(one_oil(number=777, receipt_no=GONE))])
    shop.returns_all(GONE)
    shop.sees("曾在无原单时退过 59.90")
    approved(shop)
    shop.confirms()
    shop.is_told("超过可退数量")
    assert len(shop.returns) == 1


def test_inspection_lowers_an_unverified_return_within_its_limit(shop: Till) -> None:
    """What gives way to the corrected return does not count against it."""
    shop.scans(GONE)
    shop.presses(Key.F3, Key.CONFIRM)
    shop.scans(OIL)
    shop.types("70⏎")
    shop.scans(OIL)
    shop.confirms()
    gives_reason(shop)
    approved(shop)
    shop.confirms()
    shop.is_at(states.WaitingForCustomer)
    shop.presses(Key.F4)
    shop.types("1⏎⏎")
    shop.confirms()
    approved(shop)
    shop.sees("￥ 70.00")
    paid_out(shop)
    assert [one.status for one in shop.returns] == [Status.VOIDED, Status.REFUNDED]
