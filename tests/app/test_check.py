"""`check` finds what is amiss before a cashier does, and says what to do."""

import threading
from pathlib import Path

import pytest

from terminal import devices
from terminal.commands.finding import Finding
from terminal.ui.words import words_of
from tests.app.sales_files import CONFIG
from tests.app.unit import Said, Unit, changed
from tests.fakes.printer import TcpPrinter
from tests.fakes.serial_scanner import ScannerGun
from tests.fakes.slip_keys import give_key


def verdict(out: str, name: str) -> tuple[str, str]:
    line = next(one for one in out.splitlines() if f" {name}: " in one)
    return line[0], line


def test_a_sound_unit_passes_and_prints_nothing(unit: Unit, printer: TcpPrinter) -> None:
    said = unit.does("check")
    assert (said.code, "✗" in said.out) == (0, False), said.out
    names = ("settings", "scanner", "keypad", "screen", "printer", "clock", "disk", "database")
    assert [verdict(said.out, name)[0] for name in names] == ["✓"] * len(names)
    assert printer.machine.texts == []
    assert [one.name for one in unit.data.iterdir()] == []


def test_scanners_beside_the_named_one_are_told_of(
    unit: Unit, printer: TcpPrinter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verdict(unit.does("check").out, "other scanners") == (
        "✓",
        "✓ other scanners: none is plugged in",
    )
    links = tmp_path / "scanners"
    links.mkdir()
    for name in ("event5", "hidraw1"):
        (links / name).touch()
    monkeypatch.setattr(devices, "SCANNERS", links)
    assert verdict(unit.does("check").out, "other scanners")[0] == "✓"  # codes are typed here
    file = unit.config / "terminal.toml"
    named = changed(file.read_text("utf-8"), "scanner", "kind", '"hid-pos"')
    file.write_text(named, "utf-8")
    read = verdict(unit.does("check").out, "other scanners")
    file.write_text(changed(named, "scanner", "others", "false"), "utf-8")
    alone = verdict(unit.does("check").out, "other scanners")
    assert (read[0], "event5, hidraw1: read as well" in read[1]) == ("✓", True)
    assert alone[0] == "✗"
    assert "others = true" in alone[1]


def test_a_printer_without_paper_or_open_is_told_with_the_cure(
    unit: Unit, printer: TcpPrinter
) -> None:
    printer.machine.paper_out = True
    said = unit.does("check")
    assert said.code == 1
    assert "put in a roll" in verdict(said.out, "printer")[1]
    printer.machine.paper_out, printer.machine.cover_open = False, True
    assert "close it" in verdict(unit.does("check").out, "printer")[1]


def test_a_printer_that_is_not_there_is_told_with_the_cure(unit: Unit, printer: TcpPrinter) -> None:
    printer.close()
    sign, line = verdict(unit.does("check").out, "printer")
    assert (sign, "check power, cable" in line) == ("✗", True)
    unit.language = "zh_CN"
    assert "请检查电源" in verdict(unit.does("check").out, "打印机")[1]


def test_low_paper_is_said_and_is_no_fault(unit: Unit, printer: TcpPrinter) -> None:
    printer.machine.paper_low = True
    assert "the paper is low" in verdict(unit.does("check").out, "printer")[1]


def test_the_test_slip_is_printed_once_with_a_code_to_scan(unit: Unit, printer: TcpPrinter) -> None:
    said = unit.does("check", "--print-test-slip")
    assert (said.code, verdict(said.out, "test slip")[0]) == (0, "✓"), said.out
    text = "".join(printer.machine.texts)
    assert text.count("TEST SLIP") == 1
    assert "合计 total" in text
    assert printer.machine.troubles == []


def test_a_test_slip_that_cannot_be_printed_fails(unit: Unit, printer: TcpPrinter) -> None:
    printer.machine.cover_open = True
    said = unit.does("check", "--print-test-slip")
    assert (said.code, verdict(said.out, "test slip")[0]) == (1, "✗")


def scanned(unit: Unit, path: Path, code: str) -> Said:
    """`check --scan` while somebody pulls the trigger until it is heard."""
    settings = unit.config / "terminal.toml"
    text = changed(settings.read_text("utf-8"), "scanner", "kind", '"serial"')
    settings.write_text(changed(text, "scanner", "path", f'"{path}"'), "utf-8")
    heard = threading.Event()

    def pull(gun: ScannerGun) -> None:
        while not heard.wait(0.05):
            gun.scan(code)

    with ScannerGun(path) as gun:
        hand = threading.Thread(target=pull, args=(gun,))
        hand.start()
        try:
            return unit.does("check", "--scan", 5)
        finally:
            heard.set()
            hand.join()


def test_a_scan_is_waited_for_and_told_for_what_it_is(unit: Unit, tmp_path: Path) -> None:
    said = scanned(unit, tmp_path / "gun", "05710326112000123")
    assert (said.code, "scanned 05710326112000123 = Receipt" in said.out) == (0, True), said.out


def test_a_scanned_badge_is_recognised_and_not_shown(unit: Unit, tmp_path: Path) -> None:
    said = scanned(unit, tmp_path / "gun", f"{unit.settings.patterns.badge_prefix}7F3A-9921")
    assert ("scanned *** = Badge" in said.out, "7F3A" in said.out) == (True, False)


def test_a_scanner_that_stays_silent_is_told_with_the_cure(unit: Unit, tmp_path: Path) -> None:
    settings = unit.config / "terminal.toml"
    text = changed(settings.read_text("utf-8"), "scanner", "kind", '"serial"')
    settings.write_text(changed(text, "scanner", "path", f'"{tmp_path / "gun"}"'), "utf-8")
    with ScannerGun(tmp_path / "gun"):
        said = unit.does("check", "--scan", 0.2)
    assert (said.code, "no scan within 0.2 s" in said.out) == (1, True)


def test_devices_that_are_not_plugged_in_are_named_as_the_settings_name_them(
    unit: Unit,
) -> None:
    unit.config = CONFIG
    said = unit.does("check")
    assert said.code == 1
    for name in ("scanner", "keypad", "screen", "printer"):
        sign, line = verdict(said.out, name)
        assert (sign, "/dev/" in line, "terminal.toml" in line) == ("✗", True, True)


def test_a_missing_data_folder_and_a_damaged_database_are_told(unit: Unit) -> None:
    (unit.data / "returns.db").write_bytes(b"not a database at all" * 50)
    sign, line = verdict(unit.does("check").out, "database")
    assert (sign, "This is not a database" in line) == ("✗", True)
    unit.data = unit.data / "gone"
    sign, line = verdict(unit.does("check").out, "disk")
    assert (sign, "make the folder" in line) == ("✗", True)


@pytest.mark.parametrize("left", [None, b"cut short"])
def test_a_lost_key_of_the_pins_is_told_with_the_cure(unit: Unit, left: bytes | None) -> None:
    """Else every line would be well, and nobody could sign on."""
    with unit.store() as store:
        store.staff.add("1007", "李小明", "manager", "8264")
    assert verdict(unit.does("check").out, "database")[0] == "✓"
    pepper = unit.data / "returns.db.pepper"
    pepper.unlink()
    if left is not None:
        pepper.write_bytes(left)
    said = unit.does("check")
    assert (said.code, verdict(said.out, "database")[0]) == (1, "✗")
    assert "staff rejoin" in said.out
    unit.does("staff", "leave", "1007")
    assert verdict(unit.does("check").out, "database")[0] == "✓"


def test_a_sound_database_is_told_while_the_terminal_works(unit: Unit) -> None:
    with unit.store():
        said = unit.does("check")
    assert "sound, 0 records" in verdict(said.out, "database")[1]


def test_faults_of_the_settings_are_all_listed_and_end_the_check(unit: Unit) -> None:
    file = unit.config / "terminal.toml"
    text = changed(file.read_text("utf-8"), "printer", "profile", '"none-such"')
    file.write_text(changed(text, "currency", "digits", "9"), "utf-8")
    said = unit.does("check")
    assert said.code == 1
    assert "printer.profile" in said.out
    assert "currency.digits" in said.out
    assert "database" not in said.out


def test_a_device_that_speaks_control_characters_cannot_colour_the_line() -> None:
    shown = Finding("gun", "\x1b[2J\n✓ all well").line(words_of("en"))
    assert shown.isprintable()


def test_a_slip_key_that_others_can_read_is_told_with_the_cure(
    unit: Unit, printer: TcpPrinter
) -> None:
    assert "not enrolled" in verdict(unit.does("check").out, "signing key")[1]
    give_key(unit.data)
    assert "number 12" in verdict(unit.does("check").out, "signing key")[1]
    give_key(unit.data, mode=0o644)
    sign, line = verdict(unit.does("check").out, "signing key")
    assert (sign, "0600" in line, "restart" in line) == ("✗", True, True)
