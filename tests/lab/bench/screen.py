"""The framebuffer and the text console below it, as the bochs DRM driver has them."""

import fcntl
import mmap
import os
import struct
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

from drivers.framebuffer import Framebuffer, read_geometry
from drivers.vt import restore_text_console, take_graphics

FB = Path("/dev/fb0")
_KDGETMODE = 0x4B3B
_LONG = struct.calcsize("l")


def _pixel(x: int, y: int) -> tuple[int, int, int]:
    """Read back through a mapping, apart from the driver's writing."""
    fd = os.open(FB, os.O_RDWR)
    try:
        geometry = read_geometry(fd)
        with mmap.mmap(fd, geometry.stride * geometry.height) as memory:
            at = y * geometry.stride + x * 4
            value = int.from_bytes(memory[at : at + 4], sys.byteorder)
    finally:
        os.close(fd)
    red, green, blue = (
        (value >> first) & 0xFF for first, _ in (geometry.red, geometry.green, geometry.blue)
    )
    return red, green, blue


def shows_each_colour_where_it_belongs() -> str:
    screen = Framebuffer(FB, vsync=True)
    width, height = screen.size
    picture = Image.new("RGB", (width, height), (10, 20, 30))
    draw = ImageDraw.Draw(picture)
    spots = {
        (0, 0): (255, 0, 0),
        (width - 1, 0): (0, 255, 0),
        (0, height - 1): (0, 0, 255),
        (width - 1, height - 1): (250, 128, 4),
    }
    for (x, y), colour in spots.items():
        draw.rectangle((x - 20, y - 20, x + 20, y + 20), colour)
    restore: Callable[[], None] = take_graphics()
    try:
        assert screen.show(picture) == height
        for (x, y), colour in spots.items():
            assert _pixel(x, y) == colour, (x, y, _pixel(x, y))
        assert _pixel(width // 2, height // 2) == (10, 20, 30)
        sys.stdout.write("lab: screen\n")
        sys.stdout.flush()
        os.read(0, 64)  # the host has taken its picture
    finally:
        screen.close()
        restore()
    return f"{width}x{height}, four corners read back"


def writes_only_what_changed() -> str:
    screen = Framebuffer(FB)
    width, height = screen.size
    picture = Image.new("RGB", (width, height), "white")
    try:
        assert screen.show(picture) == height
        assert screen.show(picture) == 0
        ImageDraw.Draw(picture).rectangle((5, 100, 50, 119), "red")
        ImageDraw.Draw(picture).rectangle((5, 400, 50, 404), "blue")
        rows = screen.show(picture)
        assert rows == 25, rows
        assert _pixel(10, 110) == (255, 0, 0)
        assert _pixel(10, 402) == (0, 0, 255)
        assert _pixel(10, 120) == (255, 255, 255)
    finally:
        screen.close()
    return f"{rows} of {height} rows"


def console_is_hidden_and_comes_back() -> str:
    """Graphics mode outlives the process; restoring ends it, and the end of the process too."""
    assert _mode() == 0
    restore = take_graphics()
    assert _mode() == 1
    restore()
    assert _mode() == 0
    child = os.fork()
    if not child:
        take_graphics()
        os._exit(0)  # as a killed process: nothing is undone
    os.waitpid(child, 0)
    assert _mode() == 1, "graphics mode was to survive the process"
    restore_text_console()
    assert _mode() == 0
    return "after a tidy end, and by ExecStopPost's command after a killed process"


def _mode() -> int:
    fd = os.open("/dev/tty0", os.O_RDWR | os.O_NOCTTY)
    try:
        answer = fcntl.ioctl(fd, _KDGETMODE, bytes(_LONG))
    finally:
        os.close(fd)
    return int.from_bytes(answer[:4], sys.byteorder)
