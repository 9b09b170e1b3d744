"""The shop's policy and the customer's how-to: read out or printed, in both languages."""

import pytest

from drivers.values import Key
from terminal.core import states
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import RECEIPT, groceries


def test_the_shops_policy_is_read_out_to_who_asks(till: Till) -> None:
    till.presses(Key.F5)
    till.is_at(states.ReadingNotice)
    till.sees("7 天内凭小票退货", "药品售出不退，质量问题除外。", "请凭原小票和商品办理退货")
    till.cancels()
    till.is_at(states.Ready)
    assert till.papers == []


def test_the_policy_is_printed_in_both_languages_and_with_how_to_return(till: Till) -> None:
    till.presses(Key.F5, Key.CONFIRM)
    till.is_at(states.Ready)
    for one in (
        *("7 天内凭小票退货", "药品售出不退", "如何退货", "1 带上商品和小票。"),
        *("Returns with receipt within 7 days", "Medicine does not come back", "How to return"),
        *("1 Bring the goods and the receipt.", "2026-11-01"),
    ):
        assert one in till.paper
    assert till.journal[-3:] == ["JobChanged"] * 3


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_how_to_is_a_page_of_its_own_shown_and_printed(
    make_till: MakeTill, language: str
) -> None:
    till = make_till(groceries(), language=language)
    till.presses(Key.F5, Key.DOWN)
    first = {"zh_CN": "带上商品和小票。", "en": "Bring the goods and the receipt."}
    till.sees(first[language])
    till.presses(Key.DOWN)
    till.sees(first[language])
    till.confirms()
    till.is_at(states.Ready)
    own, other = (till.paper.index(f"1 {first[one]}") for one in (language, _not(language)))
    assert own < other, "the shop's own language first"
    assert "Medicine" not in till.paper
    assert "1 至 5 个工作日" in till.paper


def _not(language: str) -> str:
    return "en" if language == "zh_CN" else "zh_CN"


def test_up_turns_back_to_the_policy(till: Till) -> None:
    till.presses(Key.F5, Key.DOWN, Key.UP, Key.UP)
    till.sees("药品售出不退")


def test_a_receipt_scanned_over_the_notice_opens_the_return(till: Till) -> None:
    till.presses(Key.F5)
    till.scans(RECEIPT)
    till.is_at(states.ChoosingGoods)


def test_a_notice_comes_back_after_a_power_cut_and_locks_when_nobody_is_there(till: Till) -> None:
    till.presses(Key.F5, Key.DOWN)
    till.power_cut()
    till.is_at(states.ReadingNotice)
    till.sees("带上商品和小票。")
    till.counter.idle()
    till.is_at(states.SignedOff)
