"""Screens as text: the same words, aligned, within their width."""

from itertools import product

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from terminal.ui.legible import reworded
from terminal.ui.rolling import window
from terminal.ui.screen import Entry, Key, Screen
from terminal.ui.text import lines, plain
from terminal.ui.wrapping import columns
from tests.golden.check import check_golden
from tests.ui.sample_words import Sample
from tests.ui.samples import ALL
from tests.ui.sketches import PAYLOAD, customer, goods


@pytest.mark.parametrize(("name", "language"), list(product(ALL, ("zh_CN", "en"))))
def test_text_is_as_agreed(name: str, language: str) -> None:
    text = "\n".join(lines(ALL[name](Sample(language))))
    check_golden(f"text-{name}-{language}", text)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", ["zh_CN", "en", "xx"])
@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_line_is_wider_than_asked(name: str, language: str, width: int) -> None:
    for ascii_only in (False, True):
        for line in lines(ALL[name](Sample(language)), width, 24, ascii_only=ascii_only):
            assert columns(line) <= width, line


@pytest.mark.parametrize("name", ALL)
def test_every_word_of_the_screen_is_in_the_text(name: str) -> None:
    """Words of names may end in an ellipsis; all others are there, whatever the line breaks."""
    screen = ALL[name](Sample("zh_CN"))
    shown = "".join("".join(lines(screen, 100)).split())
    shown = "".join(char for char in shown if char not in "│┌┐└┘─")
    texts: list[str] = []

    def keep(text: str) -> str:
        texts.append(text)
        return text

    reworded(screen, keep)
    for text in texts:
        if len(text) < 60 and not (name == "long" and " " in text) and "•" not in text:
            assert all(part in shown for part in text.split()), text


@pytest.mark.parametrize("name", ALL)
def test_a_console_of_24_lines_gets_24_lines_with_the_keys_last(name: str) -> None:
    screen = ALL[name](Sample("en"))
    made = lines(screen, 80, 24)
    assert len(made) == 24
    assert screen.keys[-1].label in made[-1]


def test_ascii_is_ascii_and_columns_still_stand_under_each_other() -> None:
    made = lines(goods(Sample("en")), ascii_only=True)
    assert all(line.isascii() for line in made)
    ends = {len(line) for line in made if line.endswith(("49.35", "16.44", "14.75"))}
    assert len(ends) == 1


def test_plain_says_currencies_by_code_and_drops_accents() -> None:
    assert plain("￥ 80.54 café × 2 → 退") == "CNY 80.54 cafe x 2 > ??"


def test_the_code_in_half_blocks_can_be_read() -> None:
    """Blocks are drawn light on dark, as a console does, and read by another reader."""
    made = lines(customer(Sample("zh_CN")))
    code = [line[:50] for line in made if line.startswith(("█", "▀"))]
    side = len(code[0].split("  退")[0].rstrip())
    image = Image.new("L", (side * 4, len(code) * 8), 0)
    for y, line in enumerate(code):
        for x, char in enumerate(line[:side]):
            if char in "█▀":
                image.paste(255, (x * 4, y * 8, x * 4 + 4, y * 8 + 4))
            if char in "█▄":
                image.paste(255, (x * 4, y * 8 + 4, x * 4 + 4, y * 8 + 8))
    assert [each.text for each in zxingcpp.read_barcodes(image)] == [PAYLOAD]


def test_a_secret_is_dots_whatever_it_holds() -> None:
    screen = Screen("Sign on", (Entry("PIN", "4711", secret=True),), (Key("0-9", "type"),))
    made = "\n".join(lines(screen))
    assert "4711" not in made
    assert "••••" in made


def test_control_characters_never_reach_a_console() -> None:
    screen = Screen("a\x1b[2Jb", (Entry("x\x07", "\u202ey"),), (Key("F1", "z\r"),))
    made = "".join(lines(screen))
    assert made.isprintable()


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30), st.integers(1, 40), st.data())
def test_the_cursor_is_always_in_the_window(
    heights: list[int], room: int, data: st.DataObject
) -> None:
    cursor = data.draw(st.integers(-1, len(heights) - 1))
    first, after = window(heights, room, cursor)
    assert first <= max(cursor, 0) < after
    assert sum(heights[first:after]) <= room or after - first == 1
    if sum(heights) <= room:
        assert (first, after) == (0, len(heights))
