"""The shipped settings, loaded with changes or spoilt on purpose."""

from pathlib import Path

import pytest

from terminal.settings import Problem, Settings, SettingsFault, load_settings

CONFIG = Path(__file__).parents[2] / "config"
PLAIN = {"scanner.kind": "none", "keypad.kind": "none"}


def load(folder: Path = CONFIG, **overrides: object) -> Settings:
    """With `printer__host` standing for `printer.host`."""
    dotted = {key.replace("__", "."): value for key, value in overrides.items()}
    return load_settings(folder, {**PLAIN, **dotted})


def problems(folder: Path = CONFIG, **overrides: object) -> tuple[Problem, ...]:
    with pytest.raises(SettingsFault) as caught:
        load(folder, **overrides)
    return caught.value.problems


def spoil(path: Path, old: str, new: str) -> int:
    """Changes the file; the number of the line where the change is."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1
