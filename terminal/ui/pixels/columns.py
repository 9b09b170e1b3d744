"""How wide the columns of a table are.

Law of the file: a column of figures gets what its widest figure needs, over all rows and not only
those in sight, so that nothing moves sideways while the list rolls; names share what is left.
"""

from itertools import pairwise

from msgspec import Struct

from terminal.ui.pixels import ink
from terminal.ui.pixels.piece import Room, measure
from terminal.ui.screen import Column, Row, Table
from terminal.ui.wrapping import wrap, wrap_at_most

NAME_LINES = 2


class Span(Struct, frozen=True):
    """Left edge from the row's inner left edge, and width, in pixels."""

    x: int
    w: int

    @property
    def right(self) -> int:
        return self.x + self.w


def cell_size(table: Table, row: Row, number: int, room: Room) -> int:
    """Amounts, which stand last, and what is marked are larger than other cells."""
    last = number == len(table.columns) - 1 and table.columns[number].right
    marked = number == row.marked and not row.muted
    return room.sizes.amount if last or marked else room.sizes.body


def _cell(row: Row, number: int) -> str:
    return row.cells[number] if number < len(row.cells) else ""


def _title_need(column: Column, room: Room) -> int:
    """The least width at which the title takes no more than two lines."""
    ruler = measure(room.sizes.caption)
    whole = ruler(column.title)
    need = max(whole // 2, max((ruler(word) for word in column.title.split()), default=0))
    while need < whole and len(wrap(column.title, need, ruler)) > 2:
        need += 4
    return min(need, whole)


def _need(table: Table, number: int, room: Room) -> int:
    figures = (
        ink.width(_cell(row, number), cell_size(table, row, number, room)) for row in table.rows
    )
    return max(_title_need(table.columns[number], room), *figures, 0)


def spans(table: Table, width: int, room: Room) -> tuple[Span, ...]:
    """Every column's place within `width`, by share, but never less than its figures need."""
    gaps = [
        room.sizes.pad * (2 if before.right and not after.right else 1)  # figures beside words
        for before, after in pairwise(table.columns)
    ]
    free = width - sum(gaps)
    whole = sum(column.share for column in table.columns) or 1
    wide = [free * column.share // whole for column in table.columns]
    names = [number for number, column in enumerate(table.columns) if not column.right]
    for number, column in enumerate(table.columns):
        if column.right:
            wide[number] = max(wide[number], _need(table, number, room))
    left = free - sum(wide[number] for number in range(len(wide)) if number not in names)
    shares = sum(table.columns[number].share for number in names) or 1
    for number in names:
        wide[number] = max(left * table.columns[number].share // shares, room.sizes.body * 3)
    places, x = [], 0
    for each, gap in zip(wide, (*gaps, 0), strict=True):
        places.append(Span(x, each))
        x += each + gap
    return tuple(places)


def title_lines(column: Column, span: Span, room: Room) -> tuple[str, ...]:
    return wrap(column.title, span.w, measure(room.sizes.caption)) if column.title else ()


def lines_of(
    row: Row, table: Table, places: tuple[Span, ...], room: Room
) -> tuple[tuple[str, ...], ...]:
    """Each cell's lines: figures on one, names on two at most."""
    cells = []
    for number, (column, span) in enumerate(zip(table.columns, places, strict=True)):
        text = _cell(row, number)
        ruler = measure(cell_size(table, row, number, room))
        cells.append((text,) if column.right else wrap_at_most(text, span.w, NAME_LINES, ruler))
    return tuple(cells)
