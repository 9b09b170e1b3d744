"""The manager's pages of a day: every word of them in sight, in both languages and sizes."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from drivers.values import Key
from terminal.core.day import PageKind, pages
from terminal.core.sale import Sale
from terminal.core.states import ShowingDay
from terminal.ui import text
from terminal.ui.legible import legible
from terminal.ui.pixels import draw, lay_out, overflow
from terminal.ui.pixels.marks import Ink
from terminal.ui.screen import Screen
from terminal.ui.screens import screen_for
from terminal.ui.theme import theme_for
from tests.flows.cashier import Till
from tests.flows.said import words_of
from tests.flows.shelf import Sold, groceries, one_oil, sale
from tests.golden.check import check_golden
from tests.ui.all_states import view_of

SIZES = ((1024, 600), (800, 480))
REASONS = (
    "质量问题",
    "破损",
    "拿错/发错",
    "尺码颜色",
    "无理由",
    "重复购买",
    "过敏/安全",
    "质量问题",
)
CARD = (("card", "59.90", "*1234"),)


def busy_day(till: Till) -> None:
    """Four hours of two cashiers: many reasons, three cards that are one, two shifts."""
    till.moments.at = till.moments.at.replace(hour=8, minute=50)
    till.presses(Key.F6, Key.F1, Key.F1)
    till.types("500⏎⏎✗")
    for at, reason in enumerate(REASONS, start=1):
        till.returns_all(one_oil(number=at).receipt_no, reason)
        till.confirms()
        till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
        till.moments.wait(minutes=37)
    till.presses(Key.F6, Key.F1, Key.F1)
    till.types("17.80⏎⏎✗✗")
    till.signs_on("1008", "5678")
    till.presses(Key.F6, Key.F1, Key.F1)
    till.types("300⏎⏎✗")
    for at in (21, 22, 23):
        till.returns_all(_by_card(at).receipt_no)
        till.confirms()
        till.presses(Key.F2, Key.CONFIRM)
    till.cancels()


def _by_card(at: int) -> Sale:
    return sale((Sold("金龙鱼 大豆油 5L", "59.90"),), CARD, number=at)


@cache
def shown() -> ShowingDay:
    with TemporaryDirectory() as folder:
        stock = (groceries(), *(one_oil(number=at) for at in range(1, 9)))
        till = Till(Path(folder), (*stock, *(_by_card(at) for at in (21, 22, 23))))
        till.signs_on()
        busy_day(till)
        till.signs_on("2001", "4321")
        till.presses(Key.F6)
        state = till.state
        till.switch_off()
    assert isinstance(state, ShowingDay)
    return state


def screen(kind: PageKind, language: str, nth: int = 0) -> Screen:
    state = shown()
    places = [at for at, page in enumerate(pages(state.sheet)) if page.kind is kind]
    at = ShowingDay(state.cashier, state.sheet, places[nth])
    return screen_for(at, view_of(language))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en", "xx"])
def test_no_page_is_cut_and_none_leaves_out_a_word(language: str, size: tuple[int, int]) -> None:
    """A page has no cursor, so what is rolled out of sight would be lost."""
    for at in range(len(pages(shown().sheet))):
        state = ShowingDay(shown().cashier, shown().sheet, at)
        made = screen_for(state, view_of(language))
        assert overflow(made, theme_for(*size)) == [], at
        sheet, _ = lay_out(legible(made), theme_for(*size))
        drawn = "".join(one.text for one in sheet.marks if isinstance(one, Ink))
        flat = "".join(drawn.replace("…", "").split())
        for word in (word for block in made.blocks for word in words_of(block)):
            if language != "xx":
                assert all(part in flat for part in _ends(word)), (word, at)


def _ends(word: str) -> tuple[str, ...]:
    """The beginning of each word: a long label in a chart may end in an ellipsis."""
    return tuple(part[:4] for part in word.split()[:2])


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", PageKind)
def test_the_pages_read_as_agreed(kind: PageKind, language: str) -> None:
    lines = text.lines(screen(kind, language), 80, 25, qr=False)
    check_golden(f"day_{kind.value}_{language}", "\n".join(line.rstrip() for line in lines))


@pytest.mark.parametrize("kind", [PageKind.CHART, PageKind.SUMMARY])
def test_the_pages_look_as_agreed(kind: PageKind) -> None:
    check_golden(f"day_{kind.value}_zh", draw(screen(kind, "zh_CN"), theme_for()))


def test_the_small_screen_shows_the_chart_as_agreed() -> None:
    check_golden("day_chart_en_800", draw(screen(PageKind.CHART, "en"), theme_for(800, 480)))
