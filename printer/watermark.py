"""A word in slanting rows over a whole slip, so that no piece of it passes for a valid one.

Law of the file: it is drawn in scattered dots, on white alone and apart from what is printed, and
never over a QR code or its quiet zone: what the slip says stays as readable as without it.
"""

from collections.abc import Sequence
from typing import Protocol

from PIL import Image, ImageChops, ImageFilter

from printer.layout import Line
from printer.slip import Size

Box = tuple[int, int, int, int]

SLANT = 24  # degrees
GAP = 2  # from one row of the word to the next, in rows
SCALE = 1.6  # of the largest text
CLEAR = 5  # dots: an odd window; so near to something printed nothing is drawn
GRAIN = 2  # one dot in so many, each way
_WHITE, _BLACK = 255, 0


class Paper(Protocol):
    """What measures and writes text (raster.DrawnPaper)."""

    width: int

    def measure(self, text: str, size: Size) -> int: ...

    def pitch(self, size: Size) -> int: ...

    def write(self, image: Image.Image, left: int, text: str, line: Line) -> None: ...


def watermarked(image: Image.Image, text: str, spared: Sequence[Box], paper: Paper) -> Image.Image:
    """`image` (grey, black on white) with `text` across it, but not in the `spared` boxes."""
    word = _rows(image.size, text, paper)
    free = image.filter(ImageFilter.MinFilter(CLEAR))  # white where nothing printed is near
    for box in spared:
        free.paste(_BLACK, box)
    seen = ImageChops.lighter(ImageChops.lighter(word, _grain(image.size)), ImageChops.invert(free))
    return ImageChops.darker(image, seen)


def _rows(size: tuple[int, int], text: str, paper: Paper) -> Image.Image:
    """The word over and over in slanting rows, black on white."""
    width, height = size
    side = int((width**2 + height**2) ** 0.5) + 1
    sheet = Image.new("L", (side, side), _WHITE)
    pitch = paper.pitch(Size.LARGE)
    word = Image.new("L", (paper.measure(text, Size.LARGE) + pitch, pitch), _WHITE)
    paper.write(word, 0, text, Line(text, size=Size.LARGE, bold=True))
    word = word.resize((round(word.width * SCALE), round(pitch * SCALE)))
    for row, top in enumerate(range(0, side, word.height * GAP)):
        for left in range(-(row % 2) * word.width // 2, side, word.width):
            sheet.paste(word, (left, top))
    turned = sheet.rotate(SLANT, fillcolor=_WHITE)
    left, top = (side - width) // 2, (side - height) // 2
    return turned.crop((left, top, left + width, top + height))


def _grain(size: tuple[int, int]) -> Image.Image:
    """Black dots apart from each other on white."""
    tile = Image.new("L", (GRAIN, GRAIN), _WHITE)
    tile.putpixel((0, 0), _BLACK)
    grain = Image.new("L", size, _WHITE)
    row = Image.new("L", (size[0], GRAIN), _WHITE)
    for left in range(0, size[0], GRAIN):
        row.paste(tile, (left, 0))
    for top in range(0, size[1], GRAIN):
        grain.paste(row, (0, top))
    return grain
