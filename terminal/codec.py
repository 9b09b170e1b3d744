"""Core values to JSON and back, so that SQLite can hold a state or a record.

Law of the file: only frozen structs, enums, dates, tuples, text, integers, booleans and None go
through; anything else is our own mistake and fails at once. Large values that storage keeps
elsewhere and that never change (a sale, the shop's rules) travel by reference. What is personal
(terminal/core/personal.py) is written marked: `{"~":"..."}`.
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

from terminal.apart import SIGN
from terminal.core import (
    coupons,
    day,
    declared,
    draft,
    effects,
    kinds,
    people,
    policy,
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
from terminal.core.personal import personal_fields

_MODULES: tuple[ModuleType, ...] = (
    coupons, day, declared, draft, effects, kinds, people, policy, refusals, returns, rules,
    rulings, sale, shop, staffing, states, upkeep, watch, when, words,
)  # fmt: skip


# Never in a record: what such a value has by default need not be written.
_BRIEF = (draft.__name__, states.__name__)
_NEVER = object()
KEPT_MAX = 256  # texts of parts; a return holds some 40
KEPT_LENGTH_MIN = 40  # shorter ones are as quickly written as found


class Unreadable(Exception):  # noqa: N818 - named for what happened, as every fault here
    """A stored value that this version cannot read; `str()` says which part."""


class Reference(Struct, frozen=True):
    """How a value of one class is named in storage, and found again by that name.

    A value without a name is not on file yet: it is written as it is.
    """

    name: Callable[[Any], str]
    find: Callable[[str], Any]


Writer = Callable[[Any], str]
Getter = Callable[[Any], tuple[Any, ...]]


class _Writers(dict[type[Any], Writer]):
    """How values of each class are written; found once, as each step holds hundreds of values."""

    def __init__(self, find: Callable[[type[Any]], Writer]) -> None:
        super().__init__(
            {
                str: encode_basestring,
                int: repr,
                bool: lambda value: "true" if value else "false",
                NoneType: lambda _: "null",
            }
        )
        self._find = find

    def __missing__(self, cls: type[Any]) -> Writer:
        writer = self[cls] = self._find(cls)
        return writer


def _classes() -> dict[str, type[Any]]:
    known: dict[str, type[Any]] = {}
    for module in _MODULES:
        for name, value in vars(module).items():
            ours = getattr(value, "__module__", "").startswith(module.__name__)  # or a part of it
            if ours and isinstance(value, type):
                assert name not in known, f"two classes named {name}"
                known[name] = value
    return known


def _getter(names: Sequence[str]) -> Getter:
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
        self._writers = _Writers(self._writer)
        self._kept: dict[int, tuple[object, str]] = {}

    def encode(self, value: object) -> str:
        """Compact JSON with sorted keys: the same value gives the same text."""
        return self._writers[type(value)](value)

    def decode(self, text: str) -> Any:
        """The value; raises Unreadable for text of another version or of no codec at all."""
        try:
            return self._value(json.loads(text))
        except (ValueError, KeyError, TypeError) as fault:
            raise Unreadable(f"{type(fault).__name__}: {fault}") from fault

    def _writer(self, cls: type[Any]) -> Writer:
        if cls in self._references:
            return self._keeping(self._by_name(cls, self._references[cls].name))
        return self._whole(cls)

    def _by_name(self, cls: type[Any], name: Callable[[Any], str]) -> Writer:
        """The name alone, or the whole of a value that has none."""
        whole = self._whole(cls)

        def write(value: Any) -> str:
            known = name(value)
            if not known:
                return whole(value)
            return f'{{"$":"{cls.__name__}","ref":{encode_basestring(known)}}}'

        return write

    def _whole(self, cls: type[Any]) -> Writer:
        writers = self._writers
        if issubclass(cls, tuple):
            return lambda value: f"[{','.join([writers[type(it)](it) for it in value])}]"
        if issubclass(cls, Enum):
            # by identity: a member is there once, and hashing one costs as much as writing it
            texts = {
                id(one): f'{{"$":"{cls.__name__}","is":{encode_basestring(one.name)}}}'
                for one in cls
            }
            return lambda value: texts[id(value)]
        if issubclass(cls, date):
            kind = "datetime" if issubclass(cls, datetime) else "date"
            return lambda value: f'{{"$":"{kind}","is":"{value.isoformat()}"}}'
        assert issubclass(cls, Struct), f"{cls.__name__} is no value of the core"
        assert self._classes.get(cls.__name__) is cls, f"{cls.__name__} is not registered"
        names = sorted(cls.__struct_fields__)  # "$" comes before any name
        get = _getter(names)
        personal = personal_fields(cls)
        if cls.__module__.startswith(_BRIEF) and not personal:
            return self._keeping(self._brief(cls, names, get))
        form = "".join((f'{{"$":"{cls.__name__}"', *(f',"{name}":%s' for name in names), "}"))
        if personal:
            return self._keeping(self._marking(form, get, [name in personal for name in names]))
        return self._keeping(
            lambda value: form % tuple([writers[type(it)](it) for it in get(value)])
        )

    def _brief(self, cls: type[Any], names: Sequence[str], get: Getter) -> Writer:
        """A writer that leaves out what is as by default: a draft has much that is not yet so."""
        writers = self._writers
        given = cls.__struct_defaults__
        defaults = dict(
            zip(cls.__struct_fields__[-len(given) :] if given else (), given, strict=True)
        )
        usual = [defaults.get(name, _NEVER) for name in names]
        heads = [f',"{name}":' for name in names]
        start = f'{{"$":"{cls.__name__}"'

        def write(value: Any) -> str:
            parts = [
                head + writers[type(it)](it)
                for head, it, default in zip(heads, get(value), usual, strict=True)
                if it is not default and it != default
            ]
            return f"{start}{''.join(parts)}}}"

        return write

    def _marking(self, form: str, get: Getter, marks: Sequence[bool]) -> Writer:
        """A writer that marks what is personal, so that storage can keep it apart."""
        writers = self._writers

        def marked(it: Any) -> str:
            if isinstance(it, str):
                return f'{{"{SIGN}":{encode_basestring(it)}}}'
            if isinstance(it, tuple):
                return f"[{','.join(map(marked, it))}]"
            return writers[type(it)](it)

        def write(value: Any) -> str:
            return form % tuple(
                [
                    marked(it) if mark else writers[type(it)](it)
                    for it, mark in zip(get(value), marks, strict=True)
                ]
            )

        return write

    def _keeping(self, write: Writer) -> Writer:
        """A writer that does not write again what the last steps held as well: values are frozen,
        so the same object has the same text.
        """
        kept = self._kept

        def text_of(value: Any) -> str:
            known = kept.get(id(value))
            if known is not None:
                return known[1]
            text = write(value)
            if len(text) > KEPT_LENGTH_MIN:
                if len(kept) >= KEPT_MAX:
                    kept.clear()
                kept[id(value)] = (value, text)  # the value too: its id is its own as long
            return text

        return text_of

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
