"""A CSV file as rows with their line numbers; what cannot be read is told line by line.

Law of the file: a broken row costs itself and no other. An open quotation mark may run over a few
lines only, and a row nobody could read makes the receipts beside it suspect (see csv_sales).
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from terminal.core.words import Told, ToldFault, sentence
from terminal.interchange.csv_map import ColumnMap
from terminal.interchange.decimals import shown
from terminal.interchange.jsonlines import TOO_LONG
from terminal.interchange.source import Line, Progress, lines
from terminal.interchange.values import UnreadableFile
from terminal.spoken.system_words import foreign

ROW_LINES_MAX = 10  # a name with line breaks in quotation marks; more is a forgotten mark


class Row(Struct, frozen=True):
    """One row; `cells` are the values of the map's columns, in the map's order."""

    number: int
    cells: tuple[str, ...]


class BrokenRow(Struct, frozen=True):
    """Lines `first` to `last` that are no row."""

    first: int
    last: int
    words: Told


class _BadLine(ToldFault):
    pass


class _Feed:
    """Lines of text for csv.reader. A bad line is raised, and the line after it can be asked."""

    def __init__(self, found: Iterator[Line], encoding: str) -> None:
        self._lines = found
        self._encoding = encoding
        self.first = self.number = 0  # where the row begins, and the line read last

    def begin(self) -> None:
        self.first = self.number + 1

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number = line.number
        if line.data is None:
            raise _BadLine(TOO_LONG)
        if line.number - self.first >= ROW_LINES_MAX:
            raise _BadLine("a quotation mark opened on line {line} is not closed", line=self.first)
        try:
            return line.data.decode(self._encoding) + "\n"
        except UnicodeDecodeError as fault:
            raise _BadLine(
                "byte {place} of the line is not {encoding}; set the encoding in the map",
                place=fault.start + 1,
                encoding=self._encoding,
            ) from fault


def rows(path: Path, by: ColumnMap, progress: Progress) -> Iterator[Row | BrokenRow]:
    """Every row after the heading. Raises UnreadableFile, also when a column is not there."""
    feed = _Feed(lines(path, progress), by.encoding)
    reader = csv.reader(feed, delimiter=by.delimiter, strict=True)
    places: tuple[int, ...] | None = None
    width = 0
    while True:
        feed.begin()
        try:
            cells = next(reader)
        except StopIteration:
            break
        except (csv.Error, _BadLine) as fault:
            if places is None:
                raise UnreadableFile(
                    "{path}: the heading cannot be read: {why}", path=path, why=_words(fault)
                ) from fault
            yield BrokenRow(feed.first, feed.number, _words(fault))
            continue
        if places is None:
            width, places = len(cells), _places(path, by, cells)
        elif not any(cell.strip() for cell in cells):
            continue
        elif len(cells) != width:
            yield BrokenRow(feed.first, feed.number, _wrong_width(len(cells), width))
        else:
            yield Row(feed.first, tuple(" ".join(cells[place].split()) for place in places))
    if places is None:
        raise UnreadableFile("{path}: the file is empty.", path=path)


def _places(path: Path, by: ColumnMap, heading: list[str]) -> tuple[int, ...]:
    names = [one.strip() for one in heading]
    for wanted in by.columns.values():
        if names.count(wanted) != 1:
            missing = wanted not in names
            how = sentence("is missing") if missing else sentence("stands twice")
            there = shown(", ".join(names))
            raise UnreadableFile(
                "{path}: the column {wanted} of map {name} {how}; the heading is {there}."
                " Choose another --map.",
                path=path,
                wanted=shown(wanted),
                name=by.name,
                how=how,
                there=there,
            )
    return tuple(names.index(wanted) for wanted in by.columns.values())


def _words(fault: Exception) -> Told:
    if isinstance(fault, _BadLine):
        return fault.told
    return sentence("the row is not CSV: {fault}", fault=foreign(str(fault)))


def _wrong_width(found: int, width: int) -> Told:
    return sentence("has {found} columns, the heading {width}", found=found, width=width)
