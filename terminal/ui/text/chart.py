"""Bars as text: lying ones a line each, upright ones in a few lines of blocks.

Law of the file: every label and figure of the pixels is here too; a bar that stands for something
is never left out.
"""

from terminal.ui.screen import Bar, Chart
from terminal.ui.text.cells import Lines, centred, left, wrapped
from terminal.ui.wrapping import columns, shorten

FULL, HALF = "█", "▄"
HIGH = 5  # lines of an upright chart, two steps each
LEAST = 4  # columns of the longest lying bar


def chart_lines(block: Chart, width: int) -> Lines:
    """The title, and the bars in at most `width` columns."""
    bars = _upright(block.bars, width) if block.upright else _lying(block.bars, width)
    return [*wrapped(block.title, width), *bars]


def _length(bar: Bar, longest: int, room: int) -> int:
    if bar.value <= 0 or longest <= 0:
        return 0
    return max(room * bar.value // longest, 1)


def _lying(bars: tuple[Bar, ...], width: int) -> Lines:
    longest = max((bar.value for bar in bars), default=0)
    figure = max((columns(bar.figure) for bar in bars), default=0)
    label = max((columns(bar.label) for bar in bars), default=0)
    label = min(label, max(width - figure - LEAST - 2, 2))
    room = max(width - label - figure - 2, 1)
    lines = []
    for bar in bars:
        name = left(shorten(bar.label, label, columns), label)
        lines.append(f"{name} {FULL * _length(bar, longest, room)} {bar.figure}".rstrip())
    return lines


def _upright(bars: tuple[Bar, ...], width: int) -> Lines:
    """Figures above, labels below; under each other when they do not fit side by side."""
    wide = max((max(columns(bar.label), columns(bar.figure)) for bar in bars), default=0)
    step = wide + 1
    if step * len(bars) > width:
        return _lying(bars, width)
    longest = max((bar.value for bar in bars), default=0)
    heights = [_length(bar, longest, 2 * HIGH) for bar in bars]
    lines = [_row([bar.figure for bar in bars], step)]
    for level in range(HIGH, 0, -1):
        cells = [
            FULL * wide if high >= 2 * level else HALF * wide if high == 2 * level - 1 else ""
            for high in heights
        ]
        if any(cells):
            lines.append(_row(cells, step))
    return [*lines, "─" * (step * len(bars)), _row([bar.label for bar in bars], step)]


def _row(cells: list[str], step: int) -> str:
    return "".join(left(centred(cell, step - 1), step) for cell in cells).rstrip()
