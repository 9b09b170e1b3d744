"""A slip is good until the day printed on it; after that a new return asks the policy again."""

import pytest

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import Status
from tests.flows.cashier import Till
from tests.flows.shelf import RECEIPT

NUMBER = "R-0571-03-000001"


def test_an_expired_slip_is_voided_not_paid(slipless: Till) -> None:
    slipless.moments.wait(days=8)
    slipless.scans(NUMBER)
    slipless.confirms()
    slipless.is_at(states.ConfirmingVoid)
    slipless.is_told(slipless.returns[0].expires_on)
    slipless.confirms()
    assert slipless.returns[0].status is Status.VOIDED
    assert slipless.printing.kicks == 0
    assert "CustomerConfirmed" not in slipless.journal


def test_an_expired_slip_is_not_paid_by_keeping_it(slipless: Till) -> None:
    """The way round: no to the void, then a signature."""
    slipless.moments.wait(days=8)
    slipless.scans(NUMBER)
    slipless.confirms()
    slipless.cancels()
    slipless.is_at(states.Ready)
    assert slipless.returns[0].status is Status.RECORDED


def test_the_last_day_on_the_slip_is_still_good(slipless: Till) -> None:
    slipless.moments.wait(days=7)
    assert slipless.moments.at.date().isoformat() == slipless.returns[0].expires_on
    slipless.scans(NUMBER)
    slipless.confirms()
    slipless.is_at(states.WaitingForCustomer)


@pytest.mark.parametrize("how", ["signature", "short_code"])
def test_a_unit_switched_on_again_after_the_last_day_confirms_nothing(till: Till, how: str) -> None:
    till.returns_all(RECEIPT)
    till.confirms()
    code = till.returns[0].short_code
    till.moments.wait(days=30)
    till.power_cut()
    till.is_at(states.WaitingForCustomer)
    if how == "signature":
        till.presses(Key.F2, Key.CONFIRM)
    else:
        till.types(code + "⏎")
    till.is_at(states.ConfirmingVoid)
    till.is_told(till.returns[0].expires_on)
    assert till.printing.kicks == 0
    assert "CustomerConfirmed" not in till.journal


def test_cash_of_a_customer_who_confirmed_in_time_is_paid_after_the_last_day(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.F1)
    till.moments.wait(days=30)
    till.scans(NUMBER)
    till.confirms()
    till.is_at(states.PayingCash)
