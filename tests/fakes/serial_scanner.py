"""A scanner gun on a pseudo-terminal, at a path that stays the same when it is pulled and put
back.
"""

import os
import pty
import termios
import tty
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class ScannerGun:
    """Plugged in when made. `path` is a link to the pseudo-terminal of the moment."""

    def __init__(self, path: Path, *, prefix: str = "", suffix: str = "\r") -> None:
        self.path = path
        self._prefix = prefix
        self._suffix = suffix
        self._fds: tuple[int, int] | None = None
        self.replug()

    def scan(self, text: str) -> None:
        """One whole code with its prefix and terminator."""
        self.send(f"{self._prefix}{text}{self._suffix}".encode())

    def part(self, text: str) -> None:
        """The beginning of a code; the terminator does not come."""
        self.send(f"{self._prefix}{text}".encode())

    def send(self, data: bytes) -> None:
        if self._fds is None:
            raise OSError("the gun is unplugged")
        while data:
            data = data[os.write(self._fds[0], data) :]

    def mode(self) -> list[Any]:
        """The line's termios, as the reader has set it."""
        if self._fds is None:
            raise OSError("the gun is unplugged")
        return termios.tcgetattr(self._fds[1])

    def unplug(self) -> None:
        if self._fds is not None:
            self.path.unlink()
            for fd in self._fds:
                os.close(fd)
            self._fds = None

    def replug(self) -> None:
        if self._fds is None:
            gun, line = pty.openpty()
            tty.setraw(line)  # or the kernel would echo codes back before the reader has come
            mode = termios.tcgetattr(line)
            mode[2] |= termios.HUPCL  # as every real serial line has it at first
            termios.tcsetattr(line, termios.TCSANOW, mode)
            self._fds = gun, line  # the line stays open here: it keeps its mode between readers
            self.path.symlink_to(os.ttyname(line))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.unplug()
