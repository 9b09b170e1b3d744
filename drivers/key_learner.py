"""Learning a keypad: one function after another, the next key pressed has it. Pure.

Codes of whatever unit, programmable ones too, become a key map file.
"""

from collections.abc import Sequence
from pathlib import Path

from drivers.key_map import NEEDED, function_named
from drivers.key_names import key_name
from drivers.whole_file import write_whole

LEARNED = (*NEEDED, "00", ".", "f1", "f2", "f3", "f4", "f5", "f6")


class KeyLearner:
    """`wanted` is the function to press a key for now, None when all are done."""

    def __init__(self, functions: Sequence[str] = LEARNED) -> None:
        unknown = [name for name in functions if function_named(name) is None]
        if unknown:
            raise ValueError(f"no such functions: {', '.join(unknown)}")
        self._functions = tuple(functions)
        self._given: list[int | None] = []

    @property
    def wanted(self) -> str | None:
        done = len(self._given)
        return self._functions[done] if done < len(self._functions) else None

    @property
    def learned(self) -> dict[str, str]:
        """Function to key name, as far as it has come."""
        pairs = zip(self._functions, self._given, strict=False)
        return {name: key_name(code) for name, code in pairs if code is not None}

    @property
    def missing(self) -> list[str]:
        """What was skipped although no keypad works without it."""
        return [name for name in NEEDED if name not in self.learned]

    def press(self, code: int) -> str | None:
        """A key went down. None: taken. Else the function which that key has already."""
        if code in self._given:
            return self._functions[self._given.index(code)]
        if self.wanted is not None:
            self._given.append(code)
        return None

    def skip(self) -> None:
        """The unit has no such key."""
        if self.wanted is not None:
            self._given.append(None)

    def back(self) -> None:
        """The last one was wrong."""
        if self._given:
            self._given.pop()

    def to_toml(self) -> str:
        lines = [f'{key} = "{name}"' for name, key in self.learned.items()]
        return "\n".join(["# Learned at the unit.", "[keys]", *lines, ""])

    def write(self, path: Path) -> None:
        """Whole or not at all, through a power cut too. OSError when it cannot be written."""
        write_whole(path, self.to_toml())
