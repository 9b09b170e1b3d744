"""Making every word of a screen safe to show, whatever its data held.

Law of the file: no scanned or stored text reaches a renderer with control, direction or invisible
characters in it; a QR's payload is the one thing that is never touched.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar, cast
from unicodedata import category, normalize

from msgspec import Struct
from msgspec.structs import replace

from terminal.ui.screen import Qr, Screen

Thing = TypeVar("Thing")

# Controls, surrogates, unassigned and private use have no glyph; formats reorder or hide others.
SILENT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """`text` on one line: blanks for line breaks and tabs, nothing for what cannot be seen."""
    if text.isascii() and text.isprintable():
        return text
    seen = (" " if char in "\t\n\r\v\f\u2028\u2029\u00a0\u3000" else char for char in text)
    return normalize("NFC", "".join(char for char in seen if category(char) not in SILENT))


def reworded(thing: Thing, word: Callable[[str], str]) -> Thing:
    """The same value with `word` applied to every text in it, except the payload of a QR."""
    if isinstance(thing, str):
        return cast("Thing", word(thing))
    if isinstance(thing, tuple):
        return cast("Thing", tuple(reworded(each, word) for each in thing))
    if isinstance(thing, Struct) and not isinstance(thing, Qr):
        held = {name: getattr(thing, name) for name in thing.__struct_fields__}
        changed = {
            name: reworded(value, word)
            for name, value in held.items()
            if isinstance(value, (str, tuple))
        }
        return cast("Thing", replace(thing, **changed))
    return thing


def legible(screen: Screen) -> Screen:
    """The screen as it may be drawn: every text of it cleaned."""
    return reworded(screen, clean)
