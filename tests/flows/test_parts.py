"""A sale that comes back in parts: every part is its share, and together they are what was paid."""

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import Returned
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import MILK, OIL, RECEIPT, Sold, groceries, sale


def part(till: Till, *goods: str, times: int = 1) -> None:
    """One part from the receipt to ready again, cash paid."""
    till.scans(RECEIPT)
    for code in goods:
        for _ in range(times):
            till.scans(code)
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    if isinstance(till.state, states.PayingCash):
        till.confirms()
    till.is_at(states.Ready)


def returned(till: Till, sale_id: str) -> Returned:
    case = till.counter._ledger.case(sale_id)
    assert case is not None
    return case.returned


def test_three_for_ten_come_back_as_333_334_333(make_till: MakeTill) -> None:
    till = make_till(sale((Sold("纸巾", "10.00", "3", gtin=OIL),)))
    for _ in range(3):
        part(till, OIL)
    assert [one.settlement.refund for one in till.returns] == [333, 334, 333]


def test_parts_until_nothing_is_left_then_the_receipt_says_so(till: Till) -> None:
    part(till, OIL)
    part(till, MILK)
    till.scans(RECEIPT)
    till.is_at(states.ChoosingGoods)
    till.presses(Key.F1)
    till.sees("￥ 29.21")
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")
    till.sees("原付 95.00", "65.79", "29.21")
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.scans(RECEIPT)
    till.is_at(states.NothingLeft)
    till.sees("￥ 95.00")
    back = returned(till, groceries().id)
    assert back.amount == 9500
    assert sum(one.amount for one in back.tenders) == 9500
    assert (back.of_tender(0), back.of_tender(1)) == (6000, 3500)


def test_the_second_part_of_a_receipt_is_not_refused(till: Till) -> None:
    """erpnext#50944: the second part was refused though goods were left."""
    part(till, MILK)
    part(till, MILK)
    till.scans(RECEIPT)
    till.scans(MILK)
    till.is_told("蒙牛 纯牛奶 250ml×12")


def test_every_part_has_a_number_of_its_own(till: Till) -> None:
    """OCA/pos#1015: the second part reused a reference and was dropped."""
    part(till, OIL)
    part(till, MILK)
    assert [one.number for one in till.returns] == ["R-0571-03-000001", "R-0571-03-000002"]
    assert len({one.id for one in till.returns}) == 2
    assert len({one.short_code for one in till.returns}) == 2


def test_what_came_back_is_never_counted_twice(till: Till) -> None:
    """odoo#199072: a counter of refunded pieces was added twice."""
    part(till, MILK)
    till.power_cut()
    till.scans(RECEIPT)
    state = till.state
    assert isinstance(state, states.ChoosingGoods)
    assert state.draft.case.returned.of_line(2).quantity == 1000


def test_what_came_back_is_still_known_after_leaving_the_screen(till: Till) -> None:
    """odoo#135845: the refunded mark was lost on leaving the screen."""
    part(till, OIL)
    till.scans(RECEIPT)
    till.cancels()
    till.scans(RECEIPT)
    till.scans(OIL)
    till.is_told("金龙鱼 大豆油 5L")


def test_the_net_is_refunded_and_not_the_list_price(till: Till) -> None:
    """POS-Awesome#2800, POSNext#112: gross was refunded instead of net."""
    till.scans(RECEIPT)
    till.scans(OIL)
    till.sees("￥ 49.35")
    till.sees_not("59.90")


def test_not_one_cent_above_what_was_paid(make_till: MakeTill) -> None:
    """woocommerce#64668 (one cent above), odoo#96721 (7.00 paid, 8.00 refunded)."""
    till = make_till(
        sale(
            (Sold("面", "7.99", "7", gtin=OIL), Sold("糖", "0.01", gtin=MILK)),
            off=(("coupon", "1.00"),),
        )
    )
    for _ in range(7):
        part(till, OIL)
    part(till, MILK)
    assert sum(one.settlement.refund for one in till.returns) == 700


def test_an_offline_terminal_does_not_return_an_order_twice(till: Till) -> None:
    """itpp-labs/pos-addons#864: offline, the same order came back many times."""
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F1)
    till.scans(RECEIPT)
    till.is_at(states.NothingLeft)
    till.cancels()
    till.power_cut()
    till.scans(RECEIPT)
    till.is_at(states.NothingLeft)


def test_while_money_alone_waits_its_goods_do_not_come_back_for_the_rest(
    make_till: MakeTill,
) -> None:
    """Voided afterwards, it would have left the customer with less than the oil was paid."""
    till = make_till(sale((Sold("大豆油", "59.90", gtin=OIL),)))
    till.scans(RECEIPT)
    till.scans(OIL)
    till.confirms()
    till.picks("多收款")
    till.types("10⏎")
    till.confirms()
    till.types("2001⏎4321⏎1")
    till.confirms()
    till.presses(Key.F1)
    till.scans(RECEIPT)
    till.is_at(states.ShowingReturn)
    till.is_told(till.returns[0].number)
    till.confirms()
    till.presses(Key.CANCEL, Key.CONFIRM)
    till.returns_all(RECEIPT)
    till.sees("￥ 59.90")
