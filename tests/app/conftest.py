"""A unit of its own for each test, its printer an emulated one over TCP."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from terminal.spoken.spoken import speak
from tests.app.sales_files import CONFIG
from tests.app.unit import Unit, changed
from tests.fakes.printer import Machine, TcpPrinter


@pytest.fixture(autouse=True)
def _speaks_english() -> None:
    """A command of an earlier test may have spoken another language in this process."""
    speak("en")


@pytest.fixture
def printer() -> Iterator[TcpPrinter]:
    with TcpPrinter(Machine()) as running:
        yield running


@pytest.fixture
def unit(tmp_path: Path, printer: TcpPrinter) -> Unit:
    """No scanner, keypad or screen; the emulated printer over TCP."""
    config = Path(shutil.copytree(CONFIG, tmp_path / "config"))
    file = config / "terminal.toml"
    host, _, port = printer.address.removeprefix("tcp://").rpartition(":")
    text = file.read_text("utf-8")
    for table, key, value in (
        ("scanner", "kind", '"none"'),
        ("keypad", "kind", '"none"'),
        ("screen", "kind", '"none"'),
        ("printer", "link", f'"tcp"\nhost = "{host}"\nport = {port}'),
        ("printer", "profile", '"epson-tm-t88"'),
    ):
        text = changed(text, table, key, value)
    file.write_text(text, "utf-8")
    (tmp_path / "data").mkdir()
    return Unit(tmp_path / "data", config)
