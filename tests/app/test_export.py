"""The export: every record in order, chained, and nobody's name in it."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from tests.app.sales_files import sale, written
from tests.app.unit import LI, Unit, recorded


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    unit = Unit(tmp_path)
    unit.does("import-sales", written(tmp_path / "a.jsonl", [sale(1)]))
    with unit.store() as store:
        for _ in range(3):
            recorded(store, unit.settings, "0571-03-20261120-0001", [(1, 1000, "QUALITY")])
    return unit


def test_every_record_is_a_line_and_each_is_chained_to_the_one_before(unit: Unit) -> None:
    said = unit.does("export-returns")
    rows = [json.loads(one) for one in said.out.splitlines()]
    assert [one["seq"] for one in rows] == list(range(1, 10))
    assert [one["kind"] for one in rows[:3]] == ["ReturnRecorded", "CashPaid", "ReturnFinished"]
    assert all(one["hash"] == after["prev_hash"] for one, after in pairwise(rows))
    assert f"9, {rows[-1]['hash']}" in said.err
    assert rows[0]["body"]["ret"]["number"] == "R-0571-03-000001"


def test_no_name_of_anybody_leaves_the_unit(unit: Unit) -> None:
    said = unit.does("export-returns")
    assert LI.name not in said.out
    assert json.loads(said.out.splitlines()[1])["body"]["payer"] == {
        "$": "Staff",
        "number": "1007",
        "role": {"$": "Role", "is": "MANAGER"},
    }


def test_since_gives_only_what_came_after(unit: Unit) -> None:
    said = unit.does("export-returns", "--since", 7)
    assert [json.loads(one)["seq"] for one in said.out.splitlines()] == [8, 9]
    assert unit.does("export-returns", "--since", 99).out == ""


def test_a_file_appears_whole_and_while_the_terminal_works(unit: Unit, tmp_path: Path) -> None:
    out = tmp_path / "out" / "returns.jsonl"
    assert unit.does("export-returns", "--out", out).code == 2
    out.parent.mkdir()
    with unit.store():
        said = unit.does("export-returns", "--out", out)
    assert (said.code, said.out) == (0, "")
    assert len(out.read_text("utf-8").splitlines()) == 9
    assert [one.name for one in out.parent.iterdir()] == ["returns.jsonl"]
