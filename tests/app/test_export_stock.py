"""Stock moves as the warehouse reads them: parsed back, they are the goods of the returns."""

import csv
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from drivers.values import Key
from terminal.core.returns import Status
from terminal.interchange.stock_poslog import NAMESPACE
from tests.app.sales_files import line, sale, written
from tests.app.unit import Unit, recorded
from tests.flows.cashier import Till
from tests.flows.shelf import phones, with_serials

SALE = "0571-03-20261120-0001"
NS = f"{{{NAMESPACE}}}"


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    """Water back and kept; a voided return of a toothbrush whose name could break XML."""
    unit = Unit(tmp_path / "data")
    unit.data.mkdir()
    two = [line(1, "6.00", quantity="3"), line(2, "4.00", quantity="1", name='牙刷 <A&B> "=1"')]
    plain = {"lines": two, "reductions": [], "total": "10.00"}
    cash = [{"kind": "cash", "amount": "10.00"}]
    unit.does("import-sales", written(tmp_path / "a.jsonl", [sale(1, tenders=cash, **plain)]))
    with unit.store() as store:
        recorded(store, unit.settings, SALE, [(1, 2000, "QUALITY")])
        voided = [(2, 1000, "DAMAGED")]
        recorded(store, unit.settings, SALE, voided, status=Status.VOIDED)
    return unit


def sheet(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_sheet_has_each_move_and_a_void_reverses_its_own(unit: Unit, tmp_path: Path) -> None:
    said = unit.does("export-stock", "--out", tmp_path / "stock.csv")
    assert (said.code, "3 moves" in said.err) == (0, True)
    found = [
        (one["return"], one["move"], one["sku"], one["quantity"], one["amount"])
        for one in sheet(tmp_path / "stock.csv")
    ]
    assert found == [
        ("R-0571-03-000001", "in", "100234", "2", "4.00"),
        ("R-0571-03-000002", "in", "100234", "1", "4.00"),
        ("R-0571-03-000002", "reversed", "100234", "-1", "-4.00"),
    ]
    assert sheet(tmp_path / "stock.csv")[1]["disposition"] == "WRITE_OFF"


def test_poslog_read_back_says_the_same_and_names_the_sold_line(unit: Unit, tmp_path: Path) -> None:
    out = tmp_path / "stock.xml"
    assert unit.does("export-stock", "--format", "poslog", "--out", out).code == 0
    root = ET.parse(out).getroot()
    assert root.tag == f"{NS}POSLog"
    lines = list(root.iter(f"{NS}Return"))

    def text(one: ET.Element, path: str) -> str:
        return one.findtext("/".join(f"{NS}{name}" for name in path.split("/"))) or ""

    assert [text(one, "Quantity") for one in lines] == ["2", "1", "-1"]
    assert [text(one, "ReasonCode") for one in lines] == ["QUALITY", "DAMAGED", "DAMAGED"]
    methods = [one.find(f"{NS}Disposal") for one in lines]
    assert [one.get("Method") for one in methods if one is not None] == [
        *("ReturnToSupplier", "WriteOff", "WriteOff"),
    ]
    assert text(lines[1], "Description") == '牙刷 <A&B> "=1"'
    link = "TransactionLink"
    assert [
        text(lines[0], f"{link}/{name}")
        for name in ("RetailStoreID", "WorkstationID", "BusinessDayDate", "SequenceNumber")
    ] == ["0571", "03", "2026-11-20", "1"]
    assert [text(one, f"{link}/LineItemSequenceNumber") for one in lines] == ["1", "2", "2"]
    sequences = [text(one, "SequenceNumber") for one in root]
    assert len(set(sequences)) == len(sequences) == 3


def test_since_and_day_give_only_theirs(unit: Unit, tmp_path: Path) -> None:
    out = tmp_path / "stock.csv"
    with unit.store() as store:
        head = store.journal_head()[0]
        (first, *_) = store.journal()
    unit.does("export-stock", "--since", head, "--out", out)
    assert sheet(out) == []
    unit.does("export-stock", "--since", first.seq, "--out", out)
    assert [one["return"][-1] for one in sheet(out)] == ["2", "2"]
    unit.does("export-stock", "--day", "2020-01-01", "--out", out)
    assert sheet(out) == []


def test_training_moves_no_stock(unit: Unit, tmp_path: Path) -> None:
    toml = (unit.config / "terminal.toml").read_text("utf-8")
    other = tmp_path / "config"
    other.mkdir()
    for one in unit.config.iterdir():
        if one.name != "terminal.toml":
            (other / one.name).symlink_to(one)
    (other / "terminal.toml").write_text(toml.replace("training = false", "training = true"))
    said = Unit(unit.data, other).does("export-stock", "--out", tmp_path / "stock.csv")
    assert (said.code, (tmp_path / "stock.csv").exists()) == (2, False)


def test_each_piece_that_came_back_is_named_with_its_batch(tmp_path: Path) -> None:
    """One came back and stays; another's return was voided again: both moves say which it was."""
    sold = with_serials(phones(), *phones().lines[0].serials, batch="B2611")
    first, second = sold.lines[0].serials
    till = Till(tmp_path, [sold], policy__limit__amount="0")
    till.signs_on()
    for number in (first, second):
        till.scans(sold.receipt_no)
        till.scans(number)
        till.confirms()
        till.picks("拿错/发错")
        till.picks("未拆封")
        till.confirms()
        if number == first:
            till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    _, label = till.papers[1].split("回库上架")
    assert f"序列号 {first}" in label
    till.cancels()
    till.confirms()
    unit = Unit(till.folder)
    assert unit.does("export-stock", "--out", tmp_path / "stock.csv").code == 0
    found = [(one["move"], one["batch"], one["serials"]) for one in sheet(tmp_path / "stock.csv")]
    assert found == [
        ("in", "B2611", first),
        ("in", "B2611", second),
        ("reversed", "B2611", second),
    ]
    out = tmp_path / "stock.xml"
    assert unit.does("export-stock", "--format", "poslog", "--out", out).code == 0
    lines = list(ET.parse(out).getroot().iter(f"{NS}Return"))
    assert [one.findtext(f"{NS}SerialNumber") for one in lines] == [first, second, second]
    assert {one.findtext(f"{NS}LotNumber") for one in lines} == {"B2611"}
    till.switch_off()
