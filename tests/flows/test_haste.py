"""A hurried hand, or a key that bounces: nobody's word is taken for a screen they have not seen."""

from datetime import timedelta

from drivers.values import Key
from terminal.core import states
from terminal.core.machine import SEEN_MS
from terminal.core.returns import Status
from terminal.core.shop import Standing
from terminal.ui.keys import bindings
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.scenes import SCENES, enter
from tests.flows.shelf import RECEIPT, groceries, one_oil
from tests.flows.shop_office import Office, status

HURRIED = timedelta(milliseconds=150)
PAPERWORK = {"JobChanged", "SignedOn"}  # of a slip, of who stands here


def hurries(till: Till, *keys: Key, apart: timedelta = HURRIED) -> None:
    """Each key so soon after the one before."""
    before, till.moments.pace = till.moments.pace, apart
    till.presses(*keys)
    till.moments.pace = before


def test_a_confirm_pressed_twice_does_not_hand_the_cash_over(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F2)
    till.moments.wait(seconds=5)
    hurries(till, Key.CONFIRM, Key.CONFIRM)
    till.is_at(states.PayingCash)
    assert "CashPaid" not in till.journal
    till.confirms()
    assert till.journal.count("CashPaid") == 1


def test_a_confirm_pressed_twice_does_not_sign_for_the_customer(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.confirms()
    hurries(till, Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.is_at(states.TakingSignature)
    assert "CustomerConfirmed" not in till.journal
    till.confirms()
    till.is_at(states.PayingCash)


def test_the_confirm_of_the_short_code_is_not_the_cash_as_well(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.confirms()
    till.types(till.returns[0].short_code)
    hurries(till, Key.CONFIRM, Key.CONFIRM)
    till.is_at(states.PayingCash)
    assert till.returns[0].status is Status.CONFIRMED


def test_amounts_are_not_recorded_before_anybody_has_seen_them(till: Till) -> None:
    till.scans(RECEIPT)
    till.presses(Key.F1, Key.CONFIRM)
    till.picks("质量问题")
    hurries(till, Key.CONFIRM, Key.CONFIRM)  # the marked condition, and once more
    till.is_at(states.ConfirmingAmounts)
    assert till.returns == []
    till.confirms()
    assert len(till.returns) == 1


def test_the_shops_no_that_comes_under_the_finger_voids_nothing(make_till: MakeTill) -> None:
    """The customer signs; the cashier's finger is on Confirm; then the shop's answer is there."""
    till = make_till(groceries())
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F2)
    Office(till).about(till.returns[0], Standing.DECLINED)
    till.is_at(states.ShopDecided)
    hurries(till, Key.CONFIRM)
    till.is_at(states.ShopDecided)
    assert status(till) is Status.RECORDED
    till.confirms()
    assert status(till) is Status.VOIDED


def test_the_hasty_key_changes_nothing_on_the_screen(make_till: MakeTill) -> None:
    """Not even the sentence that was there: a return judged again says so until it was read."""
    oil = one_oil(days_ago=0)
    till = make_till(oil)
    till.returns_all(oil.receipt_no, "拿错/发错")
    till.moments.wait(hours=10)
    till.confirms()
    till.is_told("按今天的政策重新判断")
    till.is_at(states.ConfirmingAmounts)
    shown, beeps = till.screen, till.glass.beeps
    hurries(till, Key.CONFIRM)
    assert till.screen == shown
    assert till.glass.beeps == beeps


def test_the_key_counts_once_the_screen_was_there_long_enough(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F2)
    almost = timedelta(milliseconds=SEEN_MS - 1)
    hurries(till, Key.CONFIRM, apart=almost)
    till.is_at(states.TakingSignature)
    hurries(till, Key.CONFIRM, apart=timedelta(milliseconds=1))
    till.is_at(states.PayingCash)


def test_a_manager_picks_a_reason_by_arrow_and_confirm_but_not_by_the_pins_confirm(
    make_till: MakeTill,
) -> None:
    till = enter(make_till, "AwaitingOverride")
    till.types("2001⏎4321")
    hurries(till, Key.CONFIRM, Key.CONFIRM)
    till.is_at(states.ChoosingOverrideReason)
    till.moments.wait(seconds=1)
    hurries(till, Key.DOWN, Key.CONFIRM)
    till.is_at(states.ConfirmingAmounts)


def test_another_minute_or_a_devices_word_does_not_begin_the_time_anew(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F2)
    till.moments.wait(seconds=5)
    till.counter.tick("14:06")
    hurries(till, Key.CONFIRM)
    till.is_at(states.PayingCash)


def test_no_hasty_confirm_records_anything_on_any_screen(make_till: MakeTill) -> None:
    """But that a slip goes to the printer again, which can be seen and taken back."""
    heard = 0
    for scene in SCENES:
        till = enter(make_till, scene)
        if Key.CONFIRM not in [one.code for one in bindings(till.state)]:
            continue
        before = len(till.journal)
        till.moments.shown("another screen")
        till.counter.show()
        hurries(till, Key.CONFIRM)
        assert set(till.journal[before:]) <= PAPERWORK, scene
        heard += 1
    assert heard > len(SCENES) // 3
