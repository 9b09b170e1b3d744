"""Staff: five tries, a growing delay, nothing readable on the disk."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.faults import PepperMissing
from storage.pins import HashCost, pepper_file
from storage.staff import (
    DELAY_CAP_MS,
    PinAccepted,
    PinLocked,
    PinWrong,
    Staff,
    StaffTaken,
    StaffUnknown,
)
from storage.store import Store, open_store
from tests.storage.samples import CHEAP

LI = Staff("1007", "李梅", "cashier")
NOW = 1_795_000_000_000


@pytest.fixture
def staffed(store: Store) -> Store:
    store.staff.add("1007", "李梅", "cashier", "4821", badge="B-7f3a99")
    return store


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
        lambda: staffed.staff.unlock("1007"),
        lambda: staffed.staff.set_pin("1007", "4821"),
    )
    for end in ends:
        for _ in range(5):
            staffed.staff.check_pin("1007", "0000", NOW)
        end()
        assert staffed.staff.check_pin("1007", "4821", NOW) == PinAccepted(LI)


def test_a_clock_set_back_locks_for_no_longer_than_the_cap(staffed: Store) -> None:
    for _ in range(5):
        staffed.staff.check_pin("1007", "0000", NOW)
    day_before = NOW - 86_400_000
    assert staffed.staff.check_pin("1007", "4821", day_before) == PinLocked(
        day_before + DELAY_CAP_MS
    )


def test_numbers_and_badges_belong_to_one(staffed: Store) -> None:
    with pytest.raises(StaffTaken):
        staffed.staff.add("1007", "王", "cashier", "1234")
    with pytest.raises(StaffTaken):
        staffed.staff.add("1008", "王", "cashier", "1234", badge="B-7f3a99")
    staffed.staff.set_badge("1007", None)
    assert staffed.staff.check_badge("B-7f3a99", NOW) == StaffUnknown()
    with pytest.raises(KeyError):
        staffed.staff.set_pin("1008", "1234")
    staffed.staff.remove("1007")
    assert staffed.staff.all() == ()


@pytest.mark.parametrize("pin", ["", "123", "12a4", "１２３４", "1234567890123", "12 34"])
def test_a_pin_is_four_to_twelve_digits(store: Store, pin: str) -> None:
    with pytest.raises(ValueError, match="密码"):
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
            store.staff.unlock("1007")
        return statistics.median(times)

    with open_store(file) as store:  # the real cost
        store.staff.add("1007", "李梅", "cashier", "4821")
        wrong, unknown = median(store, "1007"), median(store, "9999")
        assert 0.6 < unknown / wrong < 1.6
