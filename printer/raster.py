"""A slip drawn as a picture: for printers without Chinese, for rare characters, for previews.

Drawn in grey and cut at half: sharper on thermal paper than dithering. The same values always give
the same dots.
"""

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from printer.layout import Line, column_lines, text_lines
from printer.models import Model
from printer.qr import SlipError, qr_dots, qr_matrix
from printer.slip import (
    Align,
    Columns,
    Cut,
    Feed,
    Mark,
    Part,
    Qr,
    Rule,
    SignatureLine,
    Size,
    Slip,
    Text,
)
from printer.text import REPLACEMENT
from printer.watermark import watermarked

FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
_MARGIN = 8  # dots left and right: a slip's edge is seldom where it should be
_WHITE, _BLACK = 255, 0


@lru_cache(maxsize=16)
def _font(path: Path, dots: int) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(str(path), dots, layout_engine=ImageFont.Layout.BASIC)
    except OSError as fault:
        raise SlipError(
            "the slip's font {path} cannot be read: apt-get install fonts-wqy-microhei", path=path
        ) from fault


@lru_cache(maxsize=4096)
def _drawable(path: Path, char: str) -> bool:
    """Has the font this character? One that looks like the empty box it does not have."""
    font = _font(path, 24)
    missing = bytes(font.getmask("\U0010ffff"))
    return char == " " or bytes(font.getmask(char)) != missing


class DrawnPaper:
    """Measures and draws on a paper of `width` dots; fulfils layout.Paper."""

    def __init__(self, width: int, font: Path = FONT) -> None:
        self.width = width
        self.font = font
        wide = width >= 500
        self._dots = {
            Size.SMALL: 22 if wide else 20,
            Size.NORMAL: 26 if wide else 24,
            Size.LARGE: 44 if wide else 38,
        }

    def room(self, size: Size) -> int:
        del size  # dots are dots
        return self.width - 2 * _MARGIN

    def measure(self, text: str, size: Size) -> int:
        return round(_font(self.font, self._dots[size]).getlength(self.shown(text)) + 0.5)

    def gap(self, size: Size) -> int:
        return self._dots[size] // 2

    def pitch(self, size: Size) -> int:
        """From one line to the next."""
        return self._dots[size] * 4 // 3

    def shown(self, text: str) -> str:
        """`text` with a visible sign for what the font cannot draw."""
        return "".join(char if _drawable(self.font, char) else REPLACEMENT for char in text)

    def strip(self, height: int) -> Image.Image:
        return Image.new("L", (self.width, height), _WHITE)

    def line(self, line: Line) -> Image.Image:
        """One line of text as a strip as high as its pitch."""
        image = self.strip(self.pitch(line.size))
        room = self.width - _MARGIN
        width = self.measure(line.text, line.size)
        left = {
            Align.LEFT: _MARGIN,
            Align.CENTRE: (self.width - width) // 2,
            Align.RIGHT: room - width,
        }[line.align]
        self.write(image, left, line.text, line)
        self.write(image, room - self.measure(line.right, line.size), line.right, line)
        return image

    def write(self, image: Image.Image, left: int, text: str, line: Line) -> None:
        font = _font(self.font, self._dots[line.size])
        middle = image.height // 2
        draw = ImageDraw.Draw(image)
        for step in (0, 1) if line.bold else (0,):  # bold by a second stroke, one dot beside
            draw.text((left + step, middle), self.shown(text), _BLACK, font, anchor="lm")


def draw_part(part: Part, model: Model, font: Path = FONT) -> tuple[Image.Image, ...]:
    """One part as strips from top to bottom, grey, as wide as the paper."""
    paper = DrawnPaper(model.width, font)
    match part:
        case Text():
            return tuple(map(paper.line, text_lines(part, paper)))
        case Columns():
            return tuple(map(paper.line, column_lines(part, paper)))
        case Rule():
            return (_rule(paper, 0, 16),)
        case Qr():
            return (_qr(part, model, paper),)
        case SignatureLine():
            label = text_lines(Text(part.label), paper)
            return (*map(paper.line, label), _rule(paper, model.width // 3, 56))
        case Mark():
            return _mark(part, paper)
        case Feed():
            return (paper.strip(part.lines * paper.pitch(Size.NORMAL)),)
        case Cut():
            return ()


def _rule(paper: DrawnPaper, left: int, height: int) -> Image.Image:
    image = paper.strip(height)
    right = paper.width - (_MARGIN if left else 0) - 1
    ImageDraw.Draw(image).rectangle((left, height // 2, right, height // 2 + 1), _BLACK)
    return image


def _qr(part: Qr, model: Model, paper: DrawnPaper) -> Image.Image:
    code = qr_picture(part.payload, model)
    image = paper.strip(code.height)
    image.paste(code, ((paper.width - code.width) // 2, 0))
    return image


def qr_picture(payload: str, model: Model) -> Image.Image:
    """The code alone with its quiet zone, grey, whole dots a module."""
    matrix = qr_matrix(payload)
    dots = qr_dots(matrix, model)
    modules = Image.new("L", (len(matrix), len(matrix)))
    modules.putdata([_BLACK if dark else _WHITE for row in matrix for dark in row])
    side = len(matrix) * dots
    return modules.resize((side, side), Image.Resampling.NEAREST)


def _mark(part: Mark, paper: DrawnPaper) -> tuple[Image.Image, ...]:
    lines = text_lines(Text(part.text, Align.CENTRE, Size.LARGE, bold=True), paper)
    strips = [paper.line(line) for line in lines]
    return tuple(strip.point(lambda level: _WHITE - level) for strip in strips)


def slip_pictures(slip: Slip, model: Model, font: Path = FONT) -> tuple[Image.Image, ...]:
    """Each piece of paper between cuts as a 1-bit picture, black on white."""
    pieces: list[list[Part]] = [[]]
    for part in slip.parts:
        if isinstance(part, Cut):
            pieces.append([])
        else:
            pieces[-1].append(part)
    return tuple(picture(tuple(parts), model, font, slip.across) for parts in pieces if parts)


def slip_picture(slip: Slip, model: Model, font: Path = FONT) -> Image.Image:
    """The whole slip as one 1-bit picture for a preview, a dashed line where it is cut."""
    pieces = slip_pictures(slip, model, font)
    gap = 24
    height = sum(piece.height + gap for piece in pieces) + gap
    image = Image.new("1", (model.width, max(height, 1)), 1)
    top = gap
    for number, piece in enumerate(pieces):
        if number:
            for left in range(0, model.width, 16):
                ImageDraw.Draw(image).line((left, top - gap // 2, left + 7, top - gap // 2), 0)
        image.paste(piece, (0, top))
        top += piece.height + gap
    return image


def picture(
    parts: tuple[Part, ...], model: Model, font: Path = FONT, across: str = ""
) -> Image.Image:
    """Parts without a cut as one 1-bit picture, `across` watermarked over all but QR codes."""
    strips = [(part, strip) for part in parts for strip in draw_part(part, model, font)]
    height = max(1, sum(strip.height for _, strip in strips))
    image = Image.new("L", (model.width, height), _WHITE)
    codes: list[tuple[int, int, int, int]] = []
    top = 0
    for part, strip in strips:
        image.paste(strip, (0, top))
        if isinstance(part, Qr):
            left = (model.width - strip.height) // 2  # a code is as wide as it is high
            codes.append((left, top, left + strip.height, top + strip.height))
        top += strip.height
    if across:
        image = watermarked(image, across, codes, DrawnPaper(model.width, font))
    return to_dots(image)


def to_dots(image: Image.Image) -> Image.Image:
    """Grey to black or white at half, never dithered."""
    return image.point(lambda level: _WHITE * (level >= 128)).convert("1")
