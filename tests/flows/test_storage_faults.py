"""A disk that fails: nothing is done that is not kept, the cashier is told, and it works again."""

import pytest

from drivers.values import Key
from terminal.core import health, states
from terminal.core.effects import Ask
from terminal.core.events import Event, Moment
from terminal.core.refusals import Refusal
from terminal.performer import Performer
from tests.fakes.small_disk import full_disk
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import OIL, RECEIPT, groceries


def test_a_full_disk_at_the_record_prints_nothing_and_works_again(till: Till) -> None:
    till.returns_all(RECEIPT)
    with full_disk():
        till.confirms()
        till.is_told("保存")
        till.is_at(states.ConfirmingAmounts)
        till.confirms(3)
        till.is_at(states.ConfirmingAmounts)
        assert till.printing.prepared == []
    till.confirms()
    till.is_at(states.WaitingForCustomer)
    assert len(till.returns) == 1
    assert till.store.verify_chain() is None
    assert "保存" not in till.notices


def test_a_full_disk_while_goods_are_chosen_keeps_what_is_on_the_screen(till: Till) -> None:
    till.scans(RECEIPT)
    till.scans(OIL)
    before = till.state
    with full_disk():
        for _ in range(3):
            till.scans(OIL)
            till.types("1⏎")
            till.presses(Key.F1)
        assert till.state == before
        assert till.notices
    till.presses(Key.F1)
    till.sees("￥ 95.00")


def test_a_full_disk_at_signing_on_is_told_and_no_trap(make_till: MakeTill) -> None:
    till = make_till(groceries(), signed_on=False)
    with full_disk():
        till.types("1007⏎1234⏎")
        assert till.notices
        assert not isinstance(till.state, states.Ready)
    till.cancels(2)
    till.types("1007⏎1234⏎")
    till.is_at(states.Ready)


def test_a_disk_that_fills_up_while_a_pin_is_checked_is_told_and_no_trap(
    make_till: MakeTill,
) -> None:
    till = make_till(groceries(), signed_on=False)
    till.types("1007⏎")
    till.types("1234")
    real = till.counter._performer
    till.counter._performer = DiskFillsUp(real)
    till.confirms()
    till.counter._performer = real
    assert till.notices
    till.cancels()
    till.types("1007⏎1234⏎")
    till.is_at(states.Ready)


class DiskFillsUp(Performer):
    """The disk is full from the first ask on: after the commit, before the answer."""

    def __init__(self, real: Performer) -> None:
        self._real = real

    def perform(self, ask: Ask, moment: Moment) -> Event | Refusal | None:
        with full_disk():
            return self._real.perform(ask, moment)


def test_what_the_disk_kept_in_truth_is_taken_up_after_a_fault(till: Till) -> None:
    """A commit may be on the disk although its answer was an error: ask the file, not ourselves."""
    till.returns_all(RECEIPT)
    amounts = till.state
    till.presses(Key.CONFIRM, printer=False)
    till.printing.mail.clear()
    till.counter.state = amounts  # as after a commit that was written and answered with an error
    till.counter.health = health.storage(till.counter.health, good=False)
    till.confirms()
    assert len(till.returns) == 1
    till.is_at(states.WaitingForCustomer)
    assert len(till.printing.sent) == 1


def test_a_key_for_the_screen_before_does_nothing_on_the_one_the_disk_kept(till: Till) -> None:
    till.returns_all(RECEIPT)
    amounts = till.state
    till.confirms()
    till.is_at(states.WaitingForCustomer)
    till.counter.state = amounts
    till.counter.health = health.storage(till.counter.health, good=False)
    till.presses(Key.F2)
    till.is_at(states.WaitingForCustomer)
    till.presses(Key.F2)
    till.is_at(states.TakingSignature)


@pytest.mark.parametrize("key", [Key.UP, Key.F6, Key.CANCEL, Key.CONFIRM])
def test_keys_on_a_lasting_fault_never_end_the_program(till: Till, key: Key) -> None:
    till.returns_all(RECEIPT)
    with full_disk():
        till.confirms()
        till.presses(key, key, key)
        assert till.notices


def test_a_return_recorded_behind_the_back_is_refused_in_the_transaction(till: Till) -> None:
    """odoo#281405: a cap only on the screen lets a second till return the same goods."""
    till.returns_all(RECEIPT)
    amounts = till.state
    till.confirms()
    till.presses(Key.F1)
    till.counter.state = amounts  # a draft from before, as a second screen would hold it
    till.confirms()
    till.is_at(states.NothingLeft)
    till.is_told("可退")
    assert len(till.returns) == 1
    assert till.store.verify_chain() is None
