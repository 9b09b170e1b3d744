"""What is shown, as values only: one Screen is drawn to pixels and to text alike.

Every word in here is already in the cashier's language. Sizes, colours and places belong to the
renderers; a Screen says what is important, not how big it is.
"""

from enum import Enum, auto

from msgspec import Struct, field


class Tone(Enum):
    """What a thing means. Colour is never alone: a tone always comes with a word."""

    PLAIN = auto()
    MUTED = auto()
    HERE = auto()  # blue: where you are
    GOOD = auto()  # green: done, allowed
    WAITING = auto()  # amber
    STOP = auto()  # red


class Key(Struct, frozen=True):
    """A key that works now: its cap (`F1`, `确认`, `↑↓`, `0-9`) and what it does."""

    cap: str
    label: str


class Light(Struct, frozen=True):
    """The health of one device in the title bar."""

    name: str
    tone: Tone


class Headline(Struct, frozen=True):
    """One big centred sentence."""

    text: str
    tone: Tone = Tone.PLAIN


class Sentences(Struct, frozen=True):
    """Body text, one paragraph an item, wrapped. `numbered` puts 1 2 3 before them."""

    lines: tuple[str, ...]
    tone: Tone = Tone.PLAIN
    numbered: bool = False
    centred: bool = False


class Fact(Struct, frozen=True):
    label: str
    value: str
    large: bool = False


class Facts(Struct, frozen=True):
    """Label above (stacked) or left of its value; values right-aligned when beside."""

    facts: tuple[Fact, ...]
    stacked: bool = False


class Amount(Struct, frozen=True):
    """The one amount to check: the biggest thing on the screen, with the sum it comes from."""

    label: str
    amount: str
    note: str = ""


class Column(Struct, frozen=True):
    """`share` is the relative width; numbers are right-aligned and never cut."""

    title: str
    share: int
    right: bool = False


class Row(Struct, frozen=True):
    cells: tuple[str, ...]
    muted: bool = False
    marked: int = -1  # the index of the cell to show in blue and large; -1 is none


class Table(Struct, frozen=True):
    """A list to move in. Longer than the room: the rows around the cursor, and `3/12`."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cursor: int = -1
    hint: str = ""  # above the head, left
    aside: str = ""  # above the head, right


class Option(Struct, frozen=True):
    key: str  # the digit that chooses it, may be empty
    label: str
    note: str = ""


class Choice(Struct, frozen=True):
    """Pick one: by digit, or by arrows and confirm. Two columns when there are more than six."""

    options: tuple[Option, ...]
    cursor: int = 0


class Entry(Struct, frozen=True):
    """What is being typed. `secret` shows dots; `text` is then as many dots as were typed."""

    label: str
    text: str
    hint: str = ""
    secret: bool = False


class Qr(Struct, frozen=True):
    """A QR code at a whole number (>= 6 if it fits) of pixels a module, quiet zone of four."""

    payload: str


class Bar(Struct, frozen=True):
    """One bar: its length is `value` beside the chart's longest; `figure` is what is written."""

    label: str
    value: int
    figure: str


class Chart(Struct, frozen=True):
    """Bars to compare at a glance: side by side when `upright`, else under each other."""

    title: str
    bars: tuple[Bar, ...]
    upright: bool = False


class Busy(Struct, frozen=True):
    """What is waited for, and since when (already worded)."""

    text: str
    since: str = ""


class Total(Struct, frozen=True):
    """The line at the foot of the room: a remark on the left, the sum on the right."""

    left: str
    label: str
    amount: str


class Panel(Struct, frozen=True):
    """A framed box in its tone."""

    blocks: "tuple[Block, ...]"
    tone: Tone = Tone.PLAIN
    title: str = ""


class Side(Struct, frozen=True):
    """Two columns; `share` is the left one's width in percent."""

    left: "tuple[Block, ...]"
    right: "tuple[Block, ...]"
    share: int = 50


Block = (
    Headline
    | Sentences
    | Facts
    | Amount
    | Table
    | Choice
    | Entry
    | Qr
    | Chart
    | Busy
    | Total
    | Panel
    | Side
)


class Notice(Struct, frozen=True):
    """A strip over any screen: a refused scan, a device that went away."""

    text: str
    tone: Tone = Tone.WAITING


class Screen(Struct, frozen=True):
    """One question to the cashier."""

    title: str
    blocks: tuple[Block, ...]
    keys: tuple[Key, ...]
    steps: tuple[str, ...] = ()  # the step bar's words, all of them
    step: int = -1  # the one we are at; -1 hides the bar
    lights: tuple[Light, ...] = ()
    clock: str = ""
    notices: tuple[Notice, ...] = field(default=())
    watermark: str = ""  # what every screen of a training says of itself
