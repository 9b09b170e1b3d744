"""A recorded return whose slip is not at hand: found again, gone on with, voided, never lost.

Law of the file: every way starts from what a customer still has: the receipt, a number, a code read
out, or a slip that somebody altered.
"""

import pytest

from drivers.values import Key
from printer.status import PrinterFault
from terminal.core import states
from terminal.core.returns import Return, Status
from terminal.core.short_code import grouped
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import MILK, OIL, RECEIPT, Sold, groceries, sale

NUMBER = "R-0571-03-000001"


@pytest.fixture(name="half")
def _half(till: Till) -> Till:
    """One bottle of a receipt recorded, without its slip; the milk is still to come back."""
    till.printing.fault = PrinterFault.UNREACHABLE
    _returns(till, OIL)
    till.presses(Key.F2, Key.F1)
    till.printing.mend()
    return till


def _returns(till: Till, code: str) -> None:
    """From ready to the record: one article of the receipt."""
    till.scans(RECEIPT)
    till.scans(code)
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")
    till.confirms()


def _the_return(till: Till) -> Return:
    return till.returns[0]


def test_a_receipt_with_nothing_left_leads_to_its_open_return(slipless: Till) -> None:
    slipless.scans(RECEIPT)
    slipless.is_at(states.NothingLeft)
    slipless.sees(NUMBER, "F2")
    slipless.presses(Key.F2)
    slipless.is_at(states.ShowingReturn)
    slipless.sees(NUMBER, "￥ 95.00")


def test_a_receipt_with_goods_left_leads_to_its_open_return_too(half: Till) -> None:
    half.scans(RECEIPT)
    half.is_at(states.ChoosingGoods)
    half.sees("F2")
    half.presses(Key.F2)
    half.is_at(states.ShowingReturn)
    half.sees(NUMBER)


def test_goods_chosen_so_far_do_not_hide_the_open_return(half: Till) -> None:
    half.scans(RECEIPT)
    half.scans(MILK)
    half.presses(Key.F2)
    half.is_at(states.ShowingReturn)
    half.cancels()
    half.is_at(states.Ready)
    assert len(half.returns) == 1, "what was only chosen is not recorded"


def test_a_receipt_without_an_open_return_offers_none(till: Till) -> None:
    till.scans(RECEIPT)
    before = till.state
    till.presses(Key.F2)
    assert till.state == before
    assert ("F2", "未完成的退货") not in [(one.cap, one.label) for one in till.screen.keys]


def test_a_finished_return_is_no_open_one(slipless: Till) -> None:
    slipless.scans(RECEIPT)
    slipless.presses(Key.F2, Key.CONFIRM, Key.F2, Key.CONFIRM, Key.CONFIRM)
    slipless.is_at(states.Ready)
    slipless.scans(RECEIPT)
    slipless.is_at(states.NothingLeft)
    slipless.sees_not("F2")
    slipless.presses(Key.F2)
    slipless.is_at(states.NothingLeft)


@pytest.mark.parametrize("typed", [NUMBER, NUMBER.lower(), "1", "000001"])
def test_a_return_is_found_by_its_number_typed(slipless: Till, typed: str) -> None:
    slipless.types(typed + "⏎")
    slipless.is_at(states.ShowingReturn)
    slipless.sees(NUMBER)


@pytest.mark.parametrize("how", ["plain", "grouped", "lower"])
def test_a_return_is_found_by_its_short_code_typed(slipless: Till, how: str) -> None:
    code = _the_return(slipless).short_code
    slipless.types({"plain": code, "grouped": grouped(code), "lower": code.lower()}[how] + "⏎")
    slipless.is_at(states.ShowingReturn)
    slipless.sees(NUMBER)


def test_every_check_character_of_a_short_code_can_be_typed_where_a_receipt_is(
    make_till: MakeTill,
) -> None:
    """Four of the 37 are signs, not letters: one slip in nine ends in one of them."""
    till = make_till(groceries())
    for char in "0Z*~$=U":
        till.types(char)
        assert till.counter.editor.text.endswith(char), char


def test_a_number_is_found_where_a_receipt_was_unknown_too(slipless: Till) -> None:
    slipless.scans("05710326112099999")
    slipless.is_at(states.ReceiptUnknown)
    slipless.types("1⏎")
    slipless.is_at(states.ShowingReturn)


def test_a_receipt_of_the_shop_goes_before_a_return_of_the_same_number(
    make_till: MakeTill,
) -> None:
    other = sale((Sold("纸巾", "9.90"),), number=2, receipt_no="1")
    till = make_till(groceries(), other)
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F1)
    till.types("1⏎")
    till.is_at(states.ChoosingGoods)
    till.sees("纸巾")


@pytest.mark.parametrize("typed", ["2", "R-0571-03-000002", "R-0571-99-000001", "AAAAA-AAAAA-A"])
def test_what_names_no_return_is_an_unknown_receipt(slipless: Till, typed: str) -> None:
    slipless.types(typed + "⏎")
    slipless.is_at(states.ReceiptUnknown)


def test_a_return_left_by_the_idle_lock_is_found_by_its_receipt(till: Till) -> None:
    till.printing.fault = PrinterFault.PAPER_OUT
    till.returns_all(RECEIPT)
    till.confirms()
    till.is_at(states.SlipBlocked)
    till.counter.idle()
    till.is_at(states.SignedOff)
    till.printing.mend()
    till.signs_on()
    assert till.printing.sent == [], "no slip is printed unseen"
    till.scans(RECEIPT)
    till.presses(Key.F2, Key.CONFIRM)
    till.is_at(states.WaitingForCustomer)


def test_a_return_left_by_the_idle_lock_in_doubt_prints_nothing_by_itself(till: Till) -> None:
    till.printing.during = PrinterFault.PAPER_OUT
    till.returns_all(RECEIPT)
    till.confirms()
    till.is_at(states.SlipUncertain)
    till.counter.idle()
    till.printing.mend()
    till.signs_on()
    till.scans(RECEIPT)
    till.presses(Key.F2)
    assert len(till.printing.sent) == 1
    till.presses(Key.F3)
    assert "补打" in till.paper


def test_it_goes_on_where_it_stopped_and_is_paid_once(slipless: Till) -> None:
    slipless.scans(RECEIPT)
    slipless.presses(Key.F2, Key.CONFIRM)
    slipless.is_at(states.WaitingForCustomer)
    slipless.presses(Key.F2, Key.CONFIRM)
    slipless.is_at(states.PayingCash)
    slipless.confirms()
    slipless.is_at(states.Ready)
    assert _the_return(slipless).status is Status.ACCEPTED
    assert slipless.journal.count("ReturnFinished") == 1
    assert slipless.journal.count("CashPaid") == 1


def test_its_slip_is_printed_when_it_is_taken_up(slipless: Till) -> None:
    slipless.scans(RECEIPT)
    slipless.presses(Key.F2, Key.F3)
    slipless.is_at(states.WaitingForCustomer)
    ret = _the_return(slipless)
    assert grouped(ret.short_code) in slipless.paper


def test_it_can_be_voided_and_its_goods_come_back_anew(half: Till) -> None:
    half.scans(RECEIPT)
    half.presses(Key.F2, Key.CONFIRM)
    half.cancels()
    half.is_at(states.ConfirmingVoid)
    half.confirms()
    assert _the_return(half).status is Status.VOIDED
    half.scans(RECEIPT)
    half.presses(Key.F1)
    half.sees("￥ 95.00")


def test_a_qr_with_another_short_code_is_not_on_file(slipless: Till) -> None:
    """Numbers can be guessed; the short code of the same QR cannot."""
    right = _the_return(slipless).short_code
    wrong = right[:-2] + ("0" if right[-2] != "0" else "1") + right[-1]
    slipless.scans(f"HTTPS://R.EXAMPLE.CN/R/{NUMBER}/{wrong}")
    slipless.is_at(states.Ready)
    slipless.is_told(NUMBER, "没有")
    slipless.scans(f"HTTPS://R.EXAMPLE.CN/R/{NUMBER}/{right}")
    slipless.is_at(states.ShowingReturn)


def test_a_power_cut_while_a_forged_qr_is_looked_up_does_not_let_it_in(slipless: Till) -> None:
    from drivers.values import Scan
    from tests.flows.silence import Silence

    heard = slipless.counter._performer
    slipless.counter._performer = Silence()
    slipless.counter.handle(Scan("scanner", f"HTTPS://R.EXAMPLE.CN/R/{NUMBER}/00000000000"))
    slipless.counter._performer = heard
    slipless.is_at(states.FindingReturn)
    slipless.power_cut()
    slipless.is_at(states.Ready)


@pytest.mark.parametrize("voided", [False, True])
def test_with_rerating_an_open_return_comes_before_the_next_of_its_sale(
    make_till: MakeTill, *, voided: bool
) -> None:
    """What a broken 满减 costs is settled on what went back before."""
    till = make_till(groceries(), policy__thresholds__rerate=True)
    _returns(till, OIL)
    till.presses(Key.F1)
    till.scans(RECEIPT)
    till.is_at(states.ShowingReturn)
    till.is_told(NUMBER)
    till.confirms()
    till.is_at(states.WaitingForCustomer)
    if voided:
        till.presses(Key.CANCEL, Key.CONFIRM)
    else:
        till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.is_at(states.Ready)
    till.scans(RECEIPT)
    till.is_at(states.ChoosingGoods)


def test_with_rerating_unpaid_cash_is_an_open_return_too(make_till: MakeTill) -> None:
    till = make_till(groceries(), policy__thresholds__rerate=True)
    _returns(till, OIL)
    till.presses(Key.F2, Key.CONFIRM, Key.F1)
    till.scans(RECEIPT)
    till.is_at(states.ShowingReturn)
    till.confirms()
    till.is_at(states.PayingCash)


def test_the_drawer_opened_for_a_return_taken_up_again_is_recorded_each_time(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.F1)
    kicks, opened = till.printing.kicks, till.journal.count("DrawerOpened")
    for time in range(1, 4):
        till.scans(NUMBER)
        till.confirms()
        till.is_at(states.PayingCash)
        assert till.printing.kicks == kicks + time
        assert till.journal.count("DrawerOpened") == opened + time
        till.presses(Key.F1)
    body = [row.body for row in till.store.journal() if row.kind == "DrawerOpened"][-1]
    assert "1007" in body, "who opened it is on file"


def test_an_open_return_is_offered_still_after_a_restart_under_other_rules(half: Till) -> None:
    half.scans(RECEIPT)
    half.scans(MILK)
    half.new_rules("2027-01", without="QUALITY")
    half.power_cut()
    half.is_at(states.ChoosingGoods)
    half.presses(Key.F2)
    half.is_at(states.ShowingReturn)
