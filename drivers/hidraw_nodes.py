"""Which /dev/hidraw node is the HID point-of-sale scanner, and opening it.

Looked up in sysfs without opening anything. hidraw has no grab: every reader gets every report,
so a lock among the polite keeps a second terminal off. Only opening needs a real kernel device.
"""

import contextlib
import errno
import fcntl
import os
import struct
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from drivers.hid_pos import is_scanner
from drivers.input_nodes import NodeMatch

DEV = Path("/dev")
SYS = Path("/sys/class/hidraw")
_DESCRIPTOR_MAX = 4096
_DESCRIPTOR = struct.Struct(f"=I{_DESCRIPTOR_MAX}s")
_SIZE = struct.Struct("=I")
_INFO = struct.Struct("=IHH")  # bus, vendor, product
_HIDIOCGRDESCSIZE = 0x8004_4801
_HIDIOCGRDESC = 0x9004_4802
_HIDIOCGRAWINFO = 0x8008_4803


class HidNode(Protocol):
    """An open node, non-blocking: one read is one report."""

    path: str
    vendor: int
    descriptor: bytes

    def fileno(self) -> int: ...

    def set_feature(self, report: bytes) -> None:
        """Sends a feature report, its number first. OSError where the device does not take it."""

    def close(self) -> None: ...


def find_hidraw(match: NodeMatch | None, *, sys: Path = SYS, dev: Path = DEV) -> Path:
    """The node `match` names, or the first scanner that fits it; None fits all.

    Raises OSError (ENOENT) when there is none. A path is taken at its word: what it leads to is
    found out by opening.
    """
    if match is not None and match.path:
        return Path(match.path)
    for folder in sorted(sys.glob("hidraw*"), key=lambda one: (len(one.name), one.name)):
        if _fits(match, _facts(folder)) and is_scanner(_descriptor(folder)):
            return dev / folder.name
    raise FileNotFoundError(errno.ENOENT, "no HID-POS scanner", str(match or "any"))


class HidrawScanner(Struct, frozen=True):
    """A node that calls itself a bar code scanner."""

    node: Path
    vendor: int
    product: int
    name: str


def hidraw_scanners(*, sys: Path = SYS, dev: Path = DEV) -> list[HidrawScanner]:
    """All that are plugged in."""
    found = []
    for folder in sorted(sys.glob("hidraw*"), key=lambda one: (len(one.name), one.name)):
        if is_scanner(_descriptor(folder)):
            facts = _facts(folder)
            numbers = _numbers(facts)
            found.append(HidrawScanner(dev / folder.name, *numbers, facts.get("HID_NAME", "")))
    return found


def open_hidraw(match: NodeMatch | None) -> HidNode:
    """Opens and locks it. Raises OSError: EBUSY when another terminal has it."""
    return _KernelNode(find_hidraw(match))


class _KernelNode:
    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self._fd = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        with contextlib.ExitStack() as undo:
            undo.callback(os.close, self._fd)
            try:
                fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as held:
                raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), self.path) from held
            info = fcntl.ioctl(self._fd, _HIDIOCGRAWINFO, bytes(_INFO.size))
            size = fcntl.ioctl(self._fd, _HIDIOCGRDESCSIZE, bytes(_SIZE.size))
            self.vendor = _INFO.unpack(info)[1]
            ask = bytearray(_DESCRIPTOR.pack(_SIZE.unpack(size)[0], b""))
            fcntl.ioctl(self._fd, _HIDIOCGRDESC, ask)
            length, text = _DESCRIPTOR.unpack(ask)
            self.descriptor = text[:length]
            undo.pop_all()

    def fileno(self) -> int:
        return self._fd

    def set_feature(self, report: bytes) -> None:
        operation = 0xC000_4806 | len(report) << 16  # HIDIOCSFEATURE(length)
        fcntl.ioctl(self._fd, operation, bytearray(report))

    def close(self) -> None:
        os.close(self._fd)


def _facts(folder: Path) -> dict[str, str]:
    try:
        text = (folder / "device" / "uevent").read_text(errors="replace")
    except OSError:
        return {}  # it may be pulled out while we look
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)


def _numbers(facts: dict[str, str]) -> tuple[int, int]:
    """The USB vendor and product, 0 where they are not told."""
    numbers = facts.get("HID_ID", "").split(":")  # bus:vendor:product
    vendor, product = (int(one or "0", 16) for one in [*numbers, "", ""][1:3])
    return vendor, product


def _descriptor(folder: Path) -> bytes:
    try:
        return (folder / "device" / "report_descriptor").read_bytes()
    except OSError:
        return b""  # likewise


def _fits(match: NodeMatch | None, facts: dict[str, str]) -> bool:
    if match is None:
        return True
    vendor, product = _numbers(facts)
    return (
        match.vendor in {0, vendor}
        and match.product in {0, product}
        and match.name.lower() in facts.get("HID_NAME", "").lower()
        and match.phys in facts.get("HID_PHYS", "")
        and match.uniq in {"", facts.get("HID_UNIQ", "")}
    )
