"""What came from which device while a known code was asked for -> whether that is the scanner.

Pure. Only a whole code at a scanner's speed with an end after it makes a device the scanner: what
came garbled is told by its cause, and nothing is guessed from a part.
"""

import re
from difflib import SequenceMatcher
from enum import Enum, auto
from typing import Literal

from msgspec import Struct

from drivers.profile import SHORTEST_GAP, Layout

Kind = Literal["hid", "hid-pos", "serial"]

CODE_HEAD = "QZ-"  # each stands elsewhere on US, German and French keyboards
SLOWEST_SCANNER = 0.05  # s from one character to the next, by the median; hands need twice that
_ENDS = "\r\n\t\x03"
_STX = "\x02"
_TELLING = 5  # characters of the code in a row are no chance
_LONGEST_SHOWN = 32
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]\Z")


class Source(Struct, frozen=True):
    """A device. `path` stays the same when it is plugged in again, or is empty; `baud` 0: none."""

    kind: Kind
    node: str
    path: str = ""
    vendor: int = 0
    product: int = 0
    name: str = ""
    baud: int = 0


class Reading(Struct, frozen=True):
    """What came, read in one way; NUL stands for what could not be read at all."""

    data: bytes
    layout: Layout = "us"
    caps_lock: bool = False


class Burst(Struct, frozen=True):
    """All that came from one device between two silences.

    `pace` is the median time between two characters and `pause` the longest, in seconds; 0 where
    the device does not type. `whole` says that the device itself marks where a code ends.
    `keys` are the codes of the keys that went down.
    """

    source: Source
    readings: tuple[Reading, ...]
    pace: float = 0.0
    pause: float = 0.0
    aim: str = ""
    whole: bool = False
    keys: tuple[int, ...] = ()


class Found(Struct, frozen=True):
    """The scanner, and what its profile must say. `ends` are the characters after the code."""

    source: Source
    layout: Layout = "us"
    caps_lock: bool = False
    prefix: str = ""
    suffix: str = ""
    ends: str = ""
    aim: str = ""
    gap: float = SHORTEST_GAP


class Why(Enum):
    """Why something came and yet no scanner was found by it."""

    TYPED = auto()  # at the speed of fingers
    NO_END = auto()  # the whole code, and nothing that says so
    UNFIT = auto()  # characters around it that no profile can take off
    CASE = auto()  # small letters where capitals were asked for
    PARTIAL = auto()  # a part of the code
    OTHER = auto()  # text: another code, or a layout nobody knows
    NOISE = auto()  # no text: another speed, or a fault of the line


class Missed(Struct, frozen=True):
    """`got` is what came, as far as it can be shown; `layout` the one that it was read by."""

    source: Source
    why: Why
    got: str = ""
    layout: Layout = "us"


def judge(code: str, burst: Burst) -> Found | Missed | None:
    """None: too little came to say anything, such as one key of a keypad."""
    kind = burst.source.kind
    if kind == "hid" and len(burst.keys) < _TELLING:
        return None
    if burst.pace > SLOWEST_SCANNER:
        return Missed(burst.source, Why.TYPED)
    readings = [(one, one.data.decode("utf-8", "replace")) for one in burst.readings]
    for reading, text in readings:
        if code in text:
            return _whole(code, burst, reading, text)
    for reading, text in readings:
        if code.casefold() in text.casefold():
            return Missed(burst.source, Why.CASE, _shown(text), reading.layout)
    reading, text = max(readings, key=lambda one: _common(code, one[1]))
    if _common(code, text) >= _TELLING or (burst.whole and not text):
        return Missed(burst.source, Why.PARTIAL, _shown(text), reading.layout)
    shown = _shown(readings[0][1])
    readable = bool(shown) and shown.isprintable() and "\ufffd" not in shown
    return Missed(burst.source, Why.OTHER if readable else Why.NOISE, shown if readable else "")


def _whole(code: str, burst: Burst, reading: Reading, text: str) -> Found | Missed:
    lines = [one for one in re.split(f"([{_ENDS}]+)", text) if one]
    at = next(number for number, one in enumerate(lines) if code in one)
    line = lines[at].rpartition(_STX)[2]
    ends = lines[at + 1] if at + 1 < len(lines) else ""
    if not ends and not burst.whole:
        return Missed(burst.source, Why.NO_END, _shown(text), reading.layout)
    prefix, _, suffix = line.partition(code)
    others = [one for one in lines if one.strip(_ENDS) and one != lines[at]]
    if others or not (prefix + suffix).isprintable() or code in suffix:
        return Missed(burst.source, Why.UNFIT, _shown(text), reading.layout)
    aim = burst.aim
    if found := _AIM.search(prefix):
        prefix, aim = prefix[: found.start()], found.group()
    return Found(
        source=burst.source,
        layout=reading.layout,
        caps_lock=reading.caps_lock,
        prefix=prefix,
        suffix=suffix,
        ends=ends,
        aim=aim,
        gap=_gap(burst.pause),
    )


def _gap(pause: float) -> float:
    """The usual one, or twice the longest pause that was seen, in steps of 0.05 s."""
    wanted = round(-(-2 * pause // 0.05) * 0.05, 2)
    return max(SHORTEST_GAP, wanted)


def _common(code: str, text: str) -> int:
    """How many characters in a row are the same."""
    same = SequenceMatcher(None, code, text, autojunk=False)
    return same.find_longest_match().size


def _shown(text: str) -> str:
    return text.strip(_ENDS + _STX)[:_LONGEST_SHOWN]
