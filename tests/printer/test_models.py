"""Printer files: the shipped ones are whole, a wrong one names every fault at once."""

from pathlib import Path

import pytest

from printer.models import Ability, Charset, CutKind, ModelError, load_model, model_from
from tests.printer.samples import MODELS


def test_every_shipped_printer_can_be_read() -> None:
    assert set(MODELS) >= {"generic-80mm", "generic-58mm", "epson-tm-t20", "raster-only-58mm"}
    for model in MODELS.values():
        assert model.width in {576, 512, 384}
        assert model.width // model.columns == 12, "narrow characters are 12 dots wide"


def test_python_escpos_gives_what_our_file_leaves_out() -> None:
    model = model_from({"profile": "TM-T88V"}, "x", "x.toml")
    assert (model.width, model.columns, model.cut) == (512, 42, CutKind.PARTIAL)
    assert not model.native_qr, "its claim of QR codes is not believed"


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(
        'width = 10\ncolumns = "many"\ncharset = "big5"\nabilities = ["esp"]\n'
        "drawer_pin = 3\nnative_qr = 1\ncolour = true\nraster_rows = true\n"
    )
    with pytest.raises(ModelError) as caught:
        load_model(path)
    assert len(caught.value.faults) == 8
    assert all(fault.source == str(path) for fault in caught.value.faults)
    assert "charset = 'big5': must be one of gb2312, gbk, gb18030, none" in str(caught.value)
    assert "colour = True: is not known; known here: abilities, answer_seconds" in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({}, "width: is missing"),
        ({"profile": "no-such"}, "is no profile of python-escpos"),
        ({"width": 577, "columns": 48}, "multiple of 8"),
        ({"width": 576, "columns": 48, "qr_dots_min": 8, "qr_dots_max": 4}, "above qr_dots_max"),
        ({"profile": "default"}, "width: is missing"),
    ],
)
def test_a_wrong_value_says_what_is_allowed(raw: dict[str, object], words: str) -> None:
    with pytest.raises(ModelError, match=words):
        model_from(raw, "x", "x.toml")


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xff\xfe= =")
    with pytest.raises(ModelError, match="is not valid TOML"):
        load_model(path)


def test_abilities_and_charset_come_as_values() -> None:
    epson = MODELS["epson-tm-t20"]
    assert epson.can(Ability.GS_PAREN_H)
    assert epson.charset is Charset.GB18030
    assert not MODELS["write-only-80mm"].abilities
