"""Facts and totals: a label and its value, the sum at the foot of a list.

Law of the file: a value is never cut; it goes below its label when there is no room beside.
"""

from terminal.ui.pixels import ink
from terminal.ui.pixels.marks import Box, Sheet
from terminal.ui.pixels.piece import Piece, Room, measure, middle, stack, text_piece
from terminal.ui.screen import Fact, Facts, Total
from terminal.ui.wrapping import wrap


def facts_piece(block: Facts, width: int, room: Room) -> Piece:
    """Labels above their values, or left of them with the values right-aligned."""
    if block.stacked:
        return stack([_stacked(fact, width, room) for fact in block.facts], room.sizes.gap * 3 // 4)
    across = _facts_width(block, width, room)
    whole = stack([_beside(fact, across, room) for fact in block.facts], room.sizes.gap // 3)

    def put(sheet: Sheet, box: Box) -> None:
        whole.put(sheet, Box(box.x + (box.w - across) // 2, box.y, across, box.h))

    return Piece(whole.least, whole.ideal, 0, put)


def _facts_width(block: Facts, width: int, room: Room) -> int:
    """On the whole screen, label and value stand near enough for the eye to join them."""
    if room.narrow:
        return width
    pairs = (
        ink.width(fact.label, room.sizes.body)
        + ink.width(fact.value, _value_size(fact, width, room, stacked=False))
        for fact in block.facts
    )
    return min(width, max(middle(width, room), max(pairs, default=0) + 3 * room.sizes.pad))


def _value_size(fact: Fact, width: int, room: Room, *, stacked: bool) -> int:
    sizes = room.sizes
    size = sizes.large if fact.large else sizes.body if stacked else sizes.amount
    return ink.fitting(fact.value, width, size, min(sizes.body, size))


def _stacked(fact: Fact, width: int, room: Room) -> Piece:
    caption, size = room.sizes.caption, _value_size(fact, width, room, stacked=True)
    label = text_piece(wrap(fact.label, width, measure(caption)), caption, room.palette.muted)
    value = text_piece(wrap(fact.value, width, measure(size)), size, room.palette.ink)
    return stack([label, value], 0)


def _beside(fact: Fact, width: int, room: Room) -> Piece:
    palette, size = room.palette, _value_size(fact, width, room, stacked=False)
    body = room.sizes.body
    value = ink.width(fact.value, size)
    label_room = width - value - room.sizes.pad
    if label_room < min(width // 3, ink.width(fact.label, body)):
        return _stacked(fact, width, room)
    lines = wrap(fact.label, label_room, measure(body))
    words = text_piece(lines, body, palette.ink)
    high = max(ink.line(size), words.ideal)

    def put(sheet: Sheet, box: Box) -> None:
        lead = (ink.line(size) - ink.line(body)) // 2 if len(lines) == 1 else 0
        words.put(sheet, Box(box.x, box.y + max(lead, 0), box.w, box.h))
        y = ink.base(box.y, size)
        sheet.write_right(box.right, y, fact.value, size, palette.ink)

    return Piece(high, high, 0, put)


def total_piece(block: Total, width: int, room: Room) -> Piece:
    """The remark goes above the sum when both do not fit on a line."""
    sizes, palette = room.sizes, room.palette
    room_for_sum = width - ink.width(block.label, sizes.body) - sizes.pad
    size = ink.fitting(block.amount, room_for_sum, sizes.total, sizes.body)
    label = width - ink.width(block.amount, size) - sizes.pad
    left = label - ink.width(block.label, sizes.body) - sizes.pad
    remark = wrap(block.left, max(left, 1), measure(sizes.caption + 2)) if block.left else ()
    below = bool(remark) and left < min(width // 5, ink.width(block.left, sizes.caption + 2))
    if below:
        remark = wrap(block.left, width, measure(sizes.caption + 2))
    words = text_piece(remark, sizes.caption + 2, palette.muted)
    line = ink.line(size)
    high = line + words.ideal if below else max(line, words.ideal)

    def put(sheet: Sheet, box: Box) -> None:
        y = ink.base(box.bottom - line, size)
        top = box.y if below else box.bottom - line + (line - words.ideal) // 2
        words.put(sheet, Box(box.x, top, box.w, words.ideal))
        sheet.write_right(box.right, y, block.amount, size, palette.ink)
        sheet.write_right(box.x + label, y, block.label, sizes.body, palette.ink)

    return Piece(high, high, 0, put)
