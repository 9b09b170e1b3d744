"""Core values to JSON and back, so that SQLite can hold a state or a record.

Law of the file: only frozen dataclasses, enums, dates, tuples, text, integers, booleans and None go
through; anything else is our own mistake and fails at once. Large values that storage keeps
elsewhere and that never change (a sale, the shop's rules) travel by reference.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import ModuleType
from typing import Any

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


class Unreadable(Exception):  # noqa: N818 - named for what happened, as every fault here
    """A stored value that this version cannot read; `str()` says which part."""


@dataclass(frozen=True, slots=True)
class Reference:
    """How a value of one class is named in storage, and found again by that name."""

    name: Callable[[Any], str]
    find: Callable[[str], Any]


def _classes() -> dict[str, type[Any]]:
    known: dict[str, type[Any]] = {}
    for module in _MODULES:
        for name, value in vars(module).items():
            if isinstance(value, type) and value.__module__ == module.__name__:
                assert name not in known, f"two classes named {name}"
                known[name] = value
    return known


class Codec:
    """Encodes and decodes; `references` are the classes that travel by name."""

    def __init__(self, references: Mapping[type[Any], Reference] | None = None) -> None:
        self._references = dict(references or {})
        self._classes = _classes()

    def encode(self, value: object) -> str:
        """Compact JSON with sorted keys: the same value gives the same text."""
        return json.dumps(
            self._plain(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True
        )

    def decode(self, text: str) -> Any:
        """The value; raises Unreadable for text of another version or of no codec at all."""
        try:
            return self._value(json.loads(text))
        except (ValueError, KeyError, TypeError) as fault:
            raise Unreadable(f"{type(fault).__name__}: {fault}") from fault

    def _plain(self, value: Any) -> Any:
        match value:
            case None | bool() | int() | str():
                return value
            case tuple():
                return [self._plain(one) for one in value]
            case Enum():
                return {"$": type(value).__name__, "is": value.name}
            case datetime():
                return {"$": "datetime", "is": value.isoformat()}
            case date():
                return {"$": "date", "is": value.isoformat()}
            case _:
                return self._record(value)

    def _record(self, value: Any) -> dict[str, Any]:
        cls = type(value)
        if cls in self._references:
            return {"$": cls.__name__, "ref": self._references[cls].name(value)}
        assert is_dataclass(value), f"{cls.__name__} is no value of the core"
        assert self._classes.get(cls.__name__) is cls, f"{cls.__name__} is not registered"
        plain = {field.name: self._plain(getattr(value, field.name)) for field in fields(value)}
        return {"$": cls.__name__, **plain}

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
