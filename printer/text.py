"""Text made safe and measured: nothing that comes from data can be read as a command.

`clean` is the only door: every string of a slip passes it before it is laid out, so later code may
rely on printable characters alone.
"""

import unicodedata
from collections.abc import Callable, Iterator

from printer.models import Charset

REPLACEMENT = "〓"  # what Chinese typesetters put where a character is missing

# Chinese fonts of printers have the full-width signs; U+00A5 and U+00A3 would become GB18030's
# four-byte forms, which GBK firmware prints as digits ("0 6192.00").
_SIGNS = str.maketrans({"¥": "￥", "£": "￡", "–": "-", "‐": "-", "‑": "-", "−": "-"})
_NEVER_FIRST = frozenset("，。、；：？！）》」』】〉”’…％,.;:?!)]}%")


def crossed(across: str, room: int) -> str:
    """`across` over and over in one line of at most `room` columns, a dash between."""
    times = max(1, (room + 3) // (columns(across) + 3))
    return " - ".join([across] * times)


def clean(text: str) -> str:
    """`text` without control, format, surrogate and unassigned characters; any blank is a space.

    Line breaks and tabs become spaces, so that words stay apart. U+3000 is kept, being as wide as a
    Chinese character.
    """
    return "".join(_kept(unicodedata.normalize("NFC", text)))


def _kept(text: str) -> Iterator[str]:
    for char in text:
        category = unicodedata.category(char)
        if char in "\t\n\r" or category in ("Zl", "Zp"):
            yield " "
        elif category == "Zs":
            yield char if char == "\u3000" else " "
        elif category[0] != "C":
            yield char


def to_firmware(text: str) -> str:
    """The same text with the signs that Chinese firmware has under another code: ¥, £, dashes."""
    return text.translate(_SIGNS)


def encodable(text: str, charset: Charset) -> bool:
    """Whether all of this is text to the firmware: ASCII or two bytes of GB18030 within its set."""
    return charset is not Charset.NONE and all(_has(char, charset) for char in text)


def _has(char: str, charset: Charset) -> bool:
    if char.isascii():
        return char.isprintable()
    if "À" <= char <= "ɏ" and char.isalpha():
        return False  # the set's few accented letters are as wide as Chinese: "Caf é"
    try:
        wide = char.encode("gb18030")
        return len(wide) == 2 and char.encode(charset.value) == wide
    except UnicodeEncodeError:
        return False


def columns(text: str) -> int:
    """Narrow columns of firmware text: ASCII is one, everything in the Chinese set is two."""
    return sum(1 if char.isascii() else 2 for char in text)


def wrap(text: str, room: int, measure: Callable[[str], int]) -> tuple[str, ...]:
    """`text` in lines that measure at most `room`; words stay whole, Chinese breaks anywhere.

    Closing punctuation does not begin a line if it can be helped. A word longer than a line is
    broken. Blanks at the very beginning are kept (an indent), others at a break are dropped.
    """
    lines: list[str] = []
    line = ""
    for word in _words(text):
        if measure((line + word).rstrip(" ")) <= room:
            line += word
            continue
        if line.strip(" "):
            lines.append(line.rstrip(" "))
            line = ""
        line += word.lstrip(" ") if lines else word
        while measure(line) > room:
            head = _fitting(line, room, measure)
            lines.append(line[:head].rstrip(" "))
            line = line[head:].lstrip(" ")
    if line.strip(" ") or not lines:
        lines.append(line.rstrip(" "))
    return tuple(lines)


def _fitting(text: str, room: int, measure: Callable[[str], int]) -> int:
    """How many characters of `text` fit, at least one."""
    end = 1
    while end < len(text) and measure(text[: end + 1]) <= room:
        end += 1
    return end


def _words(text: str) -> Iterator[str]:
    """Pieces between which a line may break: a run of ASCII, or one wide character, with blanks."""
    word = ""
    for char in text:
        joins = char in _NEVER_FIRST or (char.isascii() and char != " " and _open(word))
        if word and not joins:
            yield word
            word = ""
        word += char
    if word:
        yield word


def _open(word: str) -> bool:
    """May an ASCII character be added to this piece? Not after a blank or a wide character."""
    return not word or (word[-1].isascii() and word[-1] != " ")
