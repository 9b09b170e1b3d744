"""The pictures: whole in every language and size, the same every time, readable by a reader."""

import subprocess
import sys
from itertools import product

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from terminal.ui.pixels import draw, ink, lay_out, overflow
from terminal.ui.pixels.marks import Ink, Modules, Plate
from terminal.ui.screen import Amount, Fact, Facts, Headline, Key, Notice, Screen, Sentences, Table
from terminal.ui.theme import Theme, contrast, theme_for
from tests.golden.check import check_golden
from tests.ui.sample_words import Sample
from tests.ui.samples import ALL, LANGUAGES, SIZES
from tests.ui.sketches import PAYLOAD, ROWS, confirm, customer, goods, problem

EVERY = list(product(ALL, LANGUAGES, SIZES))


@pytest.mark.parametrize(("name", "language", "size"), EVERY)
def test_nothing_is_cut_and_nothing_overlaps(
    name: str, language: str, size: tuple[int, int]
) -> None:
    assert overflow(ALL[name](Sample(language)), theme_for(*size)) == []


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_on_its_ground_with_a_contrast_of_four_and_a_half(
    name: str, language: str
) -> None:
    """Looked up in the marks: the last plate under a word is what it is read against."""
    theme = theme_for()
    sheet, _ = lay_out(ALL[name](Sample(language)), theme)
    for place, mark in enumerate(sheet.marks):
        if isinstance(mark, Ink):
            under = [
                plate.fill
                for plate in sheet.marks[:place]
                if isinstance(plate, Plate) and plate.box.holds(mark.box)
            ]
            ground = under[-1] if under else theme.palette.ground
            assert contrast(mark.colour, ground) >= 4.5, (mark.text, mark.colour, ground)


@pytest.mark.parametrize("name", ["goods", "confirm", "customer", "problem", "long", "ready"])
def test_pictures_are_as_agreed(name: str) -> None:
    check_golden(f"screen-{name}-zh", draw(ALL[name](Sample("zh_CN")), theme_for()))


@pytest.mark.parametrize("name", ["goods", "confirm", "reasons"])
def test_small_pictures_are_as_agreed(name: str) -> None:
    check_golden(f"screen-{name}-en-800", draw(ALL[name](Sample("en")), theme_for(800, 480)))


def test_the_same_screen_gives_the_same_bytes() -> None:
    one = draw(goods(Sample("zh_CN")), theme_for()).tobytes()
    draw(problem(Sample("en")), theme_for(800, 480))
    assert draw(goods(Sample("zh_CN")), theme_for()).tobytes() == one


@pytest.mark.parametrize("size", SIZES)
def test_another_reader_reads_the_qr_code_off_the_screen(size: tuple[int, int]) -> None:
    image = draw(customer(Sample("zh_CN")), theme_for(*size))
    found = zxingcpp.read_barcodes(image)
    assert [each.text for each in found] == [PAYLOAD]


def test_qr_modules_are_whole_pixels_and_six_at_least_on_the_usual_screen() -> None:
    sheet, _ = lay_out(customer(Sample("zh_CN")), theme_for())
    (code,) = [mark for mark in sheet.marks if isinstance(mark, Modules)]
    assert code.pixel >= 6
    assert code.box.w % code.pixel == 0


def _sizes(screen: Screen, text: str, theme: Theme) -> list[int]:
    sheet, _ = lay_out(screen, theme)
    return [mark.size for mark in sheet.marks if isinstance(mark, Ink) and mark.text == text]


def test_the_one_amount_is_84_pixels_and_body_22_at_least() -> None:
    assert _sizes(confirm(Sample("zh_CN")), "￥ 80.54", theme_for()) == [84]
    assert _sizes(goods(Sample("zh_CN")), "49.35", theme_for())[0] >= 28
    for sizes in theme_for().steps[: theme_for().proper]:
        assert sizes.body >= 22
        assert sizes.amount >= 28


def _places(screen: Screen, theme: Theme) -> set[tuple[str, int, int]]:
    sheet, _ = lay_out(screen, theme)
    return {(mark.text, mark.x, mark.y) for mark in sheet.marks if isinstance(mark, Ink)}


def test_title_lights_clock_and_keys_stay_where_they_are_when_a_notice_comes() -> None:
    screen = problem(Sample("en"))
    noticed = replace(screen, notices=(Notice("This is not a receipt"),) * 2)
    frame = {screen.title, screen.clock, *(light.name for light in screen.lights)}
    frame |= {key.label for key in screen.keys} | set(screen.steps)
    before, after = _places(screen, theme_for()), _places(noticed, theme_for())
    assert {each for each in before if each[0] in frame} <= after


@pytest.mark.parametrize("cursor", range(12))
def test_the_marked_row_is_always_in_sight_and_says_its_place(cursor: int) -> None:
    screen = ALL["long"](Sample("en"))
    table = screen.blocks[0]
    assert isinstance(table, Table)
    moved = replace(screen, blocks=(replace(table, cursor=cursor), *screen.blocks[1:]))
    texts = {text for text, _, _ in _places(moved, theme_for())}
    assert table.rows[cursor].cells[5] in texts
    assert f"{cursor + 1}/12" in texts
    assert overflow(moved, theme_for()) == []


def test_figures_are_never_cut_however_long() -> None:
    row = replace(ROWS[0], cells=("x" * 300, "10000", "9999", "10000", "0.412", "123456789.00"))
    texts = {text for text, _, _ in _places(goods(Sample("zh_CN"), (row,)), theme_for())}
    assert {"10000", "9999", "0.412", "123456789.00"} <= texts
    assert overflow(goods(Sample("zh_CN"), (row,)), theme_for()) == []


def test_the_proof_sees_what_does_not_fit() -> None:
    """The control: a screen that cannot be whole must be named."""
    flood = Screen("t", (Sentences(("many words " * 60,) * 8),), ())
    assert overflow(flood, theme_for(800, 480))
    wide = Screen("t", (Amount("a", "9" * 90),), ())
    assert overflow(wide, theme_for())
    assert overflow(Screen("long title " * 40, (), ()), theme_for())


def test_many_keys_stand_on_two_lines_and_none_is_left_out() -> None:
    keys = tuple(Key(f"F{turn}", f"a long label for key {turn}") for turn in range(1, 9))
    screen = Screen("t", (Headline("h"),), keys)
    assert overflow(screen, theme_for(800, 480)) == []
    texts = {text for text, _, _ in _places(screen, theme_for(800, 480))}
    assert {key.label for key in keys} <= texts


def test_control_and_direction_characters_never_reach_the_picture() -> None:
    plain = Screen("Milk 2 l", (Headline("Milk"),), ())
    dirty = Screen("Mi\x1blk\u202e 2\x00 l", (Headline("\u200bMi\x07lk"),), ())
    assert draw(dirty, theme_for()).tobytes() == draw(plain, theme_for()).tobytes()


WORDS = st.text("abc 退货金额，。~（）0.5\x1b\u202e𠮷🎉", max_size=40)


@settings(max_examples=40, deadline=None)
@given(title=WORDS, lines=st.lists(WORDS, max_size=3), value=WORDS)
def test_any_words_can_be_drawn(title: str, lines: list[str], value: str) -> None:
    screen = Screen(
        title, (Sentences(tuple(lines)), Facts((Fact(title, value),))), (Key("F1", value[:12]),)
    )
    assert draw(screen, theme_for(800, 480)).size == (800, 480)


def test_importing_the_renderer_loads_neither_a_font_nor_the_qr_library() -> None:
    """The first frame must come within 400 ms of the start."""
    told = "import sys, terminal.ui.pixels as p; from terminal.ui.pixels import ink;"
    told += "print('qrcode' in sys.modules, ink.font.cache_info().currsize)"
    made = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert made.stdout.split() == ["False", "0"]


def test_signs_the_screens_use_are_in_the_font_and_what_is_not_has_a_stand_in() -> None:
    used = "￥¥£€×·↑↓→←✓—–…、。，：；？！“”‘’（）／％•"
    assert ink.MISSING not in ink.shown(used)
    assert ink.shown("a𠮷🎉b") == f"a{ink.MISSING}{ink.MISSING}b"


def test_a_choice_is_made_smaller_before_it_is_rolled() -> None:
    sheet, _ = lay_out(ALL["reasons"](Sample("en")), theme_for(800, 480))
    assert not sheet.rolled
