"""Keypads: key map files, repeats, learning, and the device on event bytes."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.input_events import DOWN, EV_KEY, REPEAT, InputEvent
from drivers.input_nodes import NodeMatch
from drivers.key_learner import KeyLearner
from drivers.key_map import (
    NEEDED,
    Function,
    KeyMap,
    KeyMapFaults,
    Problem,
    parse_key_map,
    read_key_map,
)
from drivers.key_names import key_code
from drivers.keypad import Keypad, KeypadDecoder
from drivers.profile import Framing, ScannerProfile
from drivers.values import DeviceLost, DeviceReady, Key, KeyPress
from tests.fakes.hid_scanner import HidGun, Typing
from tests.fakes.post_box import PostBox

CONFIG = Path(__file__).parents[2] / "config"
KEY_MAPS = sorted((CONFIG / "keymaps").glob("*.toml"))
DEFAULT = read_key_map(CONFIG / "keymaps" / "default.toml")
KP1, BACKSPACE, ENTER, UP_ARROW, F24 = 79, 14, 28, 103, 194


def feed(events: Iterable[InputEvent], key_map: KeyMap = DEFAULT) -> list[KeyPress]:
    return KeypadDecoder("pad", key_map, lambda: None).feed(list(events))


def one(char: str) -> KeyPress:
    return KeyPress("pad", Key.CHARACTER, char)


@pytest.mark.parametrize("path", KEY_MAPS, ids=lambda path: path.stem)
def test_every_key_map_we_ship_is_whole(path: Path) -> None:
    functions = set(read_key_map(path).functions.values())
    assert {Function(Key.CHARACTER, digit) for digit in "0123456789"} <= functions
    assert {Function(key) for key in (Key.CONFIRM, Key.CANCEL, Key.BACKSPACE)} <= functions


def test_digits_mean_the_same_on_both_blocks_and_whatever_num_lock_says() -> None:
    typing = Typing()
    assert feed([*typing.key(69), *typing.key(KP1), *typing.key(2)]) == [one("1"), one("1")]


def test_double_zero_is_a_key_or_two_zeros() -> None:
    pos = read_key_map(CONFIG / "keymaps" / "pos.toml")
    assert feed(Typing().key(F24), pos) == [KeyPress("pad", Key.DOUBLE_ZERO)]
    twice = [*Typing(gap=2000).key(82), *Typing(gap=2000).key(82)]
    assert feed(twice, pos) == [one("0"), one("0")]


@pytest.mark.parametrize(("code", "presses"), [(BACKSPACE, 4), (UP_ARROW, 4), (KP1, 1), (ENTER, 1)])
def test_held_key_repeats_only_where_that_does_no_harm(code: int, presses: int) -> None:
    held = [InputEvent(0, EV_KEY, code, DOWN), *[InputEvent(0, EV_KEY, code, REPEAT)] * 3]
    assert len(feed(held)) == presses


def test_key_without_meaning_says_nothing() -> None:
    assert feed([*Typing().key(127), *Typing().key(600)]) == []


def test_rest_of_a_report_the_kernel_tore_is_not_a_key() -> None:
    typing = Typing()
    events = [*typing.dropped(), *typing.edge(ENTER, DOWN), *typing.key(KP1)]
    assert feed(events) == [one("1")]


def faults(data: Mapping[str, object]) -> tuple[Problem, ...]:
    with pytest.raises(KeyMapFaults) as caught:
        parse_key_map(data, "k.toml")
    return caught.value.problems


def test_all_faults_of_a_file_are_told_at_once() -> None:
    keys = {f"KEY_{digit}": str(digit) for digit in range(10)}
    keys |= {"KEY_ENTER": "confirm", "KEY_ESC": "cancel", "KEY_BACKSPACE": "backspace"}
    wrong = {"KEY_NONE": "1", "KEY_A": "fly", "CODE_9999": "f9", "KEY_B": 7, "KEY_UP": "up"}
    problems = faults({"keys": keys | wrong, "key": {}})
    assert [(p.key, p.value) for p in problems] == [
        ("key", "{}"),
        ("KEY_NONE", "'1'"),
        ("KEY_A", "'fly'"),
        ("CODE_9999", "'f9'"),
        ("CODE_9999", "'f9'"),
        ("KEY_B", "7"),
        ("keys", "-"),
    ]
    assert all(p.file == "k.toml" and p.wanted for p in problems)
    assert problems[-1].values == {"name": "down"}


def test_keypad_without_a_way_to_confirm_is_refused() -> None:
    assert len(faults({})) == len(NEEDED)
    assert len(faults({"keys": 5})) == len(NEEDED) + 1


@pytest.mark.parametrize("content", [b"[keys", b"\xff\xfe", None])
def test_file_that_cannot_be_read_is_a_problem_not_a_traceback(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "broken.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KeyMapFaults, match=r"broken\.toml"):
        read_key_map(path)


def test_learned_keypad_is_a_key_map_file(tmp_path: Path) -> None:
    learner = KeyLearner()
    for code in range(100, 100 + len(NEEDED)):
        assert learner.wanted is not None
        assert learner.press(code) is None
    assert learner.press(100) == "0"  # it has a meaning already
    learner.press(589)
    learner.back()
    learner.press(590)
    while learner.wanted:
        learner.skip()
    learner.write(tmp_path / "mine.toml")
    functions = read_key_map(tmp_path / "mine.toml").functions
    assert functions[100] == Function(Key.CHARACTER, "0")
    assert functions[590] == Function(Key.DOUBLE_ZERO)
    assert learner.missing == []
    assert [path.name for path in tmp_path.iterdir()] == ["mine.toml"]


@given(st.lists(st.one_of(st.integers(1, 0x2FF), st.just("skip"), st.just("back")), max_size=60))
def test_whatever_is_pressed_no_key_has_two_meanings(steps: list[int | str]) -> None:
    learner = KeyLearner()
    for step in steps:
        if isinstance(step, int):
            learner.press(step)
        elif step == "skip":
            learner.skip()
        else:
            learner.back()
    keys = tomllib.loads(learner.to_toml())["keys"]
    assert len(keys) == len(learner.learned)
    assert all(key_code(name) for name in keys)


def test_learner_refuses_functions_there_are_not() -> None:
    with pytest.raises(ValueError, match="fly"):
        KeyLearner(["1", "fly"])


def test_keypad_is_lost_and_found_and_can_be_learned(tmp_path: Path) -> None:
    gun, box = HidGun(), PostBox()
    codes: list[int] = []
    pad = Keypad("pad", NodeMatch(path=str(tmp_path / "e")), DEFAULT, open_with=gun.open_nodes)
    pad.start(box)
    box.ready()
    gun.send(gun.typing.key(KP1))
    assert box.take() == one("1")
    pad.learn(codes.append)
    gun.send(gun.typing.key(589))
    pad_quiet = box.rest(0.05)
    pad.learn(None)
    assert (codes, pad_quiet) == ([589], [])
    gun.unplug()
    assert isinstance(box.take(), DeviceLost)
    gun.replug()
    (tmp_path / "e").touch()
    assert isinstance(box.take(), DeviceReady)
    gun.send(gun.typing.key(ENTER))
    assert box.take() == KeyPress("pad", Key.CONFIRM)
    pad.close()
    gun.unplug()


@pytest.mark.parametrize(
    "path", sorted((CONFIG / "scanners").glob("*.toml")), ids=lambda path: path.stem
)
def test_every_scanner_profile_we_ship_is_valid(path: Path) -> None:
    data = tomllib.loads(path.read_text("utf-8"))
    framing = Framing(**data.pop("framing", {}))
    keys = tuple(data.pop("gs_keys", ()))
    profile = ScannerProfile(framing=framing, gs_keys=keys, **data)
    assert path.stem != "default" or profile == ScannerProfile()
    assert all(key_code(key) for key in keys)
