"""A HID-POS scanner in terminal.toml: found by its path, its numbers, or by being one."""

from pathlib import Path

import pytest

from drivers.hid_pos_scanner import HidPosScanner
from terminal.commands.check_devices import scanner
from terminal.devices import open_scanner
from terminal.settings import ScannerKind
from tests.app.spoiling import CONFIG, load


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ({"scanner__path": "/dev/returns/scanner"}, "/dev/returns/scanner"),
        ({"scanner__path": "", "scanner__vendor": "0c2e"}, ""),
        ({"scanner__path": ""}, None),
    ],
)
def test_it_is_known_by_path_by_numbers_or_by_being_one(
    said: dict[str, str], known: str | None
) -> None:
    found = load(CONFIG, scanner__kind="hid-pos", **said).scanner
    assert found.kind is ScannerKind.HID_POS
    assert (found.match.path if found.match else None) == known
    device = open_scanner(found)
    assert isinstance(device, HidPosScanner)
    assert device.name == "scanner"
    device.close()


def test_check_says_that_it_is_not_plugged_in_or_is_something_else(tmp_path: Path) -> None:
    missing = load(scanner__kind="hid-pos", scanner__path=str(tmp_path / "scanner"))
    found = scanner(missing)
    assert not found.ok
    assert "plug it in" in str(found)
    (tmp_path / "scanner").touch()
    assert not scanner(missing).ok
