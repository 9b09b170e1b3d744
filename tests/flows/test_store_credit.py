"""退货券: money that goes back as store credit, where the shop's table of tenders lets it."""

import re

import pytest

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import Status
from terminal.core.short_code import read_short_code
from terminal.settings.problems import SettingsFault
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import RECEIPT, groceries, one_oil

CARD = (("card", "59.90", "**** 6222"),)


def code_on(paper: str) -> str:
    """The code under the QR of the credit's slip, as a person would copy it."""
    found = re.findall(r"[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z*~$=]", paper)
    code = read_short_code(found[-1])
    assert code is not None
    return code


def test_the_customer_takes_store_credit_in_place_of_a_refund_to_the_card(
    make_till: MakeTill,
) -> None:
    till = make_till(one_oil(tenders=CARD))
    till.returns_all(RECEIPT)
    till.sees("银行卡 **** 6222", "换退款方式")
    till.presses(Key.F3)
    till.sees("退货券", "￥ 59.90")
    till.sees_not("银行卡")
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    till.is_at(states.Ready)
    till.sees("已在收银台退款")
    paper = till.paper
    assert "已发退货券" in paper
    assert "已退款" not in paper
    assert "面额" in paper
    code = code_on(paper)
    assert f"V-{code}" in paper, "the QR that a till scans"
    kept = till.store.credit(code)
    assert kept is not None
    assert (kept.amount, kept.currency, kept.until) == (5990, "CNY", "2027-11-23")
    assert till.returns[0].status is Status.REFUNDED
    assert "RefundAccepted" not in till.journal, "no rail has anything to move"
    assert till.printing.kicks == 0, "no cash, no drawer"


def test_its_code_scanned_again_shows_the_return_it_came_from(make_till: MakeTill) -> None:
    till = make_till(one_oil(tenders=CARD))
    till.returns_all(RECEIPT)
    till.presses(Key.F3)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    till.scans(f"V-{code_on(till.paper)}")
    till.is_at(states.ShowingReturn)
    till.sees("R-0571-03-000001")


def test_a_credit_that_this_unit_never_gave_is_not_known(till: Till) -> None:
    till.scans("V-0000000000")
    till.is_at(states.Ready)
    till.is_told("没有")


def test_every_tender_of_a_split_sale_goes_into_one_credit(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.presses(Key.F3)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    kept = till.store.credit(code_on(till.paper))
    assert kept is not None
    assert kept.amount == 9500


def test_pressed_again_it_goes_back_as_it_was_paid(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.presses(Key.F3, Key.F3)
    till.sees("微信支付 零钱", "现金")


def test_a_shop_may_give_credit_for_vouchers_alone(make_till: MakeTill) -> None:
    paid = groceries(tenders=one_oil(tenders=(("voucher", "95.00", ""),)).tenders)
    till = make_till(paid, policy__refund__to__voucher=("credit",))
    till.returns_all(RECEIPT)
    till.sees("退货券")
    till.sees_not("换退款方式")


def test_credit_pays_what_coins_cannot(make_till: MakeTill) -> None:
    """59.93 in cash, the smallest coin ten fen: 59.90 in coins, or all of it as credit."""
    sold = one_oil(tenders=(("cash", "59.90", ""),))
    till = make_till(sold, currency__coin="1.00")
    till.returns_all(RECEIPT)
    till.sees("59.00", "0.90")
    till.presses(Key.F3)
    till.sees("￥ 59.90")


def test_a_copy_of_a_credit_says_which_copy_it_is_under_the_same_code(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.presses(Key.F3)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    code = code_on(till.paper)
    till.scans("R-0571-03-000001")
    till.presses(Key.F3)
    assert till.paper.count("补打 COPY 1") == 2
    assert code_on(till.paper) == code


def test_an_approval_stands_when_the_policy_says_the_same_of_the_other_way(
    make_till: MakeTill,
) -> None:
    till = make_till(one_oil(days_ago=10))
    till.returns_all(one_oil(days_ago=10).receipt_no, "拿错/发错")
    till.scans("%BBOSS")
    till.picks("已验货")
    till.presses(Key.F3)
    till.is_at(states.ConfirmingAmounts)
    till.sees("李店长")


def test_power_goes_before_the_result_slip_and_the_credit_is_given_once(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.presses(Key.F3)
    till.power_cut()
    till.sees("退货券")
    till.confirms()
    till.presses(Key.F2)
    till.presses(Key.CONFIRM, printer=False)
    till.power_cut()
    assert till.journal.count("CreditGiven") == 1
    assert till.store.credit(code_on(till.paper)) is not None


@pytest.mark.parametrize("ways", [("cash",), ("alipay", "credit"), ()])
def test_no_table_of_tenders_sends_money_where_it_did_not_come_from(
    make_till: MakeTill, ways: tuple[str, ...]
) -> None:
    with pytest.raises(SettingsFault, match=r"refund\.to\.wechat"):
        make_till(policy__refund__to__wechat=ways)
