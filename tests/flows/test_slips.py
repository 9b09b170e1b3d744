"""Slips: once on paper, told when they cannot be, and in doubt only a person decides."""

import pytest

from drivers.values import Key
from printer.status import PrinterFault
from terminal.core import states
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import RECEIPT, groceries


@pytest.fixture(name="due")
def _due(till: Till) -> Till:
    """One key before the record."""
    till.returns_all(RECEIPT)
    return till


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (PrinterFault.PAPER_OUT, "缺纸"),
        (PrinterFault.COVER_OPEN, "盖"),
        (PrinterFault.UNREACHABLE, "打印机"),
        (PrinterFault.OFFLINE, "脱机"),
        (PrinterFault.BUSY, "打印机"),
        (PrinterFault.ERROR, "打印机"),
    ],
)
def test_what_stands_before_a_slip_is_told_and_mended(
    due: Till, fault: PrinterFault, words: str
) -> None:
    due.printing.fault = fault
    due.confirms()
    due.is_at(states.SlipBlocked)
    due.sees("退货已保存", words)
    assert due.printing.sent == []
    due.confirms()
    due.is_at(states.SlipBlocked)
    due.printing.mend()
    due.confirms()
    due.is_at(states.WaitingForCustomer)
    assert len(due.printing.sent) == 1
    assert "补打" not in due.paper


def test_a_printer_that_fails_before_the_first_byte_is_asked_again_for_the_same_slip(
    due: Till,
) -> None:
    due.printing.before_send = PrinterFault.PAPER_OUT
    due.confirms()
    due.is_at(states.SlipBlocked)
    due.confirms()
    due.is_at(states.WaitingForCustomer)
    assert len(due.printing.sent) == 1
    assert "补打" not in due.paper


def test_paper_out_during_a_slip_leaves_the_judgement_to_the_cashier(due: Till) -> None:
    due.printing.during = PrinterFault.PAPER_OUT
    due.confirms()
    due.is_at(states.SlipUncertain)
    due.sees("小票可能没有打完", "不会丢失")
    due.confirms()
    due.is_at(states.WaitingForCustomer)
    assert len(due.printing.sent) == 1


def test_an_uncertain_slip_is_copied_on_demand_as_a_new_job_and_marked(due: Till) -> None:
    """odoo#240253, #244076: a retry printed twice."""
    due.printing.during = PrinterFault.UNREACHABLE
    due.confirms()
    due.printing.mend()
    due.presses(Key.F3)
    due.is_at(states.WaitingForCustomer)
    first, second = due.printing.sent_ids
    assert first != second
    assert "补打" in due.paper
    assert due.store.job(first).status == "uncertain"  # type: ignore[union-attr]  # just printed
    assert due.store.job(second).status == "printed"  # type: ignore[union-attr]  # likewise


def test_a_copy_that_is_in_doubt_too_counts_on(due: Till) -> None:
    due.printing.during = PrinterFault.UNREACHABLE
    due.confirms()
    due.printing.mend()
    due.printing.during = PrinterFault.UNREACHABLE
    due.presses(Key.F3)
    due.printing.mend()
    due.presses(Key.F3)
    assert [job.copy for job, _ in due.slips] == [0, 1, 2]


def test_the_return_goes_on_without_its_slip(due: Till) -> None:
    due.printing.fault = PrinterFault.UNREACHABLE
    due.confirms()
    due.presses(Key.F2)
    due.is_at(states.WaitingForCustomer)
    due.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    due.is_at(states.SlipBlocked)
    due.presses(Key.F2)
    due.is_at(states.Ready)
    assert due.printing.sent == []
    assert due.journal.count("ReturnFinished") == 1


def test_a_printer_that_never_answers_does_not_hold_the_cashier(due: Till) -> None:
    due.presses(Key.CONFIRM, printer=False)
    due.is_at(states.PreparingSlip)
    due.presses(Key.CANCEL, printer=False)
    due.is_at(states.WaitingForCustomer)
    due.let_the_printer_answer()
    due.is_at(states.WaitingForCustomer)
    assert due.printing.sent == [], "a late answer must not print what was given up"


@pytest.mark.parametrize("cut_in", ["PreparingSlip", "SendingSlip", "SlipUncertain", "SlipBlocked"])
def test_no_slip_is_sent_twice_over_a_power_cut(due: Till, cut_in: str) -> None:
    """odoo#22766: paper printed, record gone; here the record comes first and stays."""
    if cut_in == "SlipUncertain":
        due.printing.during = PrinterFault.PAPER_OUT
    if cut_in == "SlipBlocked":
        due.printing.fault = PrinterFault.PAPER_OUT
    due.presses(Key.CONFIRM, printer=False)
    while type(due.state).__name__ != cut_in:
        due.device(due.printing.mail.popleft())
    due.power_cut()
    due.printing.mend()
    sent = due.printing.sent_ids
    assert len(sent) == len(set(sent))
    if cut_in in ("SendingSlip", "SlipUncertain"):
        due.is_at(states.SlipUncertain)
        assert len(sent) == 1, "it may be on paper already"
        due.confirms()
    if cut_in == "SlipBlocked":
        due.is_at(states.SlipBlocked)
        assert sent == []
        due.confirms()
    due.is_at(states.WaitingForCustomer)
    assert len(due.printing.sent) == 1
    assert len(due.returns) == 1


def test_the_return_is_on_file_before_anything_is_asked_of_the_printer(due: Till) -> None:
    due.presses(Key.CONFIRM, printer=False)
    assert len(due.printing.prepared) == 1
    due.power_cut()
    assert len(due.returns) == 1


def test_a_notice_in_doubt_speaks_of_no_return(till: Till) -> None:
    till.printing.during = PrinterFault.PAPER_OUT
    till.presses(Key.F5, Key.CONFIRM)
    till.is_at(states.SlipUncertain)
    till.sees_not("退货已保存")
    till.confirms()
    till.is_at(states.Ready)


def test_a_slip_that_this_printer_cannot_print_is_told_and_gone_on_without(due: Till) -> None:
    due.presses(Key.CONFIRM, printer=False)
    job = due.printing.prepared[-1]
    due.printing.mail.clear()
    from terminal.core.events import PrinterRefused

    due.counter._run(PrinterRefused("UNPRINTABLE", ask=job, moment=due.moments.now()))
    due.counter.show()
    due.sees("打印机打不了这张小票")
    due.presses(Key.F2)
    due.is_at(states.WaitingForCustomer)


def test_both_copies_of_the_slip_say_whose_they_are(due: Till) -> None:
    due.confirms()
    assert "顾客联" in due.paper
    assert "商户联" in due.paper


def test_a_training_slip_is_marked(make_till: MakeTill) -> None:
    till = make_till(groceries(), terminal__training=True)
    till.presses(Key.F5, Key.CONFIRM)
    assert "培训" in till.paper
