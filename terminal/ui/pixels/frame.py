"""What stands around every question: title and lights above, steps, notices, keys below.

Law of the file: title, health, clock and keys never move; they shrink before they are cut.
"""

from itertools import pairwise

from terminal.ui.pixels import ink
from terminal.ui.pixels.marks import Box, Figure, Plate, Sheet, Sign
from terminal.ui.pixels.piece import Piece, Room, measure, stack, text_piece
from terminal.ui.screen import Light, Notice, Screen, Tone
from terminal.ui.wrapping import shorten, wrap

SIGNS = {
    Tone.PLAIN: Sign.DOT,
    Tone.MUTED: Sign.DOT,
    Tone.HERE: Sign.DOT,
    Tone.GOOD: Sign.DOT,
    Tone.WAITING: Sign.TRIANGLE,
    Tone.STOP: Sign.CROSS,
}


def title_bar(sheet: Sheet, box: Box, screen: Screen, room: Room) -> None:
    """The title left; lights and the clock right."""
    sizes, palette = room.sizes, room.palette
    sheet.marks.append(Plate(box, palette.bar))
    right = box.right - sizes.margin
    if screen.clock:
        y = box.middle + ink.centre(sizes.clock)
        sheet.write_right(right, y, screen.clock, sizes.clock, palette.bar_ink)
        right -= ink.width(screen.clock, sizes.clock) + sizes.gap * 3 // 2
    for light in reversed(screen.lights):
        right = _light(sheet, box, right, light, room)
    left = box.x + sizes.margin
    if screen.watermark:
        left = _tag(sheet, box, left, screen.watermark, room)
    _title(sheet, Box(left, box.y, right - left, box.h), screen.title, room)


def _tag(sheet: Sheet, box: Box, left: int, text: str, room: Room) -> int:
    """What must not be overlooked, before the title; returns where the title begins."""
    size, palette = room.sizes.light, room.palette
    place = Box(left, box.middle - size, ink.width(text, size) + size, size * 2)
    sheet.marks.append(Plate(place, palette.waiting.fill, palette.waiting.edge, size // 3, 2))
    y = box.middle + ink.centre(size)
    sheet.write_centred(place, y, text, size, palette.waiting.ink)
    return place.right + room.sizes.gap


def _light(sheet: Sheet, box: Box, right: int, light: Light, room: Room) -> int:
    """One light, its right end at `right`; returns where the next one ends."""
    size, palette = room.sizes.light, room.palette
    left = right - ink.width(light.name, size)
    well = light.tone in {Tone.GOOD, Tone.PLAIN, Tone.MUTED, Tone.HERE}
    colour = palette.bar_muted if well else palette.bar_ink
    sheet.write(left, box.middle + ink.centre(size), light.name, size, colour)
    side = size * 3 // 4 if well else size * 9 // 10
    left -= side + size * 2 // 5
    place = Box(left, box.middle - side // 2, side, side)
    sheet.marks.append(Figure(place, SIGNS[light.tone], palette.light(light.tone)))
    return left - room.sizes.gap


def _title(sheet: Sheet, box: Box, title: str, room: Room) -> None:
    sizes, colour = room.sizes, room.palette.bar_ink
    size = ink.fitting(title, box.w, sizes.title, sizes.body)
    lines: tuple[str, ...] = (title,)
    if ink.width(title, size) > box.w:
        size = sizes.light
        lines = wrap(title, box.w, measure(size))
        if len(lines) > 2:
            sheet.cuts.append(f"the title is too long: {title}")
            lines = (lines[0], shorten("".join(lines[1:]), box.w, measure(size)))
    step = size * 5 // 4
    top = box.middle - step * len(lines) // 2
    for index, text in enumerate(lines):
        y = top + index * step + step // 2 + ink.centre(size)
        sheet.write(box.x, y, text, size, colour)


def steps_height(screen: Screen, room: Room) -> int:
    if screen.step < 0 or not screen.steps:
        return 0
    return room.sizes.gap * 3 // 4 + room.sizes.step // 2 + ink.line(room.sizes.step)


def step_bar(sheet: Sheet, box: Box, screen: Screen, room: Room) -> None:
    """Green done, blue here, grey to come; a tick before what is done, as colour is never alone."""
    sizes, palette = room.sizes, room.palette
    gap = max(sizes.gap // 2, 4)
    count = len(screen.steps)
    stops = [(box.w + gap) * turn // count for turn in range(count + 1)]
    wide = min(after - before for before, after in pairwise(stops)) - gap
    thick = sizes.step * 2 // 5
    size = min(
        ink.fitting(each, wide - sizes.step, sizes.step, sizes.step * 7 // 10)
        for each in screen.steps
    )
    top = box.y + sizes.gap * 3 // 4
    for index, text in enumerate(screen.steps):
        left, edge = box.x + stops[index], box.x + stops[index + 1] - gap
        done, here = index < screen.step, index == screen.step
        colour = palette.good.edge if done else palette.here.edge if here else palette.quiet
        sheet.marks.append(Plate(Box(left, top, edge - left, thick), colour, radius=thick // 2))
        y = box.bottom - ink.line(size) + ink.line(size) // 2 + ink.centre(size)
        words = palette.here.ink if here else palette.muted
        if done:
            side = size * 7 // 10
            tick = Box(left, y - ink.centre(size) - side // 2, side, side)
            sheet.marks.append(Figure(tick, Sign.TICK, palette.good.edge))
            left += side + size // 4
        if ink.width(text, size) > edge - left:
            sheet.cuts.append(f"the step is too long: {text}")
            text = shorten(text, wide - size, measure(size))  # noqa: PLW2901 -- said above
        sheet.write(left, y, text, size, words)


def notices(screen: Screen, width: int, room: Room) -> Piece:
    """A strip for each notice, the full width of the content."""
    return stack([_notice(each, width, room) for each in screen.notices], room.sizes.gap // 2)


def _notice(notice: Notice, width: int, room: Room) -> Piece:
    sizes, hue = room.sizes, room.palette.hue(notice.tone)
    size = sizes.body * 12 // 13
    sign = size
    indent = sizes.pad + sign + sizes.pad * 2 // 3
    lines = wrap(notice.text, width - indent - sizes.pad, measure(size))
    words = text_piece(lines, size, hue.ink)
    pad = max(sizes.pad // 3, 3)

    def put(sheet: Sheet, box: Box) -> None:
        sheet.marks.append(Plate(box, hue.fill, hue.edge, sizes.radius * 3 // 5, sizes.stroke))
        side = sign * 9 // 10
        first = box.y + pad + ink.line(size) // 2
        place = Box(box.x + sizes.pad, first - side // 2, side, side)
        sheet.marks.append(Figure(place, SIGNS[notice.tone], hue.edge))
        words.put(sheet, Box(box.x + indent, box.y + pad, width - indent, words.ideal))

    return Piece(words.least + 2 * pad, words.ideal + 2 * pad, 0, put)
