"""Each kind of block as lines of text.

Law of the file: the same words as the pixels show, in the same order; what cannot be large is put
in a frame or between marks.
"""

from msgspec import Struct
from msgspec.structs import replace

from terminal.ui.qr import QUIET, matrix
from terminal.ui.screen import (
    Amount,
    Block,
    Busy,
    Chart,
    Choice,
    Entry,
    Facts,
    Headline,
    Panel,
    Qr,
    Sentences,
    Side,
    Table,
    Tone,
    Total,
)
from terminal.ui.standing import wants_centre
from terminal.ui.text.cells import Lines, apart, beside, centred, framed, left, wrapped
from terminal.ui.text.chart import chart_lines
from terminal.ui.text.lists import choice_lines, table_lines
from terminal.ui.wrapping import balanced, columns

MARKS = {
    Tone.PLAIN: "",
    Tone.MUTED: "",
    Tone.HERE: "» ",
    Tone.GOOD: "✓ ",
    Tone.WAITING: "… ",
    Tone.STOP: "! ",
}
HALVES = {(True, True): " ", (True, False): "▄", (False, True): "▀", (False, False): "█"}


class Way(Struct, frozen=True):
    """How text is shown: `rows` is how many lines a list may take; `qr` whether codes are drawn."""

    rows: int
    qr: bool
    narrow: bool = False
    centred: bool = False


def block_lines(block: Block, width: int, way: Way) -> Lines:
    """Any block in lines of at most `width` columns."""
    match block:
        case Headline():
            lines = balanced(MARKS[block.tone] + block.text, width, columns)
            return list(lines) if way.narrow else [centred(line, width) for line in lines]
        case Sentences():
            return _sentences(block, width, centre=block.centred or way.centred)
        case Facts():
            return _facts(block, width)
        case Amount():
            words = [block.label, "", block.amount, "", *wrapped(block.note, width - 4)]
            return framed([centred(line, width - 4) for line in words], width)
        case Table():
            return table_lines(block, width, way.rows)
        case Choice():
            return choice_lines(block, width, way.rows)
        case Entry():
            return _entry(block, width, way)
        case Qr():
            return _qr(block, width) if way.qr else wrapped(block.payload, width)
        case Chart():
            return chart_lines(block, width)
        case Busy():
            words = [*wrapped("… " + block.text, width), *wrapped(block.since, width)]
            return words if way.narrow else [centred(line, width) for line in words]
        case Total():
            return apart(block.left, f"{block.label}  {block.amount}", width)
        case Panel():
            inside = stacked(block.blocks, width - 4, way)
            title = MARKS[block.tone] + block.title if block.title else ""
            return framed(inside, width, title)
        case Side():
            return _side(block, width, way)


def stacked(blocks: tuple[Block, ...], width: int, way: Way) -> Lines:
    """Blocks under each other with an empty line between."""
    lines: Lines = []
    way = replace(way, centred=not way.narrow and wants_centre(blocks))
    for block in blocks:
        if lines:
            lines.append("")
        lines.extend(block_lines(block, width, way))
    return lines


def _sentences(block: Sentences, width: int, *, centre: bool) -> Lines:
    if not block.numbered:
        if centre:
            lines = [line for text in block.lines for line in balanced(text, width, columns)]
            return [centred(line, width) for line in lines]
        return [line for text in block.lines for line in wrapped(text, width)]
    numbered: Lines = []
    for number, text in enumerate(block.lines, 1):
        first, *rest = wrapped(text, width - 4) or [""]
        numbered.append(f"{number:2}. {first}")
        numbered.extend("    " + line for line in rest)
    if not centre:
        return numbered
    indent = (width - max(columns(line) for line in numbered)) // 2
    return [" " * indent + line for line in numbered]


def _facts(block: Facts, width: int) -> Lines:
    if not block.stacked:
        return [line for fact in block.facts for line in apart(fact.label, fact.value, width)]
    lines: Lines = []
    for fact in block.facts:
        lines.extend(wrapped(fact.label, width))
        lines.extend("  " + line for line in wrapped(fact.value, width - 2))
    return lines


def _entry(block: Entry, width: int, way: Way) -> Lines:
    """The field in the middle, its label and hint at its left edge."""
    typed = "•" * len(block.text) if block.secret else block.text
    across = min(width, max(columns(typed) + 6, 44))
    field = framed(wrapped(typed + "▏", across - 4), across)
    made = [*wrapped(block.label, across), *field, *wrapped(block.hint, across)]
    return made if way.narrow else [" " * ((width - across) // 2) + line for line in made]


def _qr(block: Qr, width: int) -> Lines:
    """Two modules a character, light on the console's dark ground; its text when it is too wide."""
    rows = matrix(block.payload)
    side = len(rows) + 2 * QUIET
    if side > width:
        return wrapped(block.payload, width)

    def dark(x: int, y: int) -> bool:
        inside = 0 <= x - QUIET < len(rows) and 0 <= y - QUIET < len(rows)
        return inside and rows[y - QUIET][x - QUIET]

    return [
        "".join(HALVES[dark(x, y), y + 1 >= side or dark(x, y + 1)] for x in range(side))
        for y in range(0, side, 2)
    ]


def _side(block: Side, width: int, way: Way) -> Lines:
    gap = 2
    inside = Way(way.rows, way.qr, narrow=True)
    across = (width - gap) * block.share // 100
    codes = [each for each in block.left if isinstance(each, Qr)]
    if codes and way.qr:
        across = max(across, len(matrix(codes[0].payload)) + 2 * QUIET)
    rest = width - gap - across
    if min(across, rest) < 20:
        both = [*stacked(block.left, width, inside), ""]
        return both + stacked(block.right, width, inside)
    one, two = stacked(block.left, across, inside), stacked(block.right, rest, inside)
    return beside([left(line, across) for line in one], two, across, gap)
