"""Each kind of block, measured: sentences, the one amount, codes, panels, columns.

Law of the file: one function a block, from its value and a width to a Piece; words wrap, amounts
shrink, neither is ever cut.
"""

from msgspec.structs import replace

from terminal.ui.pixels import ink, lists
from terminal.ui.pixels.chart import chart_piece
from terminal.ui.pixels.choices import choice_piece
from terminal.ui.pixels.facts import facts_piece, total_piece
from terminal.ui.pixels.marks import Box, Figure, Modules, Plate, Sheet, Sign
from terminal.ui.pixels.piece import ENDLESS, Piece, Room, measure, stack, text_piece
from terminal.ui.pixels.typed import entry_piece
from terminal.ui.qr import QUIET, matrix
from terminal.ui.screen import (
    Amount,
    Block,
    Busy,
    Chart,
    Choice,
    Entry,
    Facts,
    Headline,
    Panel,
    Qr,
    Sentences,
    Side,
    Table,
    Tone,
    Total,
)
from terminal.ui.standing import wants_centre
from terminal.ui.wrapping import balanced, wrap


def piece_of(block: Block, width: int, room: Room) -> Piece:
    """Any block, measured for `width` pixels."""
    match block:
        case Headline():
            return _headline(block, width, room)
        case Sentences():
            return _sentences(block, width, room)
        case Facts():
            return facts_piece(block, width, room)
        case Amount():
            return _amount(block, width, room)
        case Table():
            return lists.table_piece(block, width, room)
        case Choice():
            return choice_piece(block, width, room)
        case Entry():
            return entry_piece(block, width, room)
        case Qr():
            return _qr(block, width, room)
        case Chart():
            return chart_piece(block, width, room)
        case Busy():
            return _busy(block, width, room)
        case Total():
            return total_piece(block, width, room)
        case Panel():
            return _panel(block, width, room)
        case Side():
            return _side(block, width, room)


def _headline(block: Headline, width: int, room: Room) -> Piece:
    size = room.sizes.large if room.narrow else room.sizes.headline
    lines = balanced(block.text, width, measure(size))
    return text_piece(lines, size, room.palette.hue(block.tone).ink, centred=not room.narrow)


def _sentences(block: Sentences, width: int, room: Room) -> Piece:
    size = room.sizes.body
    colour = room.palette.hue(block.tone).ink
    if block.numbered:
        return _numbered(block, width, room)
    centred = block.centred or room.centred
    breaker = balanced if centred else wrap  # no lonely last word under a centred line
    parts = [
        text_piece(breaker(line, width, measure(size)), size, colour, centred=centred)
        for line in block.lines
    ]
    return stack(parts, size // 5)


def _numbered(block: Sentences, width: int, room: Room) -> Piece:
    """Steps to take, each behind its number in a disc; the whole group stands in the middle."""
    size, palette = room.sizes.body, room.palette
    disc = ink.line(size)
    indent = disc + room.sizes.pad * 2 // 3
    wrapped = [wrap(line, width - indent, measure(size)) for line in block.lines]
    widest = max((ink.width(line, size) for lines in wrapped for line in lines), default=0)
    left = (width - indent - widest) // 2 if block.centred or room.centred else 0
    hue = palette.hue(block.tone)

    def step(number: int, lines: tuple[str, ...]) -> Piece:
        words = text_piece(lines, size, hue.ink, indent=left + indent)

        def put(sheet: Sheet, box: Box) -> None:
            circle = Box(box.x + left, box.y, disc, disc)
            sheet.marks.append(Plate(circle, palette.ink, radius=disc // 2))
            small = size * 4 // 5
            y = circle.middle + ink.centre(small)
            sheet.write_centred(circle, y, str(number), small, palette.bar_ink)
            words.put(sheet, box)

        return Piece(words.least, words.ideal, 0, put)

    parts = [step(number, lines) for number, lines in enumerate(wrapped, 1)]
    return stack(parts, room.sizes.gap * 2 // 3)


def _amount(block: Amount, width: int, room: Room) -> Piece:
    sizes, palette = room.sizes, room.palette
    inner = width if room.framed else width - 2 * sizes.pad
    size = ink.fitting(block.amount, inner, sizes.hero, sizes.body)
    label = wrap(block.label, inner, measure(sizes.body))
    note = balanced(block.note, inner, measure(sizes.caption + 2)) if block.note else ()
    high = size * 11 // 10

    def figures(sheet: Sheet, box: Box) -> None:
        sheet.write_centred(box, box.middle + ink.centre(size), block.amount, size, palette.ink)

    parts = [
        text_piece(label, sizes.body, palette.muted, centred=True),
        Piece(high, high, 0, figures),
        text_piece(note, sizes.caption + 2, palette.muted, centred=True),
    ]
    whole = stack(parts if block.note else parts[:2], sizes.gap // 4, centred=True)
    return whole if room.framed else _framed(whole, room, Tone.PLAIN, 1)


def _framed(inner: Piece, room: Room, tone: Tone, grow: int) -> Piece:
    sizes, hue = room.sizes, room.palette.hue(tone)
    down = 2 * sizes.pad * 3 // 4

    def put(sheet: Sheet, box: Box) -> None:
        sheet.marks.append(Plate(box, hue.fill, hue.edge, sizes.radius, sizes.stroke))
        inner.put(sheet, box.inset(sizes.pad, sizes.pad * 3 // 4))

    high = inner.ideal + down
    return Piece(inner.least + down, high, grow, put, high * 5 // 4)


def _qr(block: Qr, width: int, room: Room) -> Piece:
    across = len(matrix(block.payload)) + 2 * QUIET
    largest = min(room.sizes.module, width // across)
    least = min(largest, 6)

    def put(sheet: Sheet, box: Box) -> None:
        pixel = min(box.w, box.h) // across
        pixel = min(max(pixel, 1), room.sizes.module)
        side = pixel * across
        if side > min(box.w, box.h):
            sheet.cuts.append("no room for the QR code")
        if pixel < 3:
            sheet.cuts.append(f"the QR code has only {pixel} px a module")
        left = box.x if room.narrow else box.x + (box.w - side) // 2
        top = box.y + max(box.h - side, 0) // 2
        sheet.marks.append(Modules(Box(left, top, side, side), block.payload, pixel))

    return Piece(across * max(least, 1), across * max(largest, 1), 4, put)


def _busy(block: Busy, width: int, room: Room) -> Piece:
    sizes, palette = room.sizes, room.palette
    dot, hue = sizes.body * 3 // 5, palette.hue(Tone.WAITING)

    def dots(sheet: Sheet, box: Box) -> None:
        left = box.x if room.narrow else box.x + (box.w - 5 * dot) // 2
        for index in range(3):
            place = Box(left + 2 * dot * index, box.middle - dot // 2, dot, dot)
            sheet.marks.append(Figure(place, Sign.DOT, hue.edge))

    words = _headline(Headline(block.text, Tone.WAITING), width, room)
    since = wrap(block.since, width, measure(sizes.body))
    note = text_piece(since, sizes.body, palette.muted, centred=not room.narrow)
    parts = [Piece(2 * dot, 3 * dot, 0, dots), words, *([note] if block.since else [])]
    return stack(parts, sizes.gap // 2)


def _panel(block: Panel, width: int, room: Room) -> Piece:
    """The title stays at the top; what is in it stands in the middle when the panel is wide."""
    sizes = room.sizes
    inner = width - 2 * sizes.pad
    centred = not room.narrow and wants_centre(block.blocks)
    inside = Room(sizes, room.palette, framed=True, narrow=room.narrow, centred=centred)
    parts = [piece_of(each, inner, inside) for each in block.blocks]
    whole = stack(parts, sizes.gap // 2 if room.narrow else sizes.gap, centred=not room.narrow)
    if block.title:
        words = wrap(block.title, inner, measure(sizes.caption))
        title = text_piece(words, sizes.caption, room.palette.muted)
        rest = Piece(whole.least, whole.ideal, 1, whole.put)
        whole = stack([title, rest], sizes.gap // 3)
    return _framed(whole, room, block.tone, 2)


def _side(block: Side, width: int, room: Room) -> Piece:
    gap = room.sizes.gap * 5 // 4
    inside = Room(room.sizes, room.palette, framed=room.framed, narrow=True)
    left = (width - gap) * block.share // 100
    right = width - gap - left

    def column(blocks: tuple[Block, ...], across: int) -> Piece:
        *parts, last = [piece_of(each, across, inside) for each in blocks]
        return stack([*parts, replace(last, most=ENDLESS)], room.sizes.gap)  # to the foot

    one, two = column(block.left, left), column(block.right, right)

    def put(sheet: Sheet, box: Box) -> None:
        one.put(sheet, Box(box.x, box.y, left, box.h))
        two.put(sheet, Box(box.right - right, box.y, right, box.h))

    least, ideal = max(one.least, two.least), max(one.ideal, two.ideal)
    return Piece(least, ideal, max(one.grow, two.grow), put, max(one.most, two.most))
