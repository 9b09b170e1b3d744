"""Drawn slips: as agreed dot by dot, and QR codes that a phone reads from creased paper."""

from pathlib import Path

import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image, ImageFilter

from printer.qr import QUIET, SlipError, qr_dots, qr_matrix
from printer.raster import DrawnPaper, slip_picture, slip_pictures
from printer.slip import Columns, Cut, Qr, Size, Slip, Text
from tests.printer.paper_trail import printed, same_picture
from tests.printer.samples import CHINESE, ENGLISH, MODELS, PAYLOAD


@pytest.mark.parametrize("name", ["raster-only-80mm", "raster-only-58mm"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_drawn_slip_is_as_agreed(name: str, language: str) -> None:
    slip = CHINESE if language == "zh" else ENGLISH
    assert same_picture(f"{name}-{language}.png", slip_picture(slip, MODELS[name]))


@pytest.mark.parametrize("name", ["generic-80mm", "generic-58mm"])
def test_printed_text_slip_is_as_agreed(name: str) -> None:
    page = printed(CHINESE, MODELS[name]).pages[0]
    assert same_picture(f"{name}-zh.png", page.picture(MODELS[name].width))


def test_the_printer_puts_out_what_the_preview_shows() -> None:
    model = replace(MODELS["raster-only-80mm"], feed_to_cut=0)
    slip = Slip((*CHINESE.parts[:-2], Cut()))
    (preview,) = slip_pictures(slip, model)
    page = printed(slip, model).pages[0].picture(576)
    differing = sum(a != b for a, b in zip(page.tobytes(), preview.tobytes(), strict=True))
    assert differing <= 8, "but for dots set to break what looks like a real-time command"


def as_a_phone_sees(picture: Image.Image) -> Image.Image:
    """Held askew, from afar, out of focus."""
    grey = Image.new("L", (picture.width + 80, picture.height + 80), 255)
    grey.paste(picture, (40, 40))
    turned = grey.rotate(7, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    size = (round(turned.width * 0.7), round(turned.height * 0.7))
    return turned.resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1.0))


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_phone_reads_the_code_from_every_printer(name: str) -> None:
    page = printed(CHINESE, MODELS[name]).pages[0].picture(MODELS[name].width)
    for picture in (page.convert("L"), as_a_phone_sees(page)):
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [PAYLOAD]


def test_too_few_dots_a_module_would_fail_that_phone() -> None:
    """The control: what the limit of four dots is for."""
    model = replace(MODELS["generic-80mm"], qr_dots_min=2, qr_dots_max=2)
    page = printed(Slip((Qr(PAYLOAD),)), model).pages[0].picture(576)
    assert not zxingcpp.read_barcodes(as_a_phone_sees(page))


def test_the_code_is_as_large_as_the_paper_allows() -> None:
    matrix = qr_matrix(PAYLOAD)
    assert qr_dots(matrix, MODELS["generic-80mm"]) == min(8, 576 // len(matrix))
    assert qr_dots(matrix, MODELS["serial-9600"]) == 4
    assert not any(any(row) for row in matrix[:QUIET]), "the quiet zone is white"
    assert qr_matrix(PAYLOAD) is matrix, "made once"


def test_a_code_wider_than_the_paper_is_refused_in_words() -> None:
    with pytest.raises(SlipError, match="wider than the paper's 384 dots; shorten its text"):
        slip_picture(Slip((Qr("x" * 1000),)), MODELS["generic-58mm"])
    with pytest.raises(SlipError, match="cannot hold this text of 9000 characters"):
        qr_matrix("x" * 9000)
    with pytest.raises(SlipError, match="cannot hold"):
        qr_matrix("\ud800")


def test_a_missing_font_is_named_with_its_cure() -> None:
    with pytest.raises(SlipError, match="fonts-wqy-microhei"):
        slip_picture(CHINESE, MODELS["generic-80mm"], Path("/no/such/font.ttc"))


def test_no_drawn_value_leaves_the_paper() -> None:
    paper = DrawnPaper(384)
    slip = Slip((Columns("奥利奥" * 20, "¥1,234,567,890,123.45", Size.LARGE), Text("W" * 90)))
    picture = slip_picture(slip, MODELS["raster-only-58mm"]).convert("L")
    for edge in (0, 378):
        column = picture.crop((edge, 0, edge + 6, picture.height))
        assert column.getextrema() == (255, 255), "ink at the very edge"
    assert paper.measure("¥1,234,567,890,123.45", Size.NORMAL) <= paper.room(Size.NORMAL)


def test_characters_without_a_glyph_are_shown_as_missing() -> None:
    assert DrawnPaper(576).shown("a😀退") == "a〓退"
