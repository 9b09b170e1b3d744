"""A slip as bytes, read back by a parser that shares nothing with the encoder."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from printer.escpos import encode
from printer.models import Charset, CutKind
from printer.slip import Columns, Cut, Mark, Part, Qr, SignatureLine, Size, Slip, Text
from tests.fakes.escpos_parser import Command, Said
from tests.printer.paper_trail import counts, printed, same_text
from tests.printer.samples import CHINESE, ENGLISH, MODELS

LAYOUT = frozenset({"Said", "LF", "FS &", "FS .", "GS !", "ESC E", "GS v 0", "GS B"})


@pytest.mark.parametrize("name", sorted(MODELS))
@pytest.mark.parametrize("slip", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_every_printer_takes_every_slip_without_a_complaint(name: str, slip: Slip) -> None:
    machine = printed(slip, MODELS[name])
    assert machine.troubles == []
    assert machine.commands[0] == Command("ESC @"), "no earlier job may colour this one"
    assert machine.kicks == 0


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["generic-80mm", "generic-58mm", "epson-tm-t20"])
def test_bytes_read_as_commands_are_as_agreed(name: str, language: str) -> None:
    machine = printed(CHINESE if language == "zh" else ENGLISH, MODELS[name])
    told = "".join(f"{event}\n" for event in machine.events)
    assert same_text(f"{name}-{language}.txt", told)


@pytest.mark.parametrize("name", ["raster-only-80mm", "raster-only-58mm"])
def test_a_printer_without_chinese_gets_pictures_alone(name: str) -> None:
    machine = printed(CHINESE, MODELS[name])
    assert not any(isinstance(event, Said) for event in machine.events)
    rows = [command.arguments[2] for command in machine.commands if command.name == "GS v 0"]
    assert max(rows) <= MODELS[name].raster_rows


def test_a_gbk_printer_prints_yuan_not_digits() -> None:
    machine = printed(Slip((Columns("合计", "¥12.50"),)), MODELS["generic-80mm"])
    assert machine.texts == ["合计" + " " * 37 + "￥12.50"]


def test_a_value_at_the_edge_is_whole_when_the_label_is_long() -> None:
    for columns, name in ((48, "generic-80mm"), (32, "generic-58mm")):
        slip = Slip((Columns("奥利奥夹心饼干" * 5, "¥1,234.56"),))
        last = printed(slip, MODELS[name]).pages[0].lines[-1]
        assert last.endswith("￥1,234.56")
        assert len(last) + sum(not char.isascii() for char in last) == columns


def test_an_amount_too_large_for_large_type_is_set_smaller_not_cut() -> None:
    amount = "¥123,456,789,012.00"
    machine = printed(Slip((Columns("", amount, Size.LARGE),)), MODELS["generic-58mm"])
    assert machine.pages[0].lines[-1].strip() == amount.replace("¥", "￥")


def test_a_value_longer_than_the_paper_is_wrapped_not_cut() -> None:
    value = "0571-03-20261120-1234/" * 4
    machine = printed(Slip((Columns("原小票", value),)), MODELS["generic-58mm"])
    assert "".join(line.strip() for line in machine.pages[0].lines) == "原小票" + value
    assert len(machine.pages[0].lines) > 3


def test_what_the_firmware_lacks_is_drawn_instead() -> None:
    machine = printed(Slip((Text("Crème brûlée 𠮷"), Text("plain"))), MODELS["generic-80mm"])
    assert machine.texts == ["plain"]
    assert counts(machine)["GS v 0"] == 1
    assert machine.troubles == []


def test_a_mark_is_black_across_the_paper() -> None:
    page = printed(Slip((Mark("补打 COPY"),)), MODELS["generic-80mm"]).pages[0]
    picture = page.picture(576)
    assert [picture.getpixel((x, 40)) for x in (0, 1, 574, 575)] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("cut", "arguments"), [(CutKind.PARTIAL, [(1,)]), (CutKind.FULL, [(0,)]), (CutKind.NONE, [])]
)
def test_the_cut_is_the_printers_own(cut: CutKind, arguments: list[tuple[int, ...]]) -> None:
    machine = printed(Slip((Text("x"), Cut())), replace(MODELS["generic-80mm"], cut=cut))
    assert [c.arguments for c in machine.commands if c.name == "GS V"] == arguments
    assert any(c.name == "ESC d" for c in machine.commands), "the text must pass the blade"


def test_two_copies_are_cut_apart_in_both_modes() -> None:
    slip = Slip((Text("顾客联"), Cut(), Text("商户联"), Cut()))
    for name in ("generic-80mm", "raster-only-80mm"):
        assert len(printed(slip, MODELS[name]).pages) == 2


def parts(text: str) -> tuple[Part, ...]:
    return (
        Text(text, size=Size.LARGE),
        Text(text, bold=True),
        Columns(text, text),
        SignatureLine(text),
        Mark(text),
        Cut(),
    )


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(
        st.text(st.characters(), max_size=40),
        st.binary(max_size=40).map(lambda data: data.decode("latin-1")),
        st.lists(
            st.sampled_from(["\x1b@", "\x1bp\x00", "\x10\x14\x01", "\x1dV\x00", "退", "8", "\x1c&"])
        ).map("".join),
    ),
    st.sampled_from(["generic-80mm", "generic-58mm", "epson-tm-t20", "raster-only-58mm"]),
)
def test_no_text_becomes_a_command(text: str, name: str) -> None:
    """Whatever the data, the printer hears what it hears of a harmless slip of the same shape."""
    model = MODELS[name]
    machine = printed(Slip(parts(text)), model)
    assert machine.troubles == []
    assert machine.kicks == 0
    harmless = printed(Slip(parts("ok")), model)
    assert counts(machine, LAYOUT) == counts(harmless, LAYOUT)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40), st.booleans())
def test_no_qr_payload_becomes_a_command(payload: str, native: bool) -> None:
    model = replace(MODELS["epson-tm-t20"], native_qr=native)
    machine = printed(Slip((Qr(payload), Cut())), model)
    assert machine.troubles == []
    assert counts(machine, LAYOUT | {"GS ( k"}) == {"ESC @": 1, "ESC a": 2, "ESC d": 1, "GS V": 1}


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=64))
def test_no_picture_holds_a_real_time_command(noise: bytes) -> None:
    from PIL import Image

    from printer.escpos import graphics

    hostile = (b"\x10\x04\x01\x10\x14\x01" + noise) * 4
    width = len(noise) + 6
    image = Image.frombytes("1", (width * 8, 4), bytes(255 - byte for byte in hostile))
    data = graphics(image, MODELS["generic-80mm"])[8:]
    assert not any(pair in data for pair in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))


def test_our_bytes_are_those_of_python_escpos() -> None:
    """Where its encoder does the same job, both say the same."""
    import logging
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # deprecations of its own dependencies
        from escpos.printer import Dummy
    logging.getLogger().handlers.clear()  # its import configures logging for everybody
    dummy = Dummy(profile="TM-T20II")
    dummy.hw("INIT")
    dummy._raw(encode(Slip(()), MODELS["generic-80mm"]))
    first, second = dummy.output[:2], dummy.output[2:]
    assert first == second
    dummy.clear()
    dummy.cashdraw(2)
    from printer.control import drawer_pulse

    assert dummy.output == drawer_pulse(MODELS["generic-80mm"])


def test_same_slip_same_bytes() -> None:
    model = replace(MODELS["generic-80mm"], charset=Charset.GB2312)
    assert encode(CHINESE, model) == encode(CHINESE, model)
