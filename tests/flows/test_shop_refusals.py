"""The shop says no, finds a conflict, or has gone on without this till."""

import pytest

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import Status
from terminal.core.shop import Standing
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import RECEIPT, groceries
from tests.flows.shop_office import WHY, Office
from tests.flows.test_shop_answers import _mixed  # noqa: F401 - fixtures


def test_declined_the_cashier_reads_why_and_the_return_is_voided(mixed: Till) -> None:
    Office(mixed).says(mixed.returns[0], Standing.DECLINED, WHY)
    mixed.is_at(states.ShopDecided)
    mixed.sees("门店已拒绝", "原因：商品已使用", "把商品还给顾客")
    assert mixed.returns[0].status is Status.RECORDED
    mixed.confirms()
    ret = mixed.returns[0]
    assert ret.status is Status.VOIDED
    assert ret.declined is not None
    assert ret.declined.zh == WHY.zh
    assert "已拒绝，不退款" in mixed.paper
    assert "原因：商品已使用" in mixed.paper
    assert (mixed.printing.kicks, mixed.journal.count("ReturnVoided")) == (0, 1)
    mixed.scans(RECEIPT)
    mixed.is_at(states.ChoosingGoods)


def test_the_reason_is_personal_in_the_journal(mixed: Till) -> None:
    """The office writes freely: it may name somebody."""
    Office(mixed).says(mixed.returns[0], Standing.DECLINED, WHY)
    mixed.confirms()
    assert not [row for row in mixed.store.journal() if WHY.zh in row.body]
    (row,) = [row for row in mixed.store.journal() if row.kind == "ReturnVoided"]
    assert WHY.zh in row.personal


# A conflict.


def test_in_a_conflict_nothing_is_paid_until_the_office_decides(mixed: Till) -> None:
    office, ret = Office(mixed), mixed.returns[0]
    office.says(ret, Standing.CONFLICT)
    mixed.is_at(states.ShopDecided)
    mixed.sees("退的比卖的多", "不要付款", "留下商品和小票", "店长")
    mixed.types(ret.short_code + "⏎")
    mixed.presses(Key.F2)
    assert "CustomerConfirmed" not in mixed.journal, "no signature, no short code helps"
    mixed.scans(ret.number)
    mixed.scans(ret.number)
    mixed.is_at(states.ShopDecided)
    mixed.confirms()
    mixed.is_at(states.Ready)
    mixed.scans(ret.number)
    mixed.is_at(states.ShopDecided)
    office.says(ret, Standing.APPROVED)
    mixed.confirms(2)
    assert mixed.returns[0].status is Status.ACCEPTED


def test_cash_that_waits_is_not_paid_in_a_conflict_found_later(mixed: Till) -> None:
    mixed.presses(Key.F2, Key.CONFIRM, Key.F1)
    office, ret = Office(mixed), mixed.returns[0]
    assert ret.status is Status.CONFIRMED
    office.says(ret, Standing.CONFLICT)
    mixed.scans(ret.number)
    mixed.is_at(states.ShopDecided)
    mixed.sees("不要付款")
    mixed.cancels(2)
    mixed.is_at(states.ShopDecided)
    kicks = mixed.printing.kicks
    mixed.confirms()
    mixed.is_at(states.Ready)
    assert "CashPaid" not in mixed.journal
    mixed.scans(ret.number)
    office.says(ret, Standing.CONFIRMED)
    mixed.is_at(states.ShowingReturn)
    mixed.confirms()
    mixed.is_at(states.PayingCash)
    assert mixed.printing.kicks == kicks + 1
    mixed.confirms()
    assert mixed.journal.count("CustomerConfirmed") == mixed.journal.count("CashPaid") == 1


def test_a_conflict_that_was_none_goes_back_to_waiting(mixed: Till) -> None:
    office, ret = Office(mixed), mixed.returns[0]
    office.says(ret, Standing.CONFLICT)
    office.says(ret, Standing.SUBMITTED)
    mixed.is_at(states.WaitingForCustomer)
    mixed.presses(Key.F2)
    mixed.is_at(states.TakingSignature)
    office.says(ret, Standing.CONFLICT)
    mixed.is_at(states.ShopDecided)


# Whatever the shop said, the till may still void.


@pytest.mark.parametrize("said", [Standing.APPROVED, Standing.CONFLICT, Standing.DECLINED])
def test_the_till_may_void_and_think_better_of_it(mixed: Till, said: Standing) -> None:
    office, ret = Office(mixed), mixed.returns[0]
    office.says(ret, said)
    mixed.cancels()
    mixed.is_at(states.ConfirmingVoid)
    mixed.cancels()
    mixed.is_at(states.ShopDecided)
    mixed.cancels()
    mixed.confirms()
    assert mixed.returns[0].status is Status.VOIDED
    office.says(ret, Standing.APPROVED)
    assert mixed.returns[0].status is Status.VOIDED
    assert not {"CustomerConfirmed", "RefundAccepted", "CashPaid"} & set(mixed.journal)


def test_a_copy_of_the_slip_while_the_answer_waits(mixed: Till) -> None:
    Office(mixed).says(mixed.returns[0], Standing.CONFLICT)
    mixed.presses(Key.F3)
    assert "补打" in mixed.paper
    mixed.is_at(states.ShopDecided)


def test_the_answer_came_while_the_slip_was_printed(make_till: MakeTill) -> None:
    till = make_till(groceries())
    till.returns_all(RECEIPT)
    till.presses(Key.CONFIRM, printer=False)
    till.is_at(states.PreparingSlip)
    mail = list(till.printing.mail)
    till.printing.mail.clear()
    Office(till).says(till.returns[0], Standing.APPROVED)
    till.is_at(states.PreparingSlip)
    till.printing.mail.extend(mail)
    till.let_the_printer_answer()
    till.is_at(states.ShopDecided)
    till.sees("请付现金")


# The unit was restored from a backup, and the office knows more than it.


@pytest.mark.parametrize(
    "said", [Standing.CONFIRMED, Standing.REFUNDING, Standing.REFUNDED, Standing.PROBLEM]
)
def test_what_the_office_has_as_gone_on_is_neither_paid_nor_voided(
    mixed: Till, said: Standing
) -> None:
    office, ret = Office(mixed), mixed.returns[0]
    office.says(ret, said)
    mixed.is_at(states.ShopDecided)
    mixed.sees("不要付款", "从备份恢复", "店长")
    mixed.presses(Key.F2)
    mixed.types(ret.short_code)
    mixed.is_at(states.ShopDecided)
    mixed.cancels()
    mixed.is_at(states.Ready)
    mixed.scans(ret.number)
    mixed.is_at(states.ShopDecided)
    mixed.confirms()
    mixed.is_at(states.Ready)
    assert mixed.returns[0].status is Status.RECORDED
    assert not {"CustomerConfirmed", "CashPaid", "RefundAccepted"} & set(mixed.journal)


def test_what_the_office_has_as_voided_is_voided_here_too(mixed: Till) -> None:
    Office(mixed).says(mixed.returns[0], Standing.VOIDED)
    mixed.sees("已作废", "从备份恢复")
    mixed.presses(Key.F2)
    mixed.is_at(states.ShopDecided)
    mixed.cancels()
    mixed.confirms()
    assert mixed.returns[0].status is Status.VOIDED
