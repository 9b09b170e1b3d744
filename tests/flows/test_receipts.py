"""Finding the sale: scanned, typed, searched, chosen among several, or not to be found."""

import pytest

from drivers.values import Key
from terminal.core import states
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import OIL, RECEIPT, groceries, label, one_oil


def test_an_unknown_receipt_is_typed_then_found_by_day_and_amount(till: Till) -> None:
    till.scans("05710326112099999")
    till.sees("05710326112099999")
    till.is_at(states.ReceiptUnknown)
    till.types("123⏎")
    till.is_at(states.ReceiptUnknown)
    till.sees("123")
    till.presses(Key.F1)
    till.types("1120⏎95.00⏎")
    till.is_at(states.ChoosingGoods)
    till.sees("金龙鱼 大豆油 5L")


def test_a_receipt_typed_by_hand_is_found(till: Till) -> None:
    till.types(RECEIPT + "⏎")
    till.is_at(states.ChoosingGoods)


def test_a_receipt_of_another_shape_is_looked_up_all_the_same(make_till: MakeTill) -> None:
    till = make_till(one_oil(receipt_no="A-77/3"))
    till.scans("A-77/3")
    till.is_at(states.ChoosingGoods)


def test_a_day_is_typed_short_or_whole_or_left_for_today(make_till: MakeTill) -> None:
    till = make_till(one_oil(days_ago=0))
    for typed in ("⏎", "23⏎", "1123⏎", "20261123⏎"):
        till.presses(Key.F1)
        till.types(typed + "59.9⏎")
        till.is_at(states.ChoosingGoods)
        till.cancels()


@pytest.mark.parametrize("typed", ["20261124", "99", "0230", "123", "000000000", "20261301"])
def test_what_is_no_day_until_today_is_refused_with_how_to_type_it(till: Till, typed: str) -> None:
    till.presses(Key.F1)
    till.types(typed + "⏎")
    till.is_told("1120")
    till.is_at(states.EnteringDay)


@pytest.mark.parametrize("typed", ["1.234", ".", "1..2", "9999999999"])
def test_what_is_no_amount_is_refused_with_how_to_type_it(till: Till, typed: str) -> None:
    till.presses(Key.F1, Key.CONFIRM)
    till.types(typed + "⏎")
    till.is_told("80.54")
    till.is_at(states.EnteringAmount)


def test_nothing_sold_that_day_for_that_amount_is_said_with_both(till: Till) -> None:
    till.presses(Key.F1)
    till.types("1120⏎1⏎")
    till.sees("2026-11-20", "￥ 1.00")
    till.cancels()
    till.is_at(states.Ready)


def test_several_sales_under_one_number_are_shown_and_the_cashier_chooses(
    make_till: MakeTill,
) -> None:
    """Microsoft warns of numbers that repeat over registers."""
    till = make_till(
        one_oil(receipt_no="4711"), one_oil(receipt_no="4711", workstation="04", days_ago=1)
    )
    till.types("4711⏎")
    till.is_at(states.ChoosingSale)
    till.sees("0571-03", "0571-04")
    till.types("↓⏎")
    state = till.state
    assert isinstance(state, states.ChoosingGoods)
    assert state.draft.case.sale.receipt.workstation == "03"


def test_one_of_several_is_not_mixed_up_with_what_came_back_of_another(
    make_till: MakeTill,
) -> None:
    till = make_till(
        one_oil(receipt_no="4711"), one_oil(receipt_no="4711", workstation="04", days_ago=1)
    )
    till.types("4711⏎⏎")
    till.presses(Key.F1, Key.CONFIRM)
    till.picks("质量问题")
    till.picks("未拆封")
    till.confirms()
    till.presses(Key.F1)
    till.types("4711⏎⏎")
    till.is_at(states.NothingLeft)
    till.cancels()
    till.types("4711⏎↓⏎")
    till.is_at(states.ChoosingGoods)


def test_goods_scanned_first_ask_for_the_receipt(till: Till) -> None:
    till.scans(OIL)
    till.is_told("先扫描小票")
    till.scans(label("12345", 412))
    till.is_told("先扫描小票")
    till.is_at(states.Ready)


def test_goods_scanned_where_no_receipt_is_found_ask_for_the_receipt(till: Till) -> None:
    till.scans("05710326112099999")
    till.scans(OIL)
    till.is_told("先扫描小票")


def test_a_receipt_scanned_into_an_open_return_changes_nothing(make_till: MakeTill) -> None:
    other = one_oil(number=2)
    till = make_till(groceries(), other)
    till.scans(RECEIPT)
    till.scans(OIL)
    before = till.state
    till.scans(other.receipt_no)
    till.is_told("先办完")
    assert till.state == before


@pytest.mark.parametrize("code", [RECEIPT, OIL, "%BBOSS", "R-0571-03-000001", "Hello"])
def test_every_code_scanned_at_a_wrong_moment_is_answered_in_words(till: Till, code: str) -> None:
    till.returns_all(RECEIPT)
    before = till.state
    till.scans(code)
    assert till.state == before
    assert till.notices, "a beep says nothing"


def test_a_code_scanned_before_signing_on_asks_to_sign_on(make_till: MakeTill) -> None:
    till = make_till(groceries(), signed_on=False)
    till.scans(RECEIPT)
    till.is_at(states.SignedOff)
    till.is_told("请先签到")


def test_the_next_receipt_may_be_scanned_where_nothing_is_left(make_till: MakeTill) -> None:
    other = one_oil(number=2)
    till = make_till(groceries(), other)
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F1)
    till.scans(RECEIPT)
    till.is_at(states.NothingLeft)
    till.scans(other.receipt_no)
    till.is_at(states.ChoosingGoods)


GARBAGE = ("\x1b@\x1dV\x00", "9" * 5000, "\x00", "   ", "\u202eevil", "a\nb", "V-100", "\ud800")


@pytest.mark.parametrize("code", GARBAGE)
def test_garbage_is_answered_in_words_and_goes_nowhere(till: Till, code: str) -> None:
    till.scans(code)
    assert till.notices
    till.is_at(states.Ready)
    assert "\x1b" not in till.picture()
    assert till.journal == ["SignedOn"]


def test_a_long_code_is_shown_short(till: Till) -> None:
    till.scans(RECEIPT)
    till.scans("X" * 500)
    assert len(till.notices) < 100
    till.scans("V-" + "9" * 500)
    assert len(till.notices) < 100


def test_two_codes_glued_together_are_no_receipt(till: Till) -> None:
    till.scans(RECEIPT + RECEIPT)
    till.is_at(states.ReceiptUnknown)


def test_half_a_receipt_number_finds_nothing(till: Till) -> None:
    till.scans(RECEIPT[:-3])
    till.is_at(states.ReceiptUnknown)
