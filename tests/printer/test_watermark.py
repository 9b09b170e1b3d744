"""A slip with a word across it: seen on every piece, over nothing that must be read."""

import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import ImageChops

from printer.plain import slip_text
from printer.raster import slip_picture, slip_pictures
from printer.slip import Slip
from tests.printer.paper_trail import printed, same_picture
from tests.printer.samples import CHINESE, MODELS, PAYLOAD
from tests.printer.test_raster import as_a_phone_sees

ACROSS = "培训 · 无效"
MARKED = replace(CHINESE, across=ACROSS)
DRAWN = ("raster-only-80mm", "generic-58mm")


def black(slip: Slip, name: str) -> int:
    return sum(one.convert("L").histogram()[0] for one in slip_pictures(slip, MODELS[name]))


@pytest.mark.parametrize("name", DRAWN)
def test_it_is_as_agreed(name: str) -> None:
    assert same_picture(f"{name}-training-zh.png", slip_picture(MARKED, MODELS[name]))


@pytest.mark.parametrize("name", DRAWN)
def test_every_dot_of_the_slip_stays_and_the_word_is_added_in_grey(name: str) -> None:
    for plain, marked in zip(
        slip_pictures(CHINESE, MODELS[name]), slip_pictures(MARKED, MODELS[name]), strict=True
    ):
        kept = ImageChops.logical_and(plain, marked)
        assert kept.tobytes() == marked.tobytes(), "a dot of the slip turned white"
        added = ImageChops.logical_xor(plain, marked).convert("L").histogram()[-1]
        assert 0.01 < added / (plain.width * plain.height) < 0.15


@pytest.mark.parametrize("name", DRAWN)
def test_a_phone_still_reads_the_code(name: str) -> None:
    picture = slip_picture(MARKED, MODELS[name])
    for seen in (picture.convert("L"), as_a_phone_sees(picture)):
        assert [code.text for code in zxingcpp.read_barcodes(seen)] == [PAYLOAD]


def test_a_text_printer_says_it_in_place_of_each_line_across_the_paper() -> None:
    model = MODELS["generic-80mm"]
    rules = sum(type(one).__name__ == "Rule" for one in CHINESE.parts)
    assert rules
    said = "".join(printed(MARKED, model).texts)
    assert said.count(f"{ACROSS} - {ACROSS}") >= rules
    assert slip_text(MARKED).count(f"{ACROSS} - {ACROSS}") >= rules
    assert ACROSS not in slip_text(CHINESE)
