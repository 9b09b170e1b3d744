"""The printer's end of its USB line: what arrives goes to a mind, what the mind says goes back.

Standard library only. The kernel lets one program hold the printer's end, so all of it is here.
"""

import contextlib
import fcntl
import os
import select
import threading
import time
from collections.abc import Callable

NODE = "/dev/g_printer0"
_SET_STATUS = 0xC0016722  # GADGET_SET_PRINTER_STATUS; the byte itself is the argument
NO_ERROR, SELECTED, PAPER_EMPTY = 0x08, 0x10, 0x20
_TURN = 0.005  # s


class PrinterLine:
    """Serves from when it is made until `close`. `receive` answers bytes with bytes at once.

    `stalled`: takes nothing more, as a printer that is switched off with its cable in.
    """

    def __init__(self, receive: Callable[[bytes], bytes]) -> None:
        self.stalled = False
        self.stalls_at: int | None = None  # bytes taken until it is
        self.taken = 0
        self._receive = receive
        self._closing = False
        self._fd = -1
        self._turn = threading.Lock()
        self.take()
        self._thread = threading.Thread(target=self._serve, name="printer line", daemon=True)
        self._thread.start()

    def take(self) -> None:
        """After plugging in. OSError."""
        with self._turn:
            self._fd = os.open(NODE, os.O_RDWR | os.O_NONBLOCK)

    def let_go(self) -> None:
        """Before pulling out: Linux 6.1 does not survive an end held over it (its cdev is made
        anew while the old node is still listed).
        """
        with self._turn:
            fd, self._fd = self._fd, -1
            if fd >= 0:
                os.close(fd)

    def port_status(self, *, paper: bool = True, online: bool = True) -> None:
        """What LPGETSTATUS is answered."""
        byte = NO_ERROR | (SELECTED if online else 0) | (0 if paper else PAPER_EMPTY)
        fcntl.ioctl(self._fd, _SET_STATUS, byte)

    def say(self, data: bytes) -> None:
        """Bytes nobody asked for; dropped when the computer is not there."""
        with self._turn, contextlib.suppress(OSError):
            poll = select.poll()
            poll.register(self._fd, select.POLLOUT)
            if poll.poll(1000):
                os.write(self._fd, data)

    def close(self) -> None:
        self._closing = True
        self._thread.join(2)
        self.let_go()

    def _serve(self) -> None:
        while not self._closing:
            data = b"" if self.stalled else self._read()
            if not data:
                time.sleep(_TURN)
                continue
            self.taken += len(data)
            if self.stalls_at is not None and self.taken >= self.stalls_at:
                self.stalled, self.stalls_at = True, None
            if answer := self._receive(data):
                self.say(answer)

    def _read(self) -> bytes:
        """What is there; empty, too, while it is pulled out."""
        with self._turn:
            if self._fd < 0 or not select.select([self._fd], [], [], _TURN)[0]:
                return b""
            try:
                return os.read(self._fd, 8192)
            except OSError:
                return b""
