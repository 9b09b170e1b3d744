"""What a laid-out screen is made of: a few kinds of marks at whole pixels, and the sheet of them.

Law of the file: marks are values, so a layout can be proved (nothing cut, nothing overlapping)
before, and without, drawing it.
"""

from enum import Enum, auto

from msgspec import Struct, field

from terminal.ui.pixels import ink
from terminal.ui.theme import Colour


class Box(Struct, frozen=True):
    """A rectangle: left, top, width and height in pixels."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def bottom(self) -> int:
        return self.y + self.h

    @property
    def middle(self) -> int:
        return self.y + self.h // 2

    def inset(self, across: int, down: int) -> "Box":
        return Box(self.x + across, self.y + down, self.w - 2 * across, self.h - 2 * down)

    def holds(self, other: "Box") -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def touches(self, other: "Box") -> bool:
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


class Sign(Enum):
    """What we draw ourselves, because fonts disagree about it."""

    DOT = auto()
    TRIANGLE = auto()
    CROSS = auto()  # a disc with a cross cut out of it
    TICK = auto()
    UP = auto()
    DOWN = auto()
    LEFT = auto()
    RIGHT = auto()


class Plate(Struct, frozen=True):
    """A filled rectangle, with rounded corners and an edge if asked."""

    box: Box
    fill: Colour
    edge: Colour | None = None
    radius: int = 0
    stroke: int = 0


class Ink(Struct, frozen=True):
    """One line of text: its left end on the baseline."""

    x: int
    y: int
    text: str
    size: int
    colour: Colour

    @property
    def box(self) -> Box:
        left, top, right, bottom = ink.extent(self.text, self.size)
        return Box(self.x + left, self.y + top, right - left, bottom - top)


class Figure(Struct, frozen=True):
    """A sign filling its box."""

    box: Box
    sign: Sign
    colour: Colour


class Modules(Struct, frozen=True):
    """A QR code with its quiet zone, `pixel` pixels a module."""

    box: Box
    payload: str
    pixel: int


Mark = Plate | Ink | Figure | Modules


class Sheet(Struct):
    """Marks in the order they are drawn, and what could not be shown whole.

    `rolled` says that some options of a choice are out of sight: allowed, but smaller steps of the
    theme are tried first. Tables roll as a matter of course.
    """

    marks: list[Mark] = field(default_factory=list)
    cuts: list[str] = field(default_factory=list)
    rolled: bool = False

    def write(self, x: int, y: int, text: str, size: int, colour: Colour) -> None:
        """`text` with its left end at `x` and the baseline at `y`."""
        if text.strip():
            self.marks.append(Ink(x, y, text, size, colour))

    def write_right(self, right: int, y: int, text: str, size: int, colour: Colour) -> None:
        self.write(right - ink.width(text, size), y, text, size, colour)

    def write_centred(self, box: Box, y: int, text: str, size: int, colour: Colour) -> None:
        self.write(box.x + (box.w - ink.width(text, size)) // 2, y, text, size, colour)
