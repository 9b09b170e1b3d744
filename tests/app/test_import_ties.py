"""What hangs together in a sale, and what sets its pieces apart, as files say it."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from terminal.core.sale import Bundle, Gift, Reduction
from terminal.interchange import csv_sales
from terminal.interchange.csv_map import ColumnMap, load_map
from terminal.interchange.jsonlines import found_in
from terminal.interchange.source import Line
from terminal.interchange.values import Found, Note, Offered
from tests.app.sales_files import MAPS, line, sale
from tests.app.told import english

FIELDS = ("receipt_no", "line", "sku", "name", "quantity", "list_price", "net_amount")


def by(*more: str) -> ColumnMap:
    """A shop's map: these columns, everything else the same in every row."""
    constants = {
        "business_unit": "0571",
        "workstation": "03",
        "currency": "CNY",
        "tender": "cash",
        "sold_at": "2026-11-20T14:03:22+08:00",
    }
    columns = {name: name for name in (*FIELDS, *more)}
    return replace(load_map(MAPS, "native"), columns=columns, constants=constants)


def read(folder: Path, more: str, *rows: str) -> Found:
    """The one receipt of these rows; `more` are the columns behind the usual ones."""
    names = more.split(",")
    path = folder / "sales.csv"
    path.write_text("\n".join((",".join((*FIELDS, *names)), *rows)) + "\n", encoding="utf-8")
    found = list(csv_sales.read(path, by(*names)))
    assert all(isinstance(one, Note) for one in found[1:])
    return found[0]


def test_rows_that_name_the_same_bundle_were_sold_as_one(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "bundle,whole",
        "A1,1,K1,面包机,1,59,45.28,KIT,yes",
        "A1,2,S9,牛奶,1,5,5.00,,",
        "A1,3,K2,烤盘,1,45,34.53,KIT,",
        "A1,4,K3,茶具,1,45,34.53,TEA,no",
    )
    assert isinstance(found, Offered), found
    assert found.sale.bundles == (
        Bundle("KIT", "KIT", (1, 3), whole=True),
        Bundle("TEA", "TEA", (4,), whole=False),
    )


@pytest.mark.parametrize("rows", [("yes", "perhaps"), ("perhaps", "yes")])
def test_a_mark_that_is_neither_yes_nor_no_refuses_the_receipt(
    tmp_path: Path, rows: tuple[str, str]
) -> None:
    first, second = rows
    found = read(
        tmp_path,
        "bundle,whole",
        f"A1,1,K1,面包机,1,59,45.28,KIT,{first}",
        f"A1,2,K2,烤盘,1,45,34.53,KIT,{second}",
    )
    assert isinstance(found, Note)
    assert 'whole = "perhaps" must be yes or no' in english(found.words)


def test_a_row_names_the_lines_that_earned_a_gift(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "gift_of,gift_threshold",
        "A1,1,G1,咖啡机,1,299,299.00,,",
        "A1,2,G2,咖啡豆,1,50,50.00,,",
        "A1,3,G3,马克杯,1,39.90,0.00,1,",
        "A1,4,G4,环保袋,1,9.90,0.00,all,300",
        "A1,5,G5,勺子,1,5,0.00,1 2,",
    )
    assert isinstance(found, Offered), found
    assert found.sale.gifts == (Gift(3, (1,)), Gift(4, (1, 2), 30000), Gift(5, (1, 2)))


def test_a_gift_that_cost_something_refuses_the_receipt(tmp_path: Path) -> None:
    rows = ("A1,1,A,咖啡,1,59,59.00,", "A1,2,G,马克杯,1,39.90,0.01,1")
    found = read(tmp_path, "gift_of", *rows)
    assert isinstance(found, Note)
    assert english(found.words) == "line 2 is a gift, but its net_amount is not zero"


@pytest.mark.parametrize(
    ("gift_of", "said"),
    [("first", "must be numbers of lines"), ("9", "is a gift for line 9"), ("3", "for line 3")],
)
def test_a_gift_of_no_line_refuses_the_receipt(tmp_path: Path, gift_of: str, said: str) -> None:
    found = read(
        tmp_path,
        "gift_of",
        "A1,1,G1,咖啡机,1,299,299.00,",
        f"A1,3,G3,马克杯,1,39.90,0.00,{gift_of}",
    )
    assert isinstance(found, Note)
    assert said in english(found.words)


def test_a_coupon_is_told_from_other_reductions(tmp_path: Path) -> None:
    rows = ("A1,1,G1,茶壶,1,60,60.00,1.00,20.00", "A1,2,G2,茶叶,1,40,40.00,1.00,20.00")
    found = read(tmp_path, "reduction,coupon", *rows)
    assert isinstance(found, Offered), found
    assert found.sale.reductions == (Reduction("basket", 100), Reduction("coupon", 2000))
    assert found.sale.total == 7900


def test_pieces_and_batches_are_read_from_a_row(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "serials,batch",
        "A1,1,X60,手机,2,1999,3998.00,860123456789015 860123456789023,B2611",
        "A1,2,OIL,油,1,59.90,59.90,,",
    )
    assert isinstance(found, Offered), found
    phone, oil = found.sale.lines
    assert (phone.serials, phone.batch) == (("860123456789015", "860123456789023"), "B2611")
    assert (oil.serials, oil.batch) == ((), "")


@pytest.mark.parametrize(
    ("serials", "said"),
    [
        ("SN1", "1 different serials"),
        ("SN1 sn1", "1 different serials"),
        ("SN1 SN2 SN3", "3 different serials"),
        ("SN1 序列", "must match"),
    ],
)
def test_pieces_must_be_one_number_each(tmp_path: Path, serials: str, said: str) -> None:
    found = read(tmp_path, "serials", f"A1,1,X60,手机,2,1999,3998.00,{serials}")
    assert isinstance(found, Note)
    assert said in english(found.words)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"serials": ["A", "B", "C"], "batch": "B7"}, ""),
        ({"serials": ["A", "B"]}, "must have one for each piece"),
        ({"serials": ["A", "B", 7]}, "must be text in quotes"),
        ({"serials": "A"}, "must be a list"),
        ({"unit": "kg", "serials": ["A", "B", "C"]}, "must have one for each piece"),
    ],
)
def test_pieces_in_the_native_format(more: dict[str, object], said: str) -> None:
    found = found_in(Line(1, json.dumps(sale(lines=[line() | more])).encode()))
    if said:
        assert isinstance(found, Note)
        assert said in english(found.words)
    else:
        assert isinstance(found, Offered), found
        assert found.sale.lines[0].serials == ("A", "B", "C")
        assert found.sale.lines[0].batch == "B7"
