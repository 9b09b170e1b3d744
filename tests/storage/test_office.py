"""What comes down: taken once, in any order, with its cursor; other tills' returns count here."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from storage.elsewhere import ReturnedElsewhere
from storage.office import CameDown, OfficeState
from storage.retention import Terms
from storage.store import Store, open_store
from storage.values import (
    Cap,
    CapExceeded,
    RefundedOfTender,
    ReturnedOfLine,
    ReturnedSoFar,
)
from tests.storage.samples import CHEAP, cash, line, new_return, sale, sale_id, step

TODAY = "2026-11-27"
ONE_WATER = ReturnedSoFar((ReturnedOfLine(1, 1000, 332, 38),), (RefundedOfTender(0, 332),), 0)
ALL_WATER = ReturnedSoFar((ReturnedOfLine(1, 3000, 995, 114),), (RefundedOfTender(0, 995),), 0)


def elsewhere(version: int, sums: ReturnedSoFar, of: int = 1) -> ReturnedElsewhere:
    return ReturnedElsewhere(sale_id(of), version, TODAY, sums)


def came(*returned: ReturnedElsewhere, cursor: int | None = None) -> CameDown:
    return CameDown(TODAY, returned=returned, cursor=cursor)


def test_other_tills_returns_are_added_to_ours(store: Store) -> None:
    store.commit(step(1, new_return(1, (line(1, 1000, 332, 38),), (cash(332),))))
    store.take_down(came(elsewhere(1, ONE_WATER)))
    assert store.returned(sale_id(1)) == ReturnedSoFar(
        (ReturnedOfLine(1, 2000, 664, 76),), (RefundedOfTender(0, 664),), 0
    )


def test_what_other_tills_kept_is_kept_here(store: Store) -> None:
    """Fees, shortfalls and gifts: what another till took off is no money that is left."""
    there = ReturnedSoFar((ReturnedOfLine(1, 1000, 332, 38),), (), 1, 2, 4)
    mine = replace(
        new_return(1, (line(2, 309, 1101, 91),), (cash(1101 - 700),)),
        fee=100,
        shortfall=200,
        gifts=400,
    )
    store.commit(step(1, mine))
    store.take_down(came(elsewhere(1, there)))
    back = store.returned(sale_id(1))
    assert (back.fees, back.shortfall, back.gifts) == (101, 202, 404)
    goods = (line(2, 309, 1101, 91),)
    for money in (332 - 7 + 1101 + 1, 332 - 7 + 1101):
        new = new_return(2, goods, (cash(money),))
        if money > 332 - 7 + 1101:
            with pytest.raises(CapExceeded) as refused:
                store.commit(step(2, new))
            assert (refused.value.what, refused.value.left) == (Cap.TOTAL, 332 - 7 + 1101)
        else:
            store.commit(step(3, new))


def test_a_gift_gives_back_no_more_than_was_kept_for_it(store: Store) -> None:
    kept = replace(new_return(1, (line(1, 1000, 332, 38),), (cash(232),)), gifts=100)
    store.commit(step(1, kept))
    gift = replace(new_return(2, (line(1, 1000, 331, 38),), (cash(331 + 101),)), gifts=-101)
    with pytest.raises(CapExceeded) as refused:
        store.commit(step(2, gift))
    assert (refused.value.what, refused.value.left) == (Cap.TOTAL, 331 + 100)
    store.commit(step(3, replace(gift, tenders=(cash(331 + 100),), gifts=-100)))


def test_what_went_back_elsewhere_is_refused_where_the_number_is_reserved(store: Store) -> None:
    store.take_down(came(elsewhere(1, ALL_WATER)))
    with pytest.raises(CapExceeded) as refused:
        store.commit(step(1, new_return(1, (line(1, 1000, 332, 38),), (cash(332),))))
    assert (refused.value.what, refused.value.left) == (Cap.LINE, 0)
    store.take_down(came(elsewhere(2, ONE_WATER)))  # the other till voided a part
    store.commit(step(1, new_return(1, (line(1, 2000, 663, 76),), (cash(663),))))


def test_a_refund_elsewhere_counts_against_its_tender(store: Store) -> None:
    spent = ReturnedSoFar((ReturnedOfLine(2, 1236, 4405, 364),), (RefundedOfTender(0, 3000),), 0)
    store.take_down(came(elsewhere(1, spent)))
    with pytest.raises(CapExceeded) as refused:
        store.commit(step(1, new_return(1, (line(1, 1000, 332, 38),), (cash(332),))))
    assert (refused.value.what, refused.value.left) == (Cap.TENDER, 0)


@pytest.mark.parametrize("order", [(1, 2), (2, 1), (2, 2)])
def test_an_older_version_is_passed_over(store: Store, order: tuple[int, ...]) -> None:
    sums = {1: ONE_WATER, 2: ALL_WATER}
    for version in order:
        store.take_down(came(elsewhere(version, sums[version])))
    assert store.returned(sale_id(1)) == ALL_WATER


def test_sums_may_come_before_their_sale(store: Store) -> None:
    store.take_down(came(elsewhere(1, ALL_WATER, of=7)))
    assert store.returned(sale_id(7)) == ALL_WATER
    store.add_sales([sale(7)])
    assert store.returned(sale_id(7)) == ALL_WATER


def test_the_cursor_moves_with_what_it_took_and_never_back(file: Path, store: Store) -> None:
    store.take_down(replace(came(cursor=17), sales=(sale(2),), numbers_after=417))
    store.take_down(came(cursor=9))
    store.close()
    with open_store(file, cost=CHEAP) as again:
        assert (again.feed_cursor(), again.next_return_sequence()) == (17, 418)
        assert again.sale(sale_id(2)) == sale(2)


def test_a_part_that_fails_leaves_the_cursor_where_it_was(store: Store) -> None:
    wrong = replace(sale(2), total=None)
    with pytest.raises(Exception, match="total"):
        store.take_down(replace(came(elsewhere(1, ALL_WATER), cursor=5), sales=(wrong,)))
    assert store.returned(sale_id(1)) == ReturnedSoFar((), (), 0)


def test_only_news_of_a_return_are_news(store: Store) -> None:
    store.commit(step(1, new_return(1, (line(1, 1000, 332, 38),), (cash(332),))))
    old, new = OfficeState("return-1", 1, "old"), OfficeState("return-1", 2, "new")
    assert store.take_down(CameDown(TODAY, states=(new,))).states == (new,)
    assert store.take_down(CameDown(TODAY, states=(old, new))).states == ()
    assert store.office_state("return-1") == new
    assert store.office_states() == (new,)


def test_a_contradicting_sale_is_told_and_the_one_on_file_kept(store: Store) -> None:
    other = replace(sale(1), cashier="1008")
    assert store.take_down(CameDown(TODAY, sales=(other,))).different == (sale_id(1),)
    assert store.sale(sale_id(1)) == sale(1)


def test_parked_records_are_counted_beside_what_is_acknowledged(store: Store) -> None:
    store.commit(step(1))
    store.commit(replace(step(2), entries=(), acked=1, parked=2))
    store.commit(replace(step(3), entries=(), parked=1))
    assert (store.acked_seq(), store.parked_count()) == (1, 3)


def test_a_page_of_the_journal_is_what_the_whole_journal_says(store: Store) -> None:
    for number in range(1, 8):
        store.commit(step(number, body="x" * 1000))
    rows = tuple(store.journal())
    assert store.journal_page(0, 3, 10**6) == rows[:3]
    assert store.journal_page(3, 9, 10**6) == rows[3:]
    assert store.journal_page(2, 9, 1) == rows[2:3]
    assert store.journal_page(2, 9, 4000) == rows[2:4]
    assert store.journal_page(7, 9, 10**6) == ()


def test_sums_of_a_sale_that_never_came_are_forgotten(store: Store) -> None:
    store.take_down(came(elsewhere(1, ALL_WATER), elsewhere(1, ALL_WATER, of=7)))
    for _ in store.retention.sweep(Terms("2027-01-01", 0, "2027-01-01", ())):
        pass
    assert store.returned(sale_id(7)) == ReturnedSoFar((), (), 0)


def test_an_older_schema_is_brought_up(file: Path, store: Store) -> None:
    store.commit(step(1))
    store._db.executescript(
        "DROP TABLE office; DROP TABLE office_states; DROP TABLE returned_elsewhere;"
        "DELETE FROM _sqlite_migrations WHERE name = 'back_office'; PRAGMA user_version = 1;"
        "DELETE FROM _sqlite_migrations WHERE name = 'open_returns'; DROP INDEX returns_open"
    )
    store.close()
    with open_store(file, cost=CHEAP) as again:
        assert (again.feed_cursor(), again.acked_seq(), again.journal_head()[0]) == (0, 0, 1)
