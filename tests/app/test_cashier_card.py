"""The cashier's card comes out of the printer, or into a picture."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from printer.raster import slip_picture
from terminal.paper.cashier_card import card
from tests.app.unit import Unit
from tests.fakes.printer import TcpPrinter
from tests.flows.said import words_of
from tests.printer.paper_trail import same_picture


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_card_reads_as_agreed(unit: Unit, language: str) -> None:
    settings = replace(unit.settings, language=language)
    wanted = card(settings)
    assert same_picture(
        f"cashier_card-{language}.png", slip_picture(wanted, settings.printer.model)
    )
    chinese = any("\u4e00" <= char <= "\u9fff" for char in "".join(words_of(wanted)))
    assert chinese is (language == "zh_CN")


def test_it_comes_out_of_the_printer(unit: Unit, printer: TcpPrinter) -> None:
    said = unit.does("cashier-card")
    assert said.code == 0
    assert "✓" in said.out
    assert "重新验货" in printer.machine.pages[0].text


def test_a_printer_without_paper_is_told(unit: Unit, printer: TcpPrinter) -> None:
    printer.close()
    said = unit.does("cashier-card")
    assert said.code == 1
    assert "✗" in said.out


def test_it_is_drawn_into_a_file(unit: Unit, tmp_path: Path) -> None:
    assert unit.does("cashier-card", "--png", tmp_path / "card.png").code == 0
    assert (tmp_path / "card.png").stat().st_size > 1000
    said = unit.does("cashier-card", "--png", tmp_path / "nowhere" / "card.png")
    assert said.code == 2
    assert "cannot be written" in said.err
