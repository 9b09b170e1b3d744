"""A record's body as plain values: tags taken off, what is personal put back in its place.

Law of the file: in the body the i-th `{"~":0}` stands for the i-th text of the personal list; once
that is erased, for no text. Places and texts that do not match are a fault, never a guess.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

DEPTH_MAX = 60
_NESTED = (list, dict)


class Unreadable(Exception):  # noqa: N818 - named for what happened
    """This version cannot read it; the words quote nothing of it."""


def plain(body: str, personal: str) -> dict[str, Any]:
    """The values of a record, `{"$":"Class",...}` as dict, an enumeration or day as its text."""
    try:
        tree = msgspec.json.decode(body)
        texts = msgspec.json.decode(personal, type=list[str]) if personal else None
    except (msgspec.DecodeError, RecursionError) as fault:
        raise Unreadable("it is not JSON") from fault
    reading = _Reading(None if texts is None else iter(texts))
    found = reading.value(tree, 0)
    if not isinstance(found, dict):
        raise Unreadable("it is no object")
    reading.end()
    return found


class _Reading:
    def __init__(self, texts: Iterator[str] | None) -> None:
        self._texts = texts

    def value(self, one: Any, depth: int) -> Any:
        """What is nested is put right in its place."""
        if depth > DEPTH_MAX:
            raise Unreadable("it is nested too deep")
        if isinstance(one, list):
            for at, it in enumerate(one):
                if isinstance(it, _NESTED):
                    one[at] = self.value(it, depth + 1)
            return one
        if not isinstance(one, dict):
            return one
        if "~" in one:
            return self._text()
        if "$" in one and "is" in one:
            return one["is"]
        one.pop("$", None)
        for key, it in one.items():
            if isinstance(it, _NESTED):
                one[key] = self.value(it, depth + 1)
        return one

    def end(self) -> None:
        if self._texts is not None and next(self._texts, None) is not None:
            raise Unreadable("its personal part holds more than its body has places for")

    def _text(self) -> str:
        if self._texts is None:
            return ""
        found = next(self._texts, None)
        if found is None:
            raise Unreadable("its personal part holds less than its body has places for")
        return found
