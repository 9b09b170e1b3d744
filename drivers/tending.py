"""One thread that keeps one input device open: the promise of device.py, written once.

Opens, reads, loses, says so once, waits, opens again. A pause is a silence the kernel
vouches for (poll timed out on an empty queue), so a stall of our own never cuts a code in two.
"""

import termios
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from drivers.device import Post
from drivers.hotplug import RESCAN, Bell, NodeWatch, wait
from drivers.values import DeviceLost, DeviceReady, DeviceValue

GONE = (OSError, termios.error)  # pyserial raises both; SerialException is an OSError
_FIRST_REST = 0.05  # s


class Link(Protocol):
    """An open device. `read` and `pause` raise one of GONE when it went away."""

    @property
    def detail(self) -> str: ...

    @property
    def nodes(self) -> tuple[str, ...]:
        """The device nodes that it holds open, by their own names and not by links."""

    @property
    def patience(self) -> float | None:
        """Seconds of silence after which `pause` is due; None while silence means nothing."""

    def fileno(self) -> int: ...

    def read(self) -> Sequence[DeviceValue]:
        """All there is now, decoded. Never waits."""

    def pause(self) -> Sequence[DeviceValue]: ...

    def close(self) -> None: ...


class Tended:
    """An InputDevice made of a function that opens it.

    `watched` is the node to wait for while it is missing; None for what never comes back (a
    terminal which hung up): then the thread only waits to be closed.
    """

    def __init__(self, name: str, connect: Callable[[], Link], watched: Path | None) -> None:
        self._name = name
        self._connect = connect
        self._watched = watched
        self._bell = Bell()
        self._thread: threading.Thread | None = None
        self._closed = False

    @property
    def name(self) -> str:
        return self._name

    def start(self, post: Post) -> None:
        self._thread = threading.Thread(
            target=self._tend, args=(post,), name=f"device-{self._name}", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._bell.ring()
        if self._thread is threading.current_thread():
            return  # closed by what it posted: the thread ends by itself
        if self._thread is not None:
            self._thread.join()
        self._bell.close()

    def _tend(self, post: Post) -> None:
        lost, rest = False, 0.0
        while True:
            link, lost = self._open(post, lost)
            if link is None:
                return
            post(DeviceReady(self._name, link.detail, link.nodes))
            opened = time.monotonic()
            try:
                reason = self._pump(link, post)
            finally:
                _close(link)
            if reason is None:
                return
            post(DeviceLost(self._name, reason))
            lost = True
            # a device that comes and goes at once is not opened in a loop
            lasted = time.monotonic() - opened
            rest = 0.0 if lasted >= RESCAN else min(2 * rest, RESCAN) or _FIRST_REST
            if rest and wait(self._bell, rest)[0]:
                return

    def _open(self, post: Post, lost: bool) -> tuple[Link | None, bool]:
        try:
            return self._connect(), lost
        except GONE as fault:
            if not lost:
                post(DeviceLost(self._name, _words(fault)))
        if self._watched is None:
            wait(self._bell, None)
            return None, True
        with NodeWatch(self._watched) as watch:
            while True:
                try:
                    return self._connect(), True
                except GONE:  # said once, above
                    if not watch.wait(self._bell):
                        return None, True

    def _pump(self, link: Link, post: Post) -> str | None:
        """Until the device is gone (the reason) or the bell rings (None)."""
        while True:
            rung, ready = wait(self._bell, link.patience, link.fileno())
            if rung:
                return None
            try:
                values = link.read() if ready else link.pause()
            except GONE as fault:
                return _words(fault)
            for value in values:
                post(value)


def _close(link: Link) -> None:
    try:
        link.close()
    except GONE:
        return  # it was pulled out: closing a gone device may fail, its number is free all the same


def _words(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"
