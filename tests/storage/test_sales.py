"""Sales are added once, never overwritten, and found through an index."""

import sqlite3
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from msgspec.structs import replace

from storage import returns, sales
from storage.database import beside
from storage.faults import Damaged
from storage.sale_ties import NO_TIES, StoredBundle, StoredGift, StoredMark, StoredTies
from storage.store import Store, open_store
from storage.values import AddReport, StoredLine, StoredReduction, StoredSale, StoredTender
from tests.storage.samples import DAY, WATER, sale, sale_id


def test_a_sale_comes_back_as_it_was_added(store: Store) -> None:
    assert store.sale(sale_id(1)) == sale(1)
    assert store.sale("nowhere") is None


BUNDLE, GIFT = StoredBundle("KIT", "早餐", (1, 2), whole=True), StoredGift(2, (1,), 300)
BATCH, PIECES = StoredMark(1, "B2611"), (StoredMark(1, "SN2"), StoredMark(1, "SN1"))
TIED = replace(sale(5), ties=StoredTies((BUNDLE,), (GIFT,), (BATCH,), PIECES))


def test_what_hangs_together_comes_back_and_goes_with_its_sale(file: Path, store: Store) -> None:
    store.add_sales([TIED])
    assert store.sale(TIED.id) == TIED
    assert store.add_sales([replace(TIED, ties=NO_TIES)]) == AddReport(0, 0, (TIED.id,))
    store.close()
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("DELETE FROM sales WHERE id = ?", (TIED.id,))
        for table in ("sale_bundles", "sale_gifts", "sale_batches", "sale_serials"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_adding_twice_changes_nothing(store: Store) -> None:
    batch = [sale(1), sale(2)]
    assert store.add_sales(batch) == AddReport(1, 1, ())
    assert store.add_sales(batch) == AddReport(0, 2, ())


@pytest.mark.parametrize(
    "other",
    [
        replace(sale(1), total=5399),
        replace(sale(1), lines=(replace(WATER, paid=994), *sale(1).lines[1:])),
        replace(sale(1), tenders=sale(1).tenders[::-1]),
        replace(sale(1), reductions=()),
    ],
)
def test_a_contradicting_sale_is_told_and_not_stored(store: Store, other: StoredSale) -> None:
    assert store.add_sales([other, sale(2)]) == AddReport(1, 0, (other.id,))
    assert store.sale(sale_id(1)) == sale(1)


def test_a_batch_that_breaks_off_leaves_nothing(store: Store) -> None:
    def broken() -> Iterator[StoredSale]:
        yield sale(2)
        raise ValueError("line 2 of the file")

    with pytest.raises(ValueError, match="line 2"):
        store.add_sales(broken())
    assert store.sale(sale_id(2)) is None
    assert store.add_sales([sale(2)]).added == 1


def test_one_number_may_fit_several_sales(store: Store) -> None:
    store.add_sales([sale(2, "0001"), sale(3, "0001"), sale(4, "0002")])
    heads = store.heads_by_receipt_no("0001")
    assert [head.id for head in heads] == [sale_id(2), sale_id(3)]
    assert (heads[0].line_count, heads[0].first_goods) == (2, "矿泉水 550ml")
    assert store.heads_by_receipt_no("1' OR '1'='1") == ()


def test_day_and_total_find_at_most_the_limit(store: Store) -> None:
    store.add_sales(sale(number) for number in range(2, 30))
    assert len(store.heads_by_day_and_total(DAY, 5400, 10)) == 10
    assert store.heads_by_day_and_total(DAY, 5401, 10) == ()
    assert store.heads_by_day_and_total("2026-11-21", 5400, 10) == ()


@pytest.mark.parametrize(
    "query",
    [
        sales.BY_ID,
        sales.BY_RECEIPT_NO,
        sales.BY_DAY_AND_TOTAL,
        returns.LINES_BACK,
        returns.TENDERS_BACK,
        returns.KEPT,
        returns.SELECT_RETURN + "WHERE r.number = ?",
        returns.SELECT_RETURN + "WHERE r.short_code = ?",
        returns.SELECT_RETURN + "WHERE r.day = ? ORDER BY r.sequence",
        "SELECT name FROM sale_lines WHERE sale = ? ORDER BY line",
        "SELECT count(*) FROM print_jobs WHERE return_id = ? AND kind = ?",
    ],
)
def test_no_look_up_reads_a_whole_table(store: Store, query: str) -> None:
    plan = store._db.execute("EXPLAIN QUERY PLAN " + query, ["x"] * query.count("?")).fetchall()
    assert not [row for row in plan if row[3].startswith("SCAN")], plan


def test_importing_needs_no_more_memory_for_more_sales(store: Store) -> None:
    def peak(first: int, count: int) -> int:
        tracemalloc.start()
        for start in range(first, first + count, 500):
            store.add_sales(sale(number) for number in range(start, start + 500))
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    peak(10_000, 500)
    assert peak(20_000, 3_000) < 1.5 * peak(11_000, 500)
    log = beside(store.file, "-wal").stat().st_size
    assert log < 12_000_000  # it is written back on the way


def test_a_sale_damaged_on_the_disk_is_never_paid_out(file: Path, store: Store) -> None:
    """A change that leaves the pages well-formed: quick_check cannot see it, the hash does."""
    store.close()
    db = sqlite3.connect(file)
    db.execute("DROP TRIGGER sale_line_stays")
    db.execute("UPDATE sale_lines SET paid = 999999 WHERE line = 1")
    db.commit()
    db.close()
    with open_store(file) as again, pytest.raises(Damaged, match=sale_id(1)):
        again.sale(sale_id(1))


Row = TypeVar(
    "Row",
    StoredSale,
    StoredLine,
    StoredReduction,
    StoredTender,
    StoredBundle,
    StoredGift,
    StoredMark,
)


def _each_field_changed(row: Row) -> Iterator[Row]:
    """One copy for every plain field, in which only that field differs."""
    for name in row.__struct_fields__:
        value = getattr(row, name)
        change: dict[str, Any] = {}
        if isinstance(value, str):
            change[name] = value + "x"
        elif isinstance(value, int):
            change[name] = value + 1
        if change:
            yield replace(row, **change)


def test_the_content_hash_tells_every_field() -> None:
    """A field left out of the hash could be changed unseen."""
    plain = sale(1)
    changed = [*_each_field_changed(plain)]
    changed += [
        replace(plain, lines=(other, plain.lines[1])) for other in _each_field_changed(WATER)
    ]
    for place, tender in enumerate(plain.tenders):
        for other in _each_field_changed(tender):
            tenders = (*plain.tenders[:place], other, *plain.tenders[place + 1 :])
            changed.append(replace(plain, tenders=tenders))
    changed += [
        replace(plain, reductions=(other,)) for other in _each_field_changed(plain.reductions[0])
    ]
    bundles = (StoredTies((one,)) for one in _each_field_changed(BUNDLE))
    gifts = (StoredTies((), (one,)) for one in _each_field_changed(GIFT))
    batches = (StoredTies((), (), (one,)) for one in _each_field_changed(BATCH))
    pieces = (StoredTies((), (), (), (one,)) for one in _each_field_changed(PIECES[0]))
    ties = (*bundles, *gifts, *batches, *pieces, TIED.ties)
    changed += [replace(plain, ties=one) for one in ties]
    assert len(changed) == 12 + 12 + 8 + 3 + 10
    assert len({_fingerprint(one) for one in [plain, *changed]}) == 1 + len(changed)


def _fingerprint(one: StoredSale) -> tuple[bytes, ...]:
    """Its hash, and the seal of what may be erased."""
    return sales.content_hash(one), sales.seal(one)
