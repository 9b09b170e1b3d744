"""Every state's screen, as a till came to it: whole, legible, and as somebody agreed it to look."""

import pytest
from msgspec.structs import replace

from terminal.core.case import Case
from terminal.core.draft import Draft
from terminal.core.people import Role, Staff
from terminal.core.returns import Chosen, Returned
from terminal.core.sale import Currency
from terminal.core.states import ChoosingGoods, Ready
from terminal.ui import text
from terminal.ui.pixels import draw, overflow
from terminal.ui.screen import Screen, Table
from terminal.ui.screens import screen_for
from terminal.ui.theme import theme_for
from tests.flows.said import words_of
from tests.flows.scenes import SCENES
from tests.flows.shelf import Sold, sale
from tests.golden.check import check_golden
from tests.ui.all_states import LONG, screen_of, state_of, troubled, view_of

SIZES = ((1024, 600), (800, 480))
LANGUAGES = ("zh_CN", "en", "xx")
PICTURES = (
    "ChoosingGoods",
    "ScanningSerials",
    "ConfirmingAmounts",
    "WaitingForCustomer",
    "SlipUncertain",
)
SMALL_PICTURES = ("ScanningSerials",)  # in English at 800x480, with all too long
SMALLER = "words are smaller"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", SCENES)
def test_nothing_is_cut_on_any_screen(scene: str, language: str, size: tuple[int, int]) -> None:
    assert overflow(screen_of(scene, language), theme_for(*size)) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("scene", SCENES)
def test_nothing_is_cut_with_long_names_many_lines_and_large_amounts(
    scene: str, language: str, size: tuple[int, int]
) -> None:
    assert overflow(screen_of(scene, language, "grand"), theme_for(*size)) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", SCENES)
def test_notices_and_all_that_can_be_typed_cut_nothing(
    scene: str, language: str, size: tuple[int, int]
) -> None:
    """Words may get smaller than they should be; they are all there and none overlap."""
    found = overflow(troubled(scene, language), theme_for(*size))
    assert [one for one in found if not one.startswith(SMALLER)] == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_managers_keys_fit_beside_the_cashiers(language: str, size: tuple[int, int]) -> None:
    manager = Staff("2001", "李店长", Role.MANAGER)
    assert overflow(screen_for(Ready(manager), view_of(language)), theme_for(*size)) == []


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_text_of_a_screen_has_every_word_of_it(scene: str, language: str) -> None:
    screen = screen_of(scene, language)
    shown = "".join("".join(text.lines(screen, 100, qr=False)).split())
    hidden = set(screen.steps) if screen.step < 0 else set()
    for word in words_of(screen):
        if word not in hidden and not word.startswith("HTTPS://"):
            assert [each for each in word.split() if each not in shown] == []


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_chinese_on_an_english_screen_but_names_and_no_english_on_a_chinese_one(
    scene: str, language: str
) -> None:
    screen = screen_of(scene, language)
    own: list[str] = [screen.title, *screen.steps, *(key.label for key in screen.keys)]
    own += [light.name for light in screen.lights]
    for word in own:
        bare = word.replace("王芳", "").replace("李店长", "").replace("蒙牛 纯牛奶 250ml×12", "")
        bare = bare.replace("R-0571", "").replace("PIN", "")
        strangers = [char for char in bare if _is_foreign(char, language)]
        assert strangers == [], word


def _is_foreign(char: str, language: str) -> bool:
    if language == "en":
        return "\u4e00" <= char <= "\u9fff"
    return char.isascii() and char.isalpha()


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_screens_read_as_agreed(scene: str, language: str) -> None:
    lines = text.lines(screen_of(scene, language), 80, 25, qr=False)
    check_golden(f"flow_{scene}_{language}", "\n".join(line.rstrip() for line in lines))


@pytest.mark.parametrize("scene", PICTURES)
def test_screens_look_as_agreed(scene: str) -> None:
    check_golden(f"flow_{scene}_zh", draw(screen_of(scene, "zh_CN"), theme_for()))


@pytest.mark.parametrize("scene", SMALL_PICTURES)
def test_small_screens_full_of_long_words_look_as_agreed(scene: str) -> None:
    small = draw(screen_of(scene, "en", "grand"), theme_for(800, 480))
    check_golden(f"flow_{scene}_en_800", small)


@pytest.mark.parametrize("scene", SCENES)
def test_every_key_of_a_screen_has_a_cap_and_a_label(scene: str) -> None:
    keys = screen_of(scene, "zh_CN").keys
    assert all(key.cap and key.label for key in keys)


def table_of(screen: Screen) -> Table:
    found = next(block for block in screen.blocks if isinstance(block, Table))
    assert isinstance(found, Table)
    return found


@pytest.mark.parametrize(
    ("code", "digits", "amount", "shown"),
    [
        ("JPY", 0, "1980", "JPY 1980"),
        ("KWD", 3, "1.250", "KWD 1.250"),
        ("GBP", 2, "9.99", "£ 9.99"),
    ],
)
def test_amounts_show_the_digits_and_the_sign_of_their_currency(
    code: str, digits: int, amount: str, shown: str
) -> None:
    currency = Currency(code, digits)
    state = state_of("ChoosingGoods")
    assert isinstance(state, ChoosingGoods)
    sold = sale((Sold(LONG, amount),), currency=currency)
    draft = replace(
        Draft(state.draft.cashier, Case(sold, Returned()), state.draft.rules),
        chosen=(Chosen(1, 1000),),
    )
    for language in LANGUAGES:
        screen = screen_for(ChoosingGoods(draft, 0), view_of(language, currency=currency))
        assert shown in words_of(screen)
        assert table_of(screen).rows[0].cells[-1] == amount
        for size in SIZES:
            assert overflow(screen, theme_for(*size)) == []
