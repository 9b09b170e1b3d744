"""Policy answers one of four, always with the rule; another person answers for an exception."""

import pytest

from drivers.values import Key
from terminal.core import states
from terminal.core.rules import Outcome
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import MILK, OIL, RECEIPT, Sold, one_oil, sale


def asked(till: Till, receipt: str, reason: str = "拿错/发错", condition: str = "未拆封") -> None:
    """All of a receipt, up to the policy's answer."""
    till.scans(receipt)
    till.presses(Key.F1, Key.CONFIRM)
    till.picks(reason)
    till.picks(condition)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (0, states.ConfirmingAmounts),
        (7, states.ConfirmingAmounts),
        (8, states.AwaitingOverride),
        (30, states.AwaitingOverride),
        (31, states.Denied),
    ],
)
def test_the_window_has_three_stages(
    make_till: MakeTill, days: int, state: type[states.State]
) -> None:
    old = one_oil(days_ago=days)
    till = make_till(old)
    asked(till, old.receipt_no)
    till.is_at(state)
    till.sees("2026-11-01")


def test_a_denial_says_the_rule_and_the_cashier_may_change_the_goods(make_till: MakeTill) -> None:
    till = make_till(
        sale(
            (
                Sold("阿莫西林", "18.00", gtin=OIL, category="medicine"),
                Sold("纸巾", "5.00", gtin=MILK),
            )
        )
    )
    asked(till, RECEIPT)
    till.is_at(states.Denied)
    till.sees("药品售出不退，质量问题除外。")
    till.presses(Key.UP)
    till.types("0⏎")
    till.confirms()
    till.picks("拿错/发错")
    till.picks("未拆封")
    till.is_at(states.ConfirmingAmounts)
    till.sees("￥ 5.00")


def test_a_quality_fault_opens_what_is_excluded_otherwise(make_till: MakeTill) -> None:
    till = make_till(sale((Sold("阿莫西林", "18.00", category="medicine"),)))
    asked(till, RECEIPT, "质量问题")
    till.is_at(states.ConfirmingAmounts)


def test_a_denied_return_leaves_nothing_behind(make_till: MakeTill) -> None:
    old = one_oil(days_ago=40)
    till = make_till(old)
    asked(till, old.receipt_no)
    till.confirms()
    till.is_at(states.Ready)
    assert till.returns == []
    assert till.journal == ["SignedOn"]


def test_something_must_be_seen_first_and_is_recorded_as_seen(make_till: MakeTill) -> None:
    till = make_till(one_oil())
    asked(till, RECEIPT, "其他")
    till.is_at(states.GivingEvidence)
    till.sees("备注说明")
    till.confirms()
    till.is_at(states.AwaitingOverride)
    approve(till)
    till.confirms()
    recorded = next(row.body for row in till.store.journal() if row.kind == "ReturnRecorded")
    assert '"evidence":["NOTE"]' in recorded
    assert '"override_reason":"GOODWILL"' in recorded


def approve(till: Till) -> None:
    till.types("2001⏎4321⏎")
    till.picks("客诉安抚")


def test_another_person_approves_by_pin_with_a_reason(make_till: MakeTill) -> None:
    old = one_oil(days_ago=10)
    till = make_till(old)
    asked(till, old.receipt_no)
    till.is_at(states.AwaitingOverride)
    till.sees("10", "店长")
    approve(till)
    till.is_at(states.ConfirmingAmounts)
    till.sees("李店长")
    till.confirms()
    (ret,) = till.returns
    assert (ret.cashier, ret.approver) == ("1007", "2001")
    assert ret.policy_version == "2026-11-01"


def test_an_approval_thought_better_of_leaves_the_goods_chosen(make_till: MakeTill) -> None:
    """Cancel goes back here as on every screen of choices, and whoever approves signs anew."""
    old = one_oil(days_ago=10)
    till = make_till(old)
    asked(till, old.receipt_no)
    till.scans("%BBOSS")
    till.is_at(states.ChoosingOverrideReason)
    till.cancels()
    till.is_at(states.AwaitingOverride)
    assert isinstance(till.state, states.AwaitingOverride)
    assert till.state.draft.approver is None
    assert "OverrideGranted" not in till.journal
    till.confirms()
    till.is_at(states.AwaitingOverride)
    till.types("2002⏎8765⏎1")
    till.is_at(states.ConfirmingAmounts)
    till.sees("赵值班")


def test_who_comes_back_to_the_goods_finds_the_reason_marked(make_till: MakeTill) -> None:
    till = make_till(one_oil())
    asked(till, RECEIPT, "重复购买")
    till.presses(Key.UP, Key.CONFIRM)
    assert isinstance(till.state, states.ChoosingReason)
    assert till.choice[till.state.cursor].label == "重复购买"
    till.confirms()
    till.cancels()
    assert isinstance(till.state, states.ChoosingReason)
    assert till.choice[till.state.cursor].label == "重复购买"


def test_another_person_approves_by_badge(make_till: MakeTill) -> None:
    old = one_oil(days_ago=10)
    till = make_till(old)
    asked(till, old.receipt_no)
    till.scans("%BBOSS")
    till.is_at(states.ChoosingOverrideReason)
    till.types("1")
    till.is_at(states.ConfirmingAmounts)


def test_a_managers_own_return_needs_yet_another_person(make_till: MakeTill) -> None:
    old = one_oil(days_ago=10)
    till = make_till(old, signed_on=False)
    till.signs_on("2001", "4321")
    asked(till, old.receipt_no)
    till.types("2001⏎4321⏎")
    till.is_told("李店长")
    till.is_at(states.AwaitingOverride)
    till.scans("%BBOSS")
    till.is_at(states.AwaitingOverride)
    till.types("2002⏎8765⏎")
    till.is_at(states.ChoosingOverrideReason)


def test_a_cashier_cannot_approve(make_till: MakeTill) -> None:
    old = one_oil(days_ago=10)
    till = make_till(old)
    asked(till, old.receipt_no)
    till.types("1008⏎5678⏎")
    till.is_told("张敏")
    till.is_at(states.AwaitingOverride)


def test_a_pin_guessed_five_times_is_locked_and_its_time_is_told(make_till: MakeTill) -> None:
    old = one_oil(days_ago=10)
    till = make_till(old)
    asked(till, old.receipt_no)
    for left in (4, 3, 2, 1):
        till.types("2001⏎0000⏎")
        till.is_told(str(left))
    till.types("2001⏎0000⏎")
    till.is_told("14:0")
    till.types("2001⏎4321⏎")
    till.is_told("14:0")
    till.is_at(states.AwaitingOverride)
    till.moments.wait(minutes=1)
    till.types("2001⏎4321⏎")
    till.is_at(states.ChoosingOverrideReason)


def test_an_approval_is_for_these_goods_and_is_asked_again_for_others(
    make_till: MakeTill,
) -> None:
    old = one_oil(days_ago=10)
    till = make_till(old)
    asked(till, old.receipt_no)
    approve(till)
    till.presses(Key.UP, Key.CONFIRM)
    till.picks("拿错/发错")
    till.picks("未拆封")
    till.is_at(states.AwaitingOverride)


def test_opened_goods_brought_back_for_no_reason_need_another_person(make_till: MakeTill) -> None:
    till = make_till(one_oil())
    asked(till, RECEIPT, "无理由", "已拆封")
    till.is_at(states.AwaitingOverride)
    till.sees("无理由：商品须未拆封")


def test_splitting_a_large_return_does_not_pass_under_the_limit(make_till: MakeTill) -> None:
    till = make_till(sale((Sold("手表", "900.00", "3", gtin=OIL),)))
    till.scans(RECEIPT)
    till.scans(OIL)
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")
    till.confirms()
    till.presses(Key.F1)
    till.scans(RECEIPT)
    till.scans(OIL)
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")
    till.is_at(states.AwaitingOverride)
    till.sees("600.00", "500.00")


def test_one_line_may_have_a_reason_of_its_own(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.presses(Key.F4)
    till.is_at(states.CheckingLines)
    till.types("↓↓")
    till.presses(Key.F4)
    till.sees("苹果 红富士")
    till.picks("破损")
    till.picks("变质")
    till.is_at(states.CheckingLines)
    assert isinstance(till.state, states.CheckingLines)
    assert till.state.cursor == 2, "the line that was changed stays marked"
    till.confirms()
    till.is_at(states.ConfirmingAmounts)
    till.confirms()
    lines = till.returns[0].settlement.lines
    assert [one.reason for one in lines] == ["QUALITY", "QUALITY", "DAMAGED"]
    assert lines[2].disposition.value == "WRITE_OFF"


def test_a_changed_line_is_judged_again(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.presses(Key.F4, Key.F4)
    till.picks("过期")
    till.picks("变质")
    till.cancels()
    till.is_at(states.AwaitingOverride)
    assert isinstance(till.state, states.AwaitingOverride)
    assert till.state.draft.decision is not None
    assert till.state.draft.decision.outcome is Outcome.NEEDS_OVERRIDE
