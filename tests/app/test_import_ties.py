"""What hangs together in a sale, as CSV rows say it."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from terminal.core.sale import Bundle, Gift, Reduction
from terminal.interchange import csv_sales
from terminal.interchange.csv_map import ColumnMap, load_map
from terminal.interchange.values import Found, Note, Offered
from tests.app.sales_files import MAPS

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
    assert 'whole = "perhaps" must be yes or no' in found.words.en


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
    assert said in found.words.en


def test_a_coupon_is_told_from_other_reductions(tmp_path: Path) -> None:
    rows = ("A1,1,G1,茶壶,1,60,60.00,1.00,20.00", "A1,2,G2,茶叶,1,40,40.00,1.00,20.00")
    found = read(tmp_path, "reduction,coupon", *rows)
    assert isinstance(found, Offered), found
    assert found.sale.reductions == (Reduction("basket", 100), Reduction("coupon", 2000))
    assert found.sale.total == 7900
