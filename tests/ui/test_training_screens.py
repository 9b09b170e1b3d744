"""The training room's own screens, and a screen under its watermark: whole at both sizes."""

import pytest
from msgspec.structs import replace

from printer.raster import slip_picture
from terminal.settings import load_settings
from terminal.training import papers, shop
from terminal.training.course import Result, Sheet
from terminal.training.drills import DRILLS, Sold
from terminal.ui import text
from terminal.ui.pixels import draw, overflow
from terminal.ui.screen import Notice, Screen, Tone
from terminal.ui.screens import screen_for
from terminal.ui.theme import theme_for
from terminal.ui.words import Words
from tests.fakes.moments import TODAY
from tests.flows.cashier import CONFIG
from tests.flows.said import words_of
from tests.golden.check import check_golden
from tests.ui.all_states import state_of, view_of

SIZES = ((1024, 600), (800, 480))
LANGUAGES = ("zh_CN", "en", "xx")
SHEET = Sheet(DRILLS, (Result("plain", True, 0, 41), Result("torn", False, 3, 125)))
FACTS = {
    "receipt": "05710326112001234",
    "day": "20261120",
    "amount": "1234567.89",
    "leader": "2001",
    "pin": "4321",
}


def menu(language: str) -> Screen:
    words = Words(language)
    return papers.menu(SHEET, 1, words("Well done: {drill}", drill=words("Torn receipt")), words,
                       "14:05")  # fmt: skip


def coached(scene: str, language: str, coach: str) -> Screen:
    """The screen of a drill: watermark, and the coach's sentence laid over it."""
    words = Words(language)
    screen = screen_for(state_of(scene), replace(view_of(language), training=True))
    told = Notice(words(coach, **FACTS), Tone.HERE)
    return replace(screen, notices=(told,))


LONGEST = max((step.coach for drill in DRILLS for step in drill.steps), key=len)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rooms_own_screens_are_whole(language: str, size: tuple[int, int]) -> None:
    theme = theme_for(*size)
    assert overflow(menu(language), theme) == []
    assert overflow(papers.dark(Words(language), "14:05"), theme) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "scene", ["ChoosingGoods", "ConfirmingAmounts", "WaitingForCustomer", "SlipUncertain", "Denied"]
)
def test_the_coach_covers_nothing(scene: str, language: str, size: tuple[int, int]) -> None:
    found = overflow(coached(scene, language, LONGEST), theme_for(*size))
    assert [one for one in found if not one.startswith("words are smaller")] == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_text_screen_says_training_too(language: str) -> None:
    lines = text.lines(coached("Ready", language, DRILLS[1].steps[0].coach), 80, 25)
    assert Words(language)("TRAINING") in lines[0]
    check_golden(f"training_ready_{language}", "\n".join(line.rstrip() for line in lines))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_rooms_screens_look_as_agreed(language: str) -> None:
    size = (1024, 600) if language == "zh_CN" else (800, 480)
    check_golden(f"training_menu_{language}", draw(menu(language), theme_for(*size)))
    coach = DRILLS[4].steps[4].coach
    check_golden(
        f"training_goods_{language}",
        draw(coached("ConfirmingAmounts", language, coach), theme_for(*size)),
    )


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_rooms_slips_look_as_agreed_and_say_training_at_both_ends(language: str) -> None:
    settings = load_settings(
        CONFIG,
        {"terminal.language": language, "printer.link": "file", "printer.path": "/dev/null"},
    )
    words = Words(language)
    results = papers.result_slip(SHEET, "李店长", "2026-11-23 14:05", settings, words)
    sale = shop.practice(Sold.FRESH, settings, TODAY.date()).sale
    receipt = papers.receipt_slip(sale, words)
    for name, slip in (("results", results), ("receipt", receipt)):
        said = words_of(slip)
        assert said[0] == said[-1] == words("TRAINING · not valid")
        check_golden(f"training_{name}_{language}", slip_picture(slip, settings.printer.model))
