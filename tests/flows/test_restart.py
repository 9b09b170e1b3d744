"""A power cut in any state: the unit comes back to the same step of the same return."""

import pytest

from terminal.core import states
from terminal.core.flow import RETURN
from terminal.core.kinds import OFF
from terminal.core.returns import ReturnKind
from terminal.ui.screens import screen_for
from tests.flows.conftest import MakeTill
from tests.flows.scenes import SCENES, enter

COMES_BACK_TO = {
    "FindingArticle": "PricingArticle",
    "FindingNew": "AddingNew",
    "CheckingStaff": "SignedOff",
    "CheckingOverride": "AwaitingOverride",
    "SendingSlip": "SlipUncertain",
    "PreparingSlip": "WaitingForCustomer",  # the printer is asked again and prints
    "LookingUp": "ChoosingGoods",
    "FindingReturn": "ShowingReturn",
    "AskingShop": "AskingShop",  # by another ask
    "Inspecting": "ChoosingGoods",
    "ReadingDay": "ShowingDay",
    "OpeningStaff": "ListingStaff",
    "CheckingNewPin": "SettingPin",  # a PIN is in no state: it is typed again
    "CheckingNewBadge": "SettingBadge",
}


@pytest.mark.parametrize("scene", SCENES)
def test_a_power_cut_comes_back_to_the_same_step(make_till: MakeTill, scene: str) -> None:
    till = enter(make_till, scene)
    before = till.state
    assert type(before).__name__ == scene
    till.printing.fault = till.printing.during = None
    till.power_cut()
    assert type(till.state).__name__ == COMES_BACK_TO.get(scene, scene)
    if scene not in COMES_BACK_TO:
        assert till.state == before
    assert len(till.printing.sent_ids) == len(set(till.printing.sent_ids))


@pytest.mark.parametrize("scene", SCENES)
def test_a_power_cut_twice_in_a_row_is_as_one(make_till: MakeTill, scene: str) -> None:
    till = enter(make_till, scene)
    till.power_cut()
    once = type(till.state)
    till.power_cut()
    assert type(till.state) is once


@pytest.mark.parametrize("scene", SCENES)
def test_every_state_survives_being_written_and_read(make_till: MakeTill, scene: str) -> None:
    till = enter(make_till, scene)
    codec = till.counter._ledger._codec
    text = codec.encode(till.state)
    assert codec.decode(text) == till.state
    assert codec.encode(codec.decode(text)) == text


def test_every_state_of_the_flow_has_a_scene() -> None:
    sources = {source.__name__ for source, _ in RETURN.rows}
    targets = {target.__name__ for row in RETURN.rows.values() for target in row.targets}
    assert set(SCENES) == sources | targets


def test_cash_that_may_have_been_paid_is_asked_about(make_till: MakeTill) -> None:
    till = enter(make_till, "PayingCash")
    till.power_cut()
    till.is_told("现金")
    assert till.printing.kicks == 1, "the drawer does not open by itself again"


def test_a_typed_number_is_lost_and_nothing_else(make_till: MakeTill) -> None:
    till = enter(make_till, "ChoosingGoods")
    till.types("1")
    till.power_cut()
    till.is_at(states.ChoosingGoods)
    till.sees_not("1_")


def test_a_restart_under_other_rules_chooses_reason_and_condition_anew(
    make_till: MakeTill,
) -> None:
    """A reason that is gone from reasons.toml must not stop the unit at every start."""
    till = enter(make_till, "ConfirmingAmounts")
    before = till.state
    assert isinstance(before, states.ConfirmingAmounts)
    till.new_rules("2027-01", without="QUALITY")
    till.power_cut()
    state = till.state
    assert isinstance(state, states.ChoosingGoods)
    assert [one.quantity for one in state.draft.chosen] == [
        one.quantity for one in before.draft.chosen
    ]
    assert [one.reason for one in state.draft.chosen] == [""] * len(state.draft.chosen)
    till.confirms()
    till.is_at(states.ChoosingReason)


@pytest.mark.parametrize("scene", ["DeclaringDay", "AddingGoods", "PricingArticle"])
def test_goods_written_down_are_dropped_where_the_new_rules_know_no_such_return(
    make_till: MakeTill, scene: str
) -> None:
    """How their money would go back stands in the rules of that kind alone."""
    till = enter(make_till, scene)
    till.under(limits=tuple((kind, OFF) for kind in ReturnKind))
    till.is_at(states.Ready)


def test_goods_written_down_stay_through_rules_that_allow_them(make_till: MakeTill) -> None:
    till = enter(make_till, "AddingGoods")
    till.under(amount_limit=1)
    till.is_at(states.AddingGoods)


def test_the_scenes_screens_can_be_drawn_again_after_the_cut(make_till: MakeTill) -> None:
    till = enter(make_till, "SlipUncertain")
    before = till.screen
    till.power_cut()
    assert till.screen.title == before.title
    assert screen_for(till.state, till.counter._view).keys == before.keys
