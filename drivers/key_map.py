"""A keypad's key map: which key means what. Read from TOML, every fault told at once.

[keys]
KEY_KP1 = "1"
KEY_ENTER = "confirm"
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from drivers.key_names import key_code
from drivers.values import Key

FUNCTIONS: dict[str, Key] = {
    "00": Key.DOUBLE_ZERO,
    "backspace": Key.BACKSPACE,
    "up": Key.UP,
    "down": Key.DOWN,
    "confirm": Key.CONFIRM,
    "cancel": Key.CANCEL,
} | {f"f{number}": Key[f"F{number}"] for number in range(1, 7)}
NEEDED = (*"0123456789", "confirm", "cancel", "backspace", "up", "down")


class Function(Struct, frozen=True):
    """What a key does: `char` is set when `key` is CHARACTER."""

    key: Key
    char: str = ""


class KeyMap(Struct, frozen=True):
    """Key codes to functions."""

    functions: Mapping[int, Function]


class Problem(Struct, frozen=True):
    """One fault in a file: where, what stands there, and what must: a sentence and its values."""

    file: str
    key: str
    value: str
    wanted: str
    values: Mapping[str, object] = {}

    def __str__(self) -> str:
        wanted = self.wanted.format(**self.values) if self.values else self.wanted
        return f"{self.file}: {self.key} = {self.value}: {wanted}"


class KeyMapFaults(ValueError):  # noqa: N818 - it is what it holds
    """The file cannot be used; `problems` names every reason."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def read_key_map(path: Path) -> KeyMap:
    """Raises KeyMapFaults: also for a file that is missing, not UTF-8 or not TOML."""
    file = str(path)
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as fault:
        raise KeyMapFaults(
            [Problem(file, "file", str(fault), "must be a readable file")]
        ) from fault
    except ValueError as fault:
        raise KeyMapFaults([Problem(file, "file", str(fault), "must be TOML in UTF-8")]) from fault
    return parse_key_map(data, file)


def parse_key_map(data: Mapping[str, object], file: str) -> KeyMap:
    """`data` as tomllib gives it. Raises KeyMapFaults with all that is wrong."""
    problems = [
        Problem(file, key, repr(value), "must be the table [keys], and nothing else")
        for key, value in data.items()
        if key != "keys"
    ]
    keys = data.get("keys", {})
    if not isinstance(keys, Mapping):
        problems.append(Problem(file, "keys", repr(keys), "must be a table [keys]"))
        keys = {}
    functions: dict[int, Function] = {}
    for name, value in keys.items():
        code, function = key_code(name), function_named(value)
        if code is None:
            problems.append(
                Problem(
                    file,
                    name,
                    repr(value),
                    "must be a kernel key name such as KEY_KP1, or CODE_1 to CODE_767",
                )
            )
        if function is None:
            problems.append(
                Problem(
                    file,
                    name,
                    repr(value),
                    "must be one printable ASCII character, or one of {names}",
                    {"names": ", ".join(FUNCTIONS)},
                )
            )
        if code is not None and function is not None:
            functions[code] = function
    there = set(functions.values())
    problems += [
        Problem(file, "keys", "-", 'lacks a key that means "{name}"', {"name": name})
        for name in NEEDED
        if function_named(name) not in there
    ]
    if problems:
        raise KeyMapFaults(problems)
    return KeyMap(functions)


def function_named(name: object) -> Function | None:
    """`7` is that character, `confirm` that function; None for what is neither."""
    if not isinstance(name, str):
        return None
    if name in FUNCTIONS:
        return Function(FUNCTIONS[name])
    if len(name) == 1 and name.isascii() and name.isprintable():
        return Function(Key.CHARACTER, name)
    return None
