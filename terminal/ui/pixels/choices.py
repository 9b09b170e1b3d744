"""One of several: each with the digit that picks it, in one column or two.

Law of the file: all options have the same height, so digits stand under each other.
"""

from msgspec import Struct

from terminal.ui.pixels import ink
from terminal.ui.pixels.lists import place_width, put_card, put_place, put_rail
from terminal.ui.pixels.marks import Box, Plate, Sheet
from terminal.ui.pixels.piece import Piece, Room, measure
from terminal.ui.rolling import window
from terminal.ui.screen import Choice, Option
from terminal.ui.wrapping import wrap

ONE_COLUMN = 6  # more options than these stand in two
LEAST_ROWS = 3


class _Face(Struct, frozen=True):
    """One option's words, wrapped; `beside` when label and note share a line."""

    label: tuple[str, ...]
    note: tuple[str, ...]
    beside: bool
    key: str
    indent: int


def _cap(room: Room) -> int:
    return room.sizes.body * 3 // 2


def _face(option: Option, width: int, indent: int, room: Room) -> _Face:
    sizes = room.sizes
    inner = width - 2 * sizes.pad - indent
    body, small = measure(sizes.body), measure(sizes.caption)
    if option.note and body(option.label) + small(option.note) + sizes.pad * 2 <= inner:
        return _Face((option.label,), (option.note,), True, option.key, indent)
    note = wrap(option.note, inner, small) if option.note else ()
    return _Face(wrap(option.label, inner, body), note, False, option.key, indent)


def _height(face: _Face, room: Room) -> int:
    label = len(face.label) * ink.line(room.sizes.body)
    note = 0 if face.beside else len(face.note) * ink.line(room.sizes.caption)
    return label + note + 10


def choice_piece(choice: Choice, width: int, room: Room) -> Piece:
    """Options down the first column, then down the second."""
    sizes = room.sizes
    gap = max(sizes.gap // 2, 4)
    across = 2 if len(choice.options) > ONE_COLUMN and not room.narrow else 1
    wide = (width - sizes.gap * (across - 1)) // across
    deep = -(-len(choice.options) // across)
    indent = _cap(room) + sizes.pad if any(each.key for each in choice.options) else 0
    faces = [_face(option, wide, indent, room) for option in choice.options]
    least = max([sizes.row * 2 // 3, *(_height(face, room) for face in faces)])
    ideal = max(least, sizes.row)
    foot = ink.line(sizes.caption)

    def put(sheet: Sheet, box: Box) -> None:
        if least > box.h:
            sheet.cuts.append("no room for a row of the choice")
        at = choice.cursor % deep if deep else 0
        shown = window([least] * deep, box.h, at, gap)
        rolled = shown != (0, deep)
        sheet.rolled |= rolled
        if rolled:
            shown = window([least] * deep, box.h - foot, at, gap)
        first, after = shown
        room_for = box.h - (foot if rolled else 0) - gap * (after - first - 1)
        high = max(min(room_for // max(after - first, 1), ideal), least)
        for index, face in enumerate(faces):
            column, line = divmod(index, deep)
            if first <= line < after:
                left = box.x + column * (wide + sizes.gap)
                card = Box(left, box.y + (line - first) * (high + gap), wide, high)
                put_card(sheet, card, room, here=index == choice.cursor)
                _put_face(sheet, card, face, room)
        if rolled:
            count = len(choice.options)
            rows = Box(box.x, box.y, box.w, (after - first) * (high + gap) - gap)
            put_rail(sheet, rows, shown, deep, room)
            y = ink.base(rows.bottom, sizes.caption)
            x = box.right - place_width(f"{count}/{count}", sizes.caption)
            put_place(sheet, (x, y), choice.cursor, count, room)

    seen = min(deep, LEAST_ROWS)
    more = foot if deep > seen else 0
    least_all = seen * least + gap * max(seen - 1, 0) + more
    return Piece(least_all, deep * ideal + gap * max(deep - 1, 0), 3, put)


def _put_face(sheet: Sheet, card: Box, face: _Face, room: Room) -> None:
    sizes, palette = room.sizes, room.palette
    inner = card.inset(sizes.pad, 0)
    if face.key:
        cap = min(_cap(room), card.h - 8)
        place = Box(inner.x - sizes.pad // 3, card.middle - cap // 2, cap, cap)
        sheet.marks.append(
            Plate(place, palette.card, palette.cap_edge, sizes.radius * 3 // 5, sizes.stroke)
        )
        size = ink.fitting(face.key, cap - 6, sizes.body, sizes.caption // 2)
        sheet.write_centred(place, place.middle + ink.centre(size), face.key, size, palette.ink)
    left = inner.x + face.indent
    step, small = ink.line(sizes.body), ink.line(sizes.caption)
    high = len(face.label) * step + (0 if face.beside else len(face.note) * small)
    top = card.middle - high // 2
    for turn, text in enumerate(face.label):
        sheet.write(left, ink.base(top + turn * step, sizes.body), text, sizes.body, palette.ink)
    if face.beside:
        y = card.middle + ink.centre(sizes.caption)
        sheet.write_right(inner.right, y, face.note[0], sizes.caption, palette.muted)
        return
    top += len(face.label) * step
    for turn, text in enumerate(face.note):
        y = ink.base(top + turn * small, sizes.caption)
        sheet.write(left, y, text, sizes.caption, palette.muted)
