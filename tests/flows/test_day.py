"""The day at a till: a shift opened and closed by counting, the report, what a manager is shown."""

import json

from drivers.values import Key
from printer.status import PrinterFault
from terminal.core import states
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import RECEIPT, groceries, one_oil

BOSS = ("2001", "4321")
LEADER = ("2002", "8765")


def bodies(till: Till, kind: str) -> list[dict[str, object]]:
    return [json.loads(row.body) for row in till.store.journal() if row.kind == kind]


def opens_a_shift(till: Till, total: str = "500") -> None:
    till.presses(Key.F6, Key.F1, Key.F1)
    till.types(f"{total}⏎")
    till.confirms()
    till.is_at(states.ShowingDay)


def leaves(till: Till) -> None:
    """From the day's screen to the returns, and off."""
    till.cancels(2)
    till.is_at(states.SignedOff)


def pays_cash_for(till: Till, receipt: str) -> None:
    till.returns_all(receipt)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.is_at(states.Ready)


def test_a_shift_is_opened_with_its_float_and_closed_with_a_count_that_is_right(
    till: Till,
) -> None:
    till.presses(Key.F6)
    till.sees("尚未开班")
    till.presses(Key.F1)
    till.types("4⏎")  # four of a hundred
    till.types("2⏎")  # two of fifty
    till.sees("400.00", "￥ 500.00")
    till.confirms()
    till.sees("备用金", "￥ 500.00")
    till.confirms()
    till.sees("王芳 的班次", "500.00", "0.00")
    till.cancels()
    pays_cash_for(till, RECEIPT)  # 95.00, 35.00 of it in cash
    till.presses(Key.F6)
    till.sees("35.00", "465.00")
    till.presses(Key.F1)
    till.types("4⏎1⏎0⏎1⏎1⏎")
    till.confirms()
    till.sees("￥ 465.00", "账实相符")
    till.confirms()
    till.sees("尚未开班", "王芳 的班次", "账实相符")
    closing = bodies(till, "ShiftClosed")[0]["shift"]["closing"]  # type: ignore[index]  # JSON
    assert closing["paid"] == 3500
    assert closing["count"]["total"] == 46500
    assert closing["by"]["number"] == "1007"


def test_what_is_missing_is_told_and_every_count_stays_on_record(till: Till) -> None:
    opens_a_shift(till)
    till.cancels()
    pays_cash_for(till, RECEIPT)
    till.presses(Key.F6, Key.F1, Key.F1)
    till.types("460⏎")
    till.sees("短款 ￥ 5.00", "备用金 500.00 − 已付 35.00 = 465.00")
    till.cancels()  # count again
    till.presses(Key.F1)
    till.types("470⏎")
    till.sees("长款 ￥ 5.00")
    till.confirms()
    till.sees("长款 ￥ 5.00")
    counted = bodies(till, "DrawerCounted")
    totals = [one["count"]["total"] for one in counted]  # type: ignore[index]  # JSON
    assert totals == [50000, 46000, 47000]
    assert [one["expected"] for one in counted] == [None, 46500, 46500]


def test_the_drawer_opens_to_be_counted_and_that_is_recorded(till: Till) -> None:
    till.presses(Key.F6, Key.F1)
    assert till.printing.kicks == 1
    assert bodies(till, "DrawerOpened")[0]["ret"] is None
    till.printing.stuck = True
    till.cancels()
    till.presses(Key.F1)
    till.is_told("钱箱")
    till.is_at(states.CountingPieces)


def test_only_who_opened_a_shift_or_a_shift_leader_closes_it(till: Till) -> None:
    opens_a_shift(till)
    leaves(till)
    till.signs_on("1008", "5678")
    till.presses(Key.F6)
    till.sees("王芳 的班次")
    till.sees_not("500.00")
    till.presses(Key.F1)
    till.is_told("王芳")
    till.is_at(states.ShowingDay)
    leaves(till)
    till.signs_on(*LEADER)
    till.presses(Key.F6, Key.F1, Key.F1)
    till.types("500⏎")
    till.confirms()
    closed = bodies(till, "ShiftClosed")[0]["shift"]
    assert closed["closing"]["by"]["number"] == "2002"  # type: ignore[index]  # JSON
    assert closed["by"]["number"] == "1007"  # type: ignore[index]  # JSON


def test_cash_belongs_to_the_shift_that_is_open_when_it_is_paid(make_till: MakeTill) -> None:
    till = make_till(groceries(), one_oil(number=2))
    second = one_oil(number=2).receipt_no
    opens_a_shift(till, "100")
    till.cancels()
    pays_cash_for(till, RECEIPT)
    till.presses(Key.F6, Key.F1, Key.F1)
    till.types("65⏎")
    till.sees("账实相符")
    till.confirms()
    leaves(till)
    till.signs_on("1008", "5678")
    opens_a_shift(till, "200")
    till.sees("0.00", "200.00")
    till.cancels()
    pays_cash_for(till, second)
    till.presses(Key.F6)
    till.sees("59.90", "140.10")
    till.sees_not("35.00")


def test_a_shop_may_want_a_shift_before_any_return(make_till: MakeTill) -> None:
    till = make_till(groceries(), signed_on=False, shift__required=True)
    till.types("1007⏎1234⏎")
    till.is_at(states.ShowingDay)
    till.sees("尚未开班", "开班后才能退货")
    till.scans(RECEIPT)
    till.is_at(states.ShowingDay)
    till.cancels()
    till.is_at(states.SignedOff)
    till.types("1007⏎1234⏎")
    till.presses(Key.F1, Key.F1)
    till.types("500⏎⏎✗")
    till.is_at(states.Ready)
    till.scans(RECEIPT)
    till.is_at(states.ChoosingGoods)


def test_without_that_wish_returns_need_no_shift(till: Till) -> None:
    pays_cash_for(till, RECEIPT)
    till.presses(Key.F6)
    till.sees("尚未开班")


def test_with_a_shift_wanted_no_way_from_the_days_screen_leads_to_a_return(
    make_till: MakeTill,
) -> None:
    """Not over the printed report either, whatever becomes of it."""
    till = make_till(groceries(), signed_on=False, shift__required=True)
    till.types("1007⏎1234⏎")
    till.printing.fault = PrinterFault.PAPER_OUT
    till.presses(Key.F5, Key.F2)
    till.is_at(states.ShowingDay)
    till.printing.mend()
    till.presses(Key.F5)
    till.is_at(states.ShowingDay)
    till.cancels()
    till.is_at(states.SignedOff)


def test_a_power_cut_in_the_count_keeps_the_numbers_typed_and_the_shift(till: Till) -> None:
    opens_a_shift(till)
    till.presses(Key.F1)
    till.types("4⏎1⏎")
    till.power_cut()
    till.is_at(states.CountingPieces)
    till.sees("￥ 450.00")
    till.confirms(2)
    till.sees("尚未开班", "短款 ￥ 50.00")


def test_a_shift_over_midnight_stays_open_and_is_shown_the_next_day(till: Till) -> None:
    opens_a_shift(till)
    till.cancels()
    pays_cash_for(till, RECEIPT)
    till.moments.wait(hours=12)
    till.presses(Key.F6)
    till.sees("2026-11-24", "王芳 的班次", "465.00", "￥ 95.00")
