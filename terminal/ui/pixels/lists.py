"""Lists to move in: tables of goods and choices, with their place shown when they are long.

Law of the file: rows around the cursor are always in sight; names wrap once and then end in an
ellipsis; figures are never cut.
"""

from msgspec import Struct

from terminal.ui.pixels import ink
from terminal.ui.pixels.columns import Span, cell_size, lines_of, spans, title_lines
from terminal.ui.pixels.marks import Box, Figure, Plate, Sheet, Sign
from terminal.ui.pixels.piece import Piece, Room, measure, stack, text_piece
from terminal.ui.rolling import window
from terminal.ui.screen import Row, Table
from terminal.ui.wrapping import wrap

LEAST_ROWS = 3


def place_width(text: str, size: int) -> int:
    return ink.width(text, size) + 2 * size + size // 2


def put_place(sheet: Sheet, spot: tuple[int, int], at: int, count: int, room: Room) -> None:
    """`3/12` between the arrows that move it, its left end on the baseline at `spot`."""
    x, y = spot
    size, palette = room.sizes.caption, room.palette
    text, side = f"{at + 1}/{count}", size * 7 // 10
    top = y - ink.centre(size) - side // 2
    up = palette.here.edge if at > 0 else palette.line
    down = palette.here.edge if at < count - 1 else palette.line
    sheet.marks.append(Figure(Box(x, top, side, side), Sign.UP, up))
    left = x + side + size // 3
    sheet.write(left, y, text, size, palette.here.ink)
    left += ink.width(text, size) + size // 3
    sheet.marks.append(Figure(Box(left, top, side, side), Sign.DOWN, down))


def put_rail(sheet: Sheet, box: Box, shown: tuple[int, int], count: int, room: Room) -> None:
    """Beside a list longer than its room: which part of it is in sight."""
    if room.framed:
        return
    wide = max(room.sizes.margin // 4, 3)
    rail = Box(box.right + wide, box.y, wide, box.h)
    first, after = shown
    thumb = Box(rail.x, rail.y + rail.h * first // count, wide, rail.h * (after - first) // count)
    sheet.marks.append(Plate(rail, room.palette.quiet, radius=wide // 2))
    sheet.marks.append(Plate(thumb, room.palette.cap_edge, radius=wide // 2))


class _Laid(Struct, frozen=True):
    """A table measured: its columns, each row's wrapped cells and least height."""

    table: Table
    spans: tuple[Span, ...]
    cells: tuple[tuple[tuple[str, ...], ...], ...]
    least: tuple[int, ...]
    room: Room


def _laid(table: Table, width: int, room: Room) -> _Laid:
    sizes = room.sizes
    places = spans(table, width - 2 * sizes.pad, room)
    cells = tuple(lines_of(row, table, places, room) for row in table.rows)
    step = ink.line(sizes.body)
    least = tuple(
        max(max((len(lines) for lines in row), default=1) * step + 10, sizes.row * 2 // 3)
        for row in cells
    )
    return _Laid(table, places, cells, least, room)


def table_piece(table: Table, width: int, room: Room) -> Piece:
    """Hint and aside, column titles, then rows as cards."""
    laid = _laid(table, width, room)
    sizes, gap = room.sizes, max(room.sizes.gap // 2, 4)
    above = _above(table, width, room)
    titles = tuple(
        title_lines(each, span, room) for each, span in zip(table.columns, laid.spans, strict=True)
    )
    deep = max((len(lines) for lines in titles), default=1) * ink.line(sizes.caption)
    head = above.ideal + deep + (gap // 2 if deep else 0)
    ideal = [max(least, sizes.row) for least in laid.least]
    seen = min(LEAST_ROWS, len(ideal))
    gaps = gap * max(len(ideal) - 1, 0)

    def put(sheet: Sheet, box: Box) -> None:
        above.put(sheet, Box(box.x, box.y, box.w, above.ideal))
        body = Box(box.x, box.y + head, box.w, box.h - head)
        shown = window(laid.least, body.h, table.cursor, gap)
        _put_titles(sheet, Box(box.x, box.y + above.ideal, box.w, deep), laid, titles, shown)
        _put_rows(sheet, body, laid, shown, gap)

    least = head + sum(sorted(laid.least)[-seen:]) + gap * max(seen - 1, 0) if seen else head
    return Piece(least, head + sum(ideal) + gaps, 3, put)


def _above(table: Table, width: int, room: Room) -> Piece:
    """The hint on the left and the aside on the right; on two lines when they would meet."""
    sizes, palette = room.sizes, room.palette
    size, small = sizes.caption + 2, sizes.caption
    aside = ink.width(table.aside, small)
    if not table.hint and not table.aside:
        return stack([], 0)
    if ink.width(table.hint, size) + aside + sizes.pad > width:
        hint = text_piece(wrap(table.hint, width, measure(size)), size, palette.ink)
        rest = text_piece(wrap(table.aside, width, measure(small)), small, palette.muted)
        return stack([each for each in (hint, rest) if each.ideal], 0)
    line = ink.line(size)

    def put(sheet: Sheet, box: Box) -> None:
        y = ink.base(box.y, size)
        sheet.write(box.x, y, table.hint, size, palette.ink)
        sheet.write_right(box.right, y, table.aside, small, palette.muted)

    return Piece(line, line, 0, put)


def _put_titles(
    sheet: Sheet,
    box: Box,
    laid: _Laid,
    titles: tuple[tuple[str, ...], ...],
    shown: tuple[int, int],
) -> None:
    size, room = laid.room.sizes.caption, laid.room
    step, left = ink.line(size), box.x + room.sizes.pad
    for lines, span, column in zip(titles, laid.spans, laid.table.columns, strict=True):
        for index, text in enumerate(reversed(lines)):
            y = ink.base(box.bottom - (index + 1) * step, size)
            if column.right:
                sheet.write_right(left + span.right, y, text, size, room.palette.muted)
            else:
                sheet.write(left + span.x, y, text, size, room.palette.muted)
    count = len(laid.table.rows)
    if shown != (0, count):
        title = max((ink.width(text, size) for text in titles[0]), default=0)
        x = left + laid.spans[0].x + title + (room.sizes.pad if title else 0)
        y = ink.base(box.bottom - step, size)
        put_place(sheet, (x, y), max(laid.table.cursor, 0), count, room)


def _put_rows(sheet: Sheet, box: Box, laid: _Laid, shown: tuple[int, int], gap: int) -> None:
    first, after = shown
    count = after - first
    least = sum(laid.least[first:after]) + gap * max(count - 1, 0)
    if least > box.h:
        sheet.cuts.append("no room for a row of the table")
    spare = max(box.h - least, 0) // max(count, 1)
    top = box.y
    for index in range(first, after):
        high = max(min(laid.least[index] + spare, laid.room.sizes.row), laid.least[index])
        _put_row(sheet, Box(box.x, top, box.w, high), laid, index)
        top += high + gap
    if count < len(laid.table.rows):
        rail = Box(box.x, box.y, box.w, top - gap - box.y)
        put_rail(sheet, rail, shown, len(laid.table.rows), laid.room)


def put_card(sheet: Sheet, box: Box, room: Room, *, here: bool, muted: bool = False) -> None:
    palette, sizes = room.palette, room.sizes
    hue = palette.here if here else palette.dim if muted else palette.plain
    sheet.marks.append(Plate(box, hue.fill, hue.edge, sizes.radius, sizes.stroke))


def _put_row(sheet: Sheet, box: Box, laid: _Laid, index: int) -> None:
    row: Row = laid.table.rows[index]
    room, palette = laid.room, laid.room.palette
    put_card(sheet, box, room, here=index == laid.table.cursor, muted=row.muted)
    left = box.x + room.sizes.pad
    plain = palette.muted if row.muted else palette.ink
    for number, (lines, span) in enumerate(zip(laid.cells[index], laid.spans, strict=True)):
        marked = number == row.marked and not row.muted
        colour = palette.here.ink if marked else plain
        size = cell_size(laid.table, row, number, room)
        step = ink.line(size)
        top = box.middle - step * len(lines) // 2
        for turn, text in enumerate(lines):
            y = top + turn * step + step // 2 + ink.centre(size)
            if laid.table.columns[number].right:
                sheet.write_right(left + span.right, y, text, size, colour)
            else:
                sheet.write(left + span.x, y, text, size, colour)
