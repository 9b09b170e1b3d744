"""Reports of a day and of a shift on paper."""

import pytest
from msgspec.structs import replace

from printer.raster import slip_picture
from printer.slip import SignatureLine
from terminal.core.day import (
    Scope,
)
from terminal.core.print_jobs import PrintJob, SlipKind
from terminal.core.returns import (
    Status,
)
from terminal.paper import slips
from terminal.slip_code import UNSIGNED
from terminal.ui.words import Words
from tests.app.test_slips import BOSS, CASHIER, LANGUAGES, RETURN, SETTINGS, sheet, slip, text
from tests.golden.check import check_golden


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_says_figures_count_and_patterns_and_staff_are_numbers(language: str) -> None:
    said = text(slip(SlipKind.DAY, replace(RETURN, status=Status.ACCEPTED), language))
    for one in (
        *("0571-03", "2026-11-23 18:01", "￥ 103.46", "1007 × 1  103.46", "2001 × 1  103.46"),
        *("500.00", "43.46", "456.54", "450.00", "￥ 6.54", "0123456789abcdef" * 2),
        RETURN.number,
    ):
        assert one in said
    assert ("短款" if language == "zh_CN" else "is missing") in said
    assert ("三笔被作废" if language == "zh_CN" else "three were voided") in said
    assert CASHIER.name not in said
    assert BOSS.name not in said


def test_the_report_of_a_shift_has_no_patterns_and_a_line_to_sign() -> None:
    about = replace(sheet(RETURN), scope=Scope.SHIFT)
    made = slips.build(
        PrintJob("j", SlipKind.SHIFT, 0, about), None, SETTINGS, Words("en"), UNSIGNED
    )
    assert any(isinstance(part, SignatureLine) for part in made.parts)
    assert "stands out" not in text(made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_looks_as_agreed(language: str) -> None:
    made = slip(SlipKind.DAY, replace(RETURN, status=Status.ACCEPTED), language, copy=1)
    check_golden(f"day_slip_{language}", slip_picture(made, SETTINGS.printer.model))
