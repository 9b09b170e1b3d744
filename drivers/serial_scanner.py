"""A scanner on a serial line: RS-232, CDC-ACM, USB adapters, or a pseudo-terminal.

pyserial sets the line up; reading is ours. The port is closed before it is opened again, by its
path: a port held open while its device returns gets another number.
"""

import errno
import fcntl
import os
import termios
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drivers.framing import Collector, Framer
from drivers.profile import Framing
from drivers.tending import Tended
from drivers.values import DeviceValue

if TYPE_CHECKING:
    from serial import Serial

_CHUNK = 4096
_WRITE_TIMEOUT = 1.0  # s


class SerialScanner(Tended):
    """An InputDevice. `path` should be stable: /dev/serial/by-id/..., not /dev/ttyACM0."""

    def __init__(
        self, name: str, path: Path, *, baud: int = 9600, framing: Framing | None = None
    ) -> None:
        rule = framing or Framing()
        super().__init__(name, lambda: SerialLink(name, path, baud, rule), path)


class SerialLink:
    """An open port. Raises OSError or termios.error when it cannot be opened or is gone.

    `framer` takes the bytes in place of a Framer by `framing`.
    """

    def __init__(
        self,
        name: str,
        path: Path,
        baud: int,
        framing: Framing,
        framer: Collector | None = None,
    ) -> None:
        self.detail = f"{path} {baud} baud"
        self.nodes = (os.path.realpath(path),)
        self._framer = framer or Framer(name, framing)
        self._gap = framing.gap
        self._port = _open(path, baud)
        self._fd = self._port.fileno()

    @property
    def patience(self) -> float | None:
        return self._gap if self._framer.waiting else None

    def fileno(self) -> int:
        return self._fd

    def read(self) -> Sequence[DeviceValue]:
        try:
            data = os.read(self._fd, _CHUNK)
        except BlockingIOError:
            return []
        if not data:  # readable, yet nothing there: the line hung up
            raise OSError(errno.EIO, "the serial line hung up")
        return self._framer.feed(data)

    def pause(self) -> Sequence[DeviceValue]:
        return self._framer.pause()

    def close(self) -> None:
        try:
            # a pseudo-terminal outlives us and would stay locked
            fcntl.ioctl(self._fd, termios.TIOCNXCL)
        finally:
            self._port.close()


def _open(path: Path, baud: int) -> "Serial":
    from serial import Serial  # noqa: PLC0415 - 12 ms, paid on the device's own thread

    port = Serial(str(path), baud, timeout=0, write_timeout=_WRITE_TIMEOUT, exclusive=True)
    try:
        # `exclusive` is only a lock among the polite; this one the kernel keeps.
        fcntl.ioctl(port.fileno(), termios.TIOCEXCL)
        mode = termios.tcgetattr(port.fileno())
        mode[2] &= ~termios.HUPCL  # closing must not drop DTR, which resets some scanners
        termios.tcsetattr(port.fileno(), termios.TCSANOW, mode)
    except (OSError, termios.error):
        port.close()
        raise
    return port
