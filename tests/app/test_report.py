"""The day report: sums that agree with the returns, voids apart, nothing called refunded early."""

import csv
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from terminal.core.day import Closing, Count, Shift
from terminal.core.effects import ShiftClosed, ShiftOpened
from terminal.core.returns import Status
from terminal.core.states import SignedOff
from terminal.ledger.ledger import Ledger
from terminal.ledger.stamp import Stamp
from tests.app.sales_files import line, sale, written
from tests.app.unit import LI, Unit, recorded

FIRST, SECOND = "0571-03-20261120-0001", "0571-03-20261120-0002"


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    """Two sales; three returns on the 23rd (one voided, one by wallet), one on the 24th."""
    unit = Unit(tmp_path)
    two = [line(1, "6.00", quantity="3"), line(2, "4.00", quantity="1", name="牙刷")]
    cash = [{"kind": "cash", "amount": "10.00"}]
    both = [{"kind": "cash", "amount": "5.00"}, {"kind": "wechat", "amount": "5.00"}]
    plain = {"lines": two, "reductions": [], "total": "10.00"}
    sales = [sale(1, tenders=cash, **plain), sale(2, tenders=both, **plain)]
    assert unit.does("import-sales", written(tmp_path / "a.jsonl", sales)).code == 0
    with unit.store() as store:
        settings = unit.settings
        recorded(store, settings, FIRST, [(1, 1000, "QUALITY")])
        recorded(store, settings, FIRST, [(2, 1000, "QUALITY")], status=Status.VOIDED)
        mixed = [(1, 3000, "QUALITY"), (2, 1000, "DAMAGED")]
        recorded(store, settings, SECOND, mixed, status=Status.ACCEPTED)
        recorded(store, settings, FIRST, [(2, 1000, "QUALITY")], day="2026-11-24")
    return unit


def figures(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            (one["section"], one["what"]): (one["count"], one["amount"])
            for one in csv.DictReader(file)
        }


def test_the_figures_of_a_day_are_those_of_its_returns(unit: Unit, tmp_path: Path) -> None:
    out = tmp_path / "day.csv"
    assert unit.does("report", "--day", "2026-11-23", "--csv", out).code == 0
    found = figures(out)
    assert found["returns", "to customers"] == ("2", "12.00")
    assert found["tender", "cash"] == ("2", "7.00")
    assert found["tender", "wechat"] == ("1", "5.00")
    assert found["cashier", "1007"] == ("2", "12.00")
    reasons = {
        what.split()[0]: both for (section, what), both in found.items() if section == "reason"
    }
    assert reasons == {"QUALITY": ("2", "8.00"), "DAMAGED": ("1", "4.00")}
    assert found["unsent", ""][0] == "11"


def test_a_voided_return_is_named_and_counted_in_nothing_else(unit: Unit, tmp_path: Path) -> None:
    unit.does("report", "--day", "2026-11-23", "--csv", tmp_path / "day.csv")
    found = figures(tmp_path / "day.csv")
    assert found["status", "voided"] == ("1", "4.00")
    assert found["status", "accepted, refund under way"] == ("1", "10.00")
    assert found["status", "refunded"] == ("1", "2.00")


def test_the_text_names_shop_unit_day_and_the_head_of_the_journal(unit: Unit) -> None:
    unit.language = "zh_CN"
    said = unit.does("report", "--day", "2026-11-23").out
    with unit.store() as store:
        seq, head = store.journal_head()
    for word in (
        "示例百货",
        "0571-03",
        "2026-11-23",
        "CNY 12.00",
        "质量问题",
        head[:32],
        head[32:],
    ):
        assert word in said
    assert f" {seq}\n" in said


def test_it_works_while_the_terminal_holds_the_store(unit: Unit) -> None:
    with unit.store():
        said = unit.does("report", "--day", "2026-11-24")
    assert (said.code, "CNY 4.00" in said.out) == (0, True)


def test_a_day_without_returns_says_so(unit: Unit) -> None:
    assert "\nNo returns\n" in unit.does("report", "--day", "2020-01-01").out


def test_a_strange_day_or_a_missing_store_is_a_sentence(unit: Unit, tmp_path: Path) -> None:
    said = unit.does("report", "--day", "yesterday")
    assert (said.code, "must be today or a day like" in said.err) == (2, True)
    said = Unit(tmp_path / "nowhere").does("report")
    assert (said.code, "cannot be opened" in said.err) == (2, True)
    said = unit.does("report", "--csv", tmp_path / "no" / "folder.csv")
    assert (said.code, "cannot be written" in said.err) == (2, True)


def closes_a_shift(unit: Unit) -> None:
    """By LI, on the 23rd, with nothing paid and 3.00 too little in the drawer."""
    opened = Shift("shift-1", "2026-11-23T09:00:00+08:00", LI, Count(50000), 1)
    end = Closing("2026-11-23T18:00:00+08:00", LI, 0, Count(49700), 5)
    stamp = Stamp(1_795_000_100_000, "boot", 1)
    with unit.store() as store:
        ledger = Ledger(store, unit.settings.rules)
        ledger.commit(SignedOff(), (ShiftOpened(opened),), ("open",), stamp)
        closed = replace(opened, closing=end)
        ledger.commit(SignedOff(), (ShiftClosed(closed),), ("close",), stamp)


def test_a_shift_is_told_with_its_count_and_by_the_number_of_who_counted(
    unit: Unit, tmp_path: Path
) -> None:
    closes_a_shift(unit)
    out = tmp_path / "day.csv"
    said = unit.does("report", "--day", "2026-11-23", "--csv", out)
    assert said.code == 0
    for one in ("Shift 1007 09:00–18:00", "float", "500.00", "497.00", "-3.00"):
        assert one in said.out
    assert LI.name not in said.out + out.read_text(encoding="utf-8-sig")
    amounts = {what: amount for (section, what), (_, amount) in figures(out).items()}
    assert amounts["1007 09:00–18:00 too much, or below zero missing"] == "-3.00"


def test_what_stands_out_is_told_in_both_languages_with_its_returns(
    unit: Unit, tmp_path: Path
) -> None:
    config = tmp_path / "config"
    shutil.copytree(unit.config, config)
    policy = config / "policy.toml"
    policy.write_text(policy.read_text().replace("voids = 3", "voids = 1"))
    strict = Unit(unit.data, config)
    out = tmp_path / "day.csv"
    said = strict.does("report", "--day", "2026-11-23", "--csv", out).out
    flat = "".join(said.split())
    assert "1returnsofcashier1007werevoidedthisday,4.00inall(shownfrom1on)." in flat
    assert "R-0571-03-000002" in said
    assert any(
        section == "pattern" and "R-0571-03-000002" in what for section, what in figures(out)
    )
    assert "  Nothing stands out\n" in strict.does("report", "--day", "2020-01-01").out
    strict.language = "zh_CN"
    flat = "".join(strict.does("report", "--day", "2026-11-23").out.split())
    assert "收银员1007当日的退货有1笔被作废，共4.00（1笔起提示）。" in flat


def test_the_hours_and_the_copies_of_a_day_are_in_the_sheet(unit: Unit, tmp_path: Path) -> None:
    unit.does("report", "--day", "2026-11-23", "--csv", tmp_path / "day.csv")
    found = figures(tmp_path / "day.csv")
    assert found["hour", "15"] == ("2", "")
    assert found["copies", ""][0] == "0"
    assert found["approved", ""][0] == "0"
