"""Bars: as long as their numbers say, in pixels and in text, no word and no number lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.ui import text
from terminal.ui.pixels import lay_out, overflow
from terminal.ui.pixels.marks import Plate
from terminal.ui.screen import Bar, Chart, Screen
from terminal.ui.theme import theme_for

THEME = theme_for()
BLUE = THEME.palette.here.edge
COUNTS = st.lists(st.integers(0, 500), min_size=1, max_size=24)


def screen(counts: list[int], *, upright: bool) -> Screen:
    bars = tuple(Bar(str(at), count, str(count)) for at, count in enumerate(counts))
    return Screen("T", (Chart("Bars", bars, upright),), ())


def plates(counts: list[int], *, upright: bool) -> list[int]:
    """The lengths of the bars, in pixels, in their order."""
    sheet, _ = lay_out(screen(counts, upright=upright), THEME)
    boxes = [one.box for one in sheet.marks if isinstance(one, Plate) and one.fill == BLUE]
    return [box.h if upright else box.w for box in boxes]


@pytest.mark.parametrize("upright", [True, False])
def test_a_bar_twice_as_long_stands_for_twice_as_many(upright: bool) -> None:
    one, two, three = plates([10, 20, 40], upright=upright)
    assert abs(2 * one - two) <= 2
    assert abs(2 * two - three) <= 2


@pytest.mark.parametrize("upright", [True, False])
@given(counts=COUNTS)
def test_what_is_more_is_never_drawn_shorter_and_something_is_always_seen(
    upright: bool, counts: list[int]
) -> None:
    if not upright:
        counts = counts[:8]
    drawn = plates(counts, upright=upright)
    some = [count for count in counts if count]
    assert len(drawn) == len(some)
    assert all(length > 0 for length in drawn)
    by_count = [length for _, length in sorted(zip(some, drawn, strict=True))]
    assert by_count == sorted(by_count)
    assert overflow(screen(counts, upright=upright), THEME) == []


@pytest.mark.parametrize("upright", [True, False])
@given(counts=COUNTS, width=st.integers(30, 100))
def test_the_text_has_every_label_and_every_number_in_lines_that_fit(
    upright: bool, counts: list[int], width: int
) -> None:
    lines = text.lines(screen(counts, upright=upright), width)
    assert all(len(line) <= width for line in lines)
    said = " ".join(lines).split()
    for at, count in enumerate(counts):
        assert str(at) in said
        assert str(count) in said


def test_on_a_console_of_ascii_only_bars_are_still_bars() -> None:
    lines = text.lines(screen([3, 1], upright=False), 40, ascii_only=True)
    assert any("###" in line for line in lines)
    assert all(line.isascii() for line in lines)


def test_a_chart_of_nothing_is_a_title() -> None:
    assert "Bars" in "\n".join(text.lines(screen([], upright=False), 40))
    assert overflow(screen([], upright=True), THEME) == []
