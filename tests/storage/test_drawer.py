"""Shifts and cash on file: one open at most, cash to the open one, nothing rewritten."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from storage.drawer import CashMove, KeptShift
from storage.store import Store, open_store
from storage.values import PrintJobChange
from tests.storage.samples import CHEAP, DAY, big_sale, line, new_return, one_screw, step

MORNING = KeptShift("1-morning", DAY, False, 0, "{}")
EVENING = KeptShift("2-evening", DAY, False, 0, "{}")


def closed(shift: KeptShift, paid: int) -> KeptShift:
    return replace(shift, closed=True, paid=paid, body='{"closed":1}')


def test_a_shift_is_open_until_it_is_closed(store: Store) -> None:
    assert store.drawer.open_shift() is None
    store.commit(replace(step(1), shifts=(MORNING,)))
    assert store.drawer.open_shift() == MORNING
    store.commit(replace(step(2), shifts=(closed(MORNING, 0),)))
    assert store.drawer.open_shift() is None
    assert store.drawer.shifts_of_day(DAY) == (closed(MORNING, 0),)
    assert store.drawer.shifts_of_day("2026-11-21") == ()


def test_no_second_shift_is_opened_beside_an_open_one(store: Store) -> None:
    store.commit(replace(step(1), shifts=(MORNING,)))
    with pytest.raises(AssertionError, match="UNIQUE"):
        store.commit(replace(step(2), shifts=(EVENING,)))
    assert store.drawer.open_shift() == MORNING


def test_cash_goes_to_the_shift_that_is_open_when_it_is_recorded(store: Store) -> None:
    store.commit(step(1, new_return(1, (line(1, 1000, 332),))))
    before, now, back = (CashMove(f"m{at}", "return-1", at * 100) for at in (1, 2, 3))
    store.commit(replace(step(2), cash=(before,)))
    store.commit(replace(step(3), shifts=(MORNING,)))
    store.commit(replace(step(4), cash=(now, replace(back, amount=-50))))
    assert store.drawer.cash_of(MORNING.id) == 150
    store.commit(replace(step(5), shifts=(closed(MORNING, 150), EVENING)))
    assert store.drawer.cash_of(EVENING.id) == 0


def test_a_closing_reckoned_with_other_cash_is_our_own_bug_and_changes_nothing(
    store: Store,
) -> None:
    store.commit(replace(step(1), shifts=(MORNING,)))
    with pytest.raises(AssertionError):
        store.commit(replace(step(2), shifts=(closed(MORNING, 1),)))
    assert store.drawer.open_shift() == MORNING


def test_what_was_counted_and_paid_cannot_be_rewritten_even_by_sql(
    file: Path, store: Store
) -> None:
    store.commit(step(1, new_return(1, (line(1, 1000, 332),))))
    move = CashMove("m1", "return-1", 100)
    store.commit(replace(step(2), shifts=(MORNING,)))
    store.commit(replace(step(3), cash=(move,)))
    store.commit(replace(step(4), shifts=(closed(MORNING, 100),)))
    store.close()
    other = sqlite3.connect(file)
    for statement in (
        "UPDATE shifts SET paid = 0",
        "UPDATE shifts SET closed = 0",
        "DELETE FROM shifts",
        "UPDATE drawer_cash SET amount = 0",
        "DELETE FROM drawer_cash",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            other.execute(statement)
    other.close()


@settings(deadline=None, max_examples=30)  # a file and a dozen commits each
@given(st.lists(st.integers(-3, 4), max_size=12))
def test_what_was_paid_in_each_shift_is_the_sum_of_what_was_paid_while_it_was_open(
    tmp_path_factory: pytest.TempPathFactory, moves: list[int]
) -> None:
    """0 closes the open shift and opens the next; anything else is cash."""
    folder = tmp_path_factory.mktemp("drawer")
    with open_store(folder / "t.db", cost=CHEAP) as store:
        store.add_sales([big_sale()])
        store.commit(step(1, one_screw(1)))
        store.commit(replace(step(2), shifts=(KeptShift("0", DAY, False, 0, "{}"),)))
        sums, number = [0], 2
        for amount in moves:
            number += 1
            at = len(sums) - 1
            if amount:
                sums[at] += amount
                move = CashMove(f"m{number:03d}", "return-1", amount)
                store.commit(replace(step(number), cash=(move,)))
            else:
                ended = KeptShift(str(at), DAY, True, sums[at], "{}")
                begun = KeptShift(str(at + 1), DAY, False, 0, "{}")
                store.commit(replace(step(number), shifts=(ended, begun)))
                sums.append(0)
        assert [store.drawer.cash_of(str(at)) for at in range(len(sums))] == sums


def test_copies_are_counted_by_when_their_jobs_were_made(store: Store) -> None:
    def job(name: str, copy: int, status: str) -> PrintJobChange:
        return PrintJobChange(name, None, "day", copy, status)

    jobs = (
        job("a1", 1, "printed"),
        job("b1", 0, "printed"),
        job("b2", 1, "printed"),
        job("b3", 2, "uncertain"),
        job("b4", 3, "failed"),
        job("c1", 1, "printed"),
    )
    store.commit(replace(step(1), jobs=jobs))
    assert store.drawer.copies("b", "c") == 2
    assert store.drawer.jobs_of("day", "b", "c") == 4
    assert store.drawer.jobs_of("shift", "b", "c") == 0
