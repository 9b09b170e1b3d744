"""Bars to compare at a glance, every one with its word and its figure.

Law of the file: a bar that stands for something is never thinner than can be seen, and colour says
nothing that a figure does not say too.
"""

from terminal.ui.pixels import ink
from terminal.ui.pixels.marks import Box, Plate, Sheet
from terminal.ui.pixels.piece import Piece, Room, measure, stack, text_piece
from terminal.ui.screen import Bar, Chart
from terminal.ui.wrapping import shorten, wrap

SEEN = 3  # pixels: the least of a bar that stands for something
LABEL_SHARE = 45  # percent of the width that labels may take beside lying bars


def chart_piece(block: Chart, width: int, room: Room) -> Piece:
    """The title, and the bars below it."""
    sizes = room.sizes
    words = wrap(block.title, width, measure(sizes.caption))
    title = text_piece(words, sizes.caption, room.palette.muted)
    bars = _upright(block.bars, width, room) if block.upright else _lying(block.bars, width, room)
    return stack([title, bars], sizes.gap // 2)


def _length(bar: Bar, longest: int, room: int) -> int:
    """Pixels of `room` for this bar."""
    if bar.value <= 0 or longest <= 0:
        return 0
    return max(room * bar.value // longest, SEEN)


def _lying(bars: tuple[Bar, ...], width: int, room: Room) -> Piece:
    """One line a bar: its label, the bar, its figure behind it."""
    sizes, palette = room.sizes, room.palette
    size, pad = sizes.caption, sizes.pad // 2
    longest = max((bar.value for bar in bars), default=0)
    label = max((ink.width(bar.label, size) for bar in bars), default=0)
    label = min(label, width * LABEL_SHARE // 100)
    figure = max((ink.width(bar.figure, size) for bar in bars), default=0)
    across = width - label - figure - 2 * pad
    least, ideal = ink.line(size), ink.line(size) + sizes.gap // 2

    def put(sheet: Sheet, box: Box) -> None:
        step = min(box.h // max(len(bars), 1), ideal)
        thick = min(size, step - 4)
        for at, bar in enumerate(bars):
            line = Box(box.x, box.y + at * step, box.w, step)
            y = line.middle + ink.centre(size)
            name = shorten(bar.label, label, measure(size))
            sheet.write(box.x, y, name, size, palette.ink)
            wide = _length(bar, longest, across)
            place = Box(box.x + label + pad, line.middle - thick // 2, wide, thick)
            if wide:
                sheet.marks.append(Plate(place, palette.here.edge))
            sheet.write(place.right + pad, y, bar.figure, size, palette.ink)

    return Piece(least * len(bars), ideal * len(bars), 1, put, ideal * len(bars))


def _upright(bars: tuple[Bar, ...], width: int, room: Room) -> Piece:
    """Side by side: the figure above each bar, its label below."""
    sizes, palette = room.sizes, room.palette
    count, line = max(len(bars), 1), ink.line(sizes.caption)
    step = width // count
    texts = [text for bar in bars for text in (bar.label, bar.figure)]
    widest = max(texts, key=lambda text: ink.width(text, sizes.caption), default="")
    size = ink.fitting(widest, step - 2, sizes.caption, 1)
    longest = max((bar.value for bar in bars), default=0)
    least, ideal = 2 * line + 3 * sizes.body, 2 * line + 6 * sizes.body

    def put(sheet: Sheet, box: Box) -> None:
        if size < sizes.caption * 2 // 3:
            sheet.cuts.append(f"the chart's words would be {size} px high")
        ground = box.bottom - line
        room_up = ground - box.y - line
        rail = Box(box.x, ground, step * count, max(sizes.stroke, 1))
        sheet.marks.append(Plate(rail, palette.cap_edge))
        for at, bar in enumerate(bars):
            place = Box(box.x + at * step, box.y, step, box.h)
            high = _length(bar, longest, room_up)
            thick = step * 2 // 3
            left = place.x + (step - thick) // 2
            if high:
                sheet.marks.append(Plate(Box(left, ground - high, thick, high), palette.here.edge))
            above = ink.base(ground - high - line, size)
            sheet.write_centred(place, above, bar.figure, size, palette.ink)
            below = ink.base(ground + rail.h, size)
            sheet.write_centred(place, below, bar.label, size, palette.muted)

    return Piece(least, ideal, 2, put)
