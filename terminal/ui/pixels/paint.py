"""Marks to pixels.

Law of the file: the same marks give the same bytes; corners and signs are smoothed once and kept.
"""

from functools import lru_cache
from math import ceil

from PIL import Image, ImageDraw

from terminal.ui.pixels import ink
from terminal.ui.pixels.marks import Box, Figure, Ink, Mark, Modules, Plate, Sign
from terminal.ui.qr import QUIET, matrix
from terminal.ui.theme import Colour

FINE = 4  # signs are drawn this many times larger, then made small: smooth edges


def paint(
    marks: list[Mark], width: int, height: int, ground: Colour, behind: str = ""
) -> Image.Image:
    """An RGB image of `width` x `height` with the marks drawn in their order.

    `behind` is a word that lies across the ground, under all of them.
    """
    image = Image.new("RGB", (width, height), ground)
    if behind:
        from terminal.ui.pixels.watermark import watermark  # noqa: PLC0415 - only in training

        watermark(image, behind)
    pen = ImageDraw.Draw(image)
    for mark in marks:
        match mark:
            case Plate():
                _plate(image, pen, mark)
            case Ink():
                words = ink.shown(mark.text)
                pen.text((mark.x, mark.y), words, mark.colour, ink.font(mark.size), anchor="ls")
            case Figure():
                mask = _sign(mark.sign, mark.box.w, mark.box.h)
                image.paste(mark.colour, (mark.box.x, mark.box.y), mask)
            case Modules():
                image.paste(_code(mark.payload, mark.pixel), (mark.box.x, mark.box.y))
    return image


def _plate(image: Image.Image, pen: ImageDraw.ImageDraw, plate: Plate) -> None:
    if plate.edge is None:
        _rounded(image, pen, plate.box, plate.fill, plate.radius)
        return
    _rounded(image, pen, plate.box, plate.edge, plate.radius)
    inner = plate.box.inset(plate.stroke, plate.stroke)
    _rounded(image, pen, inner, plate.fill, max(plate.radius - plate.stroke, 0))


def _rounded(
    image: Image.Image, pen: ImageDraw.ImageDraw, box: Box, colour: Colour, radius: int
) -> None:
    radius = min(radius, box.w // 2, box.h // 2)
    if box.w <= 0 or box.h <= 0:
        return
    if radius <= 1:
        pen.rectangle((box.x, box.y, box.right - 1, box.bottom - 1), colour)
        return
    middle = (box.x + radius, box.y, box.right - radius - 1, box.bottom - 1)
    if middle[2] >= middle[0]:
        pen.rectangle(middle, colour)
    sides = (box.x, box.y + radius, box.right - 1, box.bottom - radius - 1)
    if sides[3] >= sides[1]:
        pen.rectangle(sides, colour)
    lefts, tops = (box.x, box.right - radius), (box.y, box.bottom - radius)
    for across, left in enumerate(lefts):
        for down, top in enumerate(tops):
            image.paste(colour, (left, top), _corner(radius, across, down))


@lru_cache(maxsize=64)
def _corner(radius: int, across: int, down: int) -> Image.Image:
    """A quarter of a disc: 0, 0 is the upper left one."""
    disc = _sign(Sign.DOT, 2 * radius, 2 * radius)
    left, top = across * radius, down * radius
    return disc.crop((left, top, left + radius, top + radius))


@lru_cache(maxsize=64)
def _sign(sign: Sign, width: int, height: int) -> Image.Image:
    """A mask of the sign, smooth."""
    w, h = width * FINE, height * FINE
    large = Image.new("L", (w, h), 0)
    pen = ImageDraw.Draw(large)
    thick = max(ceil(w / 6), 1)
    match sign:
        case Sign.DOT:
            pen.ellipse((0, 0, w - 1, h - 1), 255)
        case Sign.TRIANGLE:
            pen.polygon(((w // 2, h // 16), (w - 1, h * 15 // 16), (0, h * 15 // 16)), 255)
            mark = w // 12
            pen.rectangle((w // 2 - mark, h * 6 // 16, w // 2 + mark, h * 10 // 16), 0)
            pen.rectangle((w // 2 - mark, h * 11 // 16, w // 2 + mark, h * 13 // 16), 0)
        case Sign.CROSS:
            pen.ellipse((0, 0, w - 1, h - 1), 255)
            a, b = w * 5 // 16, w * 11 // 16
            pen.line((a, a, b, b), 0, thick)
            pen.line((a, b, b, a), 0, thick)
        case Sign.TICK:
            elbow = (
                (w // 16, h * 9 // 16),
                (w * 6 // 16, h * 14 // 16),
                (w * 15 // 16, h * 3 // 16),
            )
            pen.line(elbow, 255, thick * 5 // 4, joint="curve")
        case Sign.UP | Sign.DOWN | Sign.LEFT | Sign.RIGHT:
            _arrow(pen, w, h)
    turned = _turned(large, sign)
    return turned.resize((width, height), Image.Resampling.BOX)


def _arrow(pen: ImageDraw.ImageDraw, w: int, h: int) -> None:
    """An arrow up: a solid head and a stem."""
    pen.polygon(((w // 2, h // 16), (w * 14 // 16, h * 9 // 16), (w * 2 // 16, h * 9 // 16)), 255)
    stem = w // 9
    pen.rectangle((w // 2 - stem, h * 8 // 16, w // 2 + stem, h * 15 // 16), 255)


def _turned(image: Image.Image, sign: Sign) -> Image.Image:
    match sign:
        case Sign.DOWN:
            return image.transpose(Image.Transpose.ROTATE_180)
        case Sign.LEFT:
            return image.transpose(Image.Transpose.ROTATE_90)
        case Sign.RIGHT:
            return image.transpose(Image.Transpose.ROTATE_270)
        case _:
            return image


@lru_cache(maxsize=4)
def _code(payload: str, pixel: int) -> Image.Image:
    """The QR code in black on white, whole pixels a module, quiet zone included."""
    rows = matrix(payload)
    small = Image.new("L", (len(rows) + 2 * QUIET, len(rows) + 2 * QUIET), 255)
    small.putdata(
        [
            0 if 0 <= x < len(rows) and 0 <= y < len(rows) and rows[y][x] else 255
            for y in range(-QUIET, len(rows) + QUIET)
            for x in range(-QUIET, len(rows) + QUIET)
        ]
    )
    side = small.width * pixel
    return small.resize((side, side), Image.Resampling.NEAREST).convert("RGB")
