"""TOML read key by key: each wrong key is noted and reading goes on.

Law of the file: what was never asked for is a fault as well, with the name that was probably meant.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from terminal.core.words import Told, Worded, sentence
from terminal.settings.files import Findings, line_of, read_toml
from terminal.settings.problems import Problem

T = TypeVar("T")
Enough = object | None  # a default; None says that the key must be there


def open_table(path: Path, findings: Findings, file: str = "") -> "Table":
    """The top table of a file. An unreadable file is one problem; its keys are then not missed."""
    read = read_toml(path, file or path.name, findings)
    data, text = read or ({}, "")
    return Table(findings if read else Findings(), file or path.name, text, data)


class Table:
    """One table of a file. Each reader notes a problem and gives a harmless value instead."""

    def __init__(
        self, findings: Findings, file: str, text: str, data: dict[str, object], path: str = ""
    ) -> None:
        self.findings, self.file = findings, file
        self._text, self._data, self._path = text, data, path
        self._asked: set[str] = set()

    @property
    def source(self) -> bytes:
        """The file as it was read."""
        return self._text.encode()

    def problem(self, key: str, allowed: Told) -> None:
        dotted = f"{self._path}.{key}" if self._path else key
        value = _shown(self._data[key]) if key in self._data else ""
        overridden = f"{self.file}:{dotted}" in self.findings.overridden
        line = None if overridden else line_of(self._text, dotted)
        file = f"{self.file} (overridden)" if overridden else self.file
        self.findings.problems.append(Problem(file, dotted, value, allowed, line))

    def blank(self, key: str) -> bool:
        """Not there, or an empty text."""
        return self._data.get(key, "") == ""

    def raw_text(self, key: str, default: str, shape: str = "", allowed: Told | None = None) -> str:
        """A text that may hold control characters, as a scanner's terminators do."""
        plain = sentence("must be text in quotes")
        found = self._take(key, str, default, allowed or plain)
        if isinstance(found, str) and (not shape or re.fullmatch(shape, found)):
            return found
        if isinstance(found, str):
            self.problem(key, allowed or plain)
        return default

    def seconds(self, key: str, low: float, high: float, default: float) -> float:
        """A time, the only number that may have a fraction."""
        allowed = sentence("must be from {low} to {high} seconds", low=low, high=high)
        found = self._data.get(key, default)
        self._asked.add(key)
        number = isinstance(found, int | float | Decimal) and not isinstance(found, bool)
        if number and low <= float(str(found)) <= high:
            return float(str(found))
        self.problem(key, allowed)
        return default

    def override(self, dotted: str, value: object) -> None:
        """Puts a value in the place of the file's, making tables on the way."""
        data = self._data
        *way, leaf = dotted.split(".")
        for name in way:
            inner = data.get(name)
            if not isinstance(inner, dict):
                inner = data[name] = {}
            data = inner
        data[leaf] = value
        self.findings.overridden.add(f"{self.file}:{dotted}")

    def names(self) -> tuple[str, ...]:
        """Every key there is; asking so makes all of them known."""
        self._asked.update(self._data)
        return tuple(self._data)

    def text(
        self,
        key: str,
        default: str | None = None,
        *,
        shape: str = "",
        allowed: Told | None = None,
    ) -> str:
        """A text that matches the regular expression `shape` whole; `allowed` says it in words."""
        plain = sentence("must be text in quotes")
        found = self._take(key, str, default, allowed or plain)
        if not isinstance(found, str):
            return ""
        if found == default:
            return found
        if not found.isprintable():
            self.problem(key, sentence("has control characters in it"))
            return ""
        if shape and not re.fullmatch(shape, found):
            self.problem(key, allowed or sentence("must match {shape}", shape=shape))
            return ""
        return found

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        allowed = sentence("must be a whole number from {low} to {high}", low=low, high=high)
        found = self._take(key, int, default, allowed)
        if not isinstance(found, int):
            return low
        if found != default and not low <= found <= high:
            self.problem(key, allowed)
        return min(max(found, low), high)

    def flag(self, key: str, default: bool | None = None) -> bool:
        found = self._take(key, bool, default, sentence("must be true or false"))
        return found is True

    def choice(self, key: str, choices: Mapping[str, T], default: str | None = None) -> T:
        """One of the choices by its name; `default` is a name."""
        found = self._take(key, str, default, one_of(choices))
        if isinstance(found, str) and found in choices:
            return choices[found]
        if isinstance(found, str):
            self.problem(key, one_of(choices))
        return next(iter(choices.values()))

    def choices(self, key: str, choices: Mapping[str, T]) -> tuple[T, ...]:
        """Any of the choices, as a list of names; none when the key is not there."""
        names = self.texts(key)
        if any(name not in choices for name in names):
            self.problem(key, one_of(choices))
        return tuple(choices[name] for name in names if name in choices)

    def texts(self, key: str) -> tuple[str, ...]:
        allowed = sentence('must be a list of texts like ["a", "b"]')
        found = self._take(key, list, [], allowed)
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            if isinstance(found, list):
                self.problem(key, allowed)
            return ()
        return tuple(found)

    def amount(self, key: str, digits: int, default: str | None = None, *, least: int = 0) -> int:
        """A decimal text ("500.00") in minor units, at least `least`; no float comes near it."""
        example = "500" + "." * bool(digits) + "0" * digits
        allowed = sentence(
            'must be an amount in quotes with at most {digits} decimals, like "{example}"',
            digits=digits,
            example=example,
        )
        found = self._take(key, str, default, allowed)
        if not isinstance(found, str):
            return 0
        match = re.fullmatch(r"([0-9]{1,12})(?:\.([0-9]+))?", found)
        decimals = (match[2] or "").rstrip("0") if match else ""
        amount = int(match[1] + decimals.ljust(digits, "0")) if match else 0
        if not match or len(decimals) > digits:
            self.problem(key, allowed)
            return 0
        if amount < least:
            self.problem(key, sentence("must be above 0"))
        return amount

    def amounts(self, key: str, digits: int, default: tuple[int, ...]) -> tuple[int, ...]:
        """A list of decimal texts above 0 in minor units; `default` when the key is not there."""
        found: list[int] = []
        texts = self.texts(key)
        if key not in self._data:
            return default
        for text in texts:
            match = re.fullmatch(r"([0-9]{1,12})(?:\.([0-9]+))?", text)
            decimals = (match[2] or "").rstrip("0") if match else ""
            amount = int(match[1] + decimals.ljust(digits, "0")) if match else 0
            if len(decimals) > digits or not amount:
                wrong = sentence(
                    "must be amounts in quotes above 0 with at most {digits} decimals each",
                    digits=digits,
                )
                self.problem(key, wrong)
                return ()
            found.append(amount)
        return tuple(found)

    def worded(self, key: str, default: Worded | None = None) -> Worded:
        """Both languages: `{zh = "...", en = "..."}`."""
        allowed = sentence('must be {zh = "中文", en = "English"}')
        found = self._take(key, dict, default, allowed)
        if isinstance(found, Worded):
            return found
        if not isinstance(found, dict):
            return Worded("", "")
        both = found.get("zh"), found.get("en")
        if set(found) != {"zh", "en"} or not all(isinstance(one, str) and one for one in both):
            self.problem(key, allowed)
        return Worded(str(both[0]), str(both[1]))

    def table(self, key: str) -> "Table":
        """The table of that name; one that is not there is empty, its keys then missing."""
        found = self._take(key, dict, {}, sentence("must be a table [{key}]", key=key))
        return self._inner(key, found if isinstance(found, dict) else {})

    def tables(self, key: str) -> Iterator["Table"]:
        """Each table of `[[key]]`."""
        allowed = sentence("must be written as [[{key}]]", key=key)
        found = self._take(key, list, [], allowed)
        for index, one in enumerate(found if isinstance(found, list) else ()):
            if isinstance(one, dict):
                yield self._inner(f"{key}[{index}]", one)
            else:
                self.problem(key, allowed)

    def close(self) -> None:
        """Names every key that nobody asked for."""
        known = sorted(self._asked)
        for key in self._data:
            if key not in self._asked:
                near = get_close_matches(key, known, n=1)
                if near:
                    allowed = sentence("is not known; did you mean {near}?", near=near[0])
                else:
                    allowed = sentence("is not known; known here: {known}", known=", ".join(known))
                self.problem(key, allowed)

    def _inner(self, key: str, data: dict[str, object]) -> "Table":
        path = f"{self._path}.{key}" if self._path else key
        return Table(self.findings, self.file, self._text, data, path)

    def _take(self, key: str, kind: type, default: Enough, allowed: Told) -> object:
        self._asked.add(key)
        if key not in self._data:
            if default is None:
                self.problem(key, sentence("is missing; {allowed}", allowed=allowed))
            return default
        found = self._data[key]
        if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
            self.problem(key, allowed)
            return None
        return found


def one_of(names: Sequence[str] | Mapping[str, object]) -> Told:
    listed = ", ".join(names)
    return sentence("must be one of {listed}", listed=listed)


def _shown(value: object) -> str:
    """The value as a person would have written it, cut to a readable length."""
    if isinstance(value, bool):
        return str(value).lower()
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    shown = "".join(char if char.isprintable() else "·" for char in shown)
    return shown if len(shown) <= 60 else shown[:57] + "..."
