"""Complaints about other tills, as a cashier would meet them. README.md has them all."""

import zxingcpp

from drivers.hid_keys import WedgeDecoder
from drivers.profile import ScannerProfile
from drivers.values import Key, KeyPress
from terminal.core import states
from tests.fakes.hid_scanner import Typing
from tests.fakes.printer import Machine
from tests.flows.cashier import Till
from tests.flows.shelf import OIL, RECEIPT


def test_no_input_method_swallows_a_scan_and_no_half_typed_word_mixes_with_it(till: Till) -> None:
    """BarcodeScannerGunMaster#1: there a Chinese input method took the gun's keys for pinyin.

    Here the gun's own keys are read raw, from its own device: shift, letters and all.
    """
    gun = WedgeDecoder("scanner", ScannerProfile(), set)
    typing = Typing()
    for code, digits in ((RECEIPT, "99"), (OIL, "7")):
        for at, char in enumerate(code + "\r"):
            if at < len(digits):  # somebody leans on the keypad while the gun types
                till.device(KeyPress("keypad", Key.CHARACTER, digits[at]))
            for decoded in gun.feed(typing.text(char)):
                till.device(decoded)
    till.is_at(states.ChoosingGoods)
    till.sees("金龙鱼")
    assert isinstance(till.state, states.ChoosingGoods)
    assert [(one.line, one.quantity) for one in till.state.draft.chosen] == [(1, 1000)]


def test_a_slip_full_of_chinese_still_has_a_qr_that_a_phone_reads(till: Till) -> None:
    """escpos-php#941: Chinese before a QR left the QR blank, as the printer stayed in Chinese."""
    till.returns_all(RECEIPT)
    till.confirms()
    model = till.settings.printer.model
    printer = Machine(model.width, model.charset.value)
    for _, data in till.printing.sent:
        printer.receive(data)
    printer.end_of_job()
    page = next(page for page in printer.pages if "金龙鱼" in page.text)
    assert zxingcpp.read_barcode(page.picture(model.width)).text == till.qr  # type: ignore[union-attr]  # None fails the test
