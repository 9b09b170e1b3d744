"""What is being typed: its label, the field with its caret, and a hint.

Law of the file: the end that is being typed is always in sight; a secret shows dots only.
"""

from terminal.ui.pixels import ink
from terminal.ui.pixels.marks import Box, Figure, Plate, Sheet, Sign
from terminal.ui.pixels.piece import Piece, Room, measure, middle, stack, text_piece
from terminal.ui.screen import Entry
from terminal.ui.wrapping import ELLIPSIS, wrap


def entry_piece(block: Entry, width: int, room: Room) -> Piece:
    """Label above the field, hint below; at most 24 digits wide, in the middle of the screen."""
    sizes, palette = room.sizes, room.palette
    across = width if room.narrow else middle(width, room)
    label = wrap(block.label, across, measure(sizes.body))
    hint = wrap(block.hint, across, measure(sizes.caption + 2)) if block.hint else ()
    high = sizes.field * 17 // 10

    def field(sheet: Sheet, box: Box) -> None:
        edge = palette.here.edge
        sheet.marks.append(Plate(box, palette.card, edge, sizes.radius, sizes.stroke + 1))
        _typed(sheet, box.inset(sizes.pad, 0), block, room)

    parts = [
        text_piece(label, sizes.body, palette.ink),
        Piece(high, high, 0, field),
        *([text_piece(hint, sizes.caption + 2, palette.muted)] if hint else []),
    ]
    whole = stack(parts, sizes.gap // 2)

    def put(sheet: Sheet, box: Box) -> None:
        whole.put(sheet, Box(box.x + (box.w - across) // 2, box.y, across, box.h))

    return Piece(whole.least, whole.ideal, 0, put)


def _typed(sheet: Sheet, box: Box, block: Entry, room: Room) -> None:
    sizes, palette = room.sizes, room.palette
    caret = max(sizes.stroke + 1, 2)
    across = box.w - 3 * caret
    if block.secret:
        end = _dots(sheet, box, len(block.text), room)
    else:
        size = ink.fitting(block.text, across, sizes.field, sizes.body)
        text = block.text
        while ink.width(text, size) > across:
            text = ELLIPSIS + text.removeprefix(ELLIPSIS)[1:]
        sheet.write(box.x, box.middle + ink.centre(size), text, size, palette.ink)
        end = box.x + ink.width(text, size)
    tall = sizes.field * 11 // 10
    place = Box(end + caret, box.middle - tall // 2, caret, tall)
    sheet.marks.append(Plate(place, palette.here.edge))


def _dots(sheet: Sheet, box: Box, count: int, room: Room) -> int:
    """A dot for each digit typed; returns where the last one ends."""
    dot = room.sizes.field // 2
    step = min(dot * 3 // 2, box.w // max(count + 1, 1))
    dot = min(dot, step)
    for index in range(count):
        place = Box(box.x + index * step, box.middle - dot // 2, dot, dot)
        sheet.marks.append(Figure(place, Sign.DOT, room.palette.ink))
    return box.x + count * step
