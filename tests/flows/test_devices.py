"""Devices that come and go: a notice over any screen, never a change of the return."""

import logging

import pytest

from drivers.values import DeviceLost, DeviceReady, Key, ScanFault, ScanRejected
from printer.status import Paper, PrinterStatus
from terminal.core import states
from terminal.ui.screen import Tone
from terminal.uplink.values import ClockOff
from tests.flows.cashier import Till
from tests.flows.shelf import OIL, RECEIPT


def test_a_scanner_lost_and_found_changes_nothing_but_the_notice(till: Till) -> None:
    till.scans(RECEIPT)
    before = till.state
    till.device(DeviceLost("scanner", "unplugged"))
    till.is_told("扫描")
    assert till.state == before
    till.device(DeviceReady("scanner"))
    assert till.notices == ""
    till.scans(OIL)
    till.sees("￥ 49.35")


def test_of_several_scanners_one_pulled_is_told_of_until_somebody_signs_on_afresh(
    till: Till,
) -> None:
    till.scans(RECEIPT)
    till.device(DeviceLost("scanner", "unplugged", left=1))
    till.is_told("有一把扫码枪没有连上")
    till.device(DeviceReady("scanner"))
    assert till.notices == ""
    till.device(DeviceLost("scanner", "unplugged", left=1))
    till.scans(OIL)  # by the one that is left
    till.sees("￥ 49.35")
    till.counter.idle()
    till.is_at(states.SignedOff)
    assert till.notices == ""
    till.device(DeviceLost("scanner", "unplugged"))
    till.is_told("扫描枪已断开")


def test_a_loss_weighs_more_in_the_log_than_a_return(
    till: Till, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        till.device(DeviceLost("scanner", "unplugged"))
        till.device(DeviceReady("scanner"))
    assert [one.levelname for one in caplog.records] == ["WARNING", "INFO"]


def test_a_lost_scanner_leaves_the_keys_to_work_with(till: Till) -> None:
    till.device(DeviceLost("scanner", "unplugged"))
    till.types(RECEIPT + "⏎")
    till.is_at(states.ChoosingGoods)


def test_a_lost_keypad_is_told(till: Till) -> None:
    till.device(DeviceLost("keypad", "unplugged"))
    till.is_told("键盘")
    till.device(DeviceReady("keypad"))
    assert till.notices == ""


@pytest.mark.parametrize("fault", ScanFault)
def test_a_scan_that_was_thrown_away_asks_for_another(till: Till, fault: ScanFault) -> None:
    till.device(ScanRejected("scanner", fault))
    till.is_told("再扫一次")
    till.scans(RECEIPT)
    assert till.notices == ""


def test_paper_that_runs_low_is_told_before_it_is_out(till: Till) -> None:
    till.device(PrinterStatus(known=True, paper=Paper.LOW))
    till.is_told("纸")
    till.device(PrinterStatus(known=True, paper=Paper.OUT, online=False))
    till.is_told("缺纸")
    lights = {light.name: light.tone for light in till.screen.lights}
    assert lights["打印机"] is Tone.STOP
    till.device(PrinterStatus(known=True, paper=Paper.OK))
    assert till.notices == ""


def test_a_key_that_means_nothing_beeps_and_changes_nothing(till: Till) -> None:
    before, beeps = till.state, till.glass.beeps
    till.presses(Key.F2, Key.UP, Key.DOWN, Key.BACKSPACE)
    assert till.state == before
    assert till.glass.beeps == beeps + 4


def test_a_screen_that_did_not_change_is_not_drawn_again(till: Till) -> None:
    drawn = len(till.glass.shown)
    till.presses(Key.F2)
    till.counter.tick("14:05")
    assert len(till.glass.shown) == drawn
    till.counter.tick("14:06")
    assert len(till.glass.shown) == drawn + 1


def test_what_was_said_is_gone_with_the_next_key(till: Till) -> None:
    till.scans(OIL)
    assert till.notices
    till.types("1")
    assert till.notices == ""


@pytest.mark.parametrize(
    ("slow_ms", "told"),
    [
        (300_000, "本机时钟慢了 5 分钟"),
        (3 * 3_600_000 + 12 * 60_000 + 59_000, "本机时钟慢了 3 小时 12 分"),
        (-9 * 60_000, "本机时钟快了 9 分钟"),
        (-49 * 3_600_000, "本机时钟快了 2 天"),
    ],
)
def test_a_clock_that_is_off_is_told_of_and_the_return_goes_on(
    till: Till, slow_ms: int, told: str
) -> None:
    till.scans(RECEIPT)
    till.device(ClockOff(slow_ms))
    till.is_told(told, "请通知维护人员")
    till.scans(OIL)
    till.sees("￥ 49.35")
    till.is_told(told)  # it stays until somebody has set it
    till.device(ClockOff(4_000))
    assert till.notices == ""


@pytest.mark.parametrize("slow_ms", [0, 299_999, -299_999])
def test_a_clock_that_is_hardly_off_is_nobodys_business(till: Till, slow_ms: int) -> None:
    till.device(ClockOff(slow_ms))
    assert till.notices == ""


def test_an_offset_that_changes_is_told_anew(till: Till) -> None:
    till.device(ClockOff(600_000))
    till.device(ClockOff(-600_000))
    till.is_told("本机时钟快了 10 分钟")
    assert "慢" not in till.notices
