"""A framebuffer in a file: the kernel's two structures byte by byte, and pixels read back.

Written from linux/fb.h, apart from the product's packing, so that the two check each other.
"""

import os
import struct
from dataclasses import dataclass
from pathlib import Path

from drivers.pixel_format import Geometry, parse_geometry

Field = tuple[int, int]
UNTOUCHED = 0xA5  # fills the memory at first: what is still there was not written


@dataclass(slots=True)
class FakeFramebuffer:
    """`fields` are red, green, blue, alpha as (first bit, bits)."""

    path: Path
    width: int = 64
    height: int = 48
    depth: int = 32
    fields: tuple[Field, Field, Field, Field] = ((16, 8), (8, 8), (0, 8), (0, 0))
    padding: int = 0  # bytes after each row
    xoffset: int = 0
    yoffset: int = 0
    visual: int = 2
    memory: int = 0

    def __post_init__(self) -> None:
        self.memory = self.memory or self.stride * (self.height + self.yoffset)
        self.path.write_bytes(bytes([UNTOUCHED]) * self.memory)

    @property
    def stride(self) -> int:
        return (self.width + self.xoffset) * self.depth // 8 + self.padding

    def var(self) -> bytes:
        head = (self.width, self.height, self.width, self.height, self.xoffset, self.yoffset)
        bits = [number for first, size in self.fields for number in (first, size, 0)]
        return struct.pack("8I12I20I", *head, self.depth, 0, *bits, *[0] * 20)

    def fix(self) -> bytes:
        long = struct.calcsize("L")
        out = b"fake".ljust(16, b"\0") + (0x1000).to_bytes(long, "little")
        out += struct.pack("<IIII", self.memory, 0, 0, self.visual)
        out += struct.pack("<HHHxxI", 0, 0, 0, self.stride)
        return out.ljust(80 if long == 8 else 68, b"\0")

    def probe(self, _fd: int) -> Geometry:
        return parse_geometry(self.var(), self.fix())

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """Red, green and blue, each in its own number of bits."""
        size = self.depth // 8
        place = (y + self.yoffset) * self.stride + (x + self.xoffset) * size
        word = int.from_bytes(self.path.read_bytes()[place : place + size], "little")
        red, green, blue = ((word >> first) & ((1 << bits) - 1) for first, bits in self.fields[:3])
        return red, green, blue

    def written(self) -> int:
        """How many bytes are no longer what they were at first (or since `wipe`)."""
        return sum(byte != UNTOUCHED for byte in self.path.read_bytes())

    def wipe(self) -> None:
        with self.path.open("r+b") as file:
            file.write(bytes([UNTOUCHED]) * self.memory)

    def pull(self, fd: int) -> None:
        """From now on the open file number `fd` is of a thing that cannot be written to."""
        reading, writing = os.pipe()
        os.close(reading)
        os.dup2(writing, fd)
        os.close(writing)
        self.path.unlink()
