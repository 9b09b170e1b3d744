"""The day's report: who sees what, on screen and paper, and what stands out."""

import pytest

from drivers.values import Key
from printer.status import PrinterFault
from terminal.core import states
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import RECEIPT, groceries, one_oil
from tests.flows.test_day import BOSS, leaves, opens_a_shift, pays_cash_for


def test_a_manager_sees_everybodys_day_and_a_cashier_the_own_shift(make_till: MakeTill) -> None:
    till = make_till(groceries(), one_oil(number=2))
    opens_a_shift(till)
    till.cancels()
    pays_cash_for(till, RECEIPT)
    leaves_ready(till)
    till.signs_on("1008", "5678")
    pays_cash_for(till, one_oil(number=2).receipt_no)
    till.presses(Key.F6)
    till.sees("我的班次")
    till.sees_not("154.90", "59.90")
    leaves(till)
    till.signs_on(*BOSS)
    till.presses(Key.F6)
    till.sees("全部收银员", "￥ 154.90")
    seen = [till.says]
    for _ in range(8):
        till.presses(Key.DOWN)
        seen.append(till.says)
    whole = "\n".join(seen)
    for word in ("质量问题", "按收银员", "1007", "1008", "微信", "现金", "各时段笔数", "未见异常"):
        assert word in whole


def leaves_ready(till: Till) -> None:
    till.cancels()
    till.is_at(states.SignedOff)


def test_the_days_report_is_printed_and_a_second_one_is_marked_as_a_copy(till: Till) -> None:
    opens_a_shift(till)
    till.cancels()
    pays_cash_for(till, RECEIPT)
    leaves_ready(till)
    till.signs_on(*BOSS)
    till.presses(Key.F6, Key.F5)
    till.is_at(states.ShowingDay)
    for word in ("退货日报", "0571-03", "￥ 95.00", "微信", "60.00", "35.00", "质量问题", "1007"):
        assert word in till.paper
    assert "COPY" not in till.paper
    head = till.store.journal_head()
    till.presses(Key.F5)
    assert "补打 COPY 1" in till.paper
    assert till.store.journal_head() != head, "printing is on record too"
    leaves(till)
    till.signs_on(*BOSS)
    till.presses(Key.F6, Key.F5)
    assert "补打 COPY 2" in till.paper


def test_a_report_that_may_have_been_printed_is_asked_about(till: Till) -> None:
    till.printing.during = PrinterFault.PAPER_OUT
    till.presses(Key.F6, Key.F5)
    till.is_at(states.SlipUncertain)
    till.printing.mend()
    till.presses(Key.F3)
    assert "补打 COPY 1" in till.paper
    till.is_at(states.ShowingDay)


def test_a_closed_shift_is_printed_with_its_count_and_a_line_to_sign(till: Till) -> None:
    till.presses(Key.F6, Key.F1)
    till.types("5⏎")
    till.confirms(2)
    till.presses(Key.F1)
    till.types("4⏎1⏎")
    till.confirms(2)
    till.presses(Key.F5)
    for word in ("班次报表", "短款 ￥ 50.00", "100.00 × 4", "50.00 × 1", "签字", "清点人 1007"):
        assert word in till.paper
    assert "异常提示" not in till.paper


def test_a_manager_is_told_what_stands_out_with_its_numbers_and_returns(
    make_till: MakeTill,
) -> None:
    till = make_till(*(one_oil(number=at) for at in range(1, 5)), policy__watch__voids=2)
    for at in (1, 2):
        till.returns_all(one_oil(number=at).receipt_no)
        till.confirms()
        till.cancels()
        till.confirms()
    pays_cash_for(till, one_oil(number=3).receipt_no)
    leaves_ready(till)
    till.signs_on(*BOSS)
    till.presses(Key.F6, Key.DOWN, Key.DOWN)
    till.sees("收银员 1007 当日的退货有 2 笔被作废", "119.80", "2 笔起提示")
    till.sees("R-0571-03-000001 R-0571-03-000002")
    till.sees_not("R-0571-03-000003")
    till.presses(Key.F5)
    assert "2 笔被作废" in till.paper


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_shift_in_another_currency_counts_in_its_notes(
    make_till: MakeTill, language: str
) -> None:
    till = make_till(
        language=language, currency__code="JPY", currency__digits=0, currency__coin="1"
    )
    till.presses(Key.F6, Key.F1)
    till.types("2⏎")
    till.sees("10000", "JPY 20000")


def test_a_drawer_without_named_pieces_is_counted_as_one_total(make_till: MakeTill) -> None:
    till = make_till(currency__code="CHF")
    till.presses(Key.F6, Key.F1)
    till.is_at(states.CountingTotal)
    till.presses(Key.F1)
    till.is_at(states.CountingTotal)


def test_what_comes_back_after_a_shift_was_closed_is_not_in_its_report(make_till: MakeTill) -> None:
    till = make_till(groceries(), one_oil(number=2))
    opens_a_shift(till)
    till.cancels()
    pays_cash_for(till, RECEIPT)
    till.presses(Key.F6, Key.F1, Key.F1)
    till.types("465⏎⏎✗")
    pays_cash_for(till, one_oil(number=2).receipt_no)
    till.presses(Key.F6, Key.F5)
    till.sees("￥ 95.00", "账实相符")
    assert "￥ 95.00" in till.paper
    assert "59.90" not in till.paper
