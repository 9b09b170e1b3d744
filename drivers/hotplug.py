"""Wait for a missing device node without spinning.

Used only while a node is missing: while all is well nothing here exists and nothing wakes up. The
folder is watched by inotify where it can be; a look every two seconds covers the rest
(permissions that come late, folders that do not exist, kernels without inotify).
"""

import contextlib
import os
import select
from pathlib import Path
from types import TracebackType
from typing import Self

RESCAN = 2.0  # s
SETTLE = 0.05  # s; a node appears before its permissions are set
_CREATED_MOVED_ATTRIB = 0x100 | 0x80 | 0x4


class Bell:
    """A wake-up call for a thread which waits: rung once, it stays rung until it is hushed."""

    def __init__(self) -> None:
        self._fd = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)

    def fileno(self) -> int:
        return self._fd

    def ring(self) -> None:
        os.eventfd_write(self._fd, 1)

    def hush(self) -> None:
        with contextlib.suppress(BlockingIOError):  # it was not rung
            os.eventfd_read(self._fd)

    def close(self) -> None:
        os.close(self._fd)


def wait(bell: Bell, seconds: float | None, *fds: int) -> tuple[bool, list[int]]:
    """(the bell was rung, the fds with something to say); fds empty and False: time is up."""
    poll = select.poll()
    for fd in (bell.fileno(), *fds):
        poll.register(fd, select.POLLIN)
    ready = [fd for fd, _ in poll.poll(None if seconds is None else seconds * 1000)]
    return bell.fileno() in ready, [fd for fd in ready if fd != bell.fileno()]


class NodeWatch:
    """Watches for `path` to appear. Open it before the last look at the path, or the moment between
    look and watch is lost.
    """

    def __init__(self, path: Path) -> None:
        folder = _nearest_folder(path)
        self._fd = _inotify(folder)
        while self._fd >= 0 and _nearest_folder(path) != folder:  # made just before we watched
            os.close(self._fd)
            folder = _nearest_folder(path)
            self._fd = _inotify(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if self._fd >= 0:
            os.close(self._fd)

    def wait(self, bell: Bell, seconds: float | None = RESCAN, *others: Bell) -> bool:
        """True: worth another try. False: the bell was rung, stop. One of `others` ends it too;
        without `seconds` nothing else does, where the kernel tells of the folder.
        """
        fds = [one.fileno() for one in others]
        if self._fd >= 0:
            fds.append(self._fd)
        elif seconds is None:
            seconds = RESCAN
        rung, changed = wait(bell, seconds, *fds)
        if self._fd in changed and not rung:
            os.read(self._fd, 65536)
            rung, _ = wait(bell, SETTLE)
        return not rung


def _nearest_folder(path: Path) -> Path:
    """/dev/serial/by-id goes with its last device: then watch /dev for it."""
    return next((p for p in path.parents if p.is_dir()), Path("/"))


def _inotify(folder: Path) -> int:
    """A file number, or -1 where the kernel has none to give: the rescan stands in."""
    import ctypes  # noqa: PLC0415 - 4 ms that a start with all devices present does not pay

    libc = ctypes.CDLL(None, use_errno=True)
    fd = int(libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
    if fd < 0:
        return -1
    if libc.inotify_add_watch(fd, os.fsencode(folder), _CREATED_MOVED_ATTRIB) < 0:
        os.close(fd)
        return -1
    return fd
