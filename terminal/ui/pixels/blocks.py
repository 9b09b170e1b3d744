"""Each kind of block, measured: sentences, facts, the one amount, what is typed, panels, columns.

Law of the file: one function a block, from its value and a width to a Piece; words wrap, amounts
shrink, neither is ever cut.
"""

from terminal.ui.pixels import ink, lists
from terminal.ui.pixels.choices import choice_piece
from terminal.ui.pixels.marks import Box, Figure, Modules, Plate, Sheet, Sign
from terminal.ui.pixels.piece import Piece, Room, measure, stack, text_piece
from terminal.ui.pixels.typed import entry_piece
from terminal.ui.qr import QUIET, matrix
from terminal.ui.screen import (
    Amount,
    Block,
    Busy,
    Choice,
    Entry,
    Fact,
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
from terminal.ui.wrapping import balanced, wrap


def piece_of(block: Block, width: int, room: Room) -> Piece:
    """Any block, measured for `width` pixels."""
    match block:
        case Headline():
            return _headline(block, width, room)
        case Sentences():
            return _sentences(block, width, room)
        case Facts():
            return _facts(block, width, room)
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
        case Busy():
            return _busy(block, width, room)
        case Total():
            return _total(block, width, room)
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
    breaker = balanced if block.centred else wrap  # no lonely last word under a centred line
    parts = [
        text_piece(breaker(line, width, measure(size)), size, colour, centred=block.centred)
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
    left = (width - indent - widest) // 2 if block.centred else 0
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


def _facts(block: Facts, width: int, room: Room) -> Piece:
    if block.stacked:
        return stack([_stacked(fact, width, room) for fact in block.facts], room.sizes.gap * 3 // 4)
    return stack([_beside(fact, width, room) for fact in block.facts], room.sizes.gap // 3)


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

    return Piece(inner.least + down, inner.ideal + down, grow, put)


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


def _total(block: Total, width: int, room: Room) -> Piece:
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


def _panel(block: Panel, width: int, room: Room) -> Piece:
    sizes = room.sizes
    inner = width - 2 * sizes.pad
    inside = Room(sizes, room.palette, framed=True, narrow=room.narrow)
    parts = [piece_of(each, inner, inside) for each in block.blocks]
    if block.title:
        words = wrap(block.title, inner, measure(sizes.caption))
        parts.insert(0, text_piece(words, sizes.caption, room.palette.muted))
    gap = sizes.gap // 2 if room.narrow else sizes.gap
    whole = stack(parts, gap, centred=not room.narrow and not block.title)
    return _framed(whole, room, block.tone, 2)


def _side(block: Side, width: int, room: Room) -> Piece:
    gap = room.sizes.gap * 5 // 4
    inside = Room(room.sizes, room.palette, framed=room.framed, narrow=True)
    left = (width - gap) * block.share // 100
    right = width - gap - left

    def column(blocks: tuple[Block, ...], across: int) -> Piece:
        parts = [piece_of(each, across, inside) for each in blocks]
        return stack(parts, room.sizes.gap, centred=True)

    one, two = column(block.left, left), column(block.right, right)

    def put(sheet: Sheet, box: Box) -> None:
        one.put(sheet, Box(box.x, box.y, left, box.h))
        two.put(sheet, Box(box.right - right, box.y, right, box.h))

    return Piece(max(one.least, two.least), max(one.ideal, two.ideal), max(one.grow, two.grow), put)
