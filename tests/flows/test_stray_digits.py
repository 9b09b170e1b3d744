"""A digit too many: a choice is one key, and a digit that stands before no choice picks nothing."""

import pytest

from drivers.values import Key
from terminal.core import states
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.scenes import enter
from tests.flows.shelf import RECEIPT


@pytest.fixture(name="asked")
def _asked(till: Till) -> Till:
    """At the reason."""
    till.scans(RECEIPT)
    till.presses(Key.F1, Key.CONFIRM)
    till.is_at(states.ChoosingReason)
    return till


def test_ten_typed_for_a_reason_is_the_first_reason_and_no_condition(asked: Till) -> None:
    """1 picks at once; the 0 after it falls on the conditions, of which there is no tenth."""
    asked.types("10")
    state = asked.state
    assert isinstance(state, states.ChoosingCondition)
    assert {one.reason for one in state.draft.chosen} == {"QUALITY"}
    assert {one.condition for one in state.draft.chosen} == {None}


@pytest.mark.parametrize("digit", ["7", "8", "9", "0"])
def test_a_digit_before_no_condition_picks_none(asked: Till, digit: str) -> None:
    asked.types("1")
    before = asked.state
    asked.types(digit)
    assert asked.state == before
    asked.types("2")
    state = asked.state
    assert isinstance(state, states.ConfirmingAmounts)
    assert {one.condition.name for one in state.draft.chosen if one.condition} == {"OPENED"}


def test_zero_is_the_tenth_reason_where_there_is_one(asked: Till) -> None:
    reasons = asked.settings.rules.reasons
    assert len(reasons) >= 10
    asked.types("0")
    state = asked.state
    assert isinstance(state, states.ChoosingCondition)
    assert {one.reason for one in state.draft.chosen} == {reasons[9].code}


@pytest.mark.parametrize("scene", ["ChangingCondition", "ChoosingOverrideReason"])
def test_a_digit_before_no_choice_changes_nothing_on_any_screen_of_choices(
    make_till: MakeTill, scene: str
) -> None:
    till = enter(make_till, scene)
    before = till.state
    for digit in "90":
        till.types(digit)
        assert till.state == before


def test_a_digit_is_no_answer_where_nothing_is_chosen(till: Till) -> None:
    till.returns_all(RECEIPT)
    before = till.state
    till.types("1234567890")
    assert till.state == before
    assert till.returns == []
