"""A strict ESC/POS reader, written from the command set alone: it shares nothing with the encoder.

Bytes in, commands out, as they come: a command may arrive in pieces. What a real printer would
print as rubbish is a Trouble here, with the bytes that caused it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

DLE, ESC, FS, GS, LF = 0x10, 0x1B, 0x1C, 0x1D, 0x0A


@dataclass(frozen=True, slots=True)
class Said:
    """Text to print, as the firmware understands the bytes."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its usual name, its arguments, and the data it carries."""

    name: str
    arguments: tuple[int, ...] = ()
    data: bytes = b""

    def __str__(self) -> str:
        words = [self.name, *map(str, self.arguments)]
        if self.data:
            words.append(f"<{len(self.data)} bytes>")
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something no careful program sends."""

    reason: str
    data: bytes = b""

    def __str__(self) -> str:
        return f"!! {self.reason} {self.data.hex(' ')}".rstrip()


Event = Said | Command | Trouble

# Commands of a fixed length: introducer, letter -> bytes of arguments.
_FIXED: dict[tuple[int, int], int] = {
    (ESC, ord("@")): 0,
    (ESC, ord("2")): 0,
    (ESC, ord("3")): 1,
    (ESC, ord("!")): 1,
    (ESC, ord("-")): 1,
    (ESC, ord("E")): 1,
    (ESC, ord("J")): 1,
    (ESC, ord("a")): 1,
    (ESC, ord("d")): 1,
    (ESC, ord("t")): 1,
    (ESC, ord("p")): 3,
    (FS, ord("&")): 0,
    (FS, ord(".")): 0,
    (FS, ord("!")): 1,
    (GS, ord("!")): 1,
    (GS, ord("B")): 1,
    (GS, ord("a")): 1,
    (GS, ord("r")): 1,
}
_NAMES = {DLE: "DLE", ESC: "ESC", FS: "FS", GS: "GS"}
_LIMITS: dict[str, tuple[int, ...]] = {
    "ESC a": (0, 1, 2),
    "ESC E": (0, 1),
    "GS B": (0, 1),
    "ESC p": (0, 1),
    "GS r": (1, 2),
}


class Parser:
    """Feed it bytes, take events. `charset` is what the firmware's Chinese mode knows."""

    def __init__(self, charset: str = "gb18030") -> None:
        self._charset = charset
        self._buffer = bytearray()
        self._said: list[str] = []
        self.chinese = False

    def feed(self, data: bytes) -> Iterator[Event]:
        """The events that are complete by now."""
        self._buffer += data
        while self._buffer:
            step = self._next()
            if step is None:
                break
            used, event = step
            if not (isinstance(event, Said) and self._hold(event, used)):
                yield from self._flush()
                del self._buffer[:used]
                if event is not None:
                    yield event
        yield from self._flush()

    def finish(self) -> Iterator[Event]:
        """Called when no more comes: half a command is a Trouble."""
        if self._buffer:
            yield Trouble("the job ends inside a command", bytes(self._buffer[:16]))
        self._buffer.clear()

    def reset(self) -> None:
        """Power cycle or cleared buffers."""
        self._buffer.clear()
        self.chinese = False

    def _hold(self, event: Said, used: int) -> bool:
        self._said.append(event.text)
        del self._buffer[:used]
        return True

    def _flush(self) -> Iterator[Event]:
        if self._said:
            yield Said("".join(self._said))
            self._said.clear()

    def _next(self) -> tuple[int, Event | None] | None:
        first = self._buffer[0]
        if first in _NAMES:
            return self._introduced(first)
        if first == LF:
            return 1, Command("LF")
        if first == 0:
            return 1, Command("NUL")
        if first < 0x20 or first == 0x7F:
            return 1, Trouble("control character", bytes((first,)))
        if first < 0x7F:
            return 1, Said(chr(first))
        return self._high(first)

    def _high(self, first: int) -> tuple[int, Event] | None:
        if not self.chinese:
            return 1, Trouble("byte above 7F outside the Chinese mode", bytes((first,)))
        if len(self._buffer) < 2:
            return None
        if self._charset == "gb18030" and 0x30 <= self._buffer[1] <= 0x39:
            return self._character(4)
        return self._character(2)

    def _character(self, size: int) -> tuple[int, Event] | None:
        if len(self._buffer) < size:
            return None
        code = bytes(self._buffer[:size])
        try:
            return size, Said(code.decode(self._charset))
        except UnicodeDecodeError:
            # The firmware prints rubbish for the lead byte and takes the next as a new character.
            return 1, Trouble(f"no character of {self._charset}", code)

    def _introduced(self, first: int) -> tuple[int, Event] | None:
        if len(self._buffer) < 2:
            return None
        letter = self._buffer[1]
        fixed = _FIXED.get((first, letter))
        if fixed is not None:
            return self._fixed(first, letter, fixed)
        special = {
            (GS, ord("V")): self._cut,
            (GS, ord("v")): self._raster,
            (GS, ord("(")): self._extended,
            (DLE, 0x04): self._real_time,
            (DLE, 0x05): self._real_time,
            (DLE, 0x14): self._real_time_pulse,
        }.get((first, letter))
        if special is not None:
            return special()
        return 2, Trouble("unknown command", bytes(self._buffer[:2]))

    def _fixed(self, first: int, letter: int, size: int) -> tuple[int, Event] | None:
        if len(self._buffer) < 2 + size:
            return None
        name = f"{_NAMES[first]} {chr(letter)}"
        arguments = tuple(self._buffer[2 : 2 + size])
        limits = _LIMITS.get(name)
        if limits and arguments[0] not in limits:
            return 2 + size, Trouble(f"{name} out of range", bytes(self._buffer[: 2 + size]))
        if name in ("FS &", "FS ."):
            self.chinese = name == "FS &"
        if name == "ESC @":
            self.chinese = False  # the strictest firmware: some come up in Chinese mode
        return 2 + size, Command(name, arguments)

    def _cut(self) -> tuple[int, Event] | None:
        if len(self._buffer) < 3:
            return None
        kind = self._buffer[2]
        if kind in (0, 1, 48, 49):
            return 3, Command("GS V", (kind % 48,))
        if kind in (65, 66):
            return None if len(self._buffer) < 4 else (4, Command("GS V", (kind, self._buffer[3])))
        return 3, Trouble("GS V out of range", bytes(self._buffer[:3]))

    def _raster(self) -> tuple[int, Event] | None:
        if len(self._buffer) < 8:
            return None
        zero, mode, x_low, x_high, y_low, y_high = self._buffer[2:8]
        wide, high = x_low + 256 * x_high, y_low + 256 * y_high
        if zero != 0x30 or mode > 3 or not wide or not high:
            return 8, Trouble("GS v 0 out of range", bytes(self._buffer[:8]))
        size = 8 + wide * high
        if len(self._buffer) < size:
            return None
        data = bytes(self._buffer[8:size])
        if any(pair in data for pair in (b"\x10\x04", b"\x10\x05", b"\x10\x14")):
            return size, Trouble("a picture with a real-time command in it", data[:16])
        return size, Command("GS v 0", (mode, wide, high), data)

    def _extended(self) -> tuple[int, Event] | None:
        if len(self._buffer) < 5:
            return None
        letter = chr(self._buffer[2])
        size = 5 + self._buffer[3] + 256 * self._buffer[4]
        if len(self._buffer) < size:
            return None
        body = bytes(self._buffer[5:size])
        if letter == "H" and len(body) == 6 and body[:2] == b"00":
            return size, Command("GS ( H", (48,), body[2:])
        if letter == "k" and len(body) >= 2 and body[0] == 49:
            if self.chinese:
                return size, Trouble("QR code in Chinese mode: comes out blank", body[:8])
            return size, Command("GS ( k", (body[1],), body[2:])
        return size, Trouble(f"GS ( {letter} of an unknown form", bytes(self._buffer[:size]))

    def _real_time(self) -> tuple[int, Event] | None:
        if len(self._buffer) < 3:
            return None
        number = self._buffer[2]
        name = "DLE EOT" if self._buffer[1] == 4 else "DLE ENQ"
        if not 1 <= number <= 4:
            return 3, Trouble(f"{name} out of range", bytes(self._buffer[:3]))
        return 3, Command(name, (number,))

    def _real_time_pulse(self) -> tuple[int, Event] | None:
        if len(self._buffer) < 3:
            return None
        size = {1: 5, 8: 10}.get(self._buffer[2], 3)
        if len(self._buffer) < size:
            return None
        arguments = tuple(self._buffer[2:size])
        if size == 3 or (size == 10 and arguments != (8, 1, 3, 20, 1, 6, 2, 8)):
            return size, Trouble("DLE DC4 out of range", bytes(self._buffer[:size]))
        return size, Command("DLE DC4", arguments)
