"""Lines of console columns: padding, joining and framing them with hanzi two columns wide.

Law of the file: a line is never wider than it was asked to be, and a frame is closed on each line.
"""

from collections.abc import Sequence
from itertools import zip_longest

from terminal.ui.wrapping import columns, shorten, wrap

Lines = list[str]


def left(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def right(text: str, width: int) -> str:
    return " " * (width - columns(text)) + text


def centred(text: str, width: int) -> str:
    return (" " * ((width - columns(text)) // 2) + text).rstrip()


def apart(one: str, other: str, width: int) -> Lines:
    """One at the left and the other at the right; under each other when they would meet."""
    if columns(one) + columns(other) + 2 <= width:
        return [(one + right(other, width - columns(one))).rstrip()]
    return [*wrapped(one, width), *(right(line, width) for line in wrapped(other, width))]


def wrapped(text: str, width: int) -> Lines:
    return list(wrap(text, max(width, 2), columns)) if text else []


def framed(lines: Sequence[str], width: int, title: str = "") -> Lines:
    """In a box `width` wide; the title in its upper edge."""
    name = f" {shorten(title, max(width - 6, 2), columns)} " if title else ""
    top = "┌─" + name + "─" * (width - 3 - columns(name)) + "┐"
    body = ["│ " + left(line, width - 4) + " │" for line in lines]
    return [top, *body, "└" + "─" * (width - 2) + "┘"]


def beside(one: Sequence[str], other: Sequence[str], width: int, gap: int) -> Lines:
    """Two columns; the left one `width` wide."""
    pairs = zip_longest(one, other, fillvalue="")
    return [(left(a, width) + " " * gap + b).rstrip() for a, b in pairs]
