"""A slip's parts as lines: one set of rules for characters in columns and for drawn text in dots.

The paper says how wide a text is and how much room a line has; nothing here knows a printer.
"""

from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from printer.slip import Align, Columns, Size, Text
from printer.text import clean, wrap


class Paper(Protocol):
    """Measures in one unit: columns of a text printer, dots of a drawn slip."""

    def room(self, size: Size) -> int: ...
    def measure(self, text: str, size: Size) -> int: ...
    def gap(self, size: Size) -> int:
        """The least space between a label and its value."""
        ...


class Line(Struct, frozen=True):
    """One printed line: `text` at its alignment, `right` against the right edge."""

    text: str
    align: Align = Align.LEFT
    right: str = ""
    size: Size = Size.NORMAL
    bold: bool = False


def text_lines(part: Text, paper: Paper) -> tuple[Line, ...]:
    """The lines of a paragraph; an empty one is one empty line."""
    size = part.size
    wrapped = wrap(clean(part.text), paper.room(size), lambda text: paper.measure(text, size))
    return tuple(Line(line, part.align, size=size, bold=part.bold) for line in wrapped)


def column_lines(part: Columns, paper: Paper) -> tuple[Line, ...]:
    """Label and value: on one line if they fit, else the label wraps and the value has its own.

    The value is never cut: too large for the paper it is set in normal size, and wraps at last.
    """
    left, right, size = clean(part.left), clean(part.right), part.size
    room = paper.room(size)
    if paper.measure(right, size) > room and size is Size.LARGE:
        return column_lines(replace(part, size=Size.NORMAL), paper)

    def measure(text: str) -> int:
        return paper.measure(text, size)

    def line(text: str, value: str) -> Line:
        return Line(text, right=value, size=size, bold=part.bold)

    labels = wrap(left, room, measure)
    values = wrap(right, room, measure)
    fits = measure(labels[-1]) + paper.gap(size) + measure(values[0]) <= room
    if fits and len(values) == 1:
        return (*(line(label, "") for label in labels[:-1]), line(labels[-1], values[0]))
    label_lines = labels if left.strip(" ") else ()
    return (*(line(label, "") for label in label_lines), *(line("", value) for value in values))
