"""Signing on and off: PIN or badge, the lock of an unattended unit, and where a PIN never goes."""

import logging

import pytest

from drivers.values import Key
from storage.pins import pepper_file
from terminal.core import states
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.scenes import SCENES, enter
from tests.flows.shelf import RECEIPT, groceries


def test_a_badge_signs_on(make_till: MakeTill) -> None:
    till = make_till(groceries(), signed_on=False)
    till.scans("%BB1007")
    till.is_at(states.Ready)
    till.sees("王芳")


def test_an_unknown_badge_and_an_unknown_number_are_refused(make_till: MakeTill) -> None:
    till = make_till(groceries(), signed_on=False)
    till.scans("%BNOBODY")
    till.is_told("工牌")
    till.types("9999⏎1234⏎")
    till.is_at(states.SignedOff)
    assert till.notices


def test_a_wrong_pin_says_how_many_tries_are_left(make_till: MakeTill) -> None:
    till = make_till(groceries(), signed_on=False)
    till.types("1007⏎9999⏎")
    till.is_told("4")
    till.is_at(states.SignedOff)


def test_a_pin_locked_by_guessing_stays_locked_over_a_power_cut(make_till: MakeTill) -> None:
    till = make_till(groceries(), signed_on=False)
    for _ in range(5):
        till.types("1007⏎9999⏎")
    till.power_cut()
    till.types("1007⏎1234⏎")
    till.is_at(states.SignedOff)
    till.is_told("14:0")


@pytest.mark.parametrize("by", ["1007⏎1234⏎", "%BB1007"])
def test_a_lost_key_of_the_pins_is_told_as_that_and_as_no_fault_of_the_disk(
    make_till: MakeTill, by: str
) -> None:
    till = make_till(groceries(), signed_on=False)
    pepper = pepper_file(till.store.file)
    key = pepper.read_bytes()
    pepper.unlink()
    for _ in range(2):
        till.scans(by) if by.startswith("%") else till.types(by)
        till.is_at(states.SignedOff)
        till.is_told("密钥")
        assert till.counter.health.storage
    assert "1007" not in "".join(row.body for row in till.store.journal())
    pepper.write_bytes(key)
    till.signs_on()
    till.is_at(states.Ready)


def test_a_pin_is_shown_as_dots(make_till: MakeTill) -> None:
    till = make_till(groceries(), signed_on=False)
    till.types("1007⏎123")
    till.sees("•••")
    till.sees_not("123")


@pytest.mark.parametrize("typed", ["", "12ab", "a", "1" * 40])
def test_what_is_no_pin_signs_nobody_on(make_till: MakeTill, typed: str) -> None:
    till = make_till(groceries(), signed_on=False)
    till.types("1007⏎" + typed + "⏎")
    assert not isinstance(till.state, states.Ready)


def test_the_pin_is_nowhere_to_be_found(
    make_till: MakeTill, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in the database, its log, the journal, a state, a repr or what was logged."""
    secrets = ("73915048", "86420975")
    till = make_till(groceries(), signed_on=False)
    till.store.staff.set_pin("1007", secrets[0])
    till.store.staff.set_pin("2001", secrets[1])
    with caplog.at_level(logging.DEBUG):
        till.types(f"1007⏎{secrets[0]}")
        seen = [repr(till.counter.editor), repr(till.screen)]
        till.types("⏎")
        till.is_at(states.Ready)
        till.returns_all(RECEIPT, "其他")
        till.confirms()
        till.types(f"2001⏎{secrets[1]}⏎1")
        till.confirms()
        till.scans("%BBOSS")
    seen += [caplog.text, repr(till.state), "".join(till.papers)]
    seen += [row.body for row in till.store.journal()]
    raw = till.raw_bytes()
    for secret in secrets:
        assert not any(secret in one for one in seen)
        assert secret.encode() not in raw
    assert b"BOSS" not in raw


@pytest.mark.parametrize("scene", SCENES)
def test_an_unattended_unit_locks_and_loses_nothing_recorded(
    make_till: MakeTill, scene: str
) -> None:
    till = enter(make_till, scene)
    before = len(till.returns)
    till.counter.idle()
    stays = ("SignedOff", "CheckingStaff", "PreparingSlip", "SendingSlip", "SlipBlocked")
    if scene not in (*stays, "SlipUncertain"):
        till.is_at(states.SignedOff)
    if scene not in stays and scene not in ("SlipUncertain", "EnteringPin"):
        assert till.journal[-1] == "SignedOut"
    assert len(till.returns) == before


def test_a_return_left_at_the_lock_is_taken_up_by_its_slip(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.confirms()
    till.counter.idle()
    till.types("1008⏎5678⏎")
    till.scans("R-0571-03-000001")
    till.confirms()
    till.is_at(states.WaitingForCustomer)
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    body = next(row.body for row in till.store.journal() if row.kind == "CashPaid")
    assert "1008" in body, "who handed the cash over is who is recorded"
