"""序列号: each piece comes back by its own number, once."""

import json

import pytest

from drivers.values import Key
from terminal.core import states
from terminal.core.sale import Sale
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import OIL, PHONE, Sold, one_oil, sale, with_serials

ONE, TWO, STRANGE = "860123456789015", "860123456789023", "860999999999991"


def phones(**how: object) -> Sale:
    """Two phones with their numbers, and a bottle of oil without one."""
    goods = (  # without tax: its rounding must not refuse what only the number should
        Sold("荣耀 手机 X60", "3998.00", "2", gtin=PHONE, sku="X60", category="mobile", tax="0"),
        Sold("金龙鱼 大豆油 5L", "59.90", gtin=OIL),
    )
    made = sale(goods, days_ago=3, **how)  # type: ignore[arg-type]  # as sale takes them
    return with_serials(made, ONE, TWO, batch="B2611")


def at_the_numbers(till: Till, *codes: str) -> None:
    till.scans(phones().receipt_no)
    for code in codes:
        till.scans(code)
    till.confirms()
    till.picks("拿错/发错")


def finish(till: Till) -> None:
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    if isinstance(till.state, states.PayingCash):
        till.confirms()
    till.is_at(states.Ready)


def returned(till: Till) -> list[tuple[str, ...]]:
    return [one.serials for ret in till.returns for one in ret.settlement.lines]


@pytest.fixture(name="shop")
def _shop(make_till: MakeTill) -> Till:
    return make_till(phones(), policy__limit__amount="0")


def test_the_piece_that_comes_back_is_asked_for_and_recorded(shop: Till) -> None:
    at_the_numbers(shop, PHONE)
    shop.is_at(states.ScanningSerials)
    shop.sees("请扫描商品的序列号", "荣耀 手机 X60", "已扫 0 / 1 件", "B2611")
    shop.scans(TWO)
    shop.is_at(states.ChoosingCondition)
    shop.picks("未拆封")
    shop.sees("￥ 1999.00")
    finish(shop)
    assert returned(shop) == [(TWO,)]
    assert f"序列号 {TWO}" in shop.papers[0]
    assert "批号 B2611" in shop.papers[0]


def test_a_number_that_was_not_sold_here_is_refused(shop: Till) -> None:
    at_the_numbers(shop, PHONE)
    shop.scans(STRANGE)
    shop.is_at(states.ScanningSerials)
    shop.is_told(f"此小票的 荣耀 手机 X60 中没有 {STRANGE}")
    shop.sees("已扫 0 / 1 件")


def test_a_piece_comes_back_once(shop: Till) -> None:
    at_the_numbers(shop, PHONE)
    shop.scans(ONE)
    shop.picks("未拆封")
    finish(shop)
    at_the_numbers(shop, PHONE)
    shop.scans(ONE)
    shop.is_told(f"{ONE} 已经退过")
    shop.is_at(states.ScanningSerials)
    shop.scans(TWO)
    shop.picks("未拆封")
    finish(shop)
    assert returned(shop) == [(ONE,), (TWO,)]


def test_a_voided_return_gives_its_pieces_free(shop: Till) -> None:
    at_the_numbers(shop, PHONE)
    shop.scans(ONE)
    shop.picks("未拆封")
    shop.confirms()
    shop.presses(Key.CANCEL, Key.CONFIRM)
    at_the_numbers(shop, PHONE)
    shop.scans(ONE)
    shop.is_at(states.ChoosingCondition)


def test_two_ways_at_once_the_second_is_refused_where_it_is_recorded(shop: Till) -> None:
    """Both screens showed the piece as still out; the transaction knows better."""
    at_the_numbers(shop, PHONE)
    shop.scans(ONE)
    shop.picks("未拆封")
    amounts = shop.state
    finish(shop)
    assert isinstance(amounts, states.ConfirmingAmounts)
    shop.counter.state = amounts
    shop.confirms()
    shop.is_at(states.ChoosingGoods)
    shop.is_told("没有保存")
    assert returned(shop) == [(ONE,)]
    assert shop.store.verify_chain() is None


def test_a_number_named_twice_is_one_piece(shop: Till) -> None:
    at_the_numbers(shop, PHONE, PHONE)
    shop.scans(ONE)
    shop.scans(ONE)
    shop.is_told(f"{ONE} 已扫过")
    shop.sees("已扫 1 / 2 件", "第 1 件")
    shop.presses(Key.F2)
    shop.sees("已扫 0 / 2 件")
    shop.scans(TWO)
    shop.scans(ONE)
    shop.is_at(states.ChoosingCondition)


def test_a_number_is_never_a_quantity(shop: Till) -> None:
    """odoo#281962: a scan became a refund quantity."""
    at_the_numbers(shop, PHONE)
    shop.types("12")
    shop.scans(ONE)
    shop.is_at(states.ChoosingCondition)
    shop.picks("未拆封")
    assert isinstance(shop.state, states.ConfirmingAmounts)
    assert [one.quantity for one in shop.state.draft.chosen] == [1000]


def test_a_number_is_typed_where_no_scanner_reads_it(shop: Till) -> None:
    at_the_numbers(shop, PHONE)
    shop.types(f"{STRANGE}⏎")
    shop.is_told(f"没有 {STRANGE}")
    shop.types(f"{TWO}⏎")
    shop.is_at(states.ChoosingCondition)


def test_the_article_is_not_taken_for_the_piece(shop: Till) -> None:
    at_the_numbers(shop, PHONE)
    shop.scans(PHONE)
    shop.is_told("这是商品码")
    shop.types("x60⏎")
    shop.is_told("这是商品码")


def test_a_badge_a_slip_or_a_receipt_is_no_number(shop: Till) -> None:
    at_the_numbers(shop, PHONE)
    for code in ("%BBOSS", "R-0571-03-000001", phones().receipt_no):
        shop.scans(code)
        shop.is_at(states.ScanningSerials)
        shop.sees("已扫 0 / 1 件")
        assert code not in shop.notices


def test_scanned_among_the_goods_it_chooses_its_piece(shop: Till) -> None:
    shop.scans(phones().receipt_no)
    shop.scans(TWO)
    shop.sees("￥ 1999.00")
    shop.scans(TWO)
    shop.is_told(f"{TWO} 已扫过")
    shop.confirms()
    shop.picks("拿错/发错")
    shop.is_at(states.ChoosingCondition)
    shop.picks("未拆封")
    finish(shop)
    assert returned(shop) == [(TWO,)]


def test_article_and_then_number_are_one_piece(shop: Till) -> None:
    shop.scans(phones().receipt_no)
    shop.scans(PHONE)
    shop.scans(ONE)
    shop.sees("￥ 1999.00")


def test_fewer_pieces_are_named_anew(shop: Till) -> None:
    """Nobody knows which of the two stays."""
    shop.scans(phones().receipt_no)
    shop.scans(ONE)
    shop.scans(TWO)
    shop.types("1⏎")
    shop.confirms()
    shop.picks("拿错/发错")
    shop.sees("已扫 0 / 1 件")


def test_goods_without_numbers_ask_for_none(shop: Till) -> None:
    at_the_numbers(shop, OIL)
    shop.is_at(states.ChoosingCondition)


def test_an_overcharge_asks_for_no_piece(shop: Till) -> None:
    shop.scans(phones().receipt_no)
    shop.scans(PHONE)
    shop.confirms()
    shop.picks("多收款")
    shop.types("100.00⏎")
    shop.confirms()
    shop.is_at(states.AwaitingOverride)


def test_a_line_that_turns_out_to_be_goods_is_asked_for(shop: Till) -> None:
    shop.scans(phones().receipt_no)
    shop.scans(PHONE)
    shop.confirms()
    shop.picks("多收款")
    shop.types("100.00⏎")
    shop.presses(Key.F4)
    shop.picks("拿错/发错")
    shop.picks("未拆封")
    shop.confirms()
    shop.is_at(states.ScanningSerials)
    shop.scans(ONE)
    shop.is_at(states.CheckingLines)
    shop.confirms()
    shop.is_at(states.ConfirmingAmounts)


def test_a_power_cut_keeps_the_pieces_that_were_named(shop: Till) -> None:
    at_the_numbers(shop, PHONE, PHONE)
    shop.scans(ONE)
    shop.power_cut()
    shop.is_at(states.ScanningSerials)
    shop.sees("已扫 1 / 2 件")


def test_back_to_the_goods(shop: Till) -> None:
    at_the_numbers(shop, PHONE)
    shop.cancels()
    shop.is_at(states.ChoosingGoods)


def test_inspection_goes_through_the_pieces_again(shop: Till) -> None:
    at_the_numbers(shop, PHONE, PHONE)
    shop.scans(ONE)
    shop.scans(TWO)
    shop.picks("未拆封")
    shop.confirms()
    shop.presses(Key.F4)
    shop.is_at(states.ChoosingGoods)
    shop.types("1⏎")
    shop.confirms(2)
    shop.is_at(states.ScanningSerials)
    shop.scans(TWO)
    shop.confirms(2)
    assert [one.serials for one in shop.returns[1].settlement.lines] == [(TWO,)]


def test_a_void_of_the_whole_sale_names_every_piece(make_till: MakeTill) -> None:
    todays = with_serials(
        sale(
            (Sold("手机", "100.00", gtin=PHONE), Sold("油", "59.90", gtin=OIL)),
            days_ago=0,
        ),
        ONE,
    )
    till = make_till(todays)
    till.scans(todays.receipt_no)
    till.scans(OIL)
    till.confirms()
    till.picks("收银差错")
    till.confirms()
    till.is_at(states.ScanningSerials)
    till.scans(ONE)
    till.is_at(states.ChoosingCondition)


def test_numbers_are_kept_apart_from_the_chain(shop: Till) -> None:
    """A phone's number leads to its customer: it is erased with what is personal."""
    at_the_numbers(shop, PHONE)
    shop.scans(ONE)
    shop.picks("未拆封")
    finish(shop)
    rows = [row for row in shop.store.journal() if row.kind == "ReturnRecorded"]
    assert ONE not in rows[0].body
    assert ONE in json.dumps(rows[0].personal)


def test_in_english(make_till: MakeTill) -> None:
    till = make_till(phones(), one_oil(number=9), language="en")
    till.scans(phones().receipt_no)
    till.scans(PHONE)
    till.confirms()
    till.picks("Wrong item")
    till.sees("Which pieces come back?", "0 of 1 pieces named", "Not that one")
    till.scans(STRANGE)
    till.is_told(f"{STRANGE} was not sold on this receipt as 荣耀 手机 X60.")
