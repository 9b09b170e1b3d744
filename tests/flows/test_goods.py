"""Choosing goods: a scan adds one, keys set a quantity, and neither passes what is left."""

from drivers.values import Key
from terminal.core import states
from terminal.core.sale import Unit
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import APPLES, MILK, OIL, RECEIPT, Sold, label, sale


def chosen(till: Till) -> dict[int, int]:
    assert isinstance(till.state, states.ChoosingGoods)
    return {one.line: one.quantity for one in till.state.draft.chosen}


def test_each_scan_adds_one_until_none_is_left(till: Till) -> None:
    till.scans(RECEIPT)
    till.scans(MILK)
    till.scans(MILK)
    assert chosen(till) == {2: 2000}
    till.scans(MILK)
    till.is_told("蒙牛 纯牛奶 250ml×12")
    assert chosen(till) == {2: 2000}


def test_a_scan_while_a_quantity_is_typed_never_becomes_a_quantity(till: Till) -> None:
    """odoo#281962: a scan became a refund quantity."""
    till.scans(RECEIPT)
    till.types("1")
    till.scans(MILK)
    assert chosen(till) == {2: 1000}
    till.sees_not("1_")
    till.confirms()
    till.is_at(states.ChoosingReason)


def test_digits_of_a_scan_are_no_quantity_even_when_it_is_no_goods_code(till: Till) -> None:
    till.scans(RECEIPT)
    till.scans("2")
    assert chosen(till) == {}
    till.is_told("2", "不在这张小票")


def test_more_than_is_left_is_refused_and_not_cut(till: Till) -> None:
    till.scans(RECEIPT)
    till.types("↓3⏎")
    till.is_told("3", "2")
    assert chosen(till) == {}


def test_a_quantity_of_many_digits_is_refused_in_words(till: Till) -> None:
    till.scans(RECEIPT)
    till.types("99999999999999⏎")
    assert till.notices
    assert chosen(till) == {}


def test_a_weight_is_typed_with_the_comma_of_a_keypad_too(till: Till) -> None:
    till.scans(RECEIPT)
    till.types("↓↓0,412⏎")
    assert chosen(till) == {3: 412}


def test_half_a_bottle_cannot_be_typed(till: Till) -> None:
    till.scans(RECEIPT)
    till.types("0.5⏎")
    assert till.notices
    assert chosen(till) == {}


def test_typing_a_nought_takes_a_line_off(till: Till) -> None:
    till.scans(RECEIPT)
    till.scans(OIL)
    till.types("0⏎")
    assert chosen(till) == {}
    till.confirms()
    till.is_told("至少")


def test_all_takes_what_is_left_and_again_takes_it_off(till: Till) -> None:
    till.scans(RECEIPT)
    till.presses(Key.F1)
    assert chosen(till) == {1: 1000, 2: 2000, 3: 1236}
    till.sees("￥ 95.00")
    till.presses(Key.F1)
    assert chosen(till) == {}


def test_a_weight_label_enters_its_weight(till: Till) -> None:
    till.scans(RECEIPT)
    till.scans(label(APPLES, 412))
    assert chosen(till) == {3: 412}
    till.scans(label(APPLES, 824))
    assert chosen(till) == {3: 1236}
    till.scans(label(APPLES, 1))
    till.is_told("苹果 红富士")


def test_a_weight_label_of_the_tills_own_code_is_known_by_item_or_by_whole_code(
    make_till: MakeTill,
) -> None:
    """Tills keep an in-store code as item, as prefix and item, or as the label that was scanned."""
    for kept in (APPLES, "20" + APPLES, label(APPLES, 1236)):
        till = make_till(sale((Sold("苹果", "15.50", "1.236", gtin=kept, unit=Unit.WEIGHT),)))
        till.scans(RECEIPT)
        till.scans(label(APPLES, 412))
        assert chosen(till) == {1: 412}, kept


def test_a_weight_label_takes_the_line_of_its_own_weight_first(make_till: MakeTill) -> None:
    till = make_till(
        sale(
            (
                Sold("苹果", "10.00", "0.800", sku=APPLES, unit=Unit.WEIGHT),
                Sold("苹果", "5.00", "0.412", sku=APPLES, unit=Unit.WEIGHT),
            )
        )
    )
    till.scans(RECEIPT)
    till.scans(label(APPLES, 412))
    assert chosen(till) == {2: 412}


def test_a_weight_label_never_makes_part_of_a_piece(make_till: MakeTill) -> None:
    till = make_till(sale((Sold("礼盒", "88.00", "2", sku=APPLES),)))
    till.scans(RECEIPT)
    till.scans(label(APPLES, 412))
    assert chosen(till) == {}
    assert till.notices


def test_a_price_label_names_a_line_and_is_never_multiplied(make_till: MakeTill) -> None:
    till = make_till(
        sale(
            (
                Sold("排骨", "44.25", "1.236", sku="54321", unit=Unit.WEIGHT),
                Sold("排骨", "20.00", "0.559", sku="54321", unit=Unit.WEIGHT),
            )
        )
    )
    till.scans(RECEIPT)
    till.scans(label("54321", 2000, prefix="21"))
    assert chosen(till) == {2: 559}
    till.sees("￥ 20.00")
    till.scans(label("54321", 4425, prefix="21"))
    assert chosen(till) == {1: 1236, 2: 559}
    till.scans(label("54321", 999, prefix="21"))
    till.is_told("不在这张小票")


def test_a_price_label_of_a_piece_adds_one_piece(make_till: MakeTill) -> None:
    till = make_till(sale((Sold("便当", "30.00", "2", sku="54321"),)))
    till.scans(RECEIPT)
    till.scans(label("54321", 1500, prefix="21"))
    assert chosen(till) == {1: 1000}


def test_weighed_goods_scanned_without_a_label_ask_for_the_weight(make_till: MakeTill) -> None:
    till = make_till(
        sale((Sold("油", "9.00", gtin=OIL), Sold("米", "8.00", "2.5", gtin=MILK, unit=Unit.WEIGHT)))
    )
    till.scans(RECEIPT)
    till.scans(MILK)
    till.is_told("米", "公斤")
    till.types("0.4⏎")
    assert chosen(till) == {2: 400}


def test_two_lines_of_one_product_fill_one_after_the_other(make_till: MakeTill) -> None:
    """POS Awesome, POSNext: a cap counted per item code goes wrong with two lines of it."""
    till = make_till(
        sale((Sold("可乐", "3.00", gtin=OIL), Sold("可乐 第二件半价", "1.50", gtin=OIL)))
    )
    till.scans(RECEIPT)
    till.scans(OIL)
    till.scans(OIL)
    assert chosen(till) == {1: 1000, 2: 1000}
    till.sees("￥ 4.50")
    till.scans(OIL)
    till.is_told("可乐")
    till.types("0⏎")
    assert chosen(till) == {1: 1000}


def test_two_lines_of_one_product_come_back_in_two_returns_and_no_third(
    make_till: MakeTill,
) -> None:
    """The same, over several returns: what came back is known of each line, not of the article."""
    sold = sale((Sold("可乐", "3.00", gtin=OIL), Sold("可乐 第二件半价", "1.50", gtin=OIL)))
    till = make_till(sold)
    for line, amount in ((1, "￥ 3.00"), (2, "￥ 1.50")):
        till.scans(RECEIPT)
        till.scans(OIL)
        assert chosen(till) == {line: 1000}
        till.sees(amount)
        till.confirms()
        till.picks("质量问题")
        till.picks("未拆封")
        till.confirms()
        till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.scans(RECEIPT)
    till.is_at(states.NothingLeft)


def test_upc_of_twelve_digits_and_its_ean_of_thirteen_are_one_product(make_till: MakeTill) -> None:
    till = make_till(sale((Sold("Soap", "3.00", "2", gtin="036000291452"),)))
    till.scans(RECEIPT)
    till.scans("0036000291452")
    till.scans("036000291452")
    assert chosen(till) == {1: 2000}


def test_goods_that_are_not_on_the_receipt_change_nothing(till: Till) -> None:
    till.scans(RECEIPT)
    till.scans("4006381333931")
    till.is_told("4006381333931", "不在这张小票")
    assert chosen(till) == {}


def test_one_part_of_a_kit_returns_that_part_alone(make_till: MakeTill) -> None:
    """opensourcepos#3957: the whole kit came back for one part of it."""
    till = make_till(
        sale(
            (
                Sold("套装·锅", "45.28", gtin=OIL),
                Sold("套装·铲", "34.53", gtin=MILK),
                Sold("套装·勺", "19.19", sku="K3"),
            )
        )
    )
    till.scans(RECEIPT)
    till.scans(MILK)
    assert chosen(till) == {2: 1000}
    till.sees("￥ 34.53")


def test_the_cursor_stays_within_the_lines(till: Till) -> None:
    till.scans(RECEIPT)
    till.types("↑↑↓↓↓↓↓1.236⏎")
    assert chosen(till) == {3: 1236}
