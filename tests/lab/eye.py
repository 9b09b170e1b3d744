"""Reads the screen as a person does: whether a sentence is on it, and what its QR code says.

Law of the file: only the picture counts. A sentence is drawn anew in the screen's font, in each
size and colour there may be, and looked for pixel by pixel; nothing is asked of the program.
"""

from functools import cache
from pathlib import Path

import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from terminal.ui.screen import Tone
from terminal.ui.theme import FONT, Palette, contrast, theme_for

Colour = tuple[int, int, int]
_READABLE = 3.0


class Picture:
    """One picture of the screen."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._image = Image.open(path).convert("RGB")
        self._width = self._image.width * 3
        self._bytes = self._image.tobytes()
        self._colours = {colour for _, colour in self._image.getcolors(1 << 20) or []}

    def says(self, sentence: str) -> bool:
        """Whether the sentence stands on one line, in any size and colour of the theme."""
        return any(
            self._holds(sentence, size, ink, ground)
            for ink, ground in _pairs()
            if ink in self._colours and ground in self._colours
            for size in _sizes(self._image.size)
        )

    def codes(self) -> list[str]:
        """What an independent reader reads."""
        return [one.text for one in zxingcpp.read_barcodes(self._image.convert("L"))]

    @property
    def blank(self) -> bool:
        return len(self._colours) < 4

    def _holds(self, sentence: str, size: int, ink: Colour, ground: Colour) -> bool:
        rows = _drawn(sentence, size, ink, ground)
        if len(rows[0]) > self._width:
            return False
        richest = max(range(len(rows)), key=lambda at: len(set(rows[at])))
        at = self._bytes.find(rows[richest])
        while at >= 0:
            top = at - richest * self._width
            if at % 3 == 0 and top >= 0 and self._at(rows, top):
                return True
            at = self._bytes.find(rows[richest], at + 1)
        return False

    def _at(self, rows: tuple[bytes, ...], top: int) -> bool:
        return all(
            self._bytes.startswith(row, top + number * self._width)
            for number, row in enumerate(rows)
        )


@cache
def _pairs() -> tuple[tuple[Colour, Colour], ...]:
    of = Palette()
    hues = [of.hue(tone) for tone in Tone]
    inks = {of.ink, of.muted, of.bar_ink, of.bar_muted, *(hue.ink for hue in hues)}
    grounds = {of.ground, of.card, of.bar, of.foot, *(hue.fill for hue in hues)}
    inks |= {of.bar_ink}
    grounds |= {hue.edge for hue in hues}
    # words on a ground of their own colour would be found on every empty screen
    return tuple(
        (ink, ground)
        for ink in sorted(inks)
        for ground in sorted(grounds)
        if contrast(ink, ground) >= _READABLE
    )


@cache
def _sizes(screen: tuple[int, int]) -> tuple[int, ...]:
    steps = theme_for(*screen).steps
    names = ("title", "body", "amount", "large", "headline", "field", "hero", "total", "caption")
    named = {getattr(step, name) for step in steps for name in names}
    return tuple(sorted(named | set(range(17, 48)), reverse=True))


@cache
def _drawn(sentence: str, size: int, ink: Colour, ground: Colour) -> tuple[bytes, ...]:
    """The sentence's rows of pixels, cut close."""
    font = ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
    left, top, right, bottom = (int(edge) for edge in font.getbbox(sentence, anchor="ls"))
    image = Image.new("RGB", (right - left, bottom - top), ground)
    ImageDraw.Draw(image).text((-left, -top), sentence, ink, font, anchor="ls")
    data, width = image.tobytes(), image.width * 3
    return tuple(data[at : at + width] for at in range(0, len(data), width))
