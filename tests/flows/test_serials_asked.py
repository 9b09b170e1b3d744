"""Goods whose number is asked for although the sale has none on file."""

import pytest

from terminal.core import states
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import PHONE, Sold, sale
from tests.flows.test_serials import finish, returned


@pytest.fixture(name="bare")
def _bare(make_till: MakeTill) -> Till:
    made = sale((Sold("荣耀 手机 X60", "199.00", "2", gtin=PHONE, category="mobile"),))
    return make_till(made, policy__serials__categories=("mobile",))


def asked(till: Till) -> None:
    till.scans(sale((Sold("", "1"),)).receipt_no)
    till.scans(PHONE)
    till.confirms()
    till.picks("拿错/发错")
    till.is_at(states.ScanningSerials)


def test_a_category_asks_for_the_number_and_records_it(bare: Till) -> None:
    asked(bare)
    bare.scans("SN-2026/A7")
    bare.picks("未拆封")
    finish(bare)
    assert returned(bare) == [("SN-2026/A7",)]
    asked(bare)
    bare.scans("sn-2026/a7")
    bare.is_told("已经退过")


def test_an_imei_is_taken_though_it_passes_a_cards_check(bare: Till) -> None:
    asked(bare)
    bare.scans("356938035643809")
    bare.is_at(states.ChoosingCondition)


@pytest.mark.parametrize("card", ["4111111111111111", "378282246310005", "6222020200112233446"])
def test_a_cards_number_is_not_taken_for_a_piece(bare: Till, card: str) -> None:
    asked(bare)
    bare.scans(card)
    bare.is_at(states.ScanningSerials)
    bare.sees("已扫 0 / 1 件")
    assert card not in bare.says
    bare.types(f"{card}⏎")
    bare.is_at(states.ScanningSerials)
    bare.is_told("请输入商品的序列号")
    assert card.encode() not in bare.raw_bytes()


@pytest.mark.parametrize("code", ["\x1b@\x00evil", "A" * 65, "序列号", "a b", "﻿SN"])
def test_no_text_from_outside_reaches_screen_or_paper_as_it_is(bare: Till, code: str) -> None:
    asked(bare)
    bare.scans(code)
    bare.is_at(states.ScanningSerials)
    bare.sees("已扫 0 / 1 件")
    assert "\x1b" not in bare.says


def test_the_longest_number_is_shown_short_and_printed_whole(bare: Till) -> None:
    asked(bare)
    bare.scans("Z" * 64)
    bare.picks("未拆封")
    bare.confirms()
    assert f"序列号 {'Z' * 64}" in bare.paper


def test_the_number_is_read_out_of_a_gs1_symbol(bare: Till) -> None:
    asked(bare)
    bare.scans(f"010{PHONE}21SN4711\x1d10LOT7", "]d2")
    bare.picks("未拆封")
    finish(bare)
    assert returned(bare) == [("SN4711",)]
