"""Strikes in the middle of a commit: after so many writes to a database's log, at once.

A commit is over within a millisecond, so a clock hardly ever hits one; the kernel tells of each
write.
"""

import ctypes
import os
import struct
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Self

from drivers.hotplug import Bell, wait

_IN_MODIFY = 0x2
_HEAD = struct.Struct("iIII")  # watch, mask, cookie, length of the name


class WriteFuse:
    """Watches a folder for writes to `*-wal`; calls `burn` once after `writes` of them."""

    def __init__(self, folder: Path, writes: int, burn: Callable[[], None]) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._fd = int(libc.inotify_init1(os.O_CLOEXEC))
        if libc.inotify_add_watch(self._fd, os.fsencode(folder), _IN_MODIFY) < 0:
            raise OSError(ctypes.get_errno(), "inotify")
        self._left = writes
        self._burn = burn
        self._bell = Bell()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Never burns from here on."""
        self._bell.ring()
        self._thread.join()
        self._bell.close()
        os.close(self._fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _watch(self) -> None:
        while True:
            rung, ready = wait(self._bell, None, self._fd)
            if rung:
                return
            if ready:
                self._left -= log_writes(os.read(self._fd, 65536))
            if self._left <= 0:
                self._burn()
                return


def log_writes(events: bytes) -> int:
    """How many of these inotify events are writes to a write-ahead log."""
    count = at = 0
    while at < len(events):
        _, _, _, length = _HEAD.unpack_from(events, at)
        at += _HEAD.size
        count += events[at : at + length].rstrip(b"\0").endswith(b"-wal")
        at += length
    return count
