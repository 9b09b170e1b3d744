"""Breaking a sentence into lines, for pixels and for text columns alike.

Law of the file: nothing is lost but the blank at a break, and no line starts with a closing mark
or ends with an opening one (Chinese line-breaking custom, GB/T 15834).
"""

from collections.abc import Callable, Iterator
from functools import cache
from unicodedata import combining, east_asian_width

Measure = Callable[[str], int]

CLOSING = frozenset("，。、；：？！）》」』】”’…·％—,.;:?!)]}%")
OPENING = frozenset("（《「『【“‘([{￥¥£€$")
ELLIPSIS = "…"


@cache
def is_wide(char: str) -> bool:
    """Whether a console gives this character two columns."""
    return east_asian_width(char) in "WF"


def columns(text: str) -> int:
    """Width of `text` in console columns."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if is_wide(char) else 1 for char in text)


def _atoms(text: str) -> Iterator[str]:
    """What a line may not break within: Latin words, hanzi with the marks that cling to them."""
    atom = ""
    for char in text:
        if char == " ":
            yield from (atom, " ") if atom else (" ",)
            atom = ""
        elif not atom or char in CLOSING or atom[-1] in OPENING:
            atom += char
        elif is_wide(char) or is_wide(atom[-1]):
            yield atom
            atom = char
        else:
            atom += char
    if atom:
        yield atom


def _pieces(atom: str, width: int, measure: Measure) -> Iterator[str]:
    """An atom wider than the line, cut where it must be."""
    piece = ""
    for char in atom:
        if piece and measure(piece + char) > width:
            yield piece
            piece = ""
        piece += char
    yield piece


def wrap(text: str, width: int, measure: Measure) -> tuple[str, ...]:
    """Lines no wider than `width` by `measure`; an empty text is one empty line.

    A single character wider than `width` still gets its line: nothing is dropped.
    """
    lines: list[str] = []
    line = ""
    for atom in _atoms(text.strip()):
        if measure(line + atom.rstrip()) <= width:
            line += atom
            continue
        if line.strip():
            lines.append(line.rstrip())
        *full, line = _pieces(atom.lstrip(), width, measure) if atom.strip() else ("",)
        lines.extend(full)
    lines.append(line.rstrip())
    return tuple(lines)


def shorten(text: str, width: int, measure: Measure) -> str:
    """`text`, or as much of its start as fits before an ellipsis."""
    if measure(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + ELLIPSIS) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def wrap_at_most(text: str, width: int, count: int, measure: Measure) -> tuple[str, ...]:
    """Wrapped into `count` lines at most; what does not fit ends in an ellipsis."""
    lines = wrap(text, width, measure)
    if len(lines) <= count:
        return lines
    rest = text.strip()
    for line in lines[: count - 1]:
        rest = rest[rest.index(line) + len(line) :].lstrip()
    return (*lines[: count - 1], shorten(rest, width, measure))


def balanced(text: str, width: int, measure: Measure) -> tuple[str, ...]:
    """Wrapped into as few lines as `wrap` needs, but of about equal length: for headlines."""
    count = len(wrap(text, width, measure))
    if count == 1:
        return (text.strip(),)
    low, high = width // 2, width
    while low < high:
        middle = (low + high) // 2
        if len(wrap(text, middle, measure)) > count:
            low = middle + 1
        else:
            high = middle
    return wrap(text, low, measure)
