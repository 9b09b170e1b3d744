"""The proof of a layout must itself fail on each fault it is there for."""

from itertools import pairwise
from pathlib import Path

import pytest

from terminal.ui.pixels import ink, overflow
from terminal.ui.pixels.marks import Box, Figure, Ink, Mark, Plate, Sheet, Sign
from terminal.ui.pixels.proof import faults
from terminal.ui.screen import Headline, Screen, Sentences, Tone
from terminal.ui.theme import FONT_PACKAGE, contrast, theme_for

BLACK, WHITE = (0, 0, 0), (255, 255, 255)


def _faults(*marks: Mark) -> str:
    return "\n".join(faults(Sheet(list(marks)), 200, 100))


def test_words_apart_and_inside_are_no_fault() -> None:
    card = Plate(Box(0, 0, 200, 100), WHITE, radius=8)
    one, other = Ink(10, 30, "退货", 20, BLACK), Ink(10, 60, "Refund", 20, BLACK)
    assert _faults(card, one, other) == ""


def test_words_over_each_other_are_named() -> None:
    found = _faults(Ink(10, 50, "退货", 20, BLACK), Ink(40, 55, "退款", 20, BLACK))
    assert found == "“退货” and “退款” overlap"


def test_a_sign_over_words_is_named() -> None:
    sign = Figure(Box(15, 40, 10, 10), Sign.TICK, BLACK)
    assert "overlap" in _faults(Ink(10, 50, "退货", 20, BLACK), sign)


@pytest.mark.parametrize("place", [(-3, 50), (190, 50), (10, 5), (10, 110)])
def test_words_that_leave_the_screen_are_named(place: tuple[int, int]) -> None:
    assert "“退货” leaves the screen" in _faults(Ink(*place, "退货", 20, BLACK))


def test_words_across_the_edge_of_a_card_are_named() -> None:
    card = Plate(Box(20, 20, 60, 60), WHITE)
    assert "crosses the edge" in _faults(card, Ink(50, 50, "退货金额", 20, BLACK))


def test_cards_over_each_others_edges_are_named() -> None:
    assert "crosses the edge" in _faults(
        Plate(Box(0, 0, 60, 60), WHITE), Plate(Box(50, 50, 60, 40), BLACK)
    )


def test_words_too_small_are_drawn_but_named() -> None:
    many = Screen("t", (Headline("h"), Sentences(("words " * 110,) * 2)), ())
    found = overflow(many, theme_for(800, 480))
    assert found == [f"words are smaller than the theme allows (step {theme_for().proper})"]


def test_a_missing_font_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(ink.FontMissing, match=f"apt-get install {FONT_PACKAGE}"):
        ink.load(str(tmp_path / "none.ttc"), 20)
    (tmp_path / "bad.ttc").write_bytes(b"not a font")
    with pytest.raises(ink.FontMissing, match="Nothing was changed"):
        ink.load(str(tmp_path / "bad.ttc"), 20)


def test_contrast_is_that_of_the_standard() -> None:
    assert round(contrast(BLACK, WHITE), 1) == 21.0
    assert round(contrast((118, 118, 118), WHITE), 2) == 4.54


def test_lights_stand_out_from_the_title_bar_at_three_to_one() -> None:
    palette = theme_for().palette
    assert all(contrast(palette.light(tone), palette.bar) >= 3 for tone in Tone)


@pytest.mark.parametrize("size", [(640, 480), (800, 480), (1024, 600), (1280, 800), (1920, 1080)])
def test_every_step_is_smaller_than_the_one_before(size: tuple[int, int]) -> None:
    steps = theme_for(*size).steps
    assert all(one.body >= other.body for one, other in pairwise(steps))
    assert steps[-1].body < steps[0].body
