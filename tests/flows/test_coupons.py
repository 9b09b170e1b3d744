"""券: what becomes of the coupon that took something off a sale, when that sale comes back."""

import json

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import CouponFate
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import MILK, OIL, Sold, sale

SOLD = sale(
    (Sold("金龙鱼 大豆油 5L", "60.00", gtin=OIL), Sold("蒙牛 纯牛奶", "40.00", gtin=MILK)),
    off=(("coupon", "20.00"), ("newcomer", "5.00"), ("basket", "1.00")),
)
GIVES = {"policy__coupons__coupon": "give_back"}


def recorded(till: Till) -> None:
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")


def finish(till: Till) -> None:
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.is_at(states.Ready)


def test_a_coupon_is_used_up_unless_the_shop_says_otherwise(make_till: MakeTill) -> None:
    till = make_till(SOLD)
    till.returns_all(SOLD.receipt_no)
    till.sees("￥ 74.00", "优惠券 20.00：已使用，不退还。")
    finish(till)
    assert till.returns[0].coupons == (CouponFate("coupon", 2000, given_back=False),)
    for paper in till.papers:
        assert "优惠券 20.00：已使用，不退还。" in paper
    assert "CouponGivenBack" not in till.journal


def test_a_policy_that_says_nothing_of_coupons_gives_none_back(make_till: MakeTill) -> None:
    till = make_till(SOLD)
    till.under(coupons=())
    till.returns_all(SOLD.receipt_no)
    till.sees("优惠券 20.00：已使用，不退还。")
    finish(till)
    assert "CouponGivenBack" not in till.journal


def test_a_kind_that_is_given_back_is_said_recorded_and_printed(make_till: MakeTill) -> None:
    till = make_till(SOLD, policy__coupons__newcomer="forfeit", **GIVES)
    till.returns_all(SOLD.receipt_no)
    till.sees("优惠券 20.00：整单退回，券退还。", "newcomer 5.00：已使用，不退还。")
    till.confirms()
    assert "CouponGivenBack" not in till.journal, "the customer has not confirmed"
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    body = next(
        json.loads(one.body) for one in till.store.journal() if one.kind == "CouponGivenBack"
    )
    assert (body["kind"], body["amount"]) == ("coupon", 2000)
    for paper in till.papers:
        assert "优惠券 20.00：整单退回，券退还。" in paper
    assert till.returns[0].settlement.refund == 7400, "no money goes back for it"


def test_only_the_part_that_brings_back_the_last_of_it_speaks_of_the_coupon(
    make_till: MakeTill,
) -> None:
    till = make_till(SOLD, **GIVES)
    till.scans(SOLD.receipt_no)
    till.scans(OIL)
    recorded(till)
    till.sees_not("券退还", "优惠券")
    finish(till)
    till.scans(SOLD.receipt_no)
    till.scans(MILK)
    recorded(till)
    till.sees("优惠券 20.00：整单退回，券退还。")
    finish(till)
    assert [len(one.coupons) for one in till.returns] == [0, 1]


def test_a_part_that_is_still_open_is_finished_before_the_last_gives_the_coupon_back(
    make_till: MakeTill,
) -> None:
    till = make_till(SOLD, **GIVES)
    till.scans(SOLD.receipt_no)
    till.scans(OIL)
    recorded(till)
    till.confirms()
    till.presses(Key.F1)
    till.scans(SOLD.receipt_no)
    till.is_at(states.ShowingReturn)


def test_a_voided_return_gives_no_coupon_back(make_till: MakeTill) -> None:
    till = make_till(SOLD, **GIVES)
    till.returns_all(SOLD.receipt_no)
    till.confirms()
    till.presses(Key.CANCEL, Key.CONFIRM)
    assert "CouponGivenBack" not in till.journal
    assert "券退还" not in till.paper


def test_a_coupon_that_paid_goes_back_as_the_table_of_tenders_says(make_till: MakeTill) -> None:
    paid = sale(
        (Sold("金龙鱼 大豆油 5L", "60.00", gtin=OIL),),
        (("cash", "40.00", ""), ("coupon", "20.00", "")),
    )
    till = make_till(paid, policy__refund__to__coupon=("credit",))
    till.returns_all(paid.receipt_no)
    till.sees("退货券", "20.00")
    finish(till)
    assert [one.kind for one in till.returns[0].settlement.refunds] == ["cash", "credit"]
    plain = make_till(paid)
    plain.returns_all(paid.receipt_no)
    plain.sees("优惠券", "20.00")
    finish(plain)
    assert "RefundAccepted" in plain.journal


def test_in_english(make_till: MakeTill) -> None:
    till = make_till(SOLD, language="en", **GIVES)
    till.scans(SOLD.receipt_no)
    till.presses(Key.F1, Key.CONFIRM)
    till.picks("Quality fault")
    till.picks("Unopened")
    till.sees("Coupon 20.00: given back, for the whole sale came back.")
