"""Each device is known by something, and each profile it names is read and judged with the rest."""

import shutil
from pathlib import Path

import pytest

from drivers.hid_pos_scanner import HidPosScanner
from drivers.hid_scanner import HidScanner
from drivers.serial_scanner import SerialScanner
from drivers.together import Together
from printer.open_link import link_opener
from terminal.devices import joining, open_scanner, open_scanners, printer_address
from terminal.settings import load_settings
from tests.app.spoiling import CONFIG, load, problems, spoil
from tests.app.told import english


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files to spoil."""
    return Path(shutil.copytree(CONFIG, tmp_path / "config"))


def test_an_in_store_code_must_come_to_thirteen_digits(folder: Path) -> None:
    line = spoil(folder / "terminal.toml", "item_digits = 5", "item_digits = 6")
    (only,) = problems(folder)
    assert (only.key, only.line) == ("codes.in_store[0].item_digits", line)
    assert "they are 14" in english(only.allowed)


def test_a_link_asks_for_what_it_needs() -> None:
    assert [one.key for one in problems(printer__link="tcp")] == ["printer.host"]
    assert [one.key for one in problems(scanner__kind="serial", scanner__path="")] == [
        "scanner.path"
    ]


@pytest.mark.parametrize("host", ["192.168.1.20:9100", "printer:9100", "1:2:3", "fe80:::1"])
def test_a_printer_s_host_is_no_address_with_its_port(host: str) -> None:
    (only,) = problems(printer__link="tcp", printer__host=host)
    assert (only.key, only.value) == ("printer.host", f'"{host}"')


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.168.1.20", "tcp://192.168.1.20:9100"),
        ("printer.shop", "tcp://printer.shop:9100"),
        ("fd00::20", "tcp://[fd00::20]:9100"),
    ],
)
def test_what_the_settings_take_as_a_host_can_be_opened(host: str, address: str) -> None:
    settings = load(printer__link="tcp", printer__host=host)
    assert printer_address(settings.printer) == address
    link_opener(address)


def test_a_device_that_is_used_must_be_known_by_something(folder: Path) -> None:
    spoil(folder / "terminal.toml", 'path = "/dev/returns/keypad"', "")
    (only,) = problems(folder, keypad__kind="evdev")
    assert (only.key, only.value) == ("keypad.path", "")
    by_name = load(folder, keypad__kind="evdev", keypad__name="Numpad").keypad.match
    assert by_name is not None
    assert by_name.name == "Numpad"


def test_the_shipped_unit_finds_its_devices_by_the_names_that_udev_gives() -> None:
    found = load_settings(CONFIG)
    assert found.scanner.match is not None
    assert found.keypad.match is not None
    paths = (found.scanner.match.path, found.keypad.match.path, found.printer.path)
    rules = (CONFIG / "udev" / "60-returns-terminal.rules").read_text("utf-8")
    assert all(f'SYMLINK+="{path.removeprefix("/dev/")}"' in rules for path in paths)


@pytest.mark.parametrize("gap", ["nan", "inf", "0.1", "true", '"0.2"'])
def test_a_pause_is_a_sensible_number_of_seconds(folder: Path, gap: str) -> None:
    (folder / "scanners" / "mine.toml").write_text(f"[framing]\ngap = {gap}\n", "utf-8")
    (only,) = problems(folder, scanner__kind="hid", scanner__profile="mine")
    assert (only.key, only.line) == ("framing.gap", 2)


def test_a_profile_that_is_not_there_is_told_with_those_that_are() -> None:
    (only,) = problems(printer__profile="epson")
    assert "generic-80mm" in english(only.allowed)


def test_a_faulty_printer_file_is_told_with_the_rest(folder: Path) -> None:
    spoil(folder / "printers" / "generic-80mm.toml", "width = 576", "width = 5")
    spoil(folder / "terminal.toml", "copies = 2", "copies = 12")
    files = {one.file for one in problems(folder)}
    assert files == {"printers/generic-80mm.toml", "terminal.toml"}


def test_a_scanner_file_is_read_and_its_faults_are_told(folder: Path) -> None:
    path = folder / "scanners" / "mine.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text('baud = 115200\n[framing]\nprefix = "#"\ngap = 0.2\n', "utf-8")
    mine = {"scanner__kind": "hid", "scanner__profile": "mine"}
    profile = load(folder, **mine).scanner.profile
    assert (profile.baud, profile.framing.prefix, profile.framing.gap) == (115200, "#", 0.2)
    path.write_text("bauds = 3\n[framing]\ngap = 0.01\nterminators = 'x'\n", "utf-8")
    told = [(one.file, one.line, one.key) for one in problems(folder, **mine)]
    assert told == [
        ("scanners/mine.toml", 4, "framing.terminators"),
        ("scanners/mine.toml", 3, "framing.gap"),
        ("scanners/mine.toml", 1, "bauds"),
    ]


@pytest.mark.parametrize(
    ("link", "kind", "profile"),
    [
        ("event5", HidScanner, "stx-etx"),
        ("hidraw1", HidPosScanner, "default"),
        ("ttyACM0", SerialScanner, "default"),
    ],
)
def test_another_scanner_is_read_by_what_its_node_is_called(
    link: str, kind: type, profile: str, tmp_path: Path
) -> None:
    found = load(scanner__kind="hid", scanner__profile="stx-etx")
    together = open_scanners(found, tmp_path)
    assert isinstance(together, Together)
    joined = joining(tmp_path / link, found.scanner)
    assert isinstance(open_scanner(joined), kind)
    assert joined.profile == load(scanner__kind="hid", scanner__profile=profile).scanner.profile
    assert open_scanner(joining(tmp_path / "lp0", found.scanner)) is None


def test_the_named_scanner_may_be_the_only_one() -> None:
    alone = load(scanner__kind="hid", scanner__others=False)
    assert isinstance(open_scanners(alone), HidScanner)
    assert open_scanners(load(scanner__kind="none")) is None


@pytest.mark.parametrize("name", sorted(one.stem for one in (CONFIG / "scanners").glob("*.toml")))
def test_every_shipped_scanner_file_is_sound(name: str) -> None:
    found = load(scanner__kind="hid", scanner__profile=name)
    assert found.scanner.profile_name == name


@pytest.mark.parametrize("name", sorted(one.stem for one in (CONFIG / "keymaps").glob("*.toml")))
def test_every_shipped_key_map_is_sound(name: str) -> None:
    assert load(keypad__kind="evdev", keypad__keymap=name).keypad.keymap is not None


@pytest.mark.parametrize("name", sorted(one.stem for one in (CONFIG / "printers").glob("*.toml")))
def test_every_shipped_printer_file_is_sound(name: str) -> None:
    assert load(printer__profile=name).printer.model.name == name


def test_a_faulty_key_map_is_told_with_the_rest(folder: Path) -> None:
    spoil(folder / "keymaps" / "default.toml", 'KEY_KP7 = "7"', 'KEY_KP7 = "seven"')
    found = problems(folder, keypad__kind="evdev")
    assert "KEY_KP7" in {one.key for one in found}
    assert {one.file for one in found} == {"keymaps/default.toml"}
