"""Sizes, colours and the font: everything about looks that is not a word or a place.

Law of the file: every size is a whole number of pixels derived from one design at 1024x600, and a
smaller screen gets smaller steps of the same design, never fewer words.
"""

from functools import cache

from msgspec import Struct

from terminal.ui.screen import Tone

Colour = tuple[int, int, int]

FONT = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
FONT_PACKAGE = "fonts-wqy-microhei"


class Hue(Struct, frozen=True):
    """One tone as three colours: `ink` for words, `edge` for lines and lights, `fill` behind."""

    ink: Colour
    edge: Colour
    fill: Colour


class Palette(Struct, frozen=True):
    """High contrast, light; every pair of words and ground in use is at least 4.5:1 (tested)."""

    ground: Colour = (246, 248, 250)
    card: Colour = (255, 255, 255)
    line: Colour = (206, 213, 222)
    quiet: Colour = (222, 228, 235)  # a step not yet taken, a rail
    ink: Colour = (20, 27, 36)
    muted: Colour = (82, 94, 110)
    bar: Colour = (20, 27, 36)  # the title bar
    bar_ink: Colour = (255, 255, 255)
    bar_muted: Colour = (203, 211, 221)
    foot: Colour = (227, 232, 239)  # the key bar
    cap_edge: Colour = (120, 132, 148)
    plain: Hue = Hue((20, 27, 36), (206, 213, 222), (255, 255, 255))
    dim: Hue = Hue((82, 94, 110), (206, 213, 222), (246, 248, 250))
    here: Hue = Hue((21, 79, 184), (29, 92, 204), (231, 240, 255))
    good: Hue = Hue((13, 104, 58), (22, 135, 77), (233, 246, 238))
    waiting: Hue = Hue((139, 76, 0), (196, 116, 10), (255, 246, 228))
    stop: Hue = Hue((173, 23, 33), (200, 34, 44), (254, 237, 237))

    def hue(self, tone: Tone) -> Hue:
        match tone:
            case Tone.PLAIN:
                return self.plain
            case Tone.MUTED:
                return self.dim
            case Tone.HERE:
                return self.here
            case Tone.GOOD:
                return self.good
            case Tone.WAITING:
                return self.waiting
            case Tone.STOP:
                return self.stop

    def light(self, tone: Tone) -> Colour:
        """The light on the dark title bar; at least 3:1 against it, as for any graphic sign."""
        match tone:
            case Tone.PLAIN | Tone.MUTED:
                return (150, 161, 175)
            case Tone.HERE:
                return (96, 156, 255)
            case Tone.GOOD:
                return (52, 190, 112)
            case Tone.WAITING:
                return (255, 176, 46)
            case Tone.STOP:
                return (255, 92, 92)


class Sizes(Struct, frozen=True):
    """Pixels at one step. The defaults are the design at 1024x600; names say what is measured."""

    title: int = 30
    clock: int = 26
    light: int = 19
    step: int = 19
    caption: int = 20  # labels, table heads, notes
    body: int = 26
    amount: int = 30
    large: int = 40
    headline: int = 44
    field: int = 44  # what is being typed
    hero: int = 84  # the one amount
    total: int = 40
    cap: int = 20
    key: int = 23
    margin: int = 24
    gap: int = 16
    pad: int = 18  # inside a box
    row: int = 62  # a table's or choice's row
    radius: int = 10
    stroke: int = 2
    module: int = 12  # the largest QR module


# What the next smaller step may not go below while a screen is still as it should be.
FLOORS = Sizes(
    title=22,
    clock=24,
    light=17,
    step=17,
    caption=18,
    body=22,
    amount=28,
    large=32,
    headline=32,
    field=36,
    hero=84,
    total=32,
    cap=18,
    key=19,
    margin=24,
    gap=8,
    pad=9,
    row=40,
    radius=8,
    stroke=2,
    module=12,
)

STEPS = (100, 92, 84, 76, 66)  # percent of the design, floors held
LAST_RESORT = (85, 70, 55)  # percent of the floors: drawn rather than lost, but reported


class Theme(Struct, frozen=True):
    """How to draw for one screen size. `steps` go from roomy to tight; `proper` of them are good.

    A renderer takes the first step at which nothing is cut. Steps after `proper` are the last
    resort for words nobody foresaw: they are drawn, and `overflow` names the screen.
    """

    width: int
    height: int
    palette: Palette
    steps: tuple[Sizes, ...]
    proper: int


def _scaled(sizes: Sizes, percent: int, floors: Sizes | None = None) -> Sizes:
    def one(name: str) -> int:
        size = (int(getattr(sizes, name)) * percent + 50) // 100
        return max(size, 1, int(getattr(floors, name)) if floors else 0)

    return Sizes(**{name: one(name) for name in Sizes.__struct_fields__})


@cache
def theme_for(width: int = 1024, height: int = 600) -> Theme:
    """The theme of a screen of `width` x `height` pixels: the design, scaled to the tighter side.

    From 640x400 up to 1920x1200 the sizes follow the screen; outside that they stop following.
    """
    scale = min(max(min(width * 100 // 1024, height * 100 // 600), 62), 200)
    floors = _scaled(FLOORS, scale)
    proper = tuple(_scaled(_scaled(Sizes(), scale), step, floors) for step in STEPS)
    tight = tuple(_scaled(floors, step) for step in LAST_RESORT)
    return Theme(width, height, Palette(), proper + tight, len(proper))


def contrast(one: Colour, other: Colour) -> float:
    """Contrast of two colours by WCAG 2: from 1 (the same) to 21 (black on white)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
