"""CSV rows to sales by a column map: one row a sold line, one receipt a sale.

Law of the file: a receipt is taken whole or not at all. Rows that are no sold goods are left out
only where that cannot change what was paid for the rest: a row that takes money off a receipt is
either named a reduction by the map, or the receipt is refused. A line at price 0 beside paid ones
is a gift: taken, paid 0.00. Where the system gives no sequence, the digits of the receipt number
are it.
"""

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from msgspec import Struct, field

from terminal.core.words import Told, sentence
from terminal.interchange.csv_map import ColumnMap
from terminal.interchange.csv_receipt import Line, receipt_of
from terminal.interchange.csv_rows import BrokenRow, Row, rows
from terminal.interchange.decimals import shown
from terminal.interchange.gather import Gatherer, Key
from terminal.interchange.source import Progress
from terminal.interchange.values import BadSale, Found, Note, Offered

RECEIPT_ROWS_MAX = 10_000
_KEY = ("receipt_no", "business_unit", "workstation", "business_day")


class _Suspects(Struct):
    """Receipts beside a row that could not be read: it may have been theirs."""

    rows: dict[Key, int] = field(default_factory=dict)
    last: Key | None = None
    broken: int | None = None

    def row(self, key: Key) -> None:
        if self.broken is not None:
            self.rows.setdefault(key, self.broken)
        self.last, self.broken = key, None

    def break_at(self, number: int) -> None:
        if self.last is not None:
            self.rows.setdefault(self.last, number)
        self.broken = number


def read(path: Path, by: ColumnMap, progress: Progress = lambda _: None) -> Iterator[Found]:
    """Every row, in a sale or a note. Raises UnreadableFile, and OSError for temporary files."""
    gatherer, suspects = Gatherer(), _Suspects()
    for found in rows(path, by, progress):
        if isinstance(found, BrokenRow):
            suspects.break_at(found.first)
            for number in range(found.first, found.last + 1):
                yield Note(number, "", found.words)
        else:
            key = _key(found, by)
            suspects.row(key)
            gatherer.add(key, found)
    for key, group in gatherer.groups():
        yield from _receipt(key, group, by, suspects.rows.get(key))


def _key(row: Row, by: ColumnMap) -> Key:
    said = dict(zip(by.columns, row.cells, strict=True))
    return tuple(said.get(name, "") for name in _KEY)


def _receipt(key: Key, group: Iterator[Row], by: ColumnMap, suspect: int | None) -> Iterator[Found]:
    found = list(islice(group, RECEIPT_ROWS_MAX))
    rest = next(group, None)
    if rest is not None:
        yield from _refused(key, chain(found, (rest,), group), TOO_MANY)
        return
    lines = [Line.of(row, by) for row in found]
    words = _beside(suspect) if suspect is not None else None
    if words is None:
        try:
            sold, left_out = receipt_of(lines, by)
        except BadSale as bad:
            words = bad.told
        else:
            receipt = shown(key[0])[1:-1]
            yield from (Note(one.number, receipt, why, fault=False) for one, why in left_out)
            if sold is not None:
                gone = {one.number for one, _ in left_out}
                taken = tuple(one.number for one in found if one.number not in gone)
                yield Offered(taken, sold)
            return
    yield from _refused(key, iter(found), words)


def _refused(key: Key, found: Iterator[Row], words: Told) -> Iterator[Note]:
    receipt = shown(key[0])[1:-1]
    return (Note(row.number, receipt, words) for row in found)


TOO_MANY = sentence(
    "one receipt has more than {receipt_rows_max} rows", receipt_rows_max=RECEIPT_ROWS_MAX
)


def _beside(number: int) -> Told:
    return sentence(
        "row {number} beside this receipt cannot be read and may be part of it; none of it is"
        " taken",
        number=number,
    )
