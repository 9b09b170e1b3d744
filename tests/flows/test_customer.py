"""The customer's part and the money: signature, short code, later, void, cash and its coins."""

import pytest

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import Status
from terminal.core.short_code import grouped
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import MILK, OIL, RECEIPT, Sold, groceries, one_oil, sale


@pytest.fixture(name="recorded")
def _recorded(till: Till) -> Till:
    till.returns_all(RECEIPT)
    till.confirms()
    return till


def test_the_screen_shows_the_same_code_as_the_slip(recorded: Till) -> None:
    ret = recorded.returns[0]
    assert recorded.qr == f"HTTPS://R.EXAMPLE.CN/R/{ret.number}/{ret.short_code}"
    assert recorded.qr in recorded.paper
    recorded.sees(grouped(ret.short_code), ret.number, "￥ 95.00")
    assert grouped(ret.short_code) in recorded.paper


def test_the_short_code_read_out_is_the_customers_confirmation(recorded: Till) -> None:
    code = grouped(recorded.returns[0].short_code).lower()
    recorded.types(code + "⏎")
    recorded.is_at(states.PayingCash)
    body = next(row.body for row in recorded.store.journal() if row.kind == "CustomerConfirmed")
    assert '"how":"short_code"' in body


def test_a_short_code_typed_wrong_confirms_nothing(recorded: Till) -> None:
    code = recorded.returns[0].short_code
    wrong = ("0" if code[0] != "0" else "1") + code[1:]
    for typed in (wrong, code[:-2], "1", code + "1"):
        recorded.types(typed + "⏎")
        recorded.is_at(states.WaitingForCustomer)
        assert recorded.notices
    assert "CustomerConfirmed" not in recorded.journal


def test_a_signature_can_be_refused_and_nothing_is_confirmed(recorded: Till) -> None:
    recorded.presses(Key.F2)
    recorded.cancels()
    recorded.is_at(states.WaitingForCustomer)
    assert "CustomerConfirmed" not in recorded.journal


def test_the_next_customer_is_served_and_the_slip_brings_the_return_back(recorded: Till) -> None:
    recorded.presses(Key.F1)
    recorded.is_at(states.Ready)
    recorded.scans(recorded.returns[0].number)
    recorded.sees("R-0571-03-000001", "￥ 95.00")
    recorded.confirms()
    recorded.is_at(states.WaitingForCustomer)


def test_the_qr_of_the_slip_brings_the_return_back(recorded: Till) -> None:
    payload = recorded.qr
    recorded.presses(Key.F1)
    recorded.scans(payload)
    recorded.is_at(states.ShowingReturn)


def test_cash_left_for_later_is_asked_about_before_it_is_paid_again(recorded: Till) -> None:
    recorded.presses(Key.F2, Key.CONFIRM)
    recorded.is_at(states.PayingCash)
    recorded.presses(Key.F1)
    recorded.scans(recorded.returns[0].number)
    recorded.confirms()
    recorded.is_at(states.PayingCash)
    recorded.is_told("现金")


def test_a_slip_of_another_terminal_is_not_on_file(till: Till) -> None:
    till.scans("R-0571-99-000001")
    till.is_at(states.Ready)
    till.is_told("R-0571-99-000001")


def test_void_before_the_customer_confirmed_frees_the_goods(recorded: Till) -> None:
    recorded.cancels()
    recorded.is_at(states.ConfirmingVoid)
    recorded.confirms()
    assert recorded.returns[0].status is Status.VOIDED
    assert "作废" in recorded.paper
    recorded.scans(RECEIPT)
    recorded.presses(Key.F1)
    recorded.sees("￥ 95.00")


def test_void_after_the_customer_confirmed_frees_the_goods(recorded: Till) -> None:
    recorded.presses(Key.F2, Key.CONFIRM)
    recorded.cancels()
    recorded.sees("R-0571-03-000001")
    recorded.confirms()
    assert recorded.returns[0].status is Status.VOIDED
    assert "CashPaid" not in recorded.journal
    assert "RefundAccepted" not in recorded.journal
    recorded.scans(RECEIPT)
    recorded.is_at(states.ChoosingGoods)


def test_a_void_thought_better_of_changes_nothing(recorded: Till) -> None:
    recorded.cancels(2)
    recorded.is_at(states.WaitingForCustomer)
    recorded.presses(Key.F2, Key.CONFIRM)
    recorded.cancels(2)
    recorded.is_at(states.PayingCash)
    assert recorded.returns[0].status is Status.CONFIRMED


def test_a_voided_return_can_be_gone_on_with_no_more(recorded: Till) -> None:
    recorded.cancels()
    recorded.confirms()
    recorded.scans(recorded.returns[0].number)
    recorded.sees("作废")
    recorded.confirms()
    recorded.is_at(states.Ready)


def test_a_finished_return_scanned_again_shows_its_state_and_moves_no_money(
    recorded: Till,
) -> None:
    recorded.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    before = recorded.journal
    recorded.scans(recorded.returns[0].number)
    recorded.sees("已受理")
    recorded.confirms()
    recorded.is_at(states.Ready)
    assert recorded.journal == before
    assert recorded.printing.kicks == 1


def test_a_reprint_is_marked_copy_and_counted(recorded: Till) -> None:
    recorded.presses(Key.F3)
    assert "补打" in recorded.paper
    assert "1" in next(line for line in recorded.paper.splitlines() if "补打" in line)
    recorded.presses(Key.F1)
    recorded.scans(recorded.returns[0].number)
    recorded.presses(Key.F3)
    assert "2" in next(line for line in recorded.paper.splitlines() if "补打" in line)
    recorded.is_at(states.WaitingForCustomer)


def test_the_first_copy_asked_for_through_the_slip_is_copy_one(recorded: Till) -> None:
    recorded.presses(Key.F1)
    recorded.scans(recorded.returns[0].number)
    recorded.presses(Key.F3)
    assert "1" in next(line for line in recorded.paper.splitlines() if "补打" in line)


def test_the_original_is_not_marked_as_a_copy(recorded: Till) -> None:
    assert "补打" not in recorded.paper


def test_a_copy_says_what_the_first_one_said(recorded: Till) -> None:
    first = recorded.paper
    recorded.presses(Key.F3)
    copy = [line for line in recorded.paper.splitlines() if "补打" not in line]
    assert copy == first.splitlines()


def test_split_tenders_get_their_shares_part_by_part(make_till: MakeTill) -> None:
    """domain.md: 80.00 + 20.00 + 15.30 paid, refund 26.77 -> 18.58 + 4.64 + 3.55."""
    till = make_till(
        sale(
            (Sold("甲", "26.77", gtin=OIL), Sold("乙", "88.53", gtin=MILK)),
            (("wechat", "80.00", "零钱"), ("card", "20.00", "1234"), ("cash", "15.30", "")),
        )
    )
    till.scans(RECEIPT)
    till.scans(OIL)
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")
    till.sees("18.58", "4.64", "3.55")
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.returns_all(RECEIPT)
    till.sees("61.42", "15.36", "11.75")
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    paid = [[one.amount for one in ret.settlement.refunds] for ret in till.returns]
    assert [sum(column) for column in zip(*paid, strict=True)] == [8000, 2000, 1530]


def test_coins_that_are_not_there_are_owed_and_paid_with_the_last_part(
    make_till: MakeTill,
) -> None:
    till = make_till(sale((Sold("纸巾", "10.00", "3", gtin=OIL),)), currency__coin="0.10")
    amounts: list[int] = []
    for _ in range(3):
        till.scans(RECEIPT)
        till.scans(OIL)
        till.confirms()
        till.picks("质量问题")
        till.picks("未拆封")
        if not amounts:
            till.sees("￥ 3.30", "0.03")
        till.confirms()
        till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
        amounts.append(till.returns[-1].settlement.refund)
    assert amounts[0] == 330
    assert sum(amounts) == 1000


def test_a_drawer_that_does_not_open_is_told_and_can_be_tried_again(make_till: MakeTill) -> None:
    till = make_till(one_oil())
    till.printing.stuck = True
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    till.is_told("钱箱")
    till.printing.stuck = False
    till.presses(Key.F3)
    assert till.printing.kicks == 1
    assert "DrawerOpened" in till.journal
    till.is_at(states.PayingCash)


def test_a_receipt_scanned_while_the_customer_is_waited_for_changes_nothing(
    make_till: MakeTill,
) -> None:
    other = one_oil(number=2)
    till = make_till(groceries(), other)
    till.returns_all(RECEIPT)
    till.confirms()
    for code in (other.receipt_no, "R-0571-03-000001", OIL):
        till.scans(code)
        till.is_at(states.WaitingForCustomer)
        assert till.notices
