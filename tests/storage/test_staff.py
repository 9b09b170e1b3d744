"""Staff: five tries, a growing delay, nothing readable on the disk."""

import sqlite3
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.faults import PepperMissing
from storage.pins import HashCost, pepper_file
from storage.staff import (
    DELAY_CAP_MS,
    Entry,
    Held,
    PinAccepted,
    PinLocked,
    PinVerdict,
    PinWrong,
    Staff,
    StaffTaken,
    StaffUnknown,
)
from storage.staff_changes import StaffChange, What
from storage.store import Store, open_store
from storage.values import Commit
from tests.storage.samples import CHEAP

LI = Staff("1007", "李梅", "cashier")
NOW = 1_795_000_000_000


@pytest.fixture
def staffed(store: Store) -> Store:
    store.staff.add("1007", "李梅", "cashier", "4821", badge="B-7f3a99")
    return store


def change(store: Store, what: What, held: str = "", number: str = "1007") -> None:
    store.commit(Commit(None, NOW, "boot", 1, staff=(StaffChange(what, number, held),)))


def test_the_right_pin_and_the_badge_open(staffed: Store) -> None:
    assert staffed.staff.check_pin("1007", "4821", NOW) == PinAccepted(LI)
    assert staffed.staff.check_badge("B-7f3a99", NOW) == PinAccepted(LI)
    assert staffed.staff.check_badge("B-7f3a98", NOW) == StaffUnknown()
    assert staffed.staff.check_pin("1008", "4821", NOW) == StaffUnknown()
    assert staffed.staff.all() == (LI,)


def test_five_tries_then_a_delay_that_doubles_to_its_cap(staffed: Store) -> None:
    wrong = [staffed.staff.check_pin("1007", "0000", NOW) for _ in range(5)]
    assert wrong == [PinWrong(4), PinWrong(3), PinWrong(2), PinWrong(1), PinLocked(NOW + 30_000)]
    assert staffed.staff.check_pin("1007", "4821", NOW + 29_999) == PinLocked(NOW + 30_000)
    assert staffed.staff.check_badge("B-7f3a99", NOW) == PinLocked(NOW + 30_000)
    now = NOW + 30_000
    delays = []
    for _ in range(7):
        verdict = staffed.staff.check_pin("1007", "0000", now)
        assert isinstance(verdict, PinLocked)
        delays.append(verdict.until_ms - now)
        now = verdict.until_ms
    assert delays == [60_000, 120_000, 240_000, 480_000, *[DELAY_CAP_MS] * 3]
    assert staffed.staff.check_pin("1007", "4821", now) == PinAccepted(LI)
    assert staffed.staff.check_pin("1007", "0000", now) == PinWrong(4)


def test_pulling_the_plug_gives_no_tries_back(file: Path, staffed: Store) -> None:
    for _ in range(5):
        staffed.staff.check_pin("1007", "0000", NOW)
    staffed.close()
    with open_store(file, cost=CHEAP) as again:
        assert again.staff.check_pin("1007", "4821", NOW) == PinLocked(NOW + 30_000)


def test_a_supervisor_or_a_new_pin_ends_the_delay(staffed: Store) -> None:
    ends: tuple[Callable[[], None], ...] = (
        lambda: change(staffed, What.UNLOCKED),
        lambda: staffed.staff.set_pin("1007", "4821"),
    )
    for end in ends:
        for _ in range(5):
            staffed.staff.check_pin("1007", "0000", NOW)
        end()
        assert staffed.staff.check_pin("1007", "4821", NOW) == PinAccepted(LI)


@pytest.mark.parametrize("how", ["pin", "badge"])
def test_a_clock_set_back_locks_for_no_longer_than_the_cap(staffed: Store, how: str) -> None:
    def tries(at_ms: int) -> PinVerdict:
        if how == "badge":
            return staffed.staff.check_badge("B-7f3a99", at_ms)
        return staffed.staff.check_pin("1007", "4821", at_ms)

    for _ in range(5):
        staffed.staff.check_pin("1007", "0000", NOW)
    day_before = NOW - 86_400_000
    opens = day_before + DELAY_CAP_MS
    for later_ms in (0, 60_000, DELAY_CAP_MS - 1):
        assert tries(day_before + later_ms) == PinLocked(opens)
    assert tries(opens) == PinAccepted(LI)


def test_numbers_and_badges_belong_to_one(staffed: Store) -> None:
    with pytest.raises(StaffTaken):
        staffed.staff.add("1007", "王", "cashier", "1234")
    with pytest.raises(StaffTaken):
        staffed.staff.add("1008", "王", "cashier", "1234", badge="B-7f3a99")
    staffed.staff.set_badge("1007", None)
    assert staffed.staff.check_badge("B-7f3a99", NOW) == StaffUnknown()
    with pytest.raises(KeyError):
        staffed.staff.set_pin("1008", "1234")


def test_who_leaves_signs_on_no_more_and_is_never_deleted(staffed: Store) -> None:
    change(staffed, What.LEFT)
    assert staffed.staff.check_pin("1007", "4821", NOW) == StaffUnknown()
    assert staffed.staff.check_badge("B-7f3a99", NOW) == StaffUnknown()
    assert staffed.staff.all() == ()
    assert staffed.staff.entries() == (Entry(LI, has_badge=False, locked_until_ms=0, gone=True),)
    with pytest.raises(StaffTaken):
        staffed.staff.add("1007", "王", "cashier", "1234")
    with pytest.raises(sqlite3.IntegrityError, match="nobody is deleted"):
        staffed._db.execute("DELETE FROM staff")
    staffed.staff.add("1008", "王", "cashier", "1234", badge="B-7f3a99")


def test_who_comes_back_has_a_new_pin(staffed: Store) -> None:
    change(staffed, What.LEFT)
    assert staffed.staff.hold_pin("a", "7093") is Held.HELD
    change(staffed, What.BACK, "a")
    assert staffed.staff.check_pin("1007", "4821", NOW) == PinWrong(4)
    assert staffed.staff.check_pin("1007", "7093", NOW) == PinAccepted(LI)


def test_a_new_pin_is_held_until_its_step_is_committed(staffed: Store) -> None:
    assert staffed.staff.hold_pin("a", "7093") is Held.HELD
    assert staffed.staff.repeat_pin("a", "7093") is Held.HELD
    assert staffed.staff.check_pin("1007", "4821", NOW) == PinAccepted(LI)
    change(staffed, What.PIN, "a")
    assert staffed.staff.check_pin("1007", "7093", NOW) == PinAccepted(LI)


@pytest.mark.parametrize(
    ("pin", "found"),
    [("", Held.NO_PIN), ("12a4", Held.NO_PIN), ("1111", Held.GUESSED_FIRST),
     ("2345", Held.GUESSED_FIRST), ("8765", Held.GUESSED_FIRST)],
)  # fmt: skip
def test_what_is_no_pin_or_guessed_first_is_not_held(staffed: Store, pin: str, found: Held) -> None:
    assert staffed.staff.hold_pin("a", pin) is found
    assert staffed.staff.repeat_pin("a", pin) is Held.DIFFERS


def test_two_pins_that_differ_hold_nothing(staffed: Store) -> None:
    staffed.staff.hold_pin("a", "7093")
    assert staffed.staff.repeat_pin("a", "7094") is Held.DIFFERS
    assert staffed.staff.repeat_pin("a", "7093") is Held.DIFFERS


def test_a_badge_that_somebody_has_is_not_held(staffed: Store) -> None:
    assert staffed.staff.hold_badge("a", "B-7f3a99") is Held.BADGE_TAKEN
    assert staffed.staff.hold_badge("a", "B-0000001") is Held.HELD
    change(staffed, What.BADGE, "a")
    assert staffed.staff.check_badge("B-0000001", NOW) == PinAccepted(LI)


@pytest.mark.parametrize("pin", ["", "123", "12a4", "１２３４", "1234567890123", "12 34"])
def test_a_pin_is_four_to_twelve_digits(store: Store, pin: str) -> None:
    with pytest.raises(ValueError, match="4 to 12 digits"):
        store.staff.add("1", "李", "cashier", pin)


def test_neither_pin_nor_badge_is_on_the_disk(file: Path, staffed: Store) -> None:
    staffed.checkpoint()
    kept = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert b"$argon2id$" in kept
    assert b"4821" not in kept
    assert b"7f3a99" not in kept


def test_pins_are_bound_to_the_pepper(file: Path, staffed: Store) -> None:
    assert pepper_file(file).stat().st_mode & 0o777 == 0o600
    staffed.close()
    pepper_file(file).write_bytes(b"another key, also thirty-two byt")
    with open_store(file, cost=CHEAP) as again:
        assert again.staff.check_pin("1007", "4821", NOW) == PinWrong(4)


def test_a_lost_pepper_is_told_and_never_replaced(file: Path, staffed: Store) -> None:
    staffed.close()
    pepper_file(file).unlink()
    with open_store(file, cost=CHEAP) as again, pytest.raises(PepperMissing, match=r"\.pepper"):
        again.staff.check_pin("1007", "4821", NOW)
    assert not pepper_file(file).exists()


@pytest.mark.parametrize("left", [None, b"cut short"])
def test_where_the_pepper_is_lost_all_may_leave_and_come_back(
    file: Path, staffed: Store, left: bytes | None
) -> None:
    staffed.close()
    pepper_file(file).unlink()
    if left is not None:
        pepper_file(file).write_bytes(left)
    with open_store(file, cost=CHEAP) as again:
        change(again, What.LEFT)
        assert again.staff.hold_pin("new", "5937") is Held.HELD
        change(again, What.BACK, "new")
        assert again.staff.check_pin("1007", "5937", NOW) == PinAccepted(LI)
    with open_store(file, cost=CHEAP) as again:
        assert again.staff.check_pin("1007", "5937", NOW) == PinAccepted(LI)


def test_a_hash_of_an_older_cost_is_renewed_at_the_next_sign_on(file: Path, staffed: Store) -> None:
    staffed.close()
    dearer = HashCost(memory_kib=16, passes=2)
    with open_store(file, cost=dearer) as again:
        assert again.staff.check_pin("1007", "4821", NOW) == PinAccepted(LI)
        (kept,) = again._db.execute("SELECT pin FROM staff").fetchone()
        assert "m=16,t=2,p=1" in kept
        assert again.staff.check_pin("1007", "4821", NOW) == PinAccepted(LI)


def test_an_unknown_number_takes_as_long_as_a_wrong_pin(file: Path) -> None:
    def median(store: Store, number: str) -> float:
        times = []
        for _ in range(5):
            started = time.thread_time()
            store.staff.check_pin(number, "0000", NOW)
            times.append(time.thread_time() - started)
            change(store, What.UNLOCKED)
        return statistics.median(times)

    with open_store(file) as store:  # the real cost
        store.staff.add("1007", "李梅", "cashier", "4821")
        wrong, unknown = median(store, "1007"), median(store, "9999")
        assert 0.6 < unknown / wrong < 1.6
