"""A recorded wire to its sheets of paper: what was commanded, said and drawn between two cuts.

Law of the file: the bytes are read by the tests' own parser, which shares nothing with the encoder;
what a real printer would print as rubbish is a fault of the sheet.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image

from printer.control import recovery
from printer.models import Charset, Model
from tests.fakes.escpos_parser import Command, Event, Parser, Said
from tests.fakes.paper import Page, Paper

# Between slips, or while one is printed: the printer is asked how it is, the drawer is opened.
WIRE = frozenset({"DLE EOT", "GS r", "GS ( H", "ESC p", "NUL"})
# How lines are laid out: their number and kind follow the data, as the words do.
LAYOUT = frozenset({"LF", "FS &", "FS .", "GS !", "ESC E", "GS v 0", "GS B"})
_CUT_SHORT = "the job ends inside a command"


@dataclass
class Sheet:
    """One piece of paper. It is `whole` when it was cut off; `torn` when the printer was lost."""

    page: Page
    width: int
    events: list[Event] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    whole: bool = False
    torn: bool = False

    @property
    def text(self) -> str:
        return self.page.text

    @property
    def picture(self) -> Image.Image:
        return self.page.picture(self.width)

    @property
    def governing(self) -> Counter[str]:
        """Commands that no line of text may bring, with their arguments and how often."""
        return Counter(
            str(one)
            for one in self.events
            if isinstance(one, Command) and one.name not in WIRE | LAYOUT
        )

    @property
    def layout(self) -> frozenset[str]:
        return frozenset(
            one.name for one in self.events if isinstance(one, Command) and one.name in LAYOUT
        )

    @property
    def asked_inside_a_line(self) -> list[str]:
        """Commands of the wire between the characters of one line: the product sends none there."""
        return [
            str(event)
            for before, event in zip([None, *self.events], self.events, strict=False)
            if isinstance(before, Said) and isinstance(event, Command) and event.name in WIRE
        ]


def charset_of(model: Model) -> str:
    """What the parser is to take for the firmware's Chinese set."""
    return "gbk" if model.charset is Charset.NONE else model.charset.value


def names(raw: bytes, model: Model) -> list[str]:
    """Every command on the wire by name, in order, the zeros of a recovery left out."""
    return [
        one.name
        for piece in pieces(raw, model)
        for one in _events(piece, charset_of(model))
        if isinstance(one, Command) and one.name != "NUL"
    ]


def sheets(raw: bytes, model: Model) -> list[Sheet]:
    """In order; what hangs out of the printer at the end is the last, when anything is on it."""
    parts = pieces(raw, model)
    return [
        sheet
        for number, piece in enumerate(parts, 1)
        for sheet in _sheets(piece, model, torn=number < len(parts))
    ]


def pieces(raw: bytes, model: Model) -> list[bytes]:
    """Parted where the product, not knowing what a printer had taken, made it begin anew."""
    return raw.split(recovery(model))


def _sheets(raw: bytes, model: Model, *, torn: bool) -> Iterator[Sheet]:
    paper = Paper(model.width)
    now = Sheet(paper.page, model.width)
    for event in _events(raw, charset_of(model)):
        known = len(paper.troubles)
        paper.take(event)
        now.events.append(event)
        now.faults += paper.troubles[known:]
        if paper.page is not now.page:
            now.whole = True
            yield now
            now = Sheet(paper.page, model.width)
    now.torn = torn
    if torn:  # the printer was lost, in the middle of a command too
        now.faults = [one for one in now.faults if _CUT_SHORT not in one]
    if now.page.strips or now.faults:
        yield now


def _events(raw: bytes, charset: str) -> Iterator[Event]:
    parser = Parser(charset)
    yield from parser.feed(raw)
    yield from parser.finish()
