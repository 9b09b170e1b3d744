"""A JSON object read field by field: each has its type and shape, and there is no other.

Law of the file: the first thing amiss is a BadSale that names the field, what it says and what is
allowed. No text with control characters or half a character comes in.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from unicodedata import category

from terminal.core.words import Told, sentence
from terminal.interchange.decimals import not_below_zero, scaled, shown
from terminal.interchange.values import BadSale

YEARS = (1990, 2999)
_KINDS = {
    str: sentence("text"),
    int: sentence("a whole number"),
    list: sentence("a list"),
    dict: sentence("an object"),
}


class Fields:
    """One JSON object. `close` names every field that nobody asked for."""

    def __init__(self, found: object, path: str = "") -> None:
        if not isinstance(found, dict):
            raise BadSale("{what} must be an object in braces", what=path or sentence("the line"))
        self._found = found
        self._path = path
        self._asked: set[str] = set()

    def name(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def has(self, key: str) -> bool:
        """Whether a field that may miss is there."""
        self._asked.add(key)
        return key in self._found

    def text(self, key: str, shape: str, default: str | None = None) -> str:
        """Text that matches the regular expression `shape` whole."""
        found = self._take(key, str, default)
        assert isinstance(found, str)
        return clean_text(found, shape, self.name(key)) if key in self._found else found

    def amount(self, key: str, digits: int, default: str | None = None) -> int:
        """A decimal text, not below zero, in units of 10**-digits."""
        found = self._take(key, str, default)
        assert isinstance(found, str)
        return not_below_zero(scaled(found, digits, self.name(key)), found, self.name(key))

    def whole(self, key: str, low: int, high: int) -> int:
        found = self._take(key, int, None)
        return self._between(found, low, high, self.name(key))

    def wholes(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """A list of whole numbers, each once; none where it misses."""
        found = self._take(key, list, [])
        assert isinstance(found, list)
        numbers = tuple(self._between(one, low, high, self.name(key)) for one in found)
        return tuple(dict.fromkeys(numbers))

    def texts(self, key: str, shape: str) -> tuple[str, ...]:
        """A list of texts that each match `shape` whole; none where it misses."""
        found = self._take(key, list, [])
        assert isinstance(found, list)
        for one in found:
            if not isinstance(one, str):
                raise BadSale(
                    "{field} = {one} must be text in quotes", field=self.name(key), one=shown(one)
                )
        return tuple(clean_text(one, shape, self.name(key)) for one in found)

    def _between(self, found: object, low: int, high: int, what: str) -> int:
        if isinstance(found, int) and not isinstance(found, bool) and low <= found <= high:
            return found
        raise BadSale(
            "{what} = {found} must be from {low} to {high}",
            what=what,
            found=shown(found),
            low=low,
            high=high,
        )

    def flag(self, key: str) -> bool:
        """True or false without quotes; false where it misses."""
        found = self._found.get(key, False)
        self._asked.add(key)
        if not isinstance(found, bool):
            raise BadSale(
                "{field} = {found} must be true or false", field=self.name(key), found=shown(found)
            )
        return found

    def day(self, key: str) -> date:
        text = self.text(key, r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
        try:
            return day_in_reason(text)
        except ValueError as fault:
            raise BadSale(
                "{field} = {text} is no day of the calendar", field=self.name(key), text=shown(text)
            ) from fault

    def moment(self, key: str) -> datetime:
        """A time with its offset from UTC."""
        text = self.text(key, r"[0-9T:.+Z-]{16,40}")
        try:
            return in_reason(datetime.fromisoformat(text))
        except ValueError as fault:
            raise BadSale(
                "{field} = {text} is no time like 2026-11-20T14:03:22+08:00",
                field=self.name(key),
                text=shown(text),
            ) from fault

    def inner(self, key: str) -> "Fields":
        return Fields(self._take(key, dict, None), self.name(key))

    def each(self, key: str, *, may_miss: bool = False) -> Iterator["Fields"]:
        found = self._take(key, list, [] if may_miss else None)
        assert isinstance(found, list)
        for number, one in enumerate(found, start=1):
            yield Fields(one, f"{self.name(key)}[{number}]")

    def close(self) -> None:
        unknown = sorted(set(self._found) - self._asked)
        if unknown:
            known = ", ".join(sorted(self._asked))
            names = shown(", ".join(map(self.name, unknown)))
            raise BadSale("unknown field {names}; known here: {known}", names=names, known=known)

    def _take(self, key: str, kind: type, default: object) -> object:
        self._asked.add(key)
        if key not in self._found:
            if default is None:
                raise BadSale("{field} is missing", field=self.name(key))
            return default
        found = self._found[key]
        if not isinstance(found, kind) or isinstance(found, bool):
            quotes = kind is str and not isinstance(found, (dict, list))
            raise BadSale(
                "{field} = {found} must be {kind}",
                field=self.name(key),
                found=shown(found),
                kind=sentence("text in quotes") if quotes else _KINDS[kind],
            )
        return found


def clean_text(text: str, shape: str, what: Told) -> str:
    """`text` if it has the shape and no control character or lone surrogate. Raises BadSale."""
    plain = text.isascii() and text.isprintable()
    bad = None if plain else next((one for one in text if category(one) in ("Cc", "Cs")), None)
    if bad is not None:
        raise BadSale(
            "{what} = {text} has the control character U+{bad:04X} in it",
            what=what,
            text=shown(text),
            bad=ord(bad),
        )
    if not re.fullmatch(shape, text):
        raise BadSale(
            "{what} = {text} must match {shape}", what=what, text=shown(text), shape=shape
        )
    return text


def in_reason(found: datetime) -> datetime:
    """The time with a fixed offset, as it is kept: a zone's rules may change after the sale.

    Raises ValueError when it has no offset, or is of another century.
    """
    if found.utcoffset() is None:
        raise ValueError(found)
    _within(found.date())
    return datetime.fromisoformat(found.isoformat())


def day_in_reason(text: str) -> date:
    """A day like 2026-11-20. Raises ValueError when it is none, or of another century."""
    return _within(date.fromisoformat(text))


def _within(day: date) -> date:
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise ValueError(day)
    return day
