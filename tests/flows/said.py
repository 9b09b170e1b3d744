"""Every value and every text in a value, in order: what a screen or a slip says."""

from collections.abc import Iterable

from msgspec import Struct


def words_of(thing: object) -> list[str]:
    """Every text in a value, in order."""
    return [one for one in values(thing) if isinstance(one, str)]


def values(thing: object) -> Iterable[object]:
    if isinstance(thing, tuple):
        for one in thing:
            yield from values(one)
    elif isinstance(thing, Struct):
        yield thing
        for name in thing.__struct_fields__:
            yield from values(getattr(thing, name))
    else:
        yield thing
