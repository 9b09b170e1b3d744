"""The lab's eye sees what is on a screen of the product, and nothing that is not."""

from pathlib import Path

import pytest
from PIL import Image

from terminal.ui import pixels
from terminal.ui.screen import Headline, Notice, Qr, Screen, Sentences, Side, Tone
from terminal.ui.theme import theme_for
from tests.lab.eye import Picture

SHOWN = ("等待顾客提交", "扫描要退的商品", "¥65.79", "Paper is running low.")


@pytest.fixture
def picture(tmp_path: Path) -> Picture:
    headline, sentence, amount, notice = SHOWN
    words = (Headline(headline, Tone.WAITING), Sentences((sentence, amount)))
    screen = Screen(
        "退货", (Side((Qr("HTTPS://R.EXAMPLE/1"),), words, 40),), (), notices=(Notice(notice),)
    )
    pixels.draw(screen, theme_for()).save(tmp_path / "screen.png")
    return Picture(tmp_path / "screen.png")


@pytest.mark.parametrize("sentence", SHOWN)
def test_sentence_on_the_screen_is_seen(picture: Picture, sentence: str) -> None:
    assert picture.says(sentence)


@pytest.mark.parametrize("sentence", ["请扫描小票", "R-0571-03-000001", "¥65.78", "打印机缺纸"])
def test_sentence_that_is_not_there_is_not_seen(picture: Picture, sentence: str) -> None:
    """An eye that sees everything would pass every scenario."""
    assert not picture.says(sentence)


def test_code_on_the_screen_is_read(picture: Picture) -> None:
    assert picture.codes() == ["HTTPS://R.EXAMPLE/1"]


@pytest.mark.parametrize("colour", ["black", "white", (246, 248, 250)])
def test_an_empty_screen_says_nothing(tmp_path: Path, colour: str) -> None:
    Image.new("RGB", (1024, 600), colour).save(tmp_path / "empty.png")
    assert not Picture(tmp_path / "empty.png").says("请扫描小票")
