"""The way bytes reach a printer: USB, serial line, network or file behind one small promise.

A link is opened for a job and closed after it. Nothing here waits without bound: a printer that
takes no byte for `stall` seconds is a fault, and every fault tells how many bytes had left.
"""

import errno
import fcntl
import os
import select
import struct
import termios
import time
from collections.abc import Callable
from enum import Enum, auto
from typing import Protocol


class LinkKind(Enum):
    ABSENT = auto()  # no such device, no route, refused
    BUSY = auto()  # somebody else holds it
    LOST = auto()  # it went away while it was in use
    STALLED = auto()  # it is there and takes nothing


class LinkFault(OSError):  # noqa: N818  (the house says Fault for what is caught at the edges)
    """The link failed. `bytes_sent` of the current write had left this program by then."""

    def __init__(self, kind: LinkKind, detail: str, bytes_sent: int = 0) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.bytes_sent = bytes_sent


class Link(Protocol):
    """An open way to one printer, owned by one thread."""

    @property
    def answers(self) -> bool:
        """False for what can only be written to: a file asks nothing and tells nothing."""
        ...

    def write(self, data: bytes, stall: float) -> None:
        """Write all of it, or raise LinkFault; `stall` is the longest time without progress."""
        ...

    def read(self, timeout: float) -> bytes:
        """What the printer has said, waiting at most `timeout` seconds; empty if nothing."""
        ...

    def port_status(self) -> int | None:
        """The USB port's status byte, where there is one."""
        ...

    def close(self) -> None: ...


OpenLink = Callable[[], Link]

_LPGETSTATUS = 0x060B
_TIOCOUTQ = termios.TIOCOUTQ  # sockets know it too, as SIOCOUTQ
_BLOCK = 4096  # as much as a printer's buffer: progress is seen early


class FdLink:
    """A link over any file number that can be polled."""

    def __init__(
        self, fd: int, name: str, *, answers: bool = True, usb: bool = False, queue: bool = False
    ) -> None:
        """`queue`: the kernel can tell how much of what was written is still on its way."""
        self._fd = fd
        self._name = name
        self.answers = answers
        self._usb = usb
        self._queue = queue
        os.set_blocking(fd, False)

    def write(self, data: bytes, stall: float) -> None:
        sent = 0
        view = memoryview(data)
        while sent < len(data):
            try:
                sent += os.write(self._fd, view[sent : sent + _BLOCK])
            except BlockingIOError:
                self._wait_writable(stall, sent)
            except OSError as fault:
                raise self._lost(fault, sent) from fault
        if self._usb and sent:
            # usblp sends behind our back, and a close would forget what is still on its way: the
            # few bytes of a drawer's pulse above all.
            self._wait_writable(stall, sent)
        if self._queue:
            self._wait_until_gone(stall, sent)

    def read(self, timeout: float) -> bytes:
        if not self.answers:
            return b""
        poll = select.poll()
        poll.register(self._fd, select.POLLIN)
        if not poll.poll(timeout * 1000):
            return b""
        try:
            data = os.read(self._fd, 256)
        except BlockingIOError:
            return b""
        except OSError as fault:
            raise self._lost(fault, 0) from fault
        if not data and not self._usb:  # usblp answers an empty read when nothing is there
            raise LinkFault(LinkKind.LOST, f"{self._name}: the printer closed the connection")
        return data

    def port_status(self) -> int | None:
        if not self._usb:
            return None
        try:
            answer = fcntl.ioctl(self._fd, _LPGETSTATUS, struct.pack("i", 0))
        except OSError as fault:
            if fault.errno in (errno.ENOTTY, errno.EINVAL):
                return None
            raise self._lost(fault, 0) from fault
        return int(struct.unpack("i", answer)[0]) & 0xFF

    def close(self) -> None:
        os.close(self._fd)

    def _wait_writable(self, stall: float, sent: int) -> None:
        poll = select.poll()
        poll.register(self._fd, select.POLLOUT)
        events = poll.poll(stall * 1000)
        if not events:
            raise self._stalled(stall, sent)
        if events[0][1] & (select.POLLERR | select.POLLHUP | select.POLLNVAL):
            raise LinkFault(LinkKind.LOST, f"{self._name}: the connection broke", sent)

    def _wait_until_gone(self, stall: float, sent: int) -> None:
        """Until the other side has taken what the kernel still holds."""
        poll = select.poll()
        poll.register(self._fd, 0)  # errors and hang-ups only
        left, since = self._held(sent), time.monotonic()
        while left:
            if poll.poll(5):
                raise LinkFault(LinkKind.LOST, f"{self._name}: the connection broke", sent)
            now = self._held(sent)
            if now < left:
                left, since = now, time.monotonic()
            elif time.monotonic() - since > stall:
                raise self._stalled(stall, sent)

    def _held(self, sent: int) -> int:
        try:
            answer = fcntl.ioctl(self._fd, _TIOCOUTQ, struct.pack("i", 0))
        except OSError as fault:
            raise self._lost(fault, sent) from fault
        return int(struct.unpack("i", answer)[0])

    def _stalled(self, stall: float, sent: int) -> LinkFault:
        detail = f"{self._name}: took no data for {stall:g} s after {sent} bytes"
        return LinkFault(LinkKind.STALLED, detail, sent)

    def _lost(self, fault: OSError, sent: int) -> LinkFault:
        return LinkFault(LinkKind.LOST, f"{self._name}: {fault.strerror or fault}", sent)
