"""The staff at the unit's own screen: a manager adds, renews, unlocks, lets go; all on record."""

import json

import pytest

from drivers.values import Key
from storage.staff import PinAccepted
from terminal.core import states
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import RECEIPT, groceries

NOW_MS = 1_800_000_000_000


@pytest.fixture
def office(make_till: MakeTill) -> Till:
    """The staff list, before a manager."""
    till = make_till(groceries(), signed_on=False)
    till.signs_on("2001", "4321")
    till.presses(Key.F4)
    till.sees("管理 · 李店长", "员工", "培训")
    till.types("1")
    till.is_at(states.ListingStaff)
    return till


def opens(till: Till, number: str, pin: str) -> bool:
    return isinstance(till.store.staff.check_pin(number, pin, NOW_MS), PinAccepted)


def acts(till: Till) -> list[tuple[str, str, str]]:
    """What was done to whom by whom."""
    rows = ((row.kind, json.loads(row.body)) for row in till.store.journal())
    return [(kind, body["staff"]["number"], body["by"]) for kind, body in rows if "staff" in body
            and "by" in body]  # fmt: skip


def test_a_new_cashier_starts_today(office: Till) -> None:
    office.sees("1007", "王芳", "收银员")
    office.types("1010⏎")
    office.sees("工号 1010 的角色")
    office.picks("收银员")
    office.scans("陈新")
    office.sees("陈新：请输入新密码")
    office.types("7093⏎")
    office.sees("再输入一次")
    office.types("7093⏎")
    office.is_at(states.ListingStaff)
    office.sees("陈新", "已添加")
    assert acts(office) == [("StaffAdded", "1010", "2001")]
    office.cancels(3)
    office.signs_on("1010", "7093")
    office.sees("陈新")


def test_a_keypad_without_letters_adds_somebody_by_number(office: Till) -> None:
    office.types("1010⏎1⏎")
    office.types("7093⏎7093⏎")
    office.sees("1010", "已添加")
    assert opens(office, "1010", "7093")


def test_the_name_is_typed_where_there_are_letters(office: Till) -> None:
    office.types("1010⏎1")
    office.types("CHEN XIN⏎")
    office.sees("CHEN XIN")
    office.types("7093⏎7093⏎")
    assert office.store.staff.all()[2].name == "CHEN XIN"


def test_two_pins_that_differ_change_nothing(office: Till) -> None:
    office.types("1008⏎")
    office.presses(Key.F1)
    office.types("7093⏎7094⏎")
    office.is_told("两次输入不同")
    office.sees("请输入新密码")
    assert opens(office, "1008", "5678")
    office.types("7093⏎7093⏎")
    assert opens(office, "1008", "7093")
    assert acts(office) == [("PinChanged", "1008", "2001")]


@pytest.mark.parametrize(("pin", "why"), [("123", "4 至 12"), ("1111", "过于简单")])
def test_a_pin_that_is_guessed_first_is_refused(office: Till, pin: str, why: str) -> None:
    office.types("1008⏎")
    office.presses(Key.F1)
    office.types(f"{pin}⏎")
    office.is_told(why)
    assert opens(office, "1008", "5678")


def test_a_badge_is_given_by_scanning_it_and_taken_when_it_is_lost(office: Till) -> None:
    office.types("1008⏎")
    office.presses(Key.F2)
    office.sees("请扫描 张敏 的工牌")
    office.scans("%BB1007")
    office.is_told("已属于他人")
    office.scans("%BB1008")
    office.sees("密码和工牌")
    office.cancels(3)
    office.scans("%BB1008")
    office.is_at(states.Ready)
    office.cancels()
    office.signs_on("2001", "4321")
    office.presses(Key.F4)
    office.types("11008⏎")
    office.presses(Key.F2, Key.F1)
    office.cancels(3)
    office.scans("%BB1008")
    office.is_told("工牌")
    office.is_at(states.SignedOff)
    assert acts(office) == [("BadgeChanged", "1008", "2001")] * 2


def test_a_cashier_locked_out_is_unlocked(make_till: MakeTill) -> None:
    till = make_till(groceries(), signed_on=False)
    for _ in range(5):
        till.types("1007⏎9999⏎")
    till.signs_on("2001", "4321")
    till.presses(Key.F4)
    till.types("1")
    till.sees("已锁定")
    till.types("1007⏎")
    till.presses(Key.F3)
    till.sees("已解锁")
    till.cancels(3)
    till.signs_on("1007", "1234")
    assert acts(till) == [("StaffUnlocked", "1007", "2001")]


def test_who_leaves_the_company_is_disabled_and_never_deleted(office: Till) -> None:
    office.types("1007⏎")
    office.presses(Key.F4)
    office.sees("王芳 离职？", "操作记录全部保留")
    office.cancels()
    assert opens(office, "1007", "1234")
    office.types("1007⏎")
    office.presses(Key.F4)
    office.confirms()
    office.sees("已离职")
    office.cancels(3)
    office.types("1007⏎1234⏎")
    office.is_at(states.SignedOff)
    office.scans("%BB1007")
    office.is_at(states.SignedOff)
    assert acts(office) == [("StaffLeft", "1007", "2001")]
    assert next(one.staff.name for one in office.store.staff.entries()) == "王芳"


def test_who_comes_back_gets_a_new_pin(office: Till) -> None:
    office.types("1007⏎")
    office.presses(Key.F4, Key.CONFIRM, Key.CONFIRM)
    office.sees("设新密码即可恢复")
    office.presses(Key.F2)
    office.is_told("已离职")
    office.presses(Key.F1)
    office.types("7093⏎7093⏎")
    assert opens(office, "1007", "7093")
    assert [kind for kind, _, _ in acts(office)] == ["StaffLeft", "StaffRejoined"]


def test_nobody_lets_themselves_go_so_a_manager_is_always_left(office: Till) -> None:
    office.types("2001⏎")
    office.presses(Key.F4)
    office.is_told("另一位店长")
    office.is_at(states.ShowingMember)


def test_power_fails_between_the_two_pins_and_the_first_must_be_typed_again(office: Till) -> None:
    office.types("1008⏎")
    office.presses(Key.F1)
    office.types("7093⏎")
    office.power_cut()
    office.types("7093⏎")
    office.is_told("两次输入不同")
    office.types("7093⏎7093⏎")
    assert opens(office, "1008", "7093")


def test_pin_and_badge_of_the_office_are_nowhere_to_be_found(office: Till) -> None:
    office.types("1008⏎")
    office.presses(Key.F1)
    office.types("73915048⏎73915048⏎")
    office.confirms()
    office.presses(Key.F2)
    office.scans("%BSECRET77")
    kept = office.raw_bytes() + "".join(row.body for row in office.store.journal()).encode()
    for secret in (b"73915048", b"SECRET77"):
        assert secret not in kept
    assert "73915048" not in repr(office.glass.shown)


def test_a_cashier_and_a_shift_leader_find_no_office(make_till: MakeTill) -> None:
    till = make_till(groceries(), signed_on=False)
    for number, pin in (("1007", "1234"), ("2002", "8765")):
        till.signs_on(number, pin)
        till.sees_not("管理")
        till.presses(Key.F4)
        till.is_at(states.Ready)
        till.cancels()


def test_a_trainer_may_not_approve_and_sees_no_staff_list(make_till: MakeTill) -> None:
    till = make_till(groceries(), signed_on=False)
    till.signs_on("3001", "6173")
    till.presses(Key.F4)
    till.sees("培训")
    till.sees_not("密码、工牌")
    till.cancels(2)
    till.signs_on()
    till.returns_all(RECEIPT, "其他")
    till.confirms()
    till.types("3001⏎6173⏎")
    till.is_told("周培训")
    till.is_at(states.AwaitingOverride)


def test_an_engineer_comes_to_the_unit_but_never_to_a_return(make_till: MakeTill) -> None:
    till = make_till(groceries(), signed_on=False)
    till.types("9001⏎3908⏎")
    till.is_at(states.ChoosingTask)
    till.scans(RECEIPT)
    till.is_at(states.ChoosingTask)
    till.cancels()
    till.is_at(states.SignedOff)


def test_an_override_is_on_record_even_when_the_return_is_dropped(make_till: MakeTill) -> None:
    till = make_till(groceries())
    till.returns_all(RECEIPT, "其他")
    till.confirms()
    till.types("2002⏎8765⏎1")
    till.is_at(states.ConfirmingAmounts)
    till.cancels()
    body = next(json.loads(row.body) for row in till.store.journal()
                if row.kind == "OverrideGranted")  # fmt: skip
    assert (body["by"]["number"], body["cashier"]["number"]) == ("2002", "1007")
    assert body["reason"]


def test_the_journal_tells_a_sign_off_from_a_lock(make_till: MakeTill) -> None:
    till = make_till(groceries())
    till.cancels()
    till.signs_on()
    till.counter.idle()
    bodies = [json.loads(row.body) for row in till.store.journal() if row.kind == "SignedOut"]
    assert [body["locked"] for body in bodies] == [False, True]
