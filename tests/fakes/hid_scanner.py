"""A wedge scanner as the kernel shows it: true struct input_event bytes through a socket.

Its layout is written here by hand, apart from the product's, so that the two check each other.
"""

import errno
import socket
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from drivers.input_events import (
    DOWN,
    EV_KEY,
    EV_MSC,
    EV_SYN,
    MSC_SCAN,
    SYN_DROPPED,
    SYN_REPORT,
    UP,
    InputEvent,
    pack,
)
from drivers.input_nodes import Node, NodeMatch

ENTER, TAB, SHIFT, CTRL, RIGHTBRACE = 28, 15, 42, 29, 27
_PLAIN = dict(zip("1234567890", range(2, 12), strict=True)) | {
    **dict(zip("qwertyuiop", range(16, 26), strict=True)),
    **dict(zip("asdfghjkl", range(30, 39), strict=True)),
    **dict(zip("zxcvbnm", range(44, 51), strict=True)),
    "-": 12,
    "=": 13,
    "[": 26,
    "]": 27,
    ";": 39,
    "'": 40,
    "`": 41,
    "\\": 43,
    ",": 51,
    ".": 52,
    "/": 53,
    " ": 57,
    "\r": ENTER,
    "\t": TAB,
}
_SHIFTED = dict(zip('!@#$%^&*()_+{}:"~|<>?', "1234567890-=[];'`\\,./", strict=True))


@dataclass(slots=True)
class Typing:
    """Text to events on a US keyboard: scan code, key and report for each edge, as usbhid sends."""

    clock: int = 1_000_000_000  # microseconds, monotonic
    gap: int = 2_500
    msc: bool = True

    def edge(self, code: int, value: int) -> Iterator[InputEvent]:
        self.clock += self.gap // 2
        if self.msc:
            yield InputEvent(self.clock, EV_MSC, MSC_SCAN, 0x70000 + code)
        yield InputEvent(self.clock, EV_KEY, code, value)
        yield InputEvent(self.clock, EV_SYN, SYN_REPORT, 0)

    def key(self, code: int, *, holding: int = 0) -> Iterator[InputEvent]:
        if holding:
            yield from self.edge(holding, DOWN)
        yield from self.edge(code, DOWN)
        yield from self.edge(code, UP)
        if holding:
            yield from self.edge(holding, UP)

    def text(self, text: str) -> Iterator[InputEvent]:
        for char in text:
            if char == "\x1d":
                yield from self.key(RIGHTBRACE, holding=CTRL)
            elif char in _PLAIN:
                yield from self.key(_PLAIN[char])
            elif char in _SHIFTED:
                yield from self.key(_PLAIN[_SHIFTED[char]], holding=SHIFT)
            else:
                yield from self.key(_PLAIN[char.lower()], holding=SHIFT)

    def dropped(self) -> Iterator[InputEvent]:
        """What the kernel puts first into a queue it has just emptied."""
        yield InputEvent(self.clock, EV_SYN, SYN_DROPPED, 0)


@dataclass(slots=True)
class FakeNode:
    """A drivers.input_nodes.Node on one end of a socket."""

    end: socket.socket
    path: str = "/dev/input/event7"
    down: set[int] = field(default_factory=set)
    gone: bool = False

    def fileno(self) -> int:
        return self.end.fileno()

    def held(self) -> Collection[int]:
        if self.gone:
            raise OSError(errno.ENODEV, "no such device")
        return self.down

    def close(self) -> None:
        self.end.close()


class HidGun:
    """Plugged in when made. Give `open_nodes` to the scanner instead of the real one."""

    def __init__(self, *, terminator: str = "\r") -> None:
        self.typing = Typing()
        self.node: FakeNode | None = None
        self.opened = 0
        self._terminator = terminator
        self._plugged = True
        self._hand: socket.socket | None = None

    def open_nodes(self, _match: NodeMatch) -> Sequence[Node]:
        if not self._plugged:
            raise FileNotFoundError(errno.ENOENT, "no such input device")
        if self._hand is not None:
            self._hand.close()
        self._hand, end = socket.socketpair()
        end.setblocking(False)
        self.node = FakeNode(end)
        self.opened += 1
        return [self.node]

    def scan(self, text: str) -> None:
        self.send(self.typing.text(text + self._terminator))

    def part(self, text: str) -> None:
        self.send(self.typing.text(text))

    def send(self, events: Iterator[InputEvent]) -> None:
        if self._hand is None:
            raise OSError("the gun is unplugged")
        data = b"".join(pack(event) for event in events)
        try:
            self._hand.sendall(data)
        except BrokenPipeError:
            return  # nobody has the device open: the kernel drops its keys as well

    def unplug(self) -> None:
        self._plugged = False
        if self._hand is not None:
            self._hand.close()
            self._hand = None

    def replug(self) -> None:
        self._plugged = True
