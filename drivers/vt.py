"""The kernel's text console under our pictures: out of the way, and back however we end.

Graphics mode survives the process which set it, even a killed one: run `python -m drivers.vt` in
systemd's ExecStopPost as well.
"""

import errno
import fcntl
import os
import sys
from collections.abc import Callable
from pathlib import Path

from drivers.undo import undo_at_exit

TTY = Path("/dev/tty0")  # the console on the screen; /dev/console may be a serial line
_KDSETMODE, _KD_TEXT, _KD_GRAPHICS = 0x4B3A, 0, 1
_HIDE, _SHOW = b"\x1b[?25l", b"\x1b[?25h\x1b[0m"

SetMode = Callable[[int, int], None]


def _set_mode(fd: int, mode: int) -> None:
    fcntl.ioctl(fd, _KDSETMODE, mode)


def own_console(ttyname: Callable[[int], str] = os.ttyname) -> Path:
    """The virtual console that is our standard input, as systemd gives it (TTYPath): it is ours to
    set without being root. Otherwise the console in front.
    """
    try:
        name = ttyname(0)
    except OSError:  # no terminal at all
        return TTY
    return Path(name) if name.removeprefix("/dev/tty").isdecimal() else TTY


def take_graphics(path: Path | None = None, *, set_mode: SetMode = _set_mode) -> Callable[[], None]:
    """Stops the console from drawing; returns what gives it back, which the end of the process
    does too. Without `path` our own console is meant. OSError: not a virtual console (ENOTTY), or
    not allowed (EPERM, EACCES).
    """
    fd = os.open(path or own_console(), os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        set_mode(fd, _KD_GRAPHICS)
        os.write(fd, _HIDE)
    except OSError:
        os.close(fd)
        raise

    def give_back() -> None:
        try:
            _to_text(fd, set_mode)
        finally:
            os.close(fd)

    return undo_at_exit(give_back)


def restore_text_console(path: Path = TTY, *, set_mode: SetMode = _set_mode) -> None:
    """For after a crash. OSError as above."""
    fd = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        _to_text(fd, set_mode)
    finally:
        os.close(fd)


def _to_text(fd: int, set_mode: SetMode) -> None:
    set_mode(fd, _KD_TEXT)
    os.write(fd, _SHOW)


def main(arguments: list[str]) -> int:
    """`python -m drivers.vt [/dev/tty1]`. A machine without such a console needs no restoring."""
    path = Path(arguments[0]) if arguments else TTY
    try:
        restore_text_console(path)
    except OSError as fault:
        sys.stderr.write(f"{path}: not restored: {fault}\n")
        return 0 if fault.errno in {errno.ENOENT, errno.ENXIO, errno.ENOTTY} else 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
