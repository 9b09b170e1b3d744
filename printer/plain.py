"""A slip as plain text: for a console, a log, a test that reads what the customer reads."""

import unicodedata

from printer.layout import Line, column_lines, text_lines
from printer.slip import (
    Align,
    Columns,
    Cut,
    Feed,
    Mark,
    Part,
    Qr,
    Rule,
    SignatureLine,
    Size,
    Slip,
    Text,
)
from printer.text import clean, crossed


class ConsolePaper:
    """Measures as a text console does: East Asian wide characters take two cells."""

    def __init__(self, columns: int) -> None:
        self._columns = columns

    def room(self, size: Size) -> int:
        del size  # a console has one size
        return self._columns

    def measure(self, text: str, size: Size) -> int:
        del size
        return sum(map(_cells, text))

    def gap(self, size: Size) -> int:
        del size
        return 1


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def slip_text(slip: Slip, columns: int = 48) -> str:
    """The slip's words as lines of at most `columns` cells; a QR code is told by its payload."""
    paper = ConsolePaper(columns)
    parts = (
        Text(crossed(slip.across, columns)) if slip.across and isinstance(part, Rule) else part
        for part in slip.parts
    )
    return "".join(f"{line}\n" for part in parts for line in _lines(part, paper, columns))


def _lines(part: Part, paper: ConsolePaper, columns: int) -> list[str]:
    match part:
        case Text():
            return [_placed(line, paper, columns) for line in text_lines(part, paper)]
        case Columns():
            return [_placed(line, paper, columns) for line in column_lines(part, paper)]
        case Rule():
            return ["-" * columns]
        case Qr():
            return ["", f"[QR] {clean(part.payload)}", ""]
        case SignatureLine():
            label = _lines(Text(part.label), paper, columns)
            return [*label, "", ("_" * (columns * 2 // 3)).rjust(columns)]
        case Mark():
            return _lines(Text(f"*** {part.text} ***", Align.CENTRE), paper, columns)
        case Feed():
            return [""] * part.lines
        case Cut():
            return ["- " * (columns // 2)]


def _placed(line: Line, paper: ConsolePaper, columns: int) -> str:
    space = columns - paper.measure(line.text + line.right, line.size)
    if line.right:
        return line.text + " " * space + line.right
    indent = {Align.LEFT: 0, Align.CENTRE: space // 2, Align.RIGHT: space}[line.align]
    return " " * indent + line.text
