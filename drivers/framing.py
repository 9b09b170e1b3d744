"""Bytes of a scanner -> whole codes: a state machine without clock or device.

Only what stood between two ends is a code. What was cut, too long or not text is thrown away and
said once, at the moment it is known; the rest of it is swallowed up to its end, or up to a pause.
Never is a tail handed on as if it were a code.
"""

from typing import Protocol

from drivers.aim import split_aim
from drivers.profile import Framing
from drivers.values import Scan, ScanFault, ScanRejected

STX = 0x02
GS = 0x1D
_SPACES = "\u00a0\u3000"  # printable to people, not to str.isprintable

Decoded = Scan | ScanRejected


class Collector(Protocol):
    """What a decoder gives its bytes to: a Framer, or who wants to see them bare."""

    @property
    def waiting(self) -> bool: ...

    def feed(self, data: bytes) -> list[Decoded]: ...

    def pause(self) -> list[Decoded]: ...

    def spoil(self, fault: ScanFault) -> list[Decoded]: ...


class Framer:
    """Collects one code at a time. `feed` takes any cut of the stream; cuts carry no meaning."""

    def __init__(self, device: str, framing: Framing) -> None:
        self._device = device
        self._framing = framing
        self._ends = frozenset(framing.terminators.encode())
        self._code = bytearray()
        self._bad = False

    @property
    def waiting(self) -> bool:
        """A code is under way, or a bad one has not ended: silence means something."""
        return self._bad or bool(self._code)

    def feed(self, data: bytes) -> list[Decoded]:
        out: list[Decoded] = []
        for byte in data:
            self._take(byte, out)
        return out

    def pause(self) -> list[Decoded]:
        """The scanner has been silent for `gap` seconds."""
        cut = bool(self._code)
        self._clear()
        return [self._rejected(ScanFault.PARTIAL)] if cut else []

    def spoil(self, fault: ScanFault) -> list[Decoded]:
        """What is under way is no code: say so once and swallow the rest of it."""
        said = self._bad
        self._clear()
        self._bad = True
        return [] if said else [self._rejected(fault)]

    def _take(self, byte: int, out: list[Decoded]) -> None:
        if byte in self._ends:
            if self._code:
                out.append(self._whole(bytes(self._code)))
            self._clear()
        elif byte == STX:  # a new code begins, whatever was before
            out += self.pause()
        elif self._bad:
            return
        elif (byte < 0x20 and byte != GS) or byte == 0x7F:
            out += self.spoil(ScanFault.UNREADABLE)
        elif len(self._code) >= self._framing.max_length:
            out += self.spoil(ScanFault.TOO_LONG)
        else:
            self._code.append(byte)

    def _whole(self, code: bytes) -> Decoded:
        try:
            text = code.decode()
        except UnicodeDecodeError:
            return self._rejected(ScanFault.UNREADABLE)
        if not all(c == "\x1d" or c.isprintable() or c in _SPACES for c in text):
            return self._rejected(ScanFault.UNREADABLE)
        rule = self._framing
        if not (text.startswith(rule.prefix) and text.endswith(rule.suffix)):
            return self._rejected(ScanFault.PARTIAL)
        text = text.removeprefix(rule.prefix).removesuffix(rule.suffix)
        aim, text = ("", text) if rule.aim == "none" else split_aim(text)
        if not text or (rule.aim == "required" and not aim):
            return self._rejected(ScanFault.PARTIAL)
        if rule.gs_substitute:
            text = text.replace(rule.gs_substitute, "\x1d")
        return Scan(self._device, text, aim)

    def _clear(self) -> None:
        self._code.clear()
        self._bad = False

    def _rejected(self, fault: ScanFault) -> ScanRejected:
        return ScanRejected(self._device, fault)
