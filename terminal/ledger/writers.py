"""How values of each class are written as JSON: a function of its own, made once for the class.

Law of the file: a field that says it is a text, a number, a truth or one of an enum is written as
that, and fails at once where it is not; any other goes by the class of what it holds. The functions
are made from their own source, as dataclasses make `__init__`: every key waits for them, and a loop
over names, values and defaults takes three times as long.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from json.encoder import encode_basestring
from types import CodeType, NoneType
from typing import Any

from msgspec import Struct

from terminal.core.personal import Personal, is_personal, personal_fields
from terminal.ledger.apart import SIGN

KEPT_MAX = 256  # texts of parts; a return holds some 40
KEPT_LENGTH_MIN = 40  # shorter ones are as quickly written as found
TRUTH = {True: "true", False: "false"}

Writer = Callable[[Any], str]

# What the last steps held as well is not written again: values are frozen, so the same object has
# the same text. The value is kept with it: its id is its own as long.
_FORM = f"""\
def write(value):
    key = id(value)
    if key in kept:
        return kept[key][1]
%s
    if len(text) > {KEPT_LENGTH_MIN}:
        if len(kept) >= {KEPT_MAX}:
            kept.clear()
        kept[key] = value, text
    return text
"""


class Writers(dict[type[Any], Writer]):
    """The writer of each class, made when the first of its values comes.

    `known` are the structs that may be written, by name; `brief` the modules whose structs leave
    out what is as by default.
    """

    def __init__(self, known: Mapping[str, type[Any]], brief: tuple[str, ...]) -> None:
        super().__init__(
            {
                str: encode_basestring,
                int: repr,
                bool: TRUTH.__getitem__,
                NoneType: lambda _: "null",
            }
        )
        self._known = known
        self._brief = brief
        self._kept: dict[int, tuple[object, str]] = {}

    def __missing__(self, cls: type[Any]) -> Writer:
        writer = self[cls] = self._writer(cls)
        return writer

    def by_name(self, cls: type[Any], name: Callable[[Any], str]) -> None:
        """From now on by its name alone; a value that has none is written whole."""
        whole = cache(lambda: self._writer(cls))  # seldom needed

        def write(value: Any) -> str:
            known = name(value)
            if not known:
                return whole()(value)
            return f'{{"$":"{cls.__name__}","ref":{encode_basestring(known)}}}'

        self[cls] = write

    def _writer(self, cls: type[Any]) -> Writer:
        if issubclass(cls, tuple):
            return lambda value: f"[{','.join([self[type(it)](it) for it in value])}]"
        if issubclass(cls, Enum):
            texts = _texts(cls)
            return lambda value: texts[id(value)]
        if issubclass(cls, date):
            kind = "datetime" if issubclass(cls, datetime) else "date"
            return lambda value: f'{{"$":"{kind}","is":"{value.isoformat()}"}}'
        assert issubclass(cls, Struct), f"{cls.__name__} is no value of the core"
        assert self._known.get(cls.__name__) is cls, f"{cls.__name__} is not registered"
        brief = cls.__module__.startswith(self._brief) and not personal_fields(cls)
        code, of_class = _source(cls, brief=brief)  # type: ignore[arg-type]  # a class is hashable
        ours = {"kept": self._kept, "writers": self, "marked": self._marked}
        made = {**ours, "text_of": encode_basestring, "truth": TRUTH, **of_class}
        exec(code, made)  # noqa: S102 - our own words: names of our classes and of their fields
        writer: Writer = made["write"]
        return writer

    def _marked(self, it: Any) -> str:
        """A personal text, or many of them, marked so that storage can keep them apart."""
        if isinstance(it, str):
            return f'{{"{SIGN}":{encode_basestring(it)}}}'
        if isinstance(it, tuple):
            return f"[{','.join(map(self._marked, it))}]"
        return self[type(it)](it)


def _texts(cls: type[Enum]) -> dict[int, str]:
    """By identity: a member is there once, and hashing one costs as much as writing it."""
    return {id(one): f'{{"$":"{cls.__name__}","is":{encode_basestring(one.name)}}}' for one in cls}


def _defaults(cls: Any) -> dict[str, object]:
    given = cls.__struct_defaults__
    fields = cls.__struct_fields__
    return dict(zip(fields[len(fields) - len(given) :], given, strict=True))


@cache
def _source(cls: Any, *, brief: bool) -> tuple[CodeType, dict[str, Any]]:
    """The writer's code, and what it needs besides: texts of enums, and what is usual."""
    hints = {
        name: hint
        for base in reversed(cls.__mro__)
        for name, hint in getattr(base, "__annotations__", {}).items()
    }
    names = sorted(cls.__struct_fields__)  # "$" comes before any name
    needed: dict[str, Any] = {
        f"of_{name}": _texts(hints[name]) for name in names if _is_enum(hints[name])
    }
    start = f'{{{{"$":"{cls.__name__}"'
    texts = {name: f',"{name}":{_field(name, hints[name])}' for name in names}
    usual = _defaults(cls) if brief else {}
    if not usual:
        lines = [f"    text = f'{start}{''.join(texts.values())}}}}}'"]
    else:
        needed |= {f"usual_{name}": value for name, value in usual.items()}
        lines = [f"    text = f'{start}'"]
        for name, text in texts.items():
            if name in usual:
                lines.append(f"    if (it := value.{name}) is not usual_{name} != it:")
            lines.append(f"    {'    ' * (name in usual)}text += f'{text}'")
        lines.append("    text += '}'")
    return compile(_FORM % "\n".join(lines), f"<writer of {cls.__name__}>", "exec"), needed


def _is_enum(hint: object) -> bool:
    return isinstance(hint, type) and issubclass(hint, Enum)


def _field(name: str, hint: object) -> str:
    """The field's text, as a part of an f-string."""
    it = f"value.{name}"
    if hint is str:
        return f"{{text_of({it})}}"
    if hint is int:
        return f"{{{it}:d}}"
    if hint is bool:
        return f"{{truth[{it}]}}"
    if _is_enum(hint):
        return f"{{of_{name}[id({it})]}}"
    if hint == Personal:
        return f'{{{{"{SIGN}":{{text_of({it})}}}}}}'
    if is_personal(hint):
        return f"{{marked({it})}}"
    return f"{{writers[type(it := {it})](it)}}"
