"""The kernel's input events: bytes to values, and the few numbers all decoders share."""

import struct
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from drivers.values import DeviceValue

EVENT = struct.Struct("@llHHi")  # struct input_event with the machine's own long
EV_SYN, EV_KEY, EV_MSC = 0, 1, 4
SYN_REPORT, SYN_DROPPED = 0, 3
MSC_SCAN = 4
UP, DOWN, REPEAT = 0, 1, 2


class InputEvent(NamedTuple):
    """`time` is the kernel's own stamp in microseconds."""

    time: int
    type: int
    code: int
    value: int


class KeyDecoder(Protocol):
    """Events of one node -> values. `feed` is given all that was there at once."""

    @property
    def patience(self) -> float | None: ...

    def feed(self, events: Iterable[InputEvent]) -> Sequence[DeviceValue]: ...

    def pause(self) -> Sequence[DeviceValue]: ...


def unpack(data: bytes) -> list[InputEvent]:
    return [
        InputEvent(seconds * 1_000_000 + micros, kind, code, value)
        for seconds, micros, kind, code, value in EVENT.iter_unpack(data)
    ]


def pack(event: InputEvent) -> bytes:
    return EVENT.pack(*divmod(event.time, 1_000_000), *event[1:])
