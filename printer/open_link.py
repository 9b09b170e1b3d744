"""Addresses of printers and how each kind is opened: usb, serial, tcp, file, folder.

usb:///dev/usb/lp0      serial:///dev/ttyUSB0?baud=9600&flow=rtscts
tcp://192.168.1.20:9100 file:///var/lib/x/slips.bin   folder:///var/lib/x/slips
"""

import errno
import os
import socket
import termios
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, urlsplit

from printer.link import FdLink, Link, LinkFault, LinkKind, OpenLink

_FORMS = (
    "usb:///dev/usb/lp0, serial:///dev/ttyUSB0?baud=9600&flow=none|rtscts|xonxoff|dsrdtr, "
    "tcp://192.168.1.20:9100, file:///path, folder:///path"
)
_FLOWS = ("none", "rtscts", "xonxoff", "dsrdtr")
_CONNECT_SECONDS = 3.0
_GOODBYE_SECONDS = 0.3


def link_opener(address: str) -> OpenLink:
    """What opens this address each time it is called; nothing is opened yet.

    Raises ValueError naming the allowed forms. The opener raises LinkFault.
    """
    try:
        url = urlsplit(address)
        port = url.port
    except ValueError as fault:
        raise _wrong(address, str(fault)) from fault
    if url.scheme == "tcp" and url.hostname:
        host = url.hostname
        return lambda: open_tcp(host, port or 9100)
    makers: dict[str, Callable[[SplitResult], OpenLink]] = {
        "usb": lambda u: lambda: open_usb(u.path),
        "serial": _serial_opener,
        "file": lambda u: lambda: open_file(Path(u.path)),
        "folder": lambda u: lambda: open_folder(Path(u.path)),
    }
    if url.scheme not in makers or not url.path.startswith("/") or url.netloc:
        raise _wrong(address, "not a printer's address")
    return makers[url.scheme](url)


def _wrong(address: str, why: str) -> ValueError:
    return ValueError(f"{address!r}: {why}; allowed are {_FORMS}")


def _kind(fault: OSError) -> LinkKind:
    return LinkKind.BUSY if fault.errno in (errno.EBUSY, errno.EAGAIN) else LinkKind.ABSENT


def open_usb(path: str) -> Link:
    """A usblp device; the kernel lets only one program hold it."""
    try:
        fd = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as fault:
        raise LinkFault(_kind(fault), f"{path}: {fault.strerror}") from fault
    return FdLink(fd, path, usb=True)


def open_file(path: Path) -> Link:
    """Append to a file or device that never answers."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NONBLOCK
    try:
        fd = os.open(path, flags, 0o640)
    except OSError as fault:
        raise LinkFault(_kind(fault), f"{path}: {fault.strerror}") from fault
    return FdLink(fd, str(path), answers=False)


def open_folder(folder: Path) -> Link:
    """A new numbered file for each opening: slip-0001.bin, slip-0002.bin, ..."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise LinkFault(LinkKind.ABSENT, f"{folder}: {fault.strerror}") from fault
    number = sum(1 for _ in folder.glob("slip-*.bin")) + 1
    while (path := folder / f"slip-{number:04d}.bin").exists():
        number += 1
    return open_file(path)


class TcpLink(FdLink):
    """A connection to port 9100, ended so that the printer keeps what it has received."""

    def __init__(self, connection: socket.socket, name: str) -> None:
        super().__init__(connection.fileno(), name, queue=True)
        self._connection = connection

    def close(self) -> None:
        """Say goodbye and hear the printer out: unread answers would turn the close into a reset,
        and a reset makes some printers throw away what they have not printed yet.
        """
        try:
            self._connection.shutdown(socket.SHUT_WR)
            deadline = time.monotonic() + _GOODBYE_SECONDS
            while (left := deadline - time.monotonic()) > 0 and self.read(left):
                continue
        except OSError:  # gone already: closing is all that is left to do
            return
        finally:
            self._connection.close()


def open_tcp(host: str, port: int) -> Link:
    """A raw printer port, IPv4 or IPv6."""
    name = f"{host}:{port}"
    try:
        connection = socket.create_connection((host, port), _CONNECT_SECONDS)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except UnicodeError as fault:  # a host name that no name server could be asked for
        raise LinkFault(LinkKind.ABSENT, f"{name}: {fault}") from fault
    except OSError as fault:
        raise LinkFault(_kind(fault), f"{name}: {fault.strerror or fault}") from fault
    return TcpLink(connection, name)


def _serial_opener(url: SplitResult) -> OpenLink:
    options = {key: values[-1] for key, values in parse_qs(url.query).items()}
    baud, flow = options.pop("baud", "9600"), options.pop("flow", "none")
    if options or not baud.isdecimal() or flow not in _FLOWS:
        raise _wrong(url.geturl(), f"baud is a number, flow one of {', '.join(_FLOWS)}")
    return lambda: open_serial(url.path, int(baud), flow)


class SerialLink(FdLink):
    """A serial line, held by pyserial for its settings and driven through its file number."""

    def __init__(self, fd: int, name: str, close: Callable[[], None]) -> None:
        super().__init__(fd, name, queue=True)
        self._close = close

    def close(self) -> None:
        self._close()


def open_serial(path: str, baud: int, flow: str = "none") -> Link:
    """8N1 at `baud`; `exclusive` keeps a second terminal off the line."""
    import serial  # noqa: PLC0415  (0.02 s that most terminals need not pay)

    try:
        line = serial.Serial(
            path,
            baud,
            timeout=0,
            write_timeout=0,
            exclusive=True,
            rtscts=flow == "rtscts",
            xonxoff=flow == "xonxoff",
            dsrdtr=flow == "dsrdtr",
        )
    except (OSError, ValueError, termios.error) as fault:
        busy = isinstance(fault, OSError) and _kind(fault) is LinkKind.BUSY
        raise LinkFault(LinkKind.BUSY if busy else LinkKind.ABSENT, f"{path}: {fault}") from fault
    return SerialLink(line.fileno(), path, line.close)
