"""Reports of a HID point-of-sale scanner (usage page 0x8C) -> whole codes: pure.

Where length, AIM identifier, data and the mark "continued" stand is told by the device's own
descriptor. A code may fill several reports; its AIM identifier is the first one's. What is cut,
absurd or lost is refused once and swallowed up to its last report or a pause: a tail is no code.
"""

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from drivers.aim import split_aim
from drivers.framing import STX, Decoded, Framer
from drivers.hid_descriptor import InputField, input_fields
from drivers.profile import Framing
from drivers.values import Scan, ScanFault, ScanRejected

SCANNER_PAGE = 0x8C
_SCANNERS = range(SCANNER_PAGE << 16 | 1, SCANNER_PAGE << 16 | 6)  # badge reader ... cradle
_BYTE_COUNT = 0x01_003B
_AIM_FIRST, _DATA, _CONTINUED = 0x8C_00FB, 0x8C_00FE, 0x8C_00FF
_CONTROL = re.compile(rb"[\x00-\x1c\x1e\x1f\x7f]")  # all but GS, which stands for FNC1


class Layout(Struct, frozen=True):
    """One input report: offsets are bytes of the report as it is read, its number included.

    `report` is that number, 0 where the device sends none. `data` begins `room` bytes of text, of
    which the byte at `length` says how many are meant. `aim` begins three bytes, or is None.
    `more` is the bit (8 * byte + bit) that says that the code goes on, or None.
    """

    report: int
    length: int
    data: int
    room: int
    aim: int | None = None
    more: int | None = None


class _Part(Struct, frozen=True):
    aim: str
    data: bytes
    more: bool


def is_scanner(descriptor: bytes) -> bool:
    """Whether a device with this descriptor calls itself a bar code scanner."""
    return any(one.application in _SCANNERS for one in input_fields(descriptor))


def layouts_of(descriptor: bytes, otherwise: Iterable[Layout] = ()) -> dict[int, Layout]:
    """The reports that bring codes, by number. `otherwise` holds for reports whose fields the
    descriptor does not name. Empty: this is no scanner, or one nobody knows.
    """
    fields = [one for one in input_fields(descriptor) if one.application in _SCANNERS]
    reports: dict[int, dict[int, InputField]] = {}
    for one in fields:
        reports.setdefault(one.report, {}).setdefault(one.usage, one)
    numbered = any(reports)
    named = {
        number: found
        for number, of in reports.items()
        if (found := _named(number, of, start=8 * numbered)) is not None
    }
    return named or {one.report: one for one in otherwise if one.report in reports}


def _named(number: int, of: Mapping[int, InputField], *, start: int) -> Layout | None:
    length, data = of.get(_BYTE_COUNT), of.get(_DATA)
    if length is None or data is None or (length.bits, data.bits) != (8, 8):
        return None
    aim, more = of.get(_AIM_FIRST), of.get(_CONTINUED)
    return Layout(
        report=number,
        length=(length.offset + start) // 8,
        data=(data.offset + start) // 8,
        room=data.count,
        aim=(aim.offset + start) // 8 if aim and aim.bits == 8 else None,
        more=more.offset + start if more else None,
    )


class HidPosDecoder:
    """Collects one code at a time from whole reports."""

    def __init__(self, device: str, framing: Framing, layouts: Mapping[int, Layout]) -> None:
        self._device = device
        self._rule = framing
        self._ends = framing.terminators.encode()
        self._layouts = layouts
        self._numbered = any(layouts)
        self._code = bytearray()
        self._aim = ""
        self._begun = self._bad = self._may_be_whole = False

    @property
    def waiting(self) -> bool:
        """A code is under way, or a bad one has not ended: silence means something."""
        return self._bad or self._begun

    def feed(self, report: bytes) -> list[Decoded]:
        """One report as read. Reports of other kinds (status, trigger) say nothing here."""
        layout = self._layouts.get(report[0] if self._numbered and report else 0)
        if layout is None:
            return []
        part = _read(layout, report)
        if part is None:
            return self.spoil(ScanFault.UNREADABLE)
        return self._take(part, known=layout.more is not None)

    def pause(self) -> list[Decoded]:
        """The scanner has been silent for `gap` seconds."""
        if self._may_be_whole:
            return self._whole()
        cut = self._begun
        self._clear()
        return [self._rejected(ScanFault.PARTIAL)] if cut else []

    def spoil(self, fault: ScanFault) -> list[Decoded]:
        """What is under way is no code: say so once and swallow the rest of it."""
        said = self._bad
        self._clear()
        self._bad = True
        return [] if said else [self._rejected(fault)]

    def _take(self, part: _Part, *, known: bool) -> list[Decoded]:
        out: list[Decoded] = []
        if not self._bad:
            if not self._begun:
                self._aim = part.aim
            self._begun = self._begun or part.more or bool(part.data)
            self._code += part.data
            if len(self._code.rstrip(self._ends)) > self._rule.max_length:
                out = self.spoil(ScanFault.TOO_LONG)
        if part.more:
            self._may_be_whole = not known and not self._bad
        elif self._bad:
            self._clear()
        elif self._begun:
            out += self._whole()
        return out

    def _whole(self) -> list[Decoded]:
        """The code that ends here, by the rule all scanners follow, its AIM identifier aside."""
        body = bytes(self._code).removeprefix(bytes([STX])).rstrip(self._ends)
        aim = self._aim
        self._clear()
        if not body:
            return []
        if _CONTROL.search(body):  # an end inside a code would hand on its tail
            return [self._rejected(ScanFault.UNREADABLE)]
        framer = Framer(self._device, replace(self._rule, aim="none"))
        return [self._with_aim(one, aim) for one in framer.feed(body + self._ends[:1])]

    def _with_aim(self, found: Decoded, aim: str) -> Decoded:
        if isinstance(found, ScanRejected):
            return found
        text = found.text
        typed, rest = split_aim(text)  # a scanner may be set to send it with the code as well
        if typed and typed == (aim or typed) and self._rule.aim != "none":
            aim, text = typed, rest
        if not text or (self._rule.aim == "required" and not aim):
            return self._rejected(ScanFault.PARTIAL)
        return Scan(self._device, text, aim)

    def _clear(self) -> None:
        self._code.clear()
        self._aim = ""
        self._begun = self._bad = self._may_be_whole = False

    def _rejected(self, fault: ScanFault) -> ScanRejected:
        return ScanRejected(self._device, fault)


def _read(layout: Layout, report: bytes) -> _Part | None:
    """None: its length cannot be true. A report may be shorter than announced: what is not sent
    is zero, as the kernel has it.
    """
    length = report[layout.length] if layout.length < len(report) else 0
    if length > layout.room or layout.data + length > len(report):
        return None
    aim, start = _aim(layout, report)
    data = report[start : start + length]
    if layout.more is None:
        return _Part(aim, data, more=length == layout.room)
    byte, bit = divmod(layout.more, 8)
    return _Part(aim, data, more=byte < len(report) and bool(report[byte] >> bit & 1))


def _aim(layout: Layout, report: bytes) -> tuple[str, int]:
    """The identifier, or nothing, and where the text begins.

    Some devices put a code letter of their own before it: then all that follows is one byte later.
    """
    if layout.aim is None:
        return "", layout.data
    for late in (0, 1):
        start = layout.aim + late
        found = split_aim(report[start : start + 3].decode("latin-1"))[0]
        if found:
            return found, layout.data + late
    return "", layout.data
