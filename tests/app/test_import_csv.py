"""CSV by a column map: a receipt is taken whole or not at all, and every row is accounted for."""

import csv
import gzip
import io
import random
import tempfile
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.interchange import csv_sales, jsonlines
from terminal.interchange.csv_map import ColumnMap, load_map
from terminal.interchange.csv_receipt import BELOW_ZERO, IS_RETURN, UNNAMED, UNPAID
from terminal.interchange.csv_rows import Row
from terminal.interchange.gather import Gatherer, Key
from terminal.interchange.shapes import NO_GOODS
from terminal.interchange.values import Found, Note, Offered, UnreadableFile
from tests.app.sales_files import MAPS, REAL, REAL_ROWS, copied_maps, sale, written
from tests.app.told import english

HEAD = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
AT = "2010-12-01 08:26:00"


@cache
def real() -> ColumnMap:
    return load_map(MAPS, "online-retail")


def row(
    receipt: str = "536365", sku: str = "85123A", name: str = "LANTERN",
    quantity: str = "6", price: str = "2.55", at: str = AT,
) -> str:  # fmt: skip
    return f"{receipt},{sku},{name},{quantity},{at},{price},17850.0,United Kingdom"


def read(folder: Path, *rows: str | bytes, by: ColumnMap | None = None) -> list[Found]:
    path = folder / "sales.csv"
    data = [one if isinstance(one, bytes) else one.encode() for one in (HEAD, *rows)]
    path.write_bytes(b"\n".join(data) + b"\n")
    return list(csv_sales.read(path, by or real()))


def offered(found: Iterable[Found]) -> list[Offered]:
    return [one for one in found if isinstance(one, Offered)]


def notes(found: Iterable[Found]) -> dict[int, str]:
    return {one.row: english(one.words) for one in found if isinstance(one, Note)}


def test_five_days_of_real_sales_import_with_every_row_accounted_for() -> None:
    found = list(csv_sales.read(REAL, real()))
    sales = offered(found)
    rows = [number for one in sales for number in one.rows]
    rows += [one.row for one in found if isinstance(one, Note)]
    assert sorted(rows) == list(range(2, REAL_ROWS + 2))
    why = Counter(one.words for one in found if isinstance(one, Note))
    assert why == {IS_RETURN: 149, NO_GOODS: 48, BELOW_ZERO: 37, UNNAMED: 19, UNPAID: 2}
    assert not any(one.fault for one in found if isinstance(one, Note))
    assert len(sales) == len({one.sale.id for one in sales}) == 526
    assert sum(len(one.sale.lines) for one in sales) == len(rows) - sum(why.values())


def test_the_sums_of_the_real_sales_are_those_of_an_independent_reading() -> None:
    """Pence by plain integer text arithmetic over the raw rows; nothing of ours is used."""
    pence: Counter[str] = Counter()
    no_goods = real().leave_out.skus
    with gzip.open(REAL, "rt", encoding="utf-8") as file:
        for one in csv.DictReader(file):
            if one["StockCode"] in no_goods or one["InvoiceNo"].startswith("C"):
                continue
            whole, _, part = one["UnitPrice"].partition(".")
            if (price := int(whole + part.ljust(2, "0"))) > 0 and int(one["Quantity"]) > 0:
                pence[one["InvoiceNo"]] += int(one["Quantity"]) * price
    sales = {one.sale.receipt_no: one.sale for one in offered(csv_sales.read(REAL, real()))}
    assert {number: one.total for number, one in sales.items()} == dict(pence)
    assert all(one.total == sum(it.paid for it in one.lines) for one in sales.values())


def test_rows_of_a_receipt_need_not_stand_together(tmp_path: Path) -> None:
    rows = [row("1", "A1"), row("2", "B1"), row("1", "C1"), row("3", "D1"), row("2", "E1")]
    found = {one.sale.receipt_no: one.rows for one in offered(read(tmp_path, *rows))}
    assert found == {"1": (2, 4), "2": (3, 6), "3": (5,)}


def test_gathering_gives_the_same_groups_whatever_the_runs_it_spilled() -> None:
    chance = random.Random(3)
    rows: list[tuple[Key, Row]] = [
        ((f"k{chance.randrange(40)}", ""), Row(number, (f"c{number}",))) for number in range(500)
    ]
    for run_rows in (1, 7, 499, 500, 501):
        gatherer = Gatherer(run_rows)
        for key, one in rows:
            gatherer.add(key, one)
        groups = {key: list(group) for key, group in gatherer.groups()}
        for key, group in groups.items():
            assert group == [one for its, one in rows if its == key]
        assert sum(map(len, groups.values())) == 500


def test_more_money_than_the_store_can_keep_is_a_fault_of_its_rows(tmp_path: Path) -> None:
    found = read(tmp_path, row("1", quantity="999999999999", price="9999999999.99"), row("2"))
    assert notes(found) == {2: "the lines come to more than 12 digits before the point"}
    assert [one.rows for one in offered(found)] == [(3,)]


def test_a_gift_beside_paid_goods_is_taken_at_nothing(tmp_path: Path) -> None:
    (found,) = offered(read(tmp_path, row(sku="A1"), row(sku="B1", price="0.0")))
    assert [one.paid for one in found.sale.lines] == [1530, 0]


def test_a_receipt_on_which_nothing_was_paid_is_left_out(tmp_path: Path) -> None:
    found = read(tmp_path, row(price="0.0"), row(sku="B1", price="0"))
    assert notes(found) == {2: english(UNPAID), 3: english(UNPAID)}


def test_a_discount_row_is_spread_over_the_goods_of_its_receipt(tmp_path: Path) -> None:
    rows = (
        row(sku="A1"),
        row(sku="B1", quantity="1", price="10.00"),
        row("536365", "D", "Off", "-1", price="2.53"),
    )
    (found,) = offered(read(tmp_path, *rows))
    assert (found.sale.total, found.rows) == (2277, (2, 3, 4))
    assert [one.paid for one in found.sale.lines] == [1377, 900]
    assert found.sale.reductions[0].amount == 253


def test_money_taken_off_a_receipt_by_a_row_nobody_named_refuses_the_whole_receipt(
    tmp_path: Path,
) -> None:
    """Left out, it would let more go back than was paid."""
    found = read(tmp_path, row(sku="A1"), row(sku="X1", quantity="-1", price="5.00"), row("7"))
    assert [one.sale.receipt_no for one in offered(found)] == ["7"]
    assert sorted(notes(found)) == [2, 3]
    assert "reduction_skus" in notes(found)[2]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (row(quantity="6.5"), "whole for goods sold each"),
        (row(quantity="six"), 'row 3: quantity = "six"'),
        (row(price="2.555"), "more than 2 decimals"),
        (row(at="01.12.2010"), "no time of the form %Y-%m-%d"),
        (row(at="2010-12-05 08:26:00"), "map business_day"),
        (row(name=""), "row 3: name"),
    ],
)
def test_a_bad_row_costs_its_receipt_and_no_other(tmp_path: Path, bad: str, said: str) -> None:
    found = read(tmp_path, row(), bad, row("7"))
    assert [one.sale.receipt_no for one in offered(found)] == ["7"]
    assert sorted(notes(found)) == [2, 3]
    assert said in notes(found)[3]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("536365,85123A,LANTERN", "has 3 columns, the heading 8"),
        (row(name="L\xe4mp").encode("latin-1"), "is not utf-8"),
        (row(name='"LAN"TERN'), "the row is not CSV"),
        (row(name="x" * 2_000_000), "longer than"),
    ],
)
def test_a_row_nobody_can_read_makes_the_receipts_beside_it_suspect(
    tmp_path: Path, broken: str | bytes, said: str
) -> None:
    """It may have been theirs, and half a receipt would be a wrong sale."""
    found = read(tmp_path, row("1"), row("2", "A1"), broken, row("2", "B1"), row("3"))
    assert [one.sale.receipt_no for one in offered(found)] == ["1", "3"]
    assert said in notes(found)[4]
    assert "row 4 beside this receipt" in notes(found)[3]
    assert sorted(notes(found)) == [3, 4, 5]


def test_between_two_receipts_a_row_nobody_can_read_makes_both_suspect(tmp_path: Path) -> None:
    found = read(tmp_path, row("1"), row("2"), "536365,85123A,LANTERN", row("3"), row("4"))
    assert [one.sale.receipt_no for one in offered(found)] == ["1", "4"]
    assert sorted(notes(found)) == [3, 4, 5]


def test_a_forgotten_quotation_mark_costs_a_few_lines_and_each_is_told(tmp_path: Path) -> None:
    rows = [row("1"), row("2", name='"LANTERN'), *(row(str(number)) for number in range(3, 30))]
    found = read(tmp_path, *rows)
    told = notes(found)
    taken = {number for one in offered(found) for number in one.rows}
    assert taken.isdisjoint(told)
    assert taken | set(told) == set(range(2, 31))
    assert len(taken) >= 15
    assert "quotation mark opened on line 3" in told[3]


def test_a_name_in_quotation_marks_may_hold_line_breaks_and_commas(tmp_path: Path) -> None:
    (found,) = offered(read(tmp_path, row(name='"LANTERN,\nWHITE  METAL"')))
    assert found.sale.lines[0].name == "LANTERN, WHITE METAL"


def test_the_file_as_a_whole_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for data, said in (
        (b"", "empty"),
        (b"a,b\n1,2\n", 'column "InvoiceNo" of map online-retail is missing'),
        (HEAD.replace("Country", "Quantity").encode(), 'column "Quantity".*stands twice'),
        (b"\xff\xfeI\x00", "UTF-16"),
        (b"Invoice\xff", "heading cannot be read"),
    ):
        path.write_bytes(data)
        with pytest.raises(UnreadableFile, match=said):
            list(csv_sales.read(path, real()))


def test_the_native_map_reads_what_the_interchange_format_says(tmp_path: Path) -> None:
    """The same sale by both ways is the same sale."""
    by = load_map(MAPS, "native")
    said = sale(reductions=[{"kind": "basket", "amount": "1.04"}])
    (one,) = offered(jsonlines.read(written(tmp_path / "a.jsonl", [said])))
    cells = {
        **said["receipt"], **said, **said["lines"][0], **said["tenders"][0],
        "reduction": "1.04", "tender": "wechat",
    }  # fmt: skip
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(by.columns)
    writer.writerow([cells[name] for name in by.columns])
    path = tmp_path / "a.csv"
    path.write_text("\ufeff" + out.getvalue(), "utf-8")
    (other,) = offered(csv_sales.read(path, by))
    assert other.sale == one.sale
    wrong = out.getvalue().replace("4.36", "4.35")
    path.write_text(wrong, "utf-8")
    assert "the sums differ" in notes(csv_sales.read(path, by))[2]


def test_rows_of_one_receipt_that_disagree_are_refused(tmp_path: Path) -> None:
    folder = copied_maps(tmp_path, "columns]", 'columns]\ncashier = "CustomerID"')
    rows = (row(), row().replace("17850.0", "1"))
    found = read(tmp_path, *rows, by=load_map(folder, "online-retail"))
    assert 'rows 2 and 3 of one receipt differ in cashier: "17850.0" / "1"' in notes(found)[2]


def test_gb18030_is_read_when_the_map_says_so(tmp_path: Path) -> None:
    by = load_map(copied_maps(tmp_path, '"utf-8"', '"gb18030"'), "online-retail")
    (found,) = offered(read(tmp_path, row(name="灯笼").encode("gb18030"), by=by))
    assert found.sale.lines[0].name == "灯笼"


def test_a_time_without_offset_gets_that_of_the_shop_on_that_day(tmp_path: Path) -> None:
    found = offered(read(tmp_path, row("1"), row("2", at="2011-07-01 09:00:00")))
    assert [f"{one.sale.sold_at:%z}" for one in found] == ["+0000", "+0100"]
    assert found[0].sale.id == "UK1-01-20101201-0001"


CELLS = st.sampled_from(
    ("536365", "C7", "7", "", '"', "A1", "POST", "D", "LANTERN", "6", "-1", "0", "2.55", "1e9", AT,
     "x" * 90, "\x00", "\x1b[2J", "灯", "4111111111111111")
)  # fmt: skip


@settings(deadline=None)  # each example is a file
@given(st.lists(st.lists(CELLS, min_size=7, max_size=9), max_size=12), st.binary(max_size=30))
def test_whatever_the_rows_hold_each_is_in_a_sale_or_a_note(
    rows: list[list[str]], noise: bytes
) -> None:
    """Nothing is lost, nothing counted twice, and nothing ends in a traceback."""
    with tempfile.TemporaryDirectory() as folder:
        cells = [",".join(one).encode() for one in rows]
        lines = [row("1").encode(), *cells, noise.replace(b"\n", b""), row("2").encode()]
        found = read(Path(folder), *lines)
    counted = [number for one in offered(found) for number in one.rows]
    counted += [one.row for one in found if isinstance(one, Note)]
    assert len(counted) == len(set(counted))
    assert {2, len(lines) + 1} <= set(counted) <= set(range(2, len(lines) + 2))
    for one in offered(found):
        assert sum(it.paid for it in one.sale.lines) == one.sale.total
    assert all(english(one.words).isprintable() for one in found if isinstance(one, Note))
