"""A value's text in two: what stays for good, and the personal part that may be erased.

Law of the file: the codec writes each personal text as `{"~":"..."}`. No other text can look so,
for a quotation mark within a text is always escaped. The part is a JSON list of these texts in the
order in which they stand; in their place stays `{"~":0}`, read as nothing once the part is gone.
"""

import json
import re
from collections.abc import Iterator

SIGN = "~"
EMPTY = '{"~":0}'
START = '{"~":'
_HELD = re.compile(r'("(?:[^"\\]|\\.)*")\}')  # what follows the start


def parted(text: str) -> tuple[str, str]:
    """(what stays, the personal part); the part is empty where nothing is personal."""
    first, *rest = text.split(START)
    held = []
    for at, piece in enumerate(rest):
        if (found := _HELD.match(piece)) is not None:
            held.append(found[1])
            rest[at] = f"0}}{piece[found.end() :]}"
    if not held:
        return text, ""
    return START.join((first, *rest)), f"[{','.join(held)}]"


def whole(text: str, part: str) -> str:
    """The text as it was before `parted`; as it is, where the part is gone."""
    if not part:
        return text
    held: Iterator[str] = iter(json.loads(part))
    pieces = text.split(EMPTY)
    filled = [pieces[0]]
    for piece in pieces[1:]:
        filled += ('{"~":', json.dumps(next(held), ensure_ascii=False), "}", piece)
    return "".join(filled)
