"""The search for the scanner: the screen, the devices, and what is put down at the end."""

import os
import signal
import tomllib
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from drivers.key_names import KEY_CODES
from drivers.learned_scanner import HEAD
from drivers.scanner_listening import Listened
from drivers.scanner_verdict import Burst, Found, Reading, Source
from drivers.values import DeviceLost, DeviceReady, Key, KeyPress
from terminal.arguments.arguments import parser_of
from terminal.commands import LOOK, OK
from terminal.commands.learn_scanner import outcome, profile_path
from terminal.commands.places import CommandFault
from terminal.learn.ears import SPEEDS, Ears
from terminal.learn.scanner import ScannerLearning, find_scanner, fresh_code
from terminal.ui import pixels, text
from terminal.ui.screen import Screen
from terminal.ui.theme import theme_for
from terminal.ui.words import Words
from tests.fakes.scripted_ears import ScriptedEar, ScriptedEars
from tests.golden.check import check_golden

CODE = "QZ-04816253"
GUN = Source("hid", "/dev/input/event7", "/dev/input/by-id/usb-Gun-event-kbd", name="Gun")
LINE = Source("serial", "/dev/ttyUSB0", "/dev/serial/by-id/usb-Line")
SIZES = [(1024, 600), (800, 480)]


class Seen:
    def __init__(self) -> None:
        self.screens: list[Screen] = []

    def show(self, screen: Screen) -> None:
        self.screens.append(screen)

    def beep(self) -> None:
        """Not heard here."""

    @property
    def said(self) -> str:
        notices = [one.text for screen in self.screens for one in screen.notices]
        return "\n".join(["\n".join(text.lines(one)) for one in self.screens] + notices)


def came(data: str, source: Source = GUN) -> Burst:
    keys = tuple(range(2, 2 + len(data))) if source.kind == "hid" else ()
    return Burst(source, (Reading(data.encode()),), keys=keys)


def keys(*names: str) -> Burst:
    return Burst(GUN, (Reading(b""),), keys=tuple(KEY_CODES[f"KEY_{name}"] for name in names))


def search(
    script: Sequence[Listened], *, seconds: float = 5, language: str = "en", source: Source = GUN
) -> tuple[ScannerLearning, Seen, ScriptedEars]:
    seen, hall = Seen(), ScriptedEars(script)
    learning = ScannerLearning(
        seen, Words(language), seconds=seconds, code=CODE, cancel=[KEY_CODES["KEY_KPMINUS"]]
    )
    find_scanner(learning, Ears(lambda: [source], hall.listen), None, linger=0)
    assert hall.opened
    assert all(one.closed for one in hall.opened), "every device is let go"
    return learning, seen, hall


def test_the_device_that_the_code_arrives_from_is_the_scanner() -> None:
    learning, seen, _ = search([DeviceReady(GUN.node), came(f"ab{CODE}\r")])
    assert learning.found == Found(GUN, prefix="ab", ends="\r")
    assert "Scan this code now" in seen.said
    assert "This is the scanner" in seen.said


def test_what_came_garbled_is_said_and_the_search_goes_on() -> None:
    script = [came(f"{CODE[:7]}\r"), came("6901234567892\r"), came(f"{CODE}\r")]
    learning, seen, _ = search(script)
    assert learning.found is not None
    assert "Only a part of the code came" in seen.said
    assert "This is not the code shown: 6901234567892" in seen.said


def test_when_nothing_comes_it_says_what_to_check() -> None:
    learning, seen, _ = search([DeviceLost(GUN.node, "busy")], seconds=0.05)
    assert learning.found is None
    assert learning.over
    assert "No code came" in seen.said
    assert "pairing" in seen.said


@pytest.mark.parametrize("how", [("ESC",), ("KPMINUS",), ("LEFTCTRL", "C")])
def test_cancel_ends_it_from_any_keyboard(how: tuple[str, ...]) -> None:
    learning, _, _ = search([keys(*how), came(f"{CODE}\r")])
    assert learning.found is None
    assert not learning.over


def test_ctrl_c_ends_it() -> None:
    seen, ear = Seen(), ScriptedEar()

    def listen(_source: Source, _post: Callable[[Listened], None]) -> ScriptedEar:
        os.kill(os.getpid(), signal.SIGINT)
        return ear

    learning = ScannerLearning(seen, Words("en"), seconds=5)
    assert find_scanner(learning, Ears(lambda: [GUN], listen), None, linger=0) is None
    assert ear.closed


def test_the_cancel_of_a_console_ends_it() -> None:
    stopped: list[bool] = []
    learning = ScannerLearning(Seen(), Words("en"), seconds=5)
    learning.listen(
        Ears(list, lambda *_: ScriptedEar()), lambda _: None, lambda: stopped.append(True)
    )
    learning.hear(KeyPress("console", Key.CHARACTER, "1"))
    assert not stopped
    learning.hear(KeyPress("console", Key.CANCEL))
    assert stopped


def test_an_unreadable_serial_line_is_heard_at_the_next_speed() -> None:
    noise = came("\x86\x00\x98", source=Source("serial", LINE.node, LINE.path, baud=SPEEDS[0]))
    learning, seen, hall = search([noise], source=LINE, seconds=0.05)
    assert [one.source.baud for one in hall.opened] == [9600, 115200]
    assert "now at 115200 baud" in seen.said
    assert learning.found is None


def test_the_configured_speed_comes_first_and_usb_lines_have_none() -> None:
    hall = ScriptedEars([])
    usb = Source("serial", "/dev/ttyACM0", "/dev/serial/by-id/x")
    ears = Ears(lambda: [LINE, usb], hall.listen, 19200)
    ears.look(lambda _: None)
    ears.look(lambda _: None)  # nothing is opened twice
    first, second = (one.source for one in hall.opened)
    assert (first.baud, second.baud) == (19200, 19200)
    assert ears.next_speed(second, lambda _: None) is None
    assert ears.next_speed(first, lambda _: None) == 9600
    ears.close()


def test_codes_are_fresh() -> None:
    assert len({fresh_code() for _ in range(20)}) == 20


def screens(language: str) -> dict[str, Screen]:
    learning = ScannerLearning(Seen(), Words(language), seconds=60, code=CODE)
    ears = Ears(list, lambda *_: ScriptedEar())
    learning.listen(ears, lambda _: None, lambda: None)
    learning.hear(DeviceReady(GUN.node))
    learning.hear(DeviceLost(LINE.node, "busy"))
    shown = {"asked": learning.screen()}
    learning.hear(came(f"{CODE[:7]}\r"))
    shown["partial"] = learning.screen()
    learning.over = True
    shown["nothing"] = learning.screen()
    one = Source("hid", "/dev/input/event7", GUN.path, 0x0C2E, 0x0901, "Honeywell Scanner")
    learning.found = Found(one, layout="de", prefix="ab", suffix="yz", ends="\r\n", aim="]Q1")
    shown["found"] = learning.screen()
    return shown


@pytest.mark.parametrize("language", ["zh_CN", "en", "xx"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_no_word_of_the_screens_is_cut(language: str, size: tuple[int, int]) -> None:
    for name, screen in screens(language).items():
        assert pixels.overflow(screen, theme_for(*size)) == [], name


@pytest.mark.parametrize("name", ["asked", "found", "nothing"])
def test_the_screens_look_as_agreed(name: str) -> None:
    for language, size in (("zh_CN", SIZES[0]), ("en", SIZES[1])):
        drawn = pixels.draw(screens(language)[name], theme_for(*size))
        check_golden(f"learn_scanner_{name}_{language}", drawn)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_text_console_shows_the_code_too(language: str) -> None:
    assert CODE in "\n".join(text.lines(screens(language)["asked"]))


def finished(found: Found | None, *, over: bool = False) -> ScannerLearning:
    learning = ScannerLearning(Seen(), Words("en"), seconds=1)
    learning.found, learning.over = found, over
    return learning


def test_the_table_for_the_settings_is_said_and_a_profile_written_where_needed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "counter-2.toml"
    assert outcome(finished(Found(GUN, prefix="ab", ends="\r")), path) == OK
    said = capsys.readouterr().out
    assert tomllib.loads(path.read_text("utf-8")) == {"framing": {"prefix": "ab"}}
    assert f'kind = "hid"\nprofile = "counter-2"\npath = "{GUN.path}"' in said
    assert "Prefix: ab" in said


def test_no_profile_is_written_where_the_default_fits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "learned.toml"
    assert outcome(finished(Found(GUN, ends="\r")), path) == OK
    assert not path.exists()
    assert 'profile = "default"' in capsys.readouterr().out


def test_at_the_shell_too_it_says_what_to_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    learning = finished(None, over=True)
    learning.unopened["/dev/hidraw0"] = "OSError: busy"
    assert outcome(learning, tmp_path / "learned.toml") == LOOK
    said = capsys.readouterr().out
    assert "systemctl stop returns-terminal" in said
    assert "/dev/hidraw0: OSError: busy" in said
    assert outcome(finished(None), tmp_path / "learned.toml") == LOOK
    assert "Stopped" in capsys.readouterr().out


def test_a_profile_of_the_shops_own_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "scanners").mkdir()
    (tmp_path / "scanners/default.toml").write_text("# ours\n", "utf-8")
    (tmp_path / "scanners/learned.toml").write_text(f"{HEAD}\n", "utf-8")
    assert profile_path(tmp_path, "learned").name == "learned.toml"
    for name in ("default", "../x", ""):
        with pytest.raises(CommandFault):
            profile_path(tmp_path, name)


def test_arguments_have_sensible_defaults() -> None:
    args: Namespace = parser_of(Words("en")).parse_args(["learn-scanner"])
    assert (args.name, args.seconds) == ("learned", 60.0)
