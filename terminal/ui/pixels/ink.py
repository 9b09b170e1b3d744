"""Fonts and how wide words are in them.

Law of the file: fonts are loaded when first used and few are kept; layout is Pillow's BASIC engine,
which shapes nothing, is enough for Chinese and English, and takes half the time of the other.
"""

from functools import cache, lru_cache

from PIL import ImageFont

from terminal.core.words import ToldFault
from terminal.ui.theme import FONT, FONT_PACKAGE

FONTS_KEPT = 6  # sizes: each maps 2 MB of the font; a screen uses about six
MISSING = "〓"  # the printers' own mark for a character the fount has not got
# Full-width currency and comma forms leave half an em of hole beside digits.
TIGHTER = str.maketrans({"￥": "¥"})
_PLAIN = frozenset(chr(code) for code in (*range(0x20, 0x7F), *range(0x4E00, 0x9FA6)))


class FontMissing(ToldFault):
    """The font's file is not there, or cannot be read as a font."""


@lru_cache(maxsize=FONTS_KEPT)
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font at `size` pixels; the sizes used last are kept. Raises FontMissing."""
    return load(FONT, size)


def load(path: str, size: int) -> ImageFont.FreeTypeFont:
    """The font file at `size` pixels. Raises FontMissing, saying which package brings it."""
    try:
        return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    except OSError as fault:
        raise FontMissing(
            "The screen's font {path} cannot be read. Nothing was changed. Install it: apt-get"
            " install {package}",
            path=path,
            package=FONT_PACKAGE,
        ) from fault


@cache
def _drawn(char: str) -> bool:
    """Whether the font has a glyph of its own for this character."""
    face = font(24)
    glyph, absent = face.getmask(char), face.getmask("\U0010ffff")
    return (glyph.size, bytes(glyph)) != (absent.size, bytes(absent))


@lru_cache(maxsize=4096)
def shown(text: str) -> str:
    """`text` as it will be drawn: no empty boxes for characters the font has not got."""
    tight = text.translate(TIGHTER)
    return "".join(char if char in _PLAIN or _drawn(char) else MISSING for char in tight)


@lru_cache(maxsize=8192)
def width(text: str, size: int) -> int:
    """Advance of `text` in whole pixels, rounded up."""
    return int(-(-font(size).getlength(shown(text)) // 1))


@lru_cache(maxsize=4096)
def extent(text: str, size: int) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the drawn text, from its left end on the baseline."""
    left, top, right, bottom = font(size).getbbox(shown(text), anchor="ls")
    return int(left // 1), int(top // 1), int(-(-right // 1)), int(-(-bottom // 1))


def line(size: int) -> int:
    """Height of one line: room for accents above and descenders below."""
    return size * 7 // 5


def centre(size: int) -> int:
    """From the optical middle of hanzi and capitals down to their baseline."""
    return size * 36 // 100


def base(top: int, size: int) -> int:
    """The baseline of the line of text whose top is `top`."""
    return top + line(size) // 2 + centre(size)


def fitting(text: str, room: int, size: int, least: int) -> int:
    """The largest size from `size` down to `least` at which `text` is no wider than `room`."""
    while size > least and width(text, size) > room:
        size -= 1
    return size
