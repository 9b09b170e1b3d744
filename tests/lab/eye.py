"""Reads the screen as a person does: whether a sentence is on it, and what its QR code says.

Law of the file: only the picture counts. A sentence is drawn anew in the screen's font, in each
size and colour there may be, and looked for pixel by pixel; nothing is asked of the program.
"""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from terminal.ui.screen import Tone
from terminal.ui.theme import FONT, Palette, contrast, theme_for

Colour = tuple[int, int, int]
Dots = npt.NDArray[Any]
_READABLE = 3.0


class Picture:
    """One picture of the screen. What it was asked once it knows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._image = Image.open(path).convert("RGB")
        self._width = self._image.width * 3
        self._bytes = self._image.tobytes()
        self._colours = {colour for _, colour in self._image.getcolors(1 << 20) or []}
        self._dots = np.asarray(self._image)
        self._packed = _packed(self._dots)
        self._answers: dict[str, bool] = {}
        self._of_colour: dict[Colour, Dots] = {}
        self._rows: dict[tuple[Colour, Colour], tuple[bytes, list[int]]] = {}

    def keep(self, path: Path) -> None:
        """As a PNG from now on."""
        self._image.save(path, compress_level=1)
        self.path = path

    def says(self, sentence: str) -> bool:
        """Whether the sentence stands on one line, in any size and colour of the theme."""
        if sentence not in self._answers:
            self._answers[sentence] = self._looks_for(sentence)
        return self._answers[sentence]

    def codes(self) -> list[str]:
        """What an independent reader reads."""
        return [one.text for one in zxingcpp.read_barcodes(self._image.convert("L"))]

    @property
    def blank(self) -> bool:
        return len(self._colours) < 4

    def _looks_for(self, sentence: str) -> bool:
        pairs = [
            (ink, ground)
            for ink, ground in _pairs()
            if ink in self._colours and ground in self._colours
        ]
        looks = [(size, *pair) for pair in pairs for size in _sizes(self._image.size)]
        if (last := _seen_as.get(sentence)) in looks:  # where it was found before, first
            looks.insert(0, last)
        for look in looks:
            if self._holds(sentence, *look):
                _seen_as[sentence] = look
                return True
        return False

    def _holds(self, sentence: str, size: int, ink: Colour, ground: Colour) -> bool:
        mask, best = _drawn(sentence, size)
        if mask.shape[1] * 3 > self._width:
            return False
        colours = _blend(ink, ground)
        wanted = colours[mask[best]].tobytes()
        where, numbers = self._rows_with(ink, ground)
        at = where.find(wanted)
        while at >= 0:
            row, column = divmod(at, self._width)
            top = (numbers[row] - best) * self._width + column
            if column % 3 == 0 and top >= 0 and self._at([*colours[mask]], top):
                return True
            at = where.find(wanted, at + 1)
        return False

    def _rows_with(self, ink: Colour, ground: Colour) -> tuple[bytes, list[int]]:
        """The rows that have both colours, one after the other, and their numbers."""
        if (ink, ground) not in self._rows:
            both = self._has(ink) & self._has(ground)
            self._rows[ink, ground] = (self._dots[both].tobytes(), np.flatnonzero(both).tolist())
        return self._rows[ink, ground]

    def _has(self, colour: Colour) -> Dots:
        """Of each row, whether the colour is in it."""
        if colour not in self._of_colour:
            self._of_colour[colour] = (self._packed == _packed(np.array(colour))).any(1)
        return self._of_colour[colour]

    def _at(self, rows: list[Dots], top: int) -> bool:
        return all(
            self._bytes.startswith(row.tobytes(), top + number * self._width)
            for number, row in enumerate(rows)
        )


_seen_as: dict[str, tuple[int, Colour, Colour]] = {}


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
def _drawn(sentence: str, size: int) -> tuple[Dots, int]:
    """The sentence's dots, cut close, each from ground (0) to ink (255); and its richest row."""
    font = ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
    left, top, right, bottom = (int(edge) for edge in font.getbbox(sentence, anchor="ls"))
    image = Image.new("L", (right - left, bottom - top), 0)
    ImageDraw.Draw(image).text((-left, -top), sentence, 255, font, anchor="ls")
    dots = np.asarray(image)
    return dots, max(range(len(dots)), key=lambda row: len(np.unique(dots[row])))


@cache
def _blend(ink: Colour, ground: Colour) -> Dots:
    """The colour of each of the 256 steps, as the drawing library mixes them."""
    steps = Image.frombytes("L", (256, 1), bytes(range(256)))
    mixed = Image.new("RGB", steps.size, ground)
    mixed.paste(ink, mask=steps)
    colours: Dots = np.asarray(mixed)[0]
    return colours


def _packed(dots: Dots) -> Dots:
    """One number a dot."""
    red, green, blue = (dots[..., one].astype(np.uint32) for one in range(3))
    packed: Dots = red << 16 | green << 8 | blue
    return packed
