"""The code of a signed slip at the till: on paper, on the screen, and scanned again."""

import pytest
import zxingcpp
from msgspec.structs import replace

from drivers.values import Key
from terminal.core import states
from terminal.slip_code import SlipCodes, SlipKey
from terminal.ui.pixels import draw, overflow
from terminal.ui.theme import theme_for
from tests.fakes.slip_keys import SLIP_URL, give_key, made_key
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import RECEIPT, groceries


@pytest.fixture(name="enrolled")
def _enrolled(till: Till) -> Till:
    """With a key of its own; a return of all goods waits for its customer."""
    give_key(till.folder)
    till.power_cut()
    till.returns_all(RECEIPT)
    till.confirms()
    return till


def test_slip_screen_and_copy_carry_the_same_signed_code(enrolled: Till) -> None:
    code = enrolled.qr
    assert code == SlipCodes("", made_key()).of(enrolled.returns[0])
    assert code in enrolled.paper
    enrolled.presses(Key.F3)
    assert "补打" in enrolled.paper
    assert code in enrolled.paper
    enrolled.power_cut()
    assert enrolled.qr == code


@pytest.mark.parametrize("size", [(1024, 600), (800, 480)])
def test_a_phone_reads_the_signed_code_off_the_screen(
    enrolled: Till, size: tuple[int, int]
) -> None:
    theme = theme_for(*size)
    assert overflow(enrolled.screen, theme) == []
    seen = zxingcpp.read_barcodes(draw(enrolled.screen, theme).convert("L"))
    assert [one.text for one in seen] == [enrolled.qr]


def test_the_signed_slip_scanned_again_brings_the_return_back(enrolled: Till) -> None:
    code = enrolled.qr
    enrolled.presses(Key.F1)
    enrolled.scans(code)
    enrolled.is_at(states.ShowingReturn)
    enrolled.sees(enrolled.returns[0].number)


def test_a_slip_of_before_the_key_was_changed_still_brings_it_back(enrolled: Till) -> None:
    code = enrolled.qr
    give_key(enrolled.folder, made_key(13))
    enrolled.power_cut()
    assert enrolled.qr != code
    enrolled.presses(Key.F1)
    enrolled.scans(code)
    enrolled.is_at(states.ShowingReturn)


def test_another_tills_slip_is_said_to_be_one(enrolled: Till) -> None:
    ret = enrolled.returns[0]
    other = SlipKey(99, bytes(32), SLIP_URL)
    elsewhere = SlipCodes("", other).of(replace(ret, id="0192f0c1-5a17-7c0d-8e1f-0123456789ab"))
    enrolled.presses(Key.F1)
    enrolled.scans(elsewhere)
    enrolled.is_at(states.Ready)
    enrolled.is_told("其他款台")


def test_a_slip_that_only_claims_our_key_pays_nothing(enrolled: Till) -> None:
    forged = SlipCodes("", SlipKey(12, bytes(32), SLIP_URL)).of(enrolled.returns[0])
    enrolled.presses(Key.F1)
    before = enrolled.journal
    enrolled.scans(forged)
    enrolled.is_at(states.Ready)
    enrolled.is_told("店长")
    assert enrolled.journal == before


def test_training_signs_nothing(make_till: MakeTill) -> None:
    till = make_till(groceries(), terminal__training=True)
    give_key(till.folder)
    till.power_cut()
    till.returns_all(RECEIPT)
    till.confirms()
    assert "/T/" not in till.qr
