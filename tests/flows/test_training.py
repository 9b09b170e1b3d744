"""The training room, as trainer and trainee live it: drills, coach, results, and the way out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from drivers.values import DeviceLost, Key, Scan
from terminal.core import states
from terminal.core.health import Paper
from terminal.core.rules import Window
from terminal.core.sale import Currency
from terminal.training.drills import DRILLS, Sold
from terminal.training.shop import FILE, drills_for, practice
from tests.fakes.moments import TODAY
from tests.flows.cashier import _settings
from tests.flows.classroom import Classroom


@pytest.fixture(name="room")
def _room(tmp_path: Path) -> Iterator[Classroom]:
    room = Classroom(tmp_path)
    room.enters()
    yield room
    room.leaves()


def begins(room: Classroom, code: str) -> None:
    at = next(place for place, one in enumerate(DRILLS, 1) if one.code == code)
    room.types(str(at))


def finds(room: Classroom) -> None:
    room.types(f"{room.receipt}⏎")


def at_amounts(room: Classroom) -> None:
    finds(room)
    room.takes_all()
    assert isinstance(room.lesson.counter.state, states.ConfirmingAmounts)


def test_every_screen_and_every_slip_says_training(room: Classroom) -> None:
    since = len(room.till.glass.shown)
    begins(room, "plain")
    at_amounts(room)
    room.presses(Key.CONFIRM, Key.F2, Key.CONFIRM, Key.CONFIRM)
    room.sees("完成：完整退货")
    assert {one.watermark for one in room.till.glass.shown[since - 1 :]} == {"培训 TRAINING"}
    assert len(room.papers) == 2, "the return slip and the result slip"
    for paper in room.papers:
        assert paper.count("培训 TRAINING") >= 2
        assert "T-0571-03-000001" in paper
        assert "HTTP" not in paper


def test_the_coach_says_the_next_thing_to_do(room: Classroom) -> None:
    begins(room, "plain")
    assert room.receipt in room.coach
    finds(room)
    assert "F1" in room.coach
    room.presses(Key.F1, Key.CONFIRM)
    assert "拿错" in room.coach


def test_torn_receipt_the_sale_is_found_by_day_and_amount(room: Classroom) -> None:
    begins(room, "torn")
    room.presses(Key.F1)
    facts = room.lesson.facts
    assert facts["day"] in room.coach
    room.types(f"{facts['day']}⏎")
    room.types(f"{facts['amount']}⏎")
    room.takes_all()
    room.presses(Key.CONFIRM)
    room.sees("完成：小票破损")


def test_already_returned_no_money_goes_out_twice(room: Classroom) -> None:
    begins(room, "returned")
    finds(room)
    assert isinstance(room.lesson.counter.state, states.NothingLeft)
    room.presses(Key.CANCEL)
    room.sees("完成：已退过")


def test_offline_the_other_tills_sale_is_marked(room: Classroom) -> None:
    begins(room, "offline")
    finds(room)
    room.sees("离线")
    room.takes_all()
    for _ in range(3):
        if room.room._lesson is not None:
            room.presses(Key.CONFIRM)
    room.sees("完成：离线")


def test_paper_out_is_played_and_the_unit_knows_nothing_of_it(room: Classroom) -> None:
    begins(room, "paper")
    at_amounts(room)
    room.presses(Key.CONFIRM)
    room.sees("打印机缺纸")
    assert room.printing.prepared == [], "the real printer was not even asked"
    assert room.till.counter.health.paper is not Paper.OUT
    room.presses(Key.CONFIRM)
    room.sees("完成：缺纸")


def test_printer_pulled_the_copy_is_marked(room: Classroom) -> None:
    begins(room, "pulled")
    at_amounts(room)
    room.presses(Key.CONFIRM)
    assert isinstance(room.lesson.counter.state, states.SlipUncertain)
    assert room.printing.sent == []
    room.presses(Key.F3)
    room.sees("完成：打印机断线")
    assert "补打 COPY" in room.papers[-1]


def test_power_cut_the_trainee_comes_back_to_the_same_return(room: Classroom) -> None:
    begins(room, "power")
    at_amounts(room)
    room.presses(Key.CONFIRM)
    room.sees("停电了")
    room.types("12")
    room.sees("停电了")
    room.presses(Key.CONFIRM)
    assert isinstance(room.lesson.counter.state, states.SlipUncertain)
    room.presses(Key.CONFIRM)
    room.sees("完成：停电")


def test_override_the_leader_of_the_demo_shop_approves(room: Classroom) -> None:
    begins(room, "override")
    finds(room)
    room.takes_all()
    assert "2001" in room.coach
    room.types("2001⏎")
    assert "4321" in room.coach
    room.types("4321⏎1")
    room.presses(Key.CONFIRM)
    room.sees("完成：授权")


def test_declined_the_rule_is_read_and_nothing_is_recorded(room: Classroom) -> None:
    begins(room, "declined")
    finds(room)
    room.takes_all()
    assert isinstance(room.lesson.counter.state, states.Denied)
    room.presses(Key.CONFIRM)
    room.sees("完成：拒绝")


def test_mistakes_are_counted_and_an_unfinished_drill_says_so(room: Classroom) -> None:
    begins(room, "torn")
    room.scans("6901234567892")
    room.handle(Scan("scanner", "%BB1007"))
    room.presses(Key.CANCEL)
    room.sees("未完成：小票破损", "未完成")
    result = room.room._sheet.of("torn")
    assert result is not None
    assert (result.done, result.mistakes) == (False, 2)


def test_the_result_sheet_is_printed_and_marked(room: Classroom) -> None:
    begins(room, "declined")
    finds(room)
    room.takes_all()
    room.presses(Key.CONFIRM, Key.F3)
    sent = room.printing.sent[-1][1]
    assert "培训结果".encode("gb18030") in sent
    assert "李店长".encode("gb18030") in sent


def test_practice_receipts_are_printed_to_be_scanned(room: Classroom) -> None:
    room.presses(Key.F5)
    assert len(room.printing.sent) == 1
    begins(room, "plain")
    room.scans(room.receipt)
    assert isinstance(room.lesson.counter.state, states.ChoosingGoods)
    room.scans("6901234567892")
    room.sees("金龙鱼")


def test_leaving_asks_the_trainer_to_sign_on_again(room: Classroom) -> None:
    """A trainee who presses Cancel does not sit at the manager's till."""
    room.presses(Key.CANCEL)
    assert room.doors.room is None
    room.till.is_at(states.EnteringPin)
    assert room.till.screen.watermark == ""
    room.types("4321⏎")
    room.till.is_at(states.Ready)
    assert room.till.journal[-4:] == ["TrainingOpened", "TrainingClosed", "SignedOut", "SignedOn"]


def test_an_unattended_training_locks_like_the_unit(room: Classroom) -> None:
    begins(room, "plain")
    finds(room)
    room.doors.idle()
    assert room.doors.room is None
    room.till.is_at(states.SignedOff)


def test_after_a_real_power_cut_the_trainee_is_still_in_training(room: Classroom) -> None:
    begins(room, "plain")
    finds(room)
    room.power_cut()
    assert room.doors.room is not None
    assert room.till.screen.watermark == "培训 TRAINING"


def test_a_scanner_lost_in_training_is_known_to_the_unit_afterwards(room: Classroom) -> None:
    begins(room, "plain")
    room.handle(DeviceLost("scanner", "gone"))
    room.sees("扫描枪")
    room.presses(Key.CANCEL, Key.CANCEL)
    room.till.is_told("扫描枪")


def test_a_demo_shop_that_cannot_open_says_so_and_is_left(tmp_path: Path) -> None:
    room = Classroom(tmp_path)
    (room.till.folder / FILE).mkdir()
    room.types("2001⏎4321⏎")
    room.presses(Key.F4)
    room.types("2")
    room.types("1")
    room.sees("演示店未能打开")
    room.presses(Key.CANCEL)
    room.till.is_at(states.EnteringPin)
    room.leaves()


@pytest.mark.parametrize(("free", "approval"), [(0, 0), (0, 3), (30, 30), (365, 400)])
@pytest.mark.parametrize("currency", ["CNY", "JPY", "KWD"])
def test_the_drills_fit_every_shops_policy_and_currency(
    free: int, approval: int, currency: str
) -> None:
    digits = {"CNY": 2, "JPY": 0, "KWD": 3}[currency]
    plain = _settings(())
    policy = replace(plain.rules.policy, window=Window(free, approval, free, approval))
    rules = replace(plain.rules, policy=policy)
    settings = replace(plain, rules=rules, currency=Currency(currency, digits))
    drills = [one.code for one in drills_for(rules)]
    assert ("override" in drills) is (approval > free)
    for sold in Sold:
        sale = practice(sold, settings, TODAY.date()).sale
        age = (TODAY.date() - sale.receipt.business_day).days
        assert sale.currency.code == currency
        assert sale.total == sum(one.paid for one in sale.lines) > 0
        assert (age <= free) is (sold in (Sold.FRESH, Sold.OTHER_TILL))
        assert (age > max(free, approval)) is (sold is Sold.OLD) or approval <= free
