"""Listens to one candidate bare: what it sends between two silences, with nothing taken off.

A keyboard-like unit is grabbed while it is listened to and let go with `close`.
"""

import statistics
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from msgspec.structs import replace

from drivers.framing import Decoded
from drivers.hid_keys import WedgeDecoder
from drivers.hid_pos_scanner import HidPosLink
from drivers.hidraw_nodes import HidNode, open_hidraw
from drivers.input_events import DOWN, EV_KEY, InputEvent
from drivers.input_link import InputLink
from drivers.input_nodes import Node, NodeMatch, open_nodes
from drivers.key_names import KEY_CODES
from drivers.layouts import LAYOUTS
from drivers.profile import Framing, Layout, ScannerProfile
from drivers.scanner_verdict import Burst, Reading, Source
from drivers.serial_scanner import SerialLink
from drivers.tending import Tended
from drivers.values import DeviceLost, DeviceReady, DeviceValue, Scan, ScanFault, ScanRejected

SILENCE = 0.5  # s; longer than any scanner pauses inside a code
_RULE = Framing(gap=SILENCE, max_length=65536)
_MOST = 8192  # bytes, or events, of one burst
_STILL = frozenset(
    KEY_CODES[f"KEY_{side}{name}"] for side in ("LEFT", "RIGHT") for name in ("SHIFT", "ALT")
) | {KEY_CODES["KEY_LEFTCTRL"], KEY_CODES["KEY_RIGHTCTRL"], KEY_CODES["KEY_CAPSLOCK"]}
_ENDING = {KEY_CODES["KEY_ENTER"], KEY_CODES["KEY_KPENTER"], KEY_CODES["KEY_TAB"]}

Hear = Callable[[Burst], None]
Listened = DeviceLost | DeviceReady | Burst
OpenNodes = Callable[[NodeMatch], Sequence[Node]]
OpenHidraw = Callable[[NodeMatch | None], HidNode]


def listen(
    source: Source,
    post: Callable[[Listened], None],
    *,
    nodes: OpenNodes = open_nodes,
    hidraw: OpenHidraw = open_hidraw,
) -> Tended:
    """Started. `post` hears, on the device's thread, each burst and whether the device is there."""
    node = NodeMatch(path=source.node)

    def connect() -> InputLink | HidPosLink | SerialLink:
        match source.kind:
            case "hid":
                return InputLink(nodes(node), lambda _: KeyBursts(source, post))
            case "hid-pos":
                return HidPosLink(source.node, hidraw(node), _RULE)
            case "serial":
                bursts = ByteBursts(source, post)
                return SerialLink(source.node, Path(source.node), source.baud, _RULE, bursts)

    def heard(value: DeviceValue) -> None:
        if isinstance(value, DeviceLost | DeviceReady):
            post(value)
        elif isinstance(value, Scan | ScanRejected):
            post(_reported(source, value))

    device = Tended(source.node, connect, Path(source.node))
    device.start(heard)
    return device


def _reported(source: Source, value: Scan | ScanRejected) -> Burst:
    """A HID-POS scanner reports whole codes, or says that one was cut."""
    text, aim = (value.text, value.aim) if isinstance(value, Scan) else ("", "")
    return Burst(source, (Reading(text.encode()),), aim=aim, whole=True)


class ByteBursts:
    """A drivers.framing.Collector: bytes as they come, up to a silence."""

    def __init__(self, source: Source, hear: Hear) -> None:
        self._source = source
        self._hear = hear
        self._data = bytearray()

    @property
    def waiting(self) -> bool:
        return bool(self._data)

    def feed(self, data: bytes) -> list[Decoded]:
        self._data += data[: _MOST - len(self._data)]
        return []

    def pause(self) -> list[Decoded]:
        data = bytes(self._data)
        self._data.clear()
        if data:
            self._hear(Burst(self._source, (Reading(data),)))
        return []

    def spoil(self, _fault: ScanFault) -> list[Decoded]:
        return self.feed(b"\0")


class KeyBursts:
    """A drivers.input_events.KeyDecoder: keys as they go down and up, up to a silence."""

    def __init__(self, source: Source, hear: Hear) -> None:
        self._source = source
        self._hear = hear
        self._events: list[InputEvent] = []

    @property
    def patience(self) -> float | None:
        return SILENCE if self._events else None

    def feed(self, events: Iterable[InputEvent]) -> Sequence[DeviceValue]:
        self._events += list(events)[: _MOST - len(self._events)]
        return []

    def pause(self) -> Sequence[DeviceValue]:
        events, self._events = self._events, []
        burst = typed(self._source, events)
        if burst.keys:
            self._hear(burst)
        return []


def typed(source: Source, events: Sequence[InputEvent]) -> Burst:
    """Keys -> what they mean on every layout, US first. Pure."""
    downs = [one for one in events if one.type == EV_KEY and one.value == DOWN]
    typing = [one for one in downs if one.code not in _STILL]
    waits = [
        (later.time - earlier.time) / 1_000_000
        for earlier, later in pairwise(typing)
        if earlier.code not in _ENDING  # from one code to the next is no pause inside a code
    ] or [0.0]
    caps_used = any(one.code == KEY_CODES["KEY_CAPSLOCK"] for one in downs)
    return Burst(
        source,
        tuple(
            Reading(_read(events, layout, caps_lock=caps), layout, caps)
            for caps in ((False, True) if caps_used else (False,))
            for layout in LAYOUTS
        ),
        pace=statistics.median(waits),
        pause=max(waits),
        keys=tuple(one.code for one in downs),
    )


def _read(events: Sequence[InputEvent], layout: Layout, *, caps_lock: bool) -> bytes:
    bare: list[bytes] = []
    collector = ByteBursts(_NOBODY, lambda burst: bare.append(burst.readings[0].data))
    profile = ScannerProfile(framing=_ENDLESS, layout=layout, caps_lock=caps_lock)
    WedgeDecoder("", profile, tuple, collector).feed(events)
    collector.pause()
    return b"".join(bare)


_NOBODY = Source("hid", "")
_ENDLESS = replace(_RULE, gap=3600.0)  # a burst has been cut out already
