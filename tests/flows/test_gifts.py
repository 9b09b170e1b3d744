"""赠品: goods at 0.00 that others earned, when those others come back."""

import json

import pytest

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import Status
from terminal.core.sale import Gift, Sale
from terminal.interchange.jsonlines import found_in
from terminal.interchange.source import Line
from terminal.interchange.values import Note
from tests.app.sales_files import line, sale, taken
from tests.app.told import english
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill


def goods(
    number: int, name: str, net: str, quantity: str = "1", **more: object
) -> dict[str, object]:
    made = line(number, net, name=name, sku=f"G{number}", quantity=quantity, **more)
    return made | {"gtin": ""}


def sold(*lines: dict[str, object], total: str) -> Sale:
    paid = [{"kind": "cash", "amount": total}]
    return taken(sale(lines=list(lines), reductions=[], tenders=paid, total=total))


def coffee() -> Sale:
    """A coffee machine for 299.00 and a mug, worth 39.90, with it."""
    return sold(
        goods(1, "咖啡机", "299.00"),
        goods(2, "马克杯", "0.00", list_price="39.90", gift_of=[1]),
        total="299.00",
    )


def chooses(till: Till, receipt: Sale, *codes: str) -> None:
    till.scans(receipt.receipt_no)
    for code in codes:
        till.scans(code)


def to_the_amounts(till: Till) -> None:
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")


def finish(till: Till) -> None:
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    if isinstance(till.state, states.PayingCash):
        till.confirms()
    till.is_at(states.Ready)


def test_the_gift_must_come_back_with_the_goods_that_earned_it(make_till: MakeTill) -> None:
    till = make_till(coffee())
    chooses(till, coffee(), "G1")
    till.sees("赠品须一并退回：马克杯。", "赠品：马克杯")
    to_the_amounts(till)
    till.is_at(states.Denied)
    till.sees("赠品须一并退回：马克杯。")
    till.types("↑")
    till.scans("G2")
    till.sees_not("须一并退回")
    to_the_amounts(till)
    till.sees("确认退款金额", "￥ 299.00")
    till.confirms()
    assert "赠品：马克杯" in till.paper


def test_or_its_stated_value_is_taken_off_as_a_line_of_its_own(make_till: MakeTill) -> None:
    till = make_till(coffee(), policy__gifts__missing="charge")
    chooses(till, coffee(), "G1")
    till.sees("赠品未退：马克杯，按标价 39.90 从退款中扣减。")
    to_the_amounts(till)
    till.sees("￥ 259.10", "赠品未退", "-39.90")
    finish(till)
    it = till.returns[0].settlement
    assert (it.this, it.gifts, it.refund) == (29900, 3990, 25910)
    assert it.lines[0].amount == 29900, "never netted into a price"
    assert "赠品未退" in till.papers[0]


def test_a_gift_that_comes_back_after_all_gives_its_value_back(make_till: MakeTill) -> None:
    till = make_till(coffee(), policy__gifts__missing="charge")
    chooses(till, coffee(), "G1")
    to_the_amounts(till)
    finish(till)
    chooses(till, coffee(), "G2")
    to_the_amounts(till)
    till.sees("￥ 39.90", "退还赠品扣款")
    finish(till)
    assert [one.settlement.refund for one in till.returns] == [25910, 3990]
    till.scans(coffee().receipt_no)
    till.is_at(states.NothingLeft)


def test_or_the_customer_keeps_it(make_till: MakeTill) -> None:
    till = make_till(coffee(), policy__gifts__missing="leave")
    chooses(till, coffee(), "G1")
    till.sees_not("赠品须", "赠品未退")
    to_the_amounts(till)
    till.sees("￥ 299.00")


@pytest.mark.parametrize("missing", ["ask", "charge", "leave"])
def test_a_gift_alone_comes_back_for_nothing(make_till: MakeTill, missing: str) -> None:
    till = make_till(coffee(), policy__gifts__missing=missing)
    chooses(till, coffee(), "G2")
    to_the_amounts(till)
    till.sees("确认退款金额", "￥ 0.00")
    finish(till)
    assert till.returns[0].status is Status.REFUNDED
    till.sees("无需退款")
    till.sees_not("已退款")
    assert "商品已收回，无需退款" in till.paper
    assert "已退款" not in till.paper
    assert "CashPaid" not in till.journal
    chooses(till, coffee(), "G1")
    till.sees_not("赠品须", "赠品未退")
    to_the_amounts(till)
    till.sees("￥ 299.00")


def test_a_gift_dearer_than_the_goods_never_makes_a_negative_refund(make_till: MakeTill) -> None:
    receipt = sold(
        goods(1, "牙刷", "5.00"),
        goods(2, "杯子", "0.00", list_price="12.00", gift_of=[1]),
        goods(3, "毛巾", "20.00"),
        total="25.00",
    )
    till = make_till(receipt, policy__gifts__missing="charge")
    chooses(till, receipt, "G1")
    to_the_amounts(till)
    till.sees("￥ 0.00", "-5.00")
    finish(till)
    chooses(till, receipt, "G3")
    to_the_amounts(till)
    till.sees("￥ 13.00", "-7.00")
    finish(till)
    chooses(till, receipt, "G2")
    to_the_amounts(till)
    till.sees("￥ 12.00")
    finish(till)
    assert sum(one.settlement.refund for one in till.returns) == 2500


def test_buy_one_get_one_asks_for_one_gift_a_piece(make_till: MakeTill) -> None:
    receipt = sold(
        goods(1, "酸奶", "15.00", "3"),
        goods(2, "酸奶（赠）", "0.00", "3", list_price="5.00", gift_of=[1]),
        total="15.00",
    )
    till = make_till(receipt, policy__gifts__missing="charge")
    chooses(till, receipt, "G1", "G1")
    till.sees("标价 10.00")
    till.scans("G2")
    till.sees("标价 5.00")
    till.scans("G2")
    till.sees_not("赠品未退")


def test_for_two_one_is_given_and_one_alone_earns_none(make_till: MakeTill) -> None:
    receipt = sold(
        goods(1, "洗发水", "60.00", "2"),
        goods(2, "梳子", "0.00", list_price="8.00", gift_of=[1]),
        total="60.00",
    )
    till = make_till(receipt)
    chooses(till, receipt, "G1")
    till.sees("赠品须一并退回：梳子。")


def test_a_gift_for_so_much_stays_while_so_much_is_kept(make_till: MakeTill) -> None:
    """满 200 送."""
    receipt = sold(
        goods(1, "大米", "150.00"),
        goods(2, "食油", "80.00"),
        goods(3, "酱油", "20.00"),
        goods(4, "环保袋", "0.00", list_price="9.90", gift_threshold="200.00"),
        total="250.00",
    )
    assert receipt.gifts == (Gift(4, (1, 2, 3), 20000),)
    till = make_till(receipt)
    chooses(till, receipt, "G3")
    till.sees_not("须一并退回")
    till.scans("G2")
    till.sees("赠品须一并退回：环保袋。")


def test_goods_that_earned_no_gift_ask_for_none(make_till: MakeTill) -> None:
    receipt = sold(
        goods(1, "咖啡机", "299.00"),
        goods(2, "马克杯", "0.00", gift_of=[1]),
        goods(3, "咖啡豆", "50.00"),
        total="349.00",
    )
    till = make_till(receipt)
    chooses(till, receipt, "G3")
    till.sees_not("须一并退回")


def test_while_a_gift_is_charged_parts_go_one_after_the_other(make_till: MakeTill) -> None:
    """What one part took for the gift is what the next gives back: none may be undone between."""
    receipt = sold(
        goods(1, "牙刷", "5.00", "2"),
        goods(2, "杯子", "0.00", list_price="2.00", gift_of=[1]),
        total="5.00",
    )
    till = make_till(receipt, policy__gifts__missing="charge")
    chooses(till, receipt, "G1")
    to_the_amounts(till)
    till.confirms()
    till.presses(Key.F1)
    till.scans(receipt.receipt_no)
    till.is_at(states.ShowingReturn)
    till.is_told("R-0571-03-000001")


def test_a_gift_that_came_back_first_cannot_be_taken_out_again(make_till: MakeTill) -> None:
    """Voided once the machine was paid, its return would have left the mug with the customer."""
    till = make_till(coffee())
    chooses(till, coffee(), "G2")
    to_the_amounts(till)
    till.confirms()
    till.presses(Key.F1)
    till.scans(coffee().receipt_no)
    till.is_at(states.ShowingReturn)
    till.is_told(till.returns[0].number)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    chooses(till, coffee(), "G1")
    to_the_amounts(till)
    till.sees("￥ 299.00")


def test_in_english(make_till: MakeTill) -> None:
    till = make_till(coffee(), language="en", policy__gifts__missing="charge")
    chooses(till, coffee(), "G1")
    till.sees("Gift not returned: 马克杯; its stated value of 39.90 is taken off.", "Gift: 马克杯")
    asks = make_till(coffee(), language="en")
    chooses(asks, coffee(), "G1")
    asks.sees("The gift must come back as well: 马克杯.")


@pytest.mark.parametrize(
    ("gift", "said"),
    [
        ({"gift_of": [7]}, "line 2 is a gift for line 7"),
        ({"gift_of": [2]}, "line 2 is a gift for line 2"),
        ({"gift_of": [0]}, "must be from 1 to"),
        ({"gift_of": ["1"]}, "must be from 1 to"),
        ({"gift_of": [1], "net_amount": "1.00"}, "net_amount is not zero"),
        ({"gift_of": [1], "gift_threshold": "-1"}, "gift_threshold"),
    ],
)
def test_a_gift_that_cannot_be_is_refused_with_its_sale(gift: dict[str, object], said: str) -> None:
    net = str(gift.get("net_amount", "0.00"))
    total = "300.00" if net == "1.00" else "299.00"
    lines = [goods(1, "咖啡机", "299.00"), goods(2, "马克杯", "0.00") | gift]
    bad = sale(lines=lines, reductions=[], tenders=[{"kind": "cash", "amount": total}], total=total)
    found = found_in(Line(1, json.dumps(bad).encode()))
    assert isinstance(found, Note), found
    assert said in english(found.words)
