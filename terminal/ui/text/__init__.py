"""A Screen as lines of text: for consoles, for serial lines, for tests that people read.

Law of the package: pure; the same words as on the pixels, none left out; hanzi take two columns.
"""

from unicodedata import normalize

from terminal.ui.legible import legible, reworded
from terminal.ui.screen import Screen, Tone
from terminal.ui.text.blocks import MARKS, Way, stacked
from terminal.ui.text.cells import Lines, apart, wrapped
from terminal.ui.wrapping import columns, is_wide

__all__ = ["lines", "plain"]

SIGNS = {
    Tone.PLAIN: "●",
    Tone.MUTED: "○",
    Tone.HERE: "●",
    Tone.GOOD: "●",
    Tone.WAITING: "▲",
    Tone.STOP: "✕",
}

# For consoles that have ASCII only: what stands for the signs we use ourselves.
ASCII = {
    "￥": "CNY", "¥": "CNY", "£": "GBP", "€": "EUR", "×": "x", "·": "-", "–": "-", "—": "-",
    "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "，": ",", "。": ".", "：": ":",
    "（": "(", "）": ")", "↑": "^", "↓": "v", "←": "<", "→": ">", "✓": "+", "✕": "x", "●": "*",
    "○": "o", "▲": "!", "▸": ">", "»": ">", "▏": "_", "•": "*", "─": "-", "│": "|", "┌": "+",
    "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "═": "=", "›": ">", "□": "?", "█": "#",
    "▄": "#",
}  # fmt: skip


def plain(text: str) -> str:
    """`text` in ASCII: signs by their likes, accents dropped, `?` for what has none."""
    if text.isascii():
        return text
    known = "".join(ASCII.get(char, char) for char in text)
    bare = "".join(
        char for char in normalize("NFKD", known) if ord(char) not in range(0x300, 0x370)
    )
    return "".join(char if char.isascii() else "??" if is_wide(char) else "?" for char in bare)


def lines(
    screen: Screen,
    width: int = 80,
    height: int | None = None,
    *,
    qr: bool = True,
    ascii_only: bool = False,
) -> tuple[str, ...]:
    """The screen in lines of at most `width` columns.

    With a `height`, exactly that many lines, keys at the bottom, lists rolled and codes replaced by
    their text to fit; words that still do not fit follow below, for consoles scroll. `ascii_only`
    is for virtual terminals, which cannot show hanzi; it implies no QR code.
    """
    words = legible(screen)
    if ascii_only:
        words = reworded(words, plain)
    made = _made(words, width, height, qr=qr and not ascii_only)
    return tuple(_narrow(line) for line in made) if ascii_only else tuple(made)


def _narrow(line: str) -> str:
    """Our own frame and signs in one ASCII character each, so that columns hold."""
    return "".join(char if char.isascii() else ASCII.get(char, "?")[0] for char in line)


def _made(screen: Screen, width: int, height: int | None, *, qr: bool) -> Lines:
    head, foot = _head(screen, width), _keys(screen, width)
    body = stacked(screen.blocks, width, Way(10_000, qr))
    if height is None:
        return [*head, *body, *foot]
    room = height - len(head) - len(foot)
    if qr and len(body) > room:
        body = stacked(screen.blocks, width, Way(10_000, qr=False))
    rows = room
    while len(body) > room and rows > 3:
        rows -= 1
        body = stacked(screen.blocks, width, Way(rows, qr=False))
    return [*head, *body, *[""] * (room - len(body)), *foot]


def _head(screen: Screen, width: int) -> Lines:
    lights = "  ".join(f"{SIGNS[light.tone]} {light.name}" for light in screen.lights)
    health = "   ".join(part for part in (lights, screen.clock) if part)
    title = f"[{screen.watermark}] {screen.title}" if screen.watermark else screen.title
    made = [*apart(title, health, width), "═" * width]
    if screen.steps and screen.step >= 0:
        made.extend(wrapped(_steps(screen), width))
    made.append("")
    for notice in screen.notices:
        first, *rest = wrapped((MARKS[notice.tone] or "· ") + notice.text, width)
        made.extend([first, *rest, ""])
    return made


def _steps(screen: Screen) -> str:
    named = [
        f"✓ {name}" if index < screen.step else f"[{name}]" if index == screen.step else name
        for index, name in enumerate(screen.steps)
    ]
    return " › ".join(named)


def _keys(screen: Screen, width: int) -> Lines:
    made = ["", "─" * width]
    line = ""
    for key in screen.keys:
        word = f"[{key.cap}] {key.label}"
        if line and columns(line) + columns(word) + 3 > width:
            made.append(line)
            line = ""
        line = f"{line}   {word}" if line else word
    return [*made, *([line] if line else [])]
