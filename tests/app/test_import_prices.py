"""A price list is taken whole, or by its good rows; every row is accounted for."""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from terminal.core.words import Told
from terminal.interchange.prices import read_lines
from terminal.interchange.values import Note, OfferedPrice, UnreadableFile
from tests.app.sales_files import CONFIG, written
from tests.app.told import chinese, english
from tests.app.unit import Unit

TODAY = datetime.now().astimezone().date().isoformat()
HEADING = "sku,gtin,name,unit,price,currency,tax_rate,category,valid_from"


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    (tmp_path / "data").mkdir()
    return Unit(tmp_path / "data")


def price(sku: str = "100234", **changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "sku": sku, "gtin": "6901234567892", "name": "矿泉水 550ml", "unit": "each",
        "price": "2.50", "currency": "CNY", "tax_rate": "0.13", "category": "beverage",
        "valid_from": "2026-11-01",
    }  # fmt: skip
    return {key: value for key, value in {**found, **changes}.items() if value is not None}


def cost(unit: Unit, code: str, day: str = TODAY) -> int | None:
    with unit.store() as store:
        found = store.price_of(code, day)
        return found.price if found else None


def test_a_list_is_taken_and_twice_changes_nothing(unit: Unit, tmp_path: Path) -> None:
    later = price(price="3.00", valid_from="2099-01-01")
    path = written(tmp_path / "p.jsonl", [price(), later, price("2", gtin=None)])
    said = unit.does("import-prices", path)
    assert (said.code, "3 rows: 3 taken" in said.err) == (0, True)
    assert "3 prices added, 0 changed" in said.err
    assert "0 prices added, 0 changed, 3 were on file" in unit.does("import-prices", path).err
    assert (cost(unit, "100234"), cost(unit, "100234", "2099-01-01")) == (250, 300)


def test_a_price_without_a_day_holds_from_today_and_again_tomorrow_is_the_same(
    unit: Unit, tmp_path: Path
) -> None:
    path = written(tmp_path / "p.jsonl", [price(valid_from="2026-11-02")])
    unit.does("import-prices", path)
    undated = written(tmp_path / "q.jsonl", [price(valid_from=None)])
    assert "1 were on file already" in unit.does("import-prices", undated).err
    dearer = written(tmp_path / "r.jsonl", [price(valid_from=None, price="2.60")])
    assert "1 prices added" in unit.does("import-prices", dearer).err
    assert (cost(unit, "100234"), cost(unit, "100234", "2026-11-02")) == (260, 250)


def test_one_bad_row_keeps_the_whole_list_out_unless_asked_to_go_on(
    unit: Unit, tmp_path: Path
) -> None:
    path = written(tmp_path / "p.jsonl", [price(), b"{", price("3", price="-1"), price("4")])
    said = unit.does("import-prices", path)
    assert (said.code, "Nothing was imported" in said.err) == (1, True)
    assert "row 3 (3): price = " in said.err
    assert cost(unit, "100234") is None
    report = tmp_path / "rows.csv"
    said = unit.does("import-prices", path, "--keep-going", "--report", report)
    assert (said.code, "2 prices added" in said.err) == (1, True)
    assert "4 rows: 2 taken, 0 left out, 2 refused" in said.err
    assert len(report.read_text("utf-8-sig").splitlines()) == 3


@pytest.mark.parametrize("other", [{"price": "2.60"}, {"name": "Water"}])
def test_two_prices_of_one_day_in_one_file_are_a_fault(
    unit: Unit, tmp_path: Path, other: dict[str, Any]
) -> None:
    path = written(tmp_path / "p.jsonl", [price(), price(), price(**other)])
    said = unit.does("import-prices", path)
    assert (said.code, "has two prices from 2026-11-01 on in this file" in said.err) == (1, True)
    dated = price(valid_from=TODAY, price="9.99")
    path = written(tmp_path / "q.jsonl", [price(valid_from=None), dated])
    assert f"has two prices from {TODAY} on" in unit.does("import-prices", path).err


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"price": "2,50"}, "must be a decimal number"),
        ({"price": "2.505"}, "more than 2 decimals"),
        ({"price": 2.5}, "must be text in quotes"),
        ({"currency": "rmb"}, "three capital letters"),
        ({"valid_from": "2026-02-30"}, "no day of the calendar"),
        ({"gtin": "12345"}, "gtin"),
        ({"unit": "box"}, "must be one of each, kg"),
        ({"tax_rate": "13"}, "13 % is 0.13"),
        ({"name": "a\x1bb"}, "control character U+001B"),
        ({"sku": None}, "sku is missing"),
        ({"cost": "1.00"}, 'unknown field "cost"'),
    ],
)
def test_each_fault_names_field_and_remedy(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    (found,) = read_lines(written(tmp_path / "p.jsonl", [price(**changes)]))
    assert isinstance(found, Note)
    assert said in english(found.words)
    assert chinese(found.words)


def test_a_csv_of_another_system_is_read_by_its_map(unit: Unit, tmp_path: Path) -> None:
    config = tmp_path / "config"
    shutil.copytree(CONFIG, config)
    text = (config / "prices/native.toml").read_text("utf-8")
    text = text.replace('price = "price"', 'price = "Preis"').replace(
        "# [time]\n# format", "[time]\nformat"
    )
    text = text.replace("# [leave_out]\n# skus", "[leave_out]\nskus")
    (config / "prices/mine.toml").write_text(text, "utf-8")
    rows = (
        HEADING.replace("price", "Preis"),
        "1,,Brot,each,2.50,EUR,0.07,bread,01.11.2026",
        "2,,Käse,kg,19.90,EUR,0.07,,",
        "POST,,Porto,each,1,EUR,0,,",
        "3,,Wein,each,5.00,EUR,0.19,,2026-11-01",
        "4,,zu kurz",
    )
    path = tmp_path / "p.csv"
    path.write_text("\n".join(rows), "utf-8")
    unit.config = config
    said = unit.does("import-prices", path, "--map", "mine", "--keep-going")
    assert "5 rows: 2 taken, 1 left out, 2 refused" in said.err
    assert 'valid_from = "2026-11-01" is no day of the form %d.%m.%Y' in said.err
    assert "has 3 columns, the heading 9" in said.err
    assert (cost(unit, "1"), cost(unit, "2")) == (250, 1990)


def test_a_card_number_in_a_list_is_kept_nowhere(unit: Unit, tmp_path: Path) -> None:
    path = written(tmp_path / "p.jsonl", [price(name="Gift 4111 1111 1111 1111")])
    unit.does("import-prices", path)
    with unit.store() as store:
        found = store.price_of("100234", TODAY)
    assert found is not None
    assert found.name == "Gift 1111"


def test_the_barcode_is_kept_as_scanners_give_it(unit: Unit, tmp_path: Path) -> None:
    rows = [price("1", gtin="036000291452"), price("2", gtin="06901234567892")]
    rows.append(price("3", gtin="16901234567899"))
    unit.does("import-prices", written(tmp_path / "p.jsonl", rows))
    with unit.store() as store:
        kept = [store.price_of(sku, TODAY) for sku in "123"]
    assert [one and one.gtin for one in kept] == [
        *("0036000291452", "6901234567892", "16901234567899")
    ]


@example(b"\xff\xfe", 0)  # a file in UTF-16
@given(st.binary(max_size=100), st.integers(0, 200))
def test_any_bytes_are_a_price_or_a_sentence(tmp_path_factory: Any, noise: bytes, at: int) -> None:
    good = json.dumps(price(), ensure_ascii=False).encode()
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_bytes(good[:at] + noise + good[at:])
    for words in said_of(path):
        assert english(words).isprintable()


def said_of(path: Path) -> Iterator[Told]:
    """Of the lines that are no prices, or of the file."""
    try:
        for found in read_lines(path):
            if not isinstance(found, OfferedPrice):
                yield found.words
    except UnreadableFile as fault:
        yield fault.told
