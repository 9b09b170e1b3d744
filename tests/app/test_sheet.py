"""What a shop's system said of goods is text in a spreadsheet, whatever it begins with."""

import io

import pytest

from terminal.interchange.sheet import Table


@pytest.mark.parametrize(
    "cell", ["=1+1", "+8613800000000", "@SUM(1)", "\t=1", "-1+SUM(1)", "-A1", "-1.2.3"]
)
def test_no_text_is_run_as_a_formula(cell: str) -> None:
    file = io.StringIO()
    Table(file).row(cell)
    assert file.getvalue() == f"'{cell}\r\n"


@pytest.mark.parametrize("cell", ["-1", "-12.50", "1.236", "矿泉水 550ml", "", 0, -3])
def test_numbers_and_plain_names_stay_as_they_are(cell: object) -> None:
    file = io.StringIO()
    Table(file).row(cell, "x")
    assert file.getvalue() == f"{cell},x\r\n"
