"""A HID report descriptor -> where in which report each value stands: pure.

The device wrote it, so nothing in it is trusted: what is cut short or absurd ends the reading, and
no number in it makes us loop. Items by the USB HID specification 1.11, chapter 6.2.2.
"""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

REPORT_BITS_MAX = 4096 * 8  # the kernel's own limit
_RANGE_MAX = 256
_LONG_ITEM = 0xFE
_APPLICATION = 1
_MAIN = 0  # the type of an item, in bits 2 and 3


class Tag:
    """An item's tag and type: its first byte without the two bits of its size."""

    INPUT, COLLECTION, END = 0x80, 0xA0, 0xC0
    PAGE, BITS, REPORT, COUNT, PUSH, POP = 0x04, 0x74, 0x84, 0x94, 0xA4, 0xB4
    USAGE, USAGE_MIN, USAGE_MAX = 0x08, 0x18, 0x28


class InputField(Struct, frozen=True):
    """`count` values of `bits` each, `offset` bits after the start of report number `report`
    (0: the device numbers none), the number itself not counted. `usage` is page << 16 | usage,
    0 where none is named; `application` the same of the collection it belongs to.
    """

    application: int
    report: int
    usage: int
    offset: int
    bits: int
    count: int


class _Item(NamedTuple):
    tag: int
    value: int
    size: int


class _Globals(Struct, frozen=True):
    page: int = 0
    bits: int = 0
    count: int = 0
    report: int = 0


class _Reading(Struct):
    now: _Globals = field(default_factory=_Globals)
    pushed: list[_Globals] = field(default_factory=list)
    usages: list[int] = field(default_factory=list)
    least: int = 0
    depth: int = 0
    application: int = 0
    ends: dict[int, int] = field(default_factory=dict)
    fields: list[InputField] = field(default_factory=list)


def input_fields(descriptor: bytes) -> tuple[InputField, ...]:
    """All input fields, padding left out; those before the fault where the descriptor is broken."""
    reading = _Reading()
    for item in _items(descriptor):
        if not (_global(reading, item) or _local(reading, item)):
            _main(reading, item)
        if item.tag & 0x0C == _MAIN:
            reading.usages.clear()
    return tuple(reading.fields)


def _items(descriptor: bytes) -> Iterator[_Item]:
    at = 0
    while at < len(descriptor):
        prefix = descriptor[at]
        if prefix == _LONG_ITEM:
            if at + 1 < len(descriptor):
                at += 3 + descriptor[at + 1]
                continue
            return
        size = (0, 1, 2, 4)[prefix & 3]
        data = descriptor[at + 1 : at + 1 + size]
        if len(data) < size:
            return
        yield _Item(prefix & 0xFC, int.from_bytes(data, "little"), size)
        at += 1 + size


def _global(reading: _Reading, item: _Item) -> bool:
    now = reading.now
    match item.tag:
        case Tag.PAGE:
            reading.now = replace(now, page=item.value)
        case Tag.BITS:
            reading.now = replace(now, bits=item.value)
        case Tag.REPORT:
            reading.now = replace(now, report=item.value)
        case Tag.COUNT:
            reading.now = replace(now, count=item.value)
        case Tag.PUSH:
            reading.pushed.append(now)
        case Tag.POP:
            reading.now = reading.pushed.pop() if reading.pushed else now
        case _:
            return False
    return True


def _local(reading: _Reading, item: _Item) -> bool:
    usage = item.value if item.size == 4 else reading.now.page << 16 | item.value
    match item.tag:
        case Tag.USAGE:
            reading.usages.append(usage)
        case Tag.USAGE_MIN:
            reading.least = usage
        case Tag.USAGE_MAX:
            if 0 <= usage - reading.least < _RANGE_MAX:
                reading.usages += range(reading.least, usage + 1)
        case _:
            return False
    return True


def _main(reading: _Reading, item: _Item) -> None:
    match item.tag:
        case Tag.COLLECTION:
            if reading.depth == 0 and item.value == _APPLICATION:
                reading.application = reading.usages[0] if reading.usages else 0
            reading.depth += 1
        case Tag.END:
            reading.depth = max(0, reading.depth - 1)
        case Tag.INPUT:
            _input(reading, constant=bool(item.value & 1))
        case _:
            return  # output, feature, or reserved: not what a scan comes in


def _input(reading: _Reading, *, constant: bool) -> None:
    """Each value has the next usage; the last usage serves all the values that remain."""
    now = reading.now
    start = reading.ends.get(now.report, 0)
    if start + now.bits * now.count > REPORT_BITS_MAX:
        return
    reading.ends[now.report] = start + now.bits * now.count
    if constant or not now.count:
        return
    usages = (reading.usages or [0])[: now.count]
    for at, usage in enumerate(usages):
        count = 1 if at < len(usages) - 1 else now.count - at
        offset = start + at * now.bits
        reading.fields.append(
            InputField(reading.application, now.report, usage, offset, now.bits, count)
        )
