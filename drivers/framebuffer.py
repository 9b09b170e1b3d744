"""The screen: pictures onto /dev/fb0, only the rows that changed.

Rows are written with pwrite, which shows them at once; drawing through a mapping may wait 50 ms.
The device may go and come back (firmware screen -> real driver, a display plugged in late).
"""

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageChops

from drivers.device import Post
from drivers.pixel_format import FIX, VAR_SIZE, Geometry, UnusableFramebuffer, pack, parse_geometry
from drivers.values import DeviceLost, DeviceReady

_VSCREENINFO, _FSCREENINFO, _WAITFORVSYNC = 0x4600, 0x4602, 0x40044620
_BAND = 32  # rows looked at together: a clock above and a prompt below are two changes, not all


def read_geometry(fd: int) -> Geometry:
    """OSError when it is no framebuffer, UnusableFramebuffer when its mode is not ours."""
    var = fcntl.ioctl(fd, _VSCREENINFO, bytes(VAR_SIZE))
    fix = fcntl.ioctl(fd, _FSCREENINFO, bytes(FIX.size + 16))
    return parse_geometry(var, fix)


class Framebuffer:
    """Belongs to one thread. `report` hears once when the screen is lost, and when it is back."""

    def __init__(
        self,
        path: Path | str = "/dev/fb0",
        *,
        name: str = "screen",
        report: Post = lambda _: None,
        probe: Callable[[int], Geometry] = read_geometry,
        vsync: bool = False,
    ) -> None:
        self.name = name
        self._path = Path(path)
        self._report = report
        self._probe = probe
        self._vsync = vsync
        self._fd = -1
        self._geometry: Geometry | None = None
        self._shown: Image.Image | None = None
        self._lost = False

    def open(self) -> Geometry:
        """OSError (no such screen, no permission) or UnusableFramebuffer: at start, and by
        `check`.
        """
        fd = os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
        try:
            self._geometry = self._probe(fd)
        except (OSError, UnusableFramebuffer):
            os.close(fd)
            raise
        self._fd = fd
        self._shown = None
        return self._geometry

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the visible part; opens the screen if need be (errors of `open`).

        It may change when a lost screen comes back.
        """
        geometry = self._geometry or self.open()
        return geometry.width, geometry.height

    def fileno(self) -> int:
        return self._fd

    def show(self, image: Image.Image) -> int:
        """Makes `image` the picture shown; returns how many rows were written.

        A picture of another size is cut or framed in black. A lost screen is no error here: 0 is
        returned and each later call looks for it again.
        """
        reason = ""
        for _ in range(2):  # a screen that was replaced is there again at once
            try:
                if self._fd < 0:
                    geometry = self.open()
                    if self._lost:
                        self._lost = False
                        self._report(DeviceReady(self.name, geometry.words))
                return self._show(image)
            except (OSError, UnusableFramebuffer) as fault:
                self.close()
                reason = f"{self._path}: {fault}"
        if not self._lost:
            self._lost = True
            self._report(DeviceLost(self.name, reason))
        return 0

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _show(self, image: Image.Image) -> int:
        geometry = self._geometry
        assert geometry is not None
        picture = _fitted(image, self.size)
        if self._shown is None:
            self._wait_for_vsync()
            self._write(picture, geometry, 0)
            self._shown = picture.copy()
            return geometry.height
        rows = 0
        for top, bottom in _changed(self._shown, picture):
            if not rows:
                self._wait_for_vsync()
            part = picture.crop((0, top, geometry.width, bottom))
            self._write(part, geometry, top)
            self._shown.paste(part, (0, top))
            rows += bottom - top
        return rows

    def _write(self, part: Image.Image, geometry: Geometry, top: int) -> None:
        data = memoryview(pack(part, geometry))
        start = geometry.start + top * geometry.stride
        size = len(data) if geometry.stride == geometry.row else geometry.row
        for number, first in enumerate(range(0, len(data), size)):
            piece, place = data[first : first + size], start + number * geometry.stride
            while piece:
                written = os.pwrite(self._fd, piece, place)
                if not written:
                    raise OSError(errno.EIO, "the framebuffer takes no more")
                piece, place = piece[written:], place + written

    def _wait_for_vsync(self) -> None:
        if self._vsync:
            try:
                fcntl.ioctl(self._fd, _WAITFORVSYNC, bytes(4))
            except OSError:  # most screens cannot: then we do not wait, and do not ask again
                self._vsync = False


def _fitted(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if image.mode != "RGB":
        image = image.convert("RGB")
    if image.size == size:
        return image
    whole = Image.new("RGB", size)
    whole.paste(image, (0, 0))
    return whole


def _changed(before: Image.Image, after: Image.Image) -> Iterator[tuple[int, int]]:
    """Runs of changed rows from the top: (first row, row after the last)."""
    difference = ImageChops.difference(before, after)
    whole = difference.getbbox()
    if whole is None:
        return
    first = last = -1
    for top in range(whole[1] - whole[1] % _BAND, whole[3], _BAND):
        bottom = min(top + _BAND, after.height)
        box = difference.crop((0, top, after.width, bottom)).getbbox()
        if box is None:
            continue
        if top + box[1] == last:
            last = top + box[3]
            continue
        if first >= 0:
            yield first, last
        first, last = top + box[1], top + box[3]
    yield first, last
