"""The price of a day is the latest that is not in the future, and no list makes the file grow."""

import sqlite3
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from storage import prices
from storage.prices import KEPT, PriceReport, StoredPrice
from storage.schema import SCHEMA_VERSION
from storage.store import Store

TODAY = "2026-11-23"
WATER = StoredPrice(
    *("100234", "2026-11-01", "6901234567892", "矿泉水 550ml", "each"),
    *(200, "CNY", 2, 130_000, "beverage"),
)


def water(price: int, valid_from: str, **changes: Any) -> StoredPrice:
    return replace(WATER, price=price, valid_from=valid_from, **changes)


def days(count: int) -> str:
    return (date.fromisoformat(TODAY) + timedelta(days=count)).isoformat()


def test_a_price_comes_back_by_article_number_and_by_any_length_of_its_barcode(
    store: Store,
) -> None:
    tin = replace(WATER, sku="7", gtin=prices.same_goods("036000291452"), name="UPC-A")
    egg = replace(WATER, sku="8", gtin=prices.same_goods("96385074"), name="EAN-8")
    store.add_prices([WATER, tin, egg], TODAY)
    for code in ("100234", "6901234567892", "06901234567892"):
        assert store.price_of(code, TODAY) == WATER
    for code in ("036000291452", "0036000291452", "00036000291452"):
        assert store.price_of(code, TODAY) == tin
    assert store.price_of("96385074", TODAY) == store.price_of("0000096385074", TODAY) == egg
    assert store.price_of("", TODAY) is None
    assert store.price_of("1' OR '1'='1", TODAY) is None


def test_a_newer_price_takes_over_on_its_day_and_not_before(store: Store) -> None:
    store.add_prices([water(250, days(1)), WATER], TODAY)
    assert store.price_of("100234", days(0)) == WATER
    assert store.price_of("100234", days(1)) == water(250, days(1))
    assert store.price_of("100234", "2026-10-31") is None


def test_another_price_of_the_same_day_takes_the_place_of_the_one_on_file(store: Store) -> None:
    assert store.add_prices([WATER], TODAY) == PriceReport(added=1)
    assert store.add_prices([replace(WATER, price=190)], TODAY) == PriceReport(changed=1)
    found = store.price_of("100234", TODAY)
    assert found is not None
    assert found.price == 190


def test_the_same_list_twice_changes_nothing(store: Store) -> None:
    batch = [WATER, water(250, days(1)), replace(WATER, sku="7", gtin="")]
    store.add_prices(batch, TODAY)
    before = store._db.total_changes
    assert store.add_prices(batch, TODAY) == PriceReport(same=3)
    assert store._db.total_changes == before


def test_a_barcode_of_two_articles_names_both_and_neither_is_guessed(store: Store) -> None:
    store.add_prices([WATER, replace(WATER, sku="100235", price=999)], TODAY)
    assert store.price_of(WATER.gtin, TODAY) is None
    assert [one.sku for one in store.prices_of(WATER.gtin, TODAY)] == ["100234", "100235"]


def test_a_barcode_that_went_to_other_goods_is_theirs_alone(store: Store) -> None:
    store.add_prices([WATER, water(200, days(-1), gtin="")], TODAY)
    store.add_prices([replace(WATER, sku="9", valid_from=days(-1))], TODAY)
    assert [one.sku for one in store.prices_of(WATER.gtin, TODAY)] == ["9"]


def test_a_new_list_every_day_for_years_keeps_a_month_of_it(store: Store) -> None:
    for day in range(800):
        store.add_prices([water(100 + day, days(day))], days(day))
    (rows,) = store._db.execute("SELECT count(*) FROM prices").fetchone()
    assert rows == KEPT.days + 1
    assert store.add_prices([WATER], days(799)) == PriceReport(old=1)
    found = store.price_of("100234", days(799))
    assert found is not None
    assert found.price == 899


def test_a_price_stays_in_force_however_long_ago_it_came(store: Store) -> None:
    store.add_prices([WATER], TODAY)
    store.add_prices([WATER], days(4000))
    assert store.price_of("100234", days(4000)) == WATER


@pytest.mark.parametrize("query", [prices.OF_DAY, prices.IN_FORCE, prices.OF_CODE, prices.FORGET])
def test_no_look_up_reads_a_whole_list(store: Store, query: str) -> None:
    asked = ["x"] * (2 if "?1" in query else query.count("?"))
    plan = store._db.execute("EXPLAIN QUERY PLAN " + query, asked).fetchall()
    scans = [row[3] for row in plan if row[3].startswith("SCAN") and "CONSTANT" not in row[3]]
    assert not [one for one in scans if "prices" in one], plan


@given(st.lists(st.tuples(st.integers(-90, 90), st.integers(0, 5)), max_size=30))
def test_in_whatever_order_prices_come_the_latest_of_a_day_is_in_force(
    coming: list[tuple[int, int]],
) -> None:
    db = sqlite3.connect(":memory:", isolation_level=None)
    _fill(db)
    for day, price in coming:
        prices.add(db, [water(price, days(day))], TODAY)
    last = dict(coming)  # the later file is right
    for asked in range(91):
        held = [day for day in last if day <= asked]
        found = prices.in_force(db, "100234", days(asked))
        assert (found and found.price) == (last[max(held)] if held else None)


def _fill(db: sqlite3.Connection) -> None:
    from storage.migrations import migrate

    migrate(db)
    assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
