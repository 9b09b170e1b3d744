"""A customer without a receipt: the sale is found by what is left of it."""

from msgspec.structs import replace

from drivers.values import Key
from terminal.core import states
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import MILK, OIL, Sold, groceries, sale

CARD = (("card", "20.00", "4321"),)


def shop(make_till: MakeTill) -> Till:
    """Two sales of oil, one of milk by card, one of a customer whose phone ends in 8888."""
    oil, milk = Sold("大豆油", "59.90", gtin=OIL), Sold("牛奶", "20.00", gtin=MILK, sku="M2")
    return make_till(
        sale((oil,), number=1, days_ago=5),
        sale((oil,), number=2, days_ago=2),
        sale((milk,), CARD, number=3, days_ago=4),
        replace(sale((milk,), number=4, days_ago=3), phone_tail="8888"),
    )


def test_the_card_finds_the_sale(make_till: MakeTill) -> None:
    till = shop(make_till)
    till.presses(Key.F1, Key.F1)
    till.sees("最后四位")
    till.types("4321⏎")
    till.is_at(states.ChoosingGoods)
    till.sees("牛奶", "20.00")


def test_the_phone_finds_the_sale(make_till: MakeTill) -> None:
    till = shop(make_till)
    till.presses(Key.F1, Key.F1)
    till.types("8888⏎")
    till.is_at(states.ChoosingGoods)


def test_an_article_finds_its_sales_newest_first_and_the_cashier_chooses(
    make_till: MakeTill,
) -> None:
    till = shop(make_till)
    till.presses(Key.F1)
    till.scans(OIL)
    till.is_at(states.ChoosingSale)
    assert isinstance(till.state, states.ChoosingSale)
    assert [one.receipt.sequence for one in till.state.sales] == [2, 1]
    till.presses(Key.DOWN, Key.CONFIRM)
    till.is_at(states.ChoosingGoods)
    assert isinstance(till.state, states.ChoosingGoods)
    assert till.state.draft.case.sale.receipt.sequence == 1


def test_the_day_narrows_what_an_article_finds(make_till: MakeTill) -> None:
    till = shop(make_till)
    till.presses(Key.F1)
    till.types("1121⏎")
    till.scans(OIL)
    till.is_at(states.ChoosingGoods)


def test_the_day_narrows_what_a_card_finds(make_till: MakeTill) -> None:
    till = shop(make_till)
    till.presses(Key.F1)
    till.types("1121⏎")
    till.presses(Key.F1)
    till.types("4321⏎")
    till.sees("2026-11-21", "尾号 4321", "没有")
    till.is_at(states.ReceiptUnknown)


def test_what_is_no_tail_is_refused_with_how_to_type_it(make_till: MakeTill) -> None:
    till = shop(make_till)
    till.presses(Key.F1, Key.F1)
    till.types("432⏎")
    till.is_at(states.EnteringTail)
    till.is_told("最后四位数字")
    till.cancels()
    till.is_at(states.EnteringDay)


def test_an_article_nobody_bought_is_said_in_words(make_till: MakeTill) -> None:
    till = shop(make_till)
    till.presses(Key.F1)
    till.scans("6903244981002")
    till.sees("不限日期，商品 6903244981002")


def test_a_receipt_found_meanwhile_goes_before_the_tail(make_till: MakeTill) -> None:
    till = make_till(groceries())
    till.presses(Key.F1, Key.F1)
    till.types("43")
    till.scans(groceries().receipt_no)
    till.is_at(states.ChoosingGoods)
