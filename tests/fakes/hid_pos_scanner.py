"""A HID-POS scanner as hidraw shows it: true 64-byte reports, one a read, through a socket.

Descriptors and reports are written here by hand, apart from the product's, so that the two check
each other.
"""

import errno
import socket
from dataclasses import dataclass, field
from pathlib import Path

from drivers.hidraw_nodes import HidNode
from drivers.input_nodes import NodeMatch

ROOM = 56
HONEYWELL = 0x0C2E
USUAL = bytes.fromhex(
    "05 8c 09 02 a1 01"  # bar code scanner, application
    "09 12 a1 02 85 02"  # scanned data report, number 2
    "15 00 26 ff 00 75 08"
    "95 01 05 01 09 3b 81 02"  # byte count
    "95 03 05 8c 09 fb 09 fc 09 fd 81 02"  # AIM identifier
    "95 38 09 fe 82 02 01"  # 56 bytes of data
    "06 66 ff 95 02 09 04 09 00 81 02"  # the maker's code id, reserved
    "05 8c 25 01 75 01 95 08 09 ff 81 02"  # continued, and seven bits more
    "c0"
    "06 66 ff 75 08 26 ff 00 09 03 a1 02 85 fe 95 01 09 03 b2 82 01 c0"  # the switch
    "c0"
)


def reports(text: str | bytes, aim: str = "", *, last: bool = True) -> list[bytes]:
    """What one code is sent as; `last` False leaves it unfinished. A code of 56 fits into one."""
    data = text.encode() if isinstance(text, str) else text
    parts = [data[at : at + ROOM] for at in range(0, len(data), ROOM)] or [b""]
    return [
        report(part, aim, more=at < len(parts) - 1 or not last) for at, part in enumerate(parts)
    ]


def report(
    data: bytes, aim: str = "", *, more: bool = False, length: int = -1, number: int = 2
) -> bytes:
    """One 64-byte report; `length` lies where it is given."""
    says = len(data) if length < 0 else length
    head = bytes([number, says]) + aim.encode().ljust(3, b"\0")
    return head + data.ljust(ROOM, b"\0") + b"d\0" + bytes([more])


@dataclass(slots=True)
class FakeHidNode:
    """A drivers.hidraw_nodes.HidNode on one end of a socket that keeps reports apart."""

    end: socket.socket
    path: str = "/dev/hidraw0"
    vendor: int = 0
    descriptor: bytes = USUAL
    stubborn: bool = False
    features: list[bytes] = field(default_factory=list)

    def fileno(self) -> int:
        return self.end.fileno()

    def set_feature(self, report: bytes) -> None:
        if self.stubborn:
            raise OSError(errno.EPIPE, "Broken pipe")
        self.features.append(report)

    def close(self) -> None:
        self.end.close()


def pair(*, vendor: int = 0, descriptor: bytes = USUAL) -> tuple[socket.socket, FakeHidNode]:
    """The scanner's end, and the node."""
    hand, end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    end.setblocking(False)
    return hand, FakeHidNode(end, vendor=vendor, descriptor=descriptor)


class HidPosGun:
    """Plugged in when made. Its node's folder tells of its return, as /dev does."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.node: FakeHidNode | None = None
        self._hand: socket.socket | None = None
        self._plugged = True

    def open_hidraw(self, _match: NodeMatch | None) -> HidNode:
        """For the scanner, instead of the real one."""
        if not self._plugged:
            raise FileNotFoundError(errno.ENOENT, "no HID-POS scanner")
        if self._hand is not None:
            self._hand.close()
        self._hand, self.node = pair(vendor=HONEYWELL)
        return self.node

    def scan(self, text: str) -> None:
        """One whole code. An AIM identifier before it goes into its own field."""
        has_aim = text.startswith("]")
        self.send(*reports(text[3:] if has_aim else text, text[:3] if has_aim else ""))

    def part(self, text: str) -> None:
        self.send(*reports(text, last=False))

    def send(self, *sent: bytes) -> None:
        if self._hand is None:
            raise OSError("the gun is unplugged")
        try:
            for one in sent:
                self._hand.send(one)
        except BrokenPipeError:
            return  # nobody has the device open: the kernel drops its reports as well

    def unplug(self) -> None:
        self._plugged = False
        if self._hand is not None:
            self._hand.close()
            self._hand = None

    def replug(self) -> None:
        self._plugged = True
        self.path.unlink(missing_ok=True)
        self.path.touch()
