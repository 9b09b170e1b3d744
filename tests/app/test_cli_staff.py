"""Staff at the shell: PINs never on the command line, and nobody let in by half."""

import contextlib
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from pwd import getpwuid

import pytest

from storage.staff import PinAccepted
from tests.app.sales_files import CONFIG
from tests.app.unit import Unit

ROOT = Path(__file__).parents[2]
NOW_MS = 1_800_000_000_000


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    unit = Unit(tmp_path)
    add = ("staff", "add", "1007", "李小明", "--role", "manager", "--pin-stdin")
    assert unit.does(*add, stdin="8264\n").code == 0
    return unit


def accepted(unit: Unit, pin: str) -> bool:
    with unit.store() as store:
        return isinstance(store.staff.check_pin("1007", pin, NOW_MS), PinAccepted)


def test_a_new_person_signs_on_with_the_piped_pin(unit: Unit) -> None:
    assert unit.does("staff", "list").out == "1007         manager       李小明\n"
    assert accepted(unit, "8264")
    assert not accepted(unit, "0000")


def test_a_number_is_given_once(unit: Unit) -> None:
    said = unit.does("staff", "add", "1007", "Wang", "--pin-stdin", stdin="8264\n")
    assert (said.code, "belongs to somebody already" in said.err) == (1, True)
    assert "李小明" in unit.does("staff", "list").out


@pytest.mark.parametrize("pin", ["", "123", "12a4", "８２６４", "1111", "2345", "8765", "9" * 13])
def test_a_pin_that_is_none_or_is_guessed_first_is_refused(unit: Unit, pin: str) -> None:
    said = unit.does("staff", "set-pin", "1007", "--pin-stdin", stdin=f"{pin}\n")
    assert (said.code, "PIN" in said.err) == (2, True)
    assert accepted(unit, "8264")


def test_a_pin_is_not_read_from_what_is_no_terminal_unasked(unit: Unit) -> None:
    said = unit.does("staff", "set-pin", "1007", stdin="8264\n")
    assert (said.code, "--pin-stdin" in said.err) == (2, True)


def test_a_pin_typed_at_a_terminal_is_asked_twice_and_not_shown(unit: Unit) -> None:
    code, shown = typed(unit, "5937\n5937\n")
    assert (code, "5937" in shown) == (0, False)
    assert accepted(unit, "5937")
    code, shown = typed(unit, "8264\n8265\n")
    assert (code, "The two PINs differ" in shown) == (2, True)
    assert accepted(unit, "5937")


def typed(unit: Unit, keys: str) -> tuple[int, str]:
    """`staff set-pin` on a pseudo-terminal of its own; what came out on it, echo included."""
    master, slave = pty.openpty()
    command = ("setsid", "--ctty", "--wait", sys.executable, "-m", "terminal.cli")
    places = ("--config", str(CONFIG), "--data", str(unit.data), "--language", "en")
    child = subprocess.Popen(
        [*command, *places, "staff", "set-pin", "1007"],
        cwd=ROOT, stdin=slave, stdout=slave, stderr=slave,
    )  # fmt: skip
    os.close(slave)
    shown = b""
    pending = keys.splitlines(keepends=True)
    with contextlib.suppress(OSError):  # Linux says EIO once the other side is closed
        while chunk := os.read(master, 4096):
            shown += chunk
            if pending and shown.endswith((b"PIN: ", b"Again: ")):
                os.write(master, pending.pop(0).encode())
    os.close(master)
    return child.wait(10), shown.decode()


def test_a_badge_is_kept_as_the_terminal_will_read_it(unit: Unit) -> None:
    prefix = unit.settings.patterns.badge_prefix
    assert unit.does("staff", "set-badge", "1007", stdin=f"{prefix}7F3A-9921\n").code == 0
    with unit.store() as store:
        assert isinstance(store.staff.check_badge("7F3A-9921", NOW_MS), PinAccepted)
    said = unit.does("staff", "set-badge", "1007", stdin="6901234567892\n")
    assert (said.code, "That is no badge" in said.err) == (2, True)
    assert unit.does("staff", "set-badge", "1007", "--none").code == 0
    with unit.store() as store:
        assert not isinstance(store.staff.check_badge("7F3A-9921", NOW_MS), PinAccepted)


def test_unlock_ends_the_wait_after_wrong_pins(unit: Unit) -> None:
    for _ in range(5):
        accepted(unit, "0000")
    assert not accepted(unit, "8264")
    assert unit.does("staff", "unlock", "1007").code == 0
    assert accepted(unit, "8264")


def test_who_leaves_signs_on_no_more_and_stays_on_the_list(unit: Unit) -> None:
    assert unit.does("staff", "leave", "1007").code == 0
    assert not accepted(unit, "8264")
    assert "李小明  has left" in unit.does("staff", "list").out
    again = unit.does("staff", "add", "1007", "Wang", "--pin-stdin", stdin="8264\n")
    assert (again.code, "belongs to somebody already" in again.err) == (1, True)
    assert unit.does("staff", "rejoin", "1007", "--pin-stdin", stdin="7093\n").code == 0
    assert accepted(unit, "7093")


def test_strangers_are_told(unit: Unit) -> None:
    for action in ("leave", "unlock"):
        said = unit.does("staff", action, "1008")
        assert (said.code, "Nobody has the number 1008" in said.err) == (1, True)


def test_each_change_is_in_the_journal_with_the_login_and_without_the_secret(unit: Unit) -> None:
    prefix = unit.settings.patterns.badge_prefix
    unit.does("staff", "set-pin", "1007", "--pin-stdin", stdin="59371862\n")
    unit.does("staff", "set-badge", "1007", stdin=f"{prefix}7F3A-9921\n")
    unit.does("staff", "unlock", "1007")
    unit.does("staff", "leave", "1007")
    with unit.store() as store:
        rows = list(store.journal())
        assert store.verify_chain() is None
    kinds = ["StaffAdded", "PinChanged", "BadgeChanged", "StaffUnlocked", "StaffLeft"]
    assert [row.kind for row in rows] == kinds
    login = os.environ.get("SUDO_USER", getpwuid(os.getuid()).pw_name)
    assert all(json.loads(row.body)["by"] == f"command:{login}" for row in rows)
    for secret in ("59371862", "7F3A-9921", "8264"):
        assert not any(secret in row.body for row in rows)


def test_while_the_terminal_runs_the_command_says_where_to_do_it_instead(unit: Unit) -> None:
    with unit.store():
        said = unit.does("staff", "unlock", "1007")
    assert said.code == 2
    assert "F4 Office" in said.err
    assert "systemctl stop returns-terminal" in said.err


def test_a_number_or_name_the_unit_cannot_take_is_refused(unit: Unit) -> None:
    for number, name in (("10 07", "Li"), ("1" * 13, "Li"), ("1008", " "), ("1008", "a\x1bb")):
        said = unit.does("staff", "add", number, name, "--pin-stdin", stdin="8264\n")
        assert said.code == 2
