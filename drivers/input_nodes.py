"""Which /dev/input nodes belong to a device, and opening them.

Looked up in sysfs without opening anything. One unit may show several nodes (keyboard, media keys,
mouse): all of them are taken, or the part not taken would type into the console. Opening is the
only thing here that needs a real kernel device.
"""

import contextlib
import errno
import fcntl
import os
import struct
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    pass

DEV = Path("/dev/input")
SYS = Path("/sys/class/input")
_EVIOCSCLOCKID = 0x400445A0
_FIRST_BUTTON = 0x100
_FEWEST_KEYS = 11  # ten digits and one that ends them
_WORD = struct.calcsize("@l") * 8  # sysfs writes bitmaps in the kernel's own words


class Node(Protocol):
    """An open node: grabbed, non-blocking, stamped by the monotonic clock."""

    path: str

    def fileno(self) -> int: ...

    def held(self) -> Collection[int]:
        """Codes of the keys which are down now. OSError when the device is gone."""

    def close(self) -> None: ...


class NodeMatch(Struct, frozen=True):
    """How to know a device. Every field that is set must fit; `path` is best (by-id or by-path).

    `vendor` and `product` are USB numbers. `name` is part of the product's name, in any case.
    """

    path: str = ""
    vendor: int = 0
    product: int = 0
    name: str = ""
    phys: str = ""
    uniq: str = ""

    def __post_init__(self) -> None:
        if not any((self.path, self.vendor, self.product, self.name, self.phys, self.uniq)):
            raise ValueError("a device is known by path, vendor and product, name, phys or uniq")


class _Facts(Struct, frozen=True):
    node: str
    vendor: int
    product: int
    name: str
    phys: str
    uniq: str

    def unit(self) -> tuple[object, ...]:
        """Equal for the nodes of one physical unit."""
        place = self.phys.rpartition("/")[0] or self.node
        return (place, self.uniq, self.vendor, self.product)


def find_nodes(match: NodeMatch, *, sys: Path = SYS, dev: Path = DEV) -> list[Path]:
    """The nodes of the first unit that fits; OSError (ENOENT) when there is none."""
    known = [_facts(folder) for folder in sorted(sys.glob("event*"), key=_number)]
    wanted = os.path.realpath(match.path) if match.path else ""
    for facts in known:
        if wanted and wanted != str(dev / facts.node):
            continue
        if _fits(match, facts):
            return [dev / other.node for other in known if other.unit() == facts.unit()]
    if wanted and not known and Path(wanted).exists():
        return [Path(wanted)]
    raise FileNotFoundError(errno.ENOENT, "no such input device", str(match))


class Keyboard(Struct, frozen=True):
    """A unit that types: its first node, and what its maker says of it."""

    node: Path
    vendor: int
    product: int
    name: str


def keyboards(*, sys: Path = SYS, dev: Path = DEV) -> list[Keyboard]:
    """Each unit that has the keys of a keyboard or a keypad, once; power buttons have not."""
    found: dict[tuple[object, ...], Keyboard] = {}
    for folder in sorted(sys.glob("event*"), key=_number):
        if _keys(folder) >= _FEWEST_KEYS:
            one = _facts(folder)
            known = Keyboard(dev / one.node, one.vendor, one.product, one.name)
            found.setdefault(one.unit(), known)
    return list(found.values())


def _keys(folder: Path) -> int:
    """How many keys it has, the buttons of mice and pads not counted. 0: it has been pulled out."""
    try:
        words = (folder / "device/capabilities/key").read_text().split()
    except OSError:
        return 0
    bits = "".join(f"{int(word, 16):0{_WORD}b}" for word in words)
    return bits[-_FIRST_BUTTON:].count("1")


def _fits(match: NodeMatch, facts: _Facts) -> bool:
    return (
        match.vendor in {0, facts.vendor}
        and match.product in {0, facts.product}
        and match.name.lower() in facts.name.lower()
        and match.phys in facts.phys
        and match.uniq in {"", facts.uniq}
    )


def _facts(folder: Path) -> _Facts:
    def read(what: str) -> str:
        try:
            return (folder / "device" / what).read_text(errors="replace").strip()
        except OSError:
            return ""  # it may be pulled out while we look, and not every device has every fact

    def number(what: str) -> int:
        return int(read(what) or "0", 16)

    return _Facts(
        folder.name,
        number("id/vendor"),
        number("id/product"),
        read("name"),
        read("phys"),
        read("uniq"),
    )


def _number(folder: Path) -> int:
    digits = folder.name.removeprefix("event")
    return int(digits) if digits.isdecimal() else 0


class _EvdevNode:
    def __init__(self, path: Path) -> None:
        from evdev import InputDevice  # noqa: PLC0415 - 100 ms, paid on the device's own thread

        self.path = str(path)
        self._device: InputDevice[str] = InputDevice(self.path, readonly=True)
        try:
            # or the cashier's keys reach the console too, and Ctrl-Alt-Del the system
            self._device.grab()
            fcntl.ioctl(self.fileno(), _EVIOCSCLOCKID, struct.pack("i", time.CLOCK_MONOTONIC))
        except OSError:
            self.close()
            raise

    def fileno(self) -> int:
        return int(self._device.fd)

    def held(self) -> Collection[int]:
        return [int(code) for code in self._device.active_keys()]

    def close(self) -> None:
        self._device.close()  # lets go of the grab


def open_nodes(match: NodeMatch) -> Sequence[Node]:
    """Opens and grabs every node of the unit, or none: OSError (ENOENT, EBUSY, EACCES, ENODEV)."""
    with contextlib.ExitStack() as opened:
        nodes = [opened.enter_context(contextlib.closing(_EvdevNode(p))) for p in find_nodes(match)]
        opened.pop_all()
        return nodes
