"""The learn screen, on a keypad that is a small program."""

import shutil
from pathlib import Path

import pytest

from drivers.device import Post
from drivers.key_learner import LEARNED, KeyLearner
from drivers.key_map import read_key_map
from drivers.values import DeviceLost, DeviceReady, Key
from terminal.learn.keypad import learn
from terminal.ui import pixels, text
from terminal.ui.screen import Screen
from terminal.ui.theme import theme_for
from terminal.ui.words import Words
from tests.app.sales_files import CONFIG
from tests.app.unit import Unit
from tests.fakes.learning_keypad import ScriptedKeypad

CODES = {name: 100 + place for place, name in enumerate(LEARNED)}


class Seen:
    def __init__(self) -> None:
        self.screens: list[Screen] = []

    def show(self, screen: Screen) -> None:
        self.screens.append(screen)

    def beep(self) -> None:
        """Not heard here."""

    @property
    def said(self) -> str:
        return "\n".join("\n".join(text.lines(one)) for one in self.screens)


def test_every_key_is_asked_for_and_the_file_is_a_key_map(tmp_path: Path) -> None:
    path, seen = tmp_path / "ours.toml", Seen()
    assert learn(ScriptedKeypad([CODES[name] for name in LEARNED]), seen, Words("zh_CN"), path)
    functions = read_key_map(path).functions
    assert functions[CODES["confirm"]].key is Key.CONFIRM
    assert functions[CODES["7"]].char == "7"
    for one in seen.screens:
        assert pixels.overflow(one, theme_for()) == []


def test_cancel_skips_what_the_keypad_does_not_have(tmp_path: Path) -> None:
    presses = [CODES["cancel"] if name == "f6" else CODES[name] for name in LEARNED]
    path = tmp_path / "ours.toml"
    assert learn(ScriptedKeypad(presses), Seen(), Words("en"), path)
    assert CODES["f6"] not in read_key_map(path).functions


def test_a_key_pressed_twice_is_said_and_not_taken(tmp_path: Path) -> None:
    seen = Seen()
    presses = [CODES["0"], CODES["0"], *(CODES[name] for name in LEARNED[1:])]
    assert learn(ScriptedKeypad(presses), seen, Words("en"), tmp_path / "ours.toml")
    assert "This key is 0 already." in seen.said


def test_nothing_is_written_when_it_is_stopped_half_way(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    keypad = ScriptedKeypad([CODES["0"], CODES["1"]], stop_at_end=True)
    assert not learn(keypad, Seen(), Words("en"), path)
    assert not path.exists()


def test_a_keypad_pulled_out_is_told_and_goes_on_when_it_is_back(tmp_path: Path) -> None:
    seen = Seen()
    events: list[int | DeviceLost | DeviceReady] = [CODES[name] for name in LEARNED]
    events[5:5] = [DeviceLost("keypad", "pulled"), DeviceReady("keypad")]
    assert learn(ScriptedKeypad(events), seen, Words("en"), tmp_path / "ours.toml")
    assert "Keypad unplugged" in seen.said


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_script_needs_a_start(language: str) -> None:
    """The fake does nothing before it is started, as the real keypad."""
    posted: list[object] = []
    keypad = ScriptedKeypad([1])
    keypad.learn(posted.append)
    assert not posted
    post: Post = posted.append
    keypad.start(post)
    assert posted == [1]
    assert Words(language)("Confirm")


def test_a_key_map_that_was_not_learned_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    unit = Unit(tmp_path / "data", Path(shutil.copytree(CONFIG, tmp_path / "config")))
    file = unit.config / "terminal.toml"
    file.write_text(file.read_text("utf-8").replace("/dev/fb0", "/dev/no-such-screen"), "utf-8")
    said = unit.does("learn-keys", "default")
    assert (said.code, "default.toml was not learned and stays" in said.err) == (2, True)
    KeyLearner().write(unit.config / "keymaps" / "mine.toml")  # one that was may be learned anew
    assert "/dev/no-such-screen" in unit.does("learn-keys", "mine").err


def test_a_terminal_that_runs_keeps_its_keypad(tmp_path: Path) -> None:
    unit = Unit(tmp_path)
    with unit.store():
        said = unit.does("learn-keys", "mine")
    assert (said.code, "holds the keypad. Stop it first" in said.err) == (2, True)
