"""Core values to JSON and back, so that SQLite can hold a state or a record.

Law of the file: only frozen structs, enums, dates, tuples, text, integers, booleans and None go
through; anything else is our own mistake and fails at once. Large values that storage keeps
elsewhere and that never change (a sale, the shop's rules) travel by reference. What is personal
(terminal/core/personal.py) is written marked: `{"~":"..."}`.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from types import ModuleType
from typing import Any

from msgspec import Struct

from terminal.core import (
    case,
    coupons,
    day,
    declared,
    draft,
    effects,
    kinds,
    people,
    policy,
    print_jobs,
    refusals,
    returns,
    rules,
    rulings,
    sale,
    shop,
    staffing,
    states,
    upkeep,
    watch,
    when,
    words,
)
from terminal.core.words import ToldFault
from terminal.ledger.apart import SIGN
from terminal.ledger.writers import Writers

_MODULES: tuple[ModuleType, ...] = (
    case, coupons, day, declared, draft, effects, kinds, people, policy, print_jobs, refusals,
    returns, rules, rulings, sale, shop, staffing, states, upkeep, watch, when, words,
)  # fmt: skip


# Never in a record: what such a value has by default need not be written.
_BRIEF = (draft.__name__, states.__name__)


class Unreadable(ToldFault):
    """A stored value that this version cannot read: which part."""


class Reference(Struct, frozen=True):
    """How a value of one class is named in storage, and found again by that name.

    A value without a name is not on file yet: it is written as it is.
    """

    name: Callable[[Any], str]
    find: Callable[[str], Any]


def _classes() -> dict[str, type[Any]]:
    known: dict[str, type[Any]] = {}
    for module in _MODULES:
        for name, value in vars(module).items():
            ours = getattr(value, "__module__", "").startswith(module.__name__)  # or a part of it
            if ours and isinstance(value, type):
                assert name not in known, f"two classes named {name}"
                known[name] = value
    return known


class Codec:
    """Encodes and decodes; `references` are the classes that travel by name."""

    def __init__(self, references: Mapping[type[Any], Reference] | None = None) -> None:
        self._references = dict(references or {})
        self._classes = _classes()
        self._writers = Writers(self._classes, _BRIEF)
        for cls, one in self._references.items():
            self._writers.by_name(cls, one.name)

    def encode(self, value: object) -> str:
        """Compact JSON with sorted keys: the same value gives the same text."""
        return self._writers[type(value)](value)

    def decode(self, text: str) -> Any:
        """The value; raises Unreadable for text of another version or of no codec at all."""
        try:
            return self._value(json.loads(text))
        except (ValueError, KeyError, TypeError) as fault:
            raise Unreadable("{kind}: {detail}", kind=type(fault).__name__, detail=fault) from fault

    def _value(self, plain: Any) -> Any:
        if isinstance(plain, list):
            return tuple(self._value(one) for one in plain)
        if not isinstance(plain, dict):
            return plain
        if SIGN in plain:
            return plain[SIGN] or ""  # 0 where it was erased
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
