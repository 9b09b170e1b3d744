"""A CSV file as rows with their line numbers; what cannot be read is told line by line.

Law of the file: a broken row costs itself and no other. An open quotation mark may run over a few
lines only, and a row nobody could read makes the receipts beside it suspect (see csv_sales).
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from terminal.core.words import Worded
from terminal.interchange.csv_map import ColumnMap
from terminal.interchange.decimals import shown
from terminal.interchange.jsonlines import TOO_LONG
from terminal.interchange.source import Line, Progress, lines
from terminal.interchange.values import UnreadableFile

ROW_LINES_MAX = 10  # a name with line breaks in quotation marks; more is a forgotten mark


class Row(Struct, frozen=True):
    """One row; `cells` are the values of the map's columns, in the map's order."""

    number: int
    cells: tuple[str, ...]


class BrokenRow(Struct, frozen=True):
    """Lines `first` to `last` that are no row."""

    first: int
    last: int
    words: Worded


class _BadLineError(Exception):
    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.words = Worded(zh, en)


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
            raise _BadLineError(TOO_LONG.en, TOO_LONG.zh)
        if line.number - self.first >= ROW_LINES_MAX:
            raise _BadLineError(
                f"a quotation mark opened on line {self.first} is not closed",
                f"第 {self.first} 行的引号没有闭合",
            )
        try:
            return line.data.decode(self._encoding) + "\n"
        except UnicodeDecodeError as fault:
            raise _BadLineError(
                f"byte {fault.start + 1} of the line is not {self._encoding}; set the encoding in"
                " the map",
                f"该行第 {fault.start + 1} 字节不是 {self._encoding}；请在列映射中设置编码",
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
        except (csv.Error, _BadLineError) as fault:
            if places is None:
                raise UnreadableFile(f"{path}: the heading cannot be read: {fault}") from fault
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
        raise UnreadableFile(f"{path}: the file is empty. / 文件为空。")


def _places(path: Path, by: ColumnMap, heading: list[str]) -> tuple[int, ...]:
    names = [one.strip() for one in heading]
    for wanted in by.columns.values():
        if names.count(wanted) != 1:
            how = "is missing" if wanted not in names else "stands twice"
            there = shown(", ".join(names))
            raise UnreadableFile(
                f"{path}: the column {shown(wanted)} of map {by.name} {how}; the heading is"
                f" {there}. Choose another --map."
                f" / 缺少或重复列 {shown(wanted)}，请用 --map 选择列映射。"
            )
    return tuple(names.index(wanted) for wanted in by.columns.values())


def _words(fault: Exception) -> Worded:
    if isinstance(fault, _BadLineError):
        return fault.words
    return Worded(f"不是有效的 CSV：{fault}", f"the row is not CSV: {fault}")


def _wrong_width(found: int, width: int) -> Worded:
    return Worded(f"有 {found} 列，表头有 {width} 列", f"has {found} columns, the heading {width}")
