"""Core values to JSON and back, so that SQLite can hold a state or a record.

Law of the file: only frozen structs, enums, dates, tuples, text, integers, booleans and None go
through; anything else is our own mistake and fails at once. Large values that storage keeps
elsewhere and that never change (a sale, the shop's rules) travel by reference.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from json.encoder import encode_basestring
from operator import attrgetter
from types import ModuleType, NoneType
from typing import Any

from msgspec import Struct

from terminal.core import (
    draft,
    effects,
    people,
    policy,
    refusals,
    returns,
    rules,
    sale,
    states,
    words,
)

_MODULES: tuple[ModuleType, ...] = (
    draft, effects, people, policy, refusals, returns, rules, sale, states, words,
)  # fmt: skip


KEPT_MAX = 256  # texts of parts; a return holds some 40
KEPT_LENGTH_MIN = 40  # shorter ones are as quickly written as found


class Unreadable(Exception):  # noqa: N818 - named for what happened, as every fault here
    """A stored value that this version cannot read; `str()` says which part."""


class Reference(Struct, frozen=True):
    """How a value of one class is named in storage, and found again by that name."""

    name: Callable[[Any], str]
    find: Callable[[str], Any]


_PLAIN: Mapping[type[Any], Callable[[Any], str]] = {
    str: encode_basestring,
    int: repr,
    bool: lambda value: "true" if value else "false",
    NoneType: lambda _: "null",
}


def _classes() -> dict[str, type[Any]]:
    known: dict[str, type[Any]] = {}
    for module in _MODULES:
        for name, value in vars(module).items():
            if isinstance(value, type) and value.__module__ == module.__name__:
                assert name not in known, f"two classes named {name}"
                known[name] = value
    return known


def _getter(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """The named attributes of a value, always as a tuple."""
    match names:
        case []:
            return lambda _: ()
        case [name]:
            return lambda value: (getattr(value, name),)
        case _:
            return attrgetter(*names)


class Codec:
    """Encodes and decodes; `references` are the classes that travel by name."""

    def __init__(self, references: Mapping[type[Any], Reference] | None = None) -> None:
        self._references = dict(references or {})
        self._classes = _classes()
        self._writers: dict[type[Any], Callable[[Any], str]] = {}
        self._kept: dict[int, tuple[object, str]] = {}

    def encode(self, value: object) -> str:
        """Compact JSON with sorted keys: the same value gives the same text."""
        return self._text(value)

    def decode(self, text: str) -> Any:
        """The value; raises Unreadable for text of another version or of no codec at all."""
        try:
            return self._value(json.loads(text))
        except (ValueError, KeyError, TypeError) as fault:
            raise Unreadable(f"{type(fault).__name__}: {fault}") from fault

    def _text(self, value: Any) -> str:
        """The value's JSON. A part that the last steps held as well is not written again: values
        are frozen, so the same object has the same text.
        """
        cls = type(value)
        plain = _PLAIN.get(cls)
        if plain is not None:
            return plain(value)
        known = self._kept.get(id(value))
        if known is not None:
            return known[1]
        writer = self._writers.get(cls)
        if writer is None:
            writer = self._writers[cls] = self._writer(cls)
        text = writer(value)
        if len(text) > KEPT_LENGTH_MIN:
            if len(self._kept) >= KEPT_MAX:
                self._kept.clear()
            self._kept[id(value)] = (value, text)  # the value too: its id is its own as long
        return text

    def _writer(self, cls: type[Any]) -> Callable[[Any], str]:
        """How values of this class are written; found once, as each step holds hundreds."""
        if cls in self._references:
            name = self._references[cls].name
            return lambda value: f'{{"$":"{cls.__name__}","ref":{encode_basestring(name(value))}}}'
        if issubclass(cls, tuple):
            return lambda value: f"[{','.join(map(self._text, value))}]"
        if issubclass(cls, Enum):
            return lambda value: f'{{"$":"{cls.__name__}","is":{encode_basestring(value.name)}}}'
        if issubclass(cls, date):
            kind = "datetime" if issubclass(cls, datetime) else "date"
            return lambda value: f'{{"$":"{kind}","is":"{value.isoformat()}"}}'
        assert issubclass(cls, Struct), f"{cls.__name__} is no value of the core"
        assert self._classes.get(cls.__name__) is cls, f"{cls.__name__} is not registered"
        names = sorted(cls.__struct_fields__)  # "$" comes before any name
        form = "".join((f'{{"$":"{cls.__name__}"', *(f',"{name}":%s' for name in names), "}"))
        get = _getter(names)
        plain, text = _PLAIN, self._text

        def write(value: Any) -> str:
            return form % tuple(
                [plain[type(it)](it) if type(it) in plain else text(it) for it in get(value)]
            )

        return write

    def _value(self, plain: Any) -> Any:
        if isinstance(plain, list):
            return tuple(self._value(one) for one in plain)
        if not isinstance(plain, dict):
            return plain
        name = plain["$"]
        if name == "datetime":
            return datetime.fromisoformat(plain["is"])
        if name == "date":
            return date.fromisoformat(plain["is"])
        cls = self._classes[name]
        if "ref" in plain:
            return self._references[cls].find(plain["ref"])
        if issubclass(cls, Enum):
            return cls[plain["is"]]
        return cls(**{key: self._value(one) for key, one in plain.items() if key != "$"})
