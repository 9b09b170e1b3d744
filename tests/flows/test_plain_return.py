"""The main job: from the receipt's barcode to the result slip."""

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import Disposition, ReturnKind, Status
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import MILK, OIL, RECEIPT, groceries, one_oil


def test_a_receipt_becomes_a_return_slip_cash_and_a_result_slip(till: Till) -> None:
    till.scans(RECEIPT)
    till.sees("退货 · 小票 05710326112000001", "金龙鱼 大豆油 5L", "95.00")
    till.scans(OIL)
    till.scans(MILK)
    till.types("↓0.412⏎")
    till.sees("0.412", "￥ 70.05")
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")
    till.sees("确认退款金额", "￥ 70.05", "原付 95.00")
    till.confirms()
    till.is_at(states.WaitingForCustomer)
    assert "70.05" in till.paper
    assert till.returns[0].kind is ReturnKind.VERIFIED


def test_the_customer_signs_gets_cash_and_the_result_slip(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    till.sees("￥ 35.00", "微信支付 零钱")
    assert till.printing.kicks == 1
    till.confirms()
    till.is_at(states.Ready)
    assert "已受理" in till.paper
    assert till.returns[0].status is Status.ACCEPTED
    assert till.journal == [
        "SignedOn", "ReturnRecorded", "JobChanged", "JobChanged", "JobChanged",
        "CustomerConfirmed", "CashPaid", "RefundAccepted", "ReturnFinished",
        "JobChanged", "JobChanged", "JobChanged",
    ]  # fmt: skip
    assert till.store.verify_chain() is None


def test_goods_with_a_quality_fault_go_to_the_supplier(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.confirms()
    kinds = {one.disposition for one in till.returns[0].settlement.lines}
    assert kinds == {Disposition.RETURN_TO_SUPPLIER}


def test_cash_alone_is_refunded_when_it_is_handed_over(make_till: MakeTill) -> None:
    till = make_till(one_oil())
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    assert till.returns[0].status is Status.REFUNDED
    assert "已退款" in till.paper


def test_a_wallet_alone_is_accepted_and_never_called_refunded(make_till: MakeTill) -> None:
    """adyen-prestashop#228: marked refunded though nothing had moved."""
    till = make_till(one_oil(tenders=(("wechat", "59.90", "零钱"),)))
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    till.is_at(states.Ready)
    assert till.printing.kicks == 0
    assert till.returns[0].status is Status.ACCEPTED
    assert "已受理" in till.paper
    assert "已退款" not in till.paper
    till.sees("已受理")
    till.sees_not("已退款")


def test_nothing_is_left_behind_by_a_return_dropped_before_the_record(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.cancels()
    till.is_at(states.Ready)
    assert till.returns == []
    assert till.journal == ["SignedOn"]
    till.returns_all(RECEIPT)
    till.sees("￥ 95.00")


def test_the_same_return_in_english(make_till: MakeTill) -> None:
    till = make_till(groceries(), language="en")
    till.scans(RECEIPT)
    till.sees("Return · receipt 05710326112000001")
    till.presses(Key.F1, Key.CONFIRM)
    till.picks("Quality fault")
    till.picks("Unopened")
    till.sees("Confirm the refund", "￥ 95.00", "Allowed")
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.sees("Accepted; the money is on its way")
    assert "Accepted: the refund is on its way" in till.paper
