"""A block measured for a width: the heights it can live with, and how to put it in a box.

Law of the file: nothing is placed before everything is measured; room is shared here and nowhere
else.
"""

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

from msgspec import Struct

from terminal.ui.pixels import ink
from terminal.ui.pixels.marks import Box, Sheet
from terminal.ui.theme import Colour, Palette, Sizes
from terminal.ui.wrapping import Measure

ENDLESS = 100_000  # higher than any screen


class Room(Struct, frozen=True):
    """Where a block stands: the step's sizes, and whether a panel or a column holds it."""

    sizes: Sizes
    palette: Palette
    framed: bool = False  # inside a panel: no card of its own
    narrow: bool = False  # inside a column: headlines stand left, and smaller
    centred: bool = False  # beside a headline: sentences stand in the middle too


class Piece(Struct, frozen=True):
    """Heights in pixels; `grow` is its share of room to spare, 0 for none, up to `most`."""

    least: int
    ideal: int
    grow: int
    put: Callable[[Sheet, Box], None]
    most: int = ENDLESS


def middle(width: int, room: Room) -> int:
    """How wide what stands in the middle of the screen is: fields and facts are alike."""
    return min(width, max(room.sizes.field * 14, width * 3 // 5))


def measure(size: int) -> Measure:
    """The width in pixels at `size`, as wrapping wants it."""
    return lambda text: ink.width(text, size)


def heights(pieces: Sequence[Piece], room: int) -> list[int]:
    """`room` shared out: less than ideal where it can be borne, more where growing is wanted.

    The sum is `room`, or less when nothing may grow further, or more when the least heights are.
    """
    shares = [piece.ideal for piece in pieces]
    spare = room - sum(shares)
    if spare < 0:
        weights = [piece.ideal - piece.least for piece in pieces]
        return _shared(shares, weights, max(spare, -sum(weights)))
    if len(pieces) == 1 and pieces[0].grow:
        return [room]
    growing = [piece.grow for piece in pieces]
    while spare > 0 and any(growing):
        wide = _shared(shares, growing, spare)
        full = [share >= piece.most for share, piece in zip(wide, pieces, strict=True)]
        limits = [max(piece.most, piece.ideal) for piece in pieces]
        wide = [min(share, limit) for share, limit in zip(wide, limits, strict=True)]
        growing = [0 if done else weight for done, weight in zip(full, growing, strict=True)]
        shares, spare = wide, room - sum(wide)
    return shares


def _shared(shares: Sequence[int], weights: Sequence[int], spare: int) -> list[int]:
    """`spare` added to the shares by weight, to the pixel."""
    whole = sum(weights)
    if whole == 0:
        return list(shares)
    ends = [spare * mark // whole for mark in accumulate(weights, initial=0)]
    return [
        share + after - before
        for share, (before, after) in zip(shares, pairwise(ends), strict=True)
    ]


def stack(pieces: Sequence[Piece], gap: int, *, centred: bool = False) -> Piece:
    """Pieces under each other; `centred` puts those that do not grow in the middle.

    Room to spare then goes between them too, up to twice the gap.
    """
    count = max(len(pieces) - 1, 0)
    gaps = gap * count

    def put(sheet: Sheet, box: Box) -> None:
        shares = heights(pieces, box.h - gaps)
        used = sum(shares) + gaps
        wide = gap + min(max(box.h - used, 0) // (count + 4), gap) if centred else gap
        used += (wide - gap) * count
        if used > box.h:
            sheet.cuts.append(f"content is {used - box.h} px higher than its room")
        top = box.y + (max(box.h - used, 0) * 9 // 20 if centred else 0)
        for piece, share in zip(pieces, shares, strict=True):
            piece.put(sheet, Box(box.x, top, box.w, share))
            top += share + wide

    return Piece(
        sum(piece.least for piece in pieces) + gaps,
        sum(piece.ideal for piece in pieces) + gaps,
        sum(piece.grow for piece in pieces),
        put,
        min(sum(piece.most if piece.grow else piece.ideal for piece in pieces) + gaps, ENDLESS),
    )


def text_piece(
    lines: Sequence[str], size: int, colour: Colour, *, centred: bool = False, indent: int = 0
) -> Piece:
    """Lines of one size, from the top of their box."""
    step = ink.line(size)

    def put(sheet: Sheet, box: Box) -> None:
        for index, text in enumerate(lines):
            y = ink.base(box.y + index * step, size)
            if centred:
                sheet.write_centred(box, y, text, size, colour)
            else:
                sheet.write(box.x + indent, y, text, size, colour)

    return Piece(step * len(lines), step * len(lines), 0, put)
