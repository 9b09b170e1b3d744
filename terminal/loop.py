"""The one thread that decides: waits, then hands on one thing at a time.

Law of the file: other threads only put values into the mailbox. The loop sleeps until a value, a
signal or the nearest timer; with nothing to do it wakes for the clock's minute and the watchdog.
"""

import os
import queue
import selectors
import signal
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Values from other threads, with a file number to wait on."""

    def __init__(self) -> None:
        self._values: queue.SimpleQueue[T] = queue.SimpleQueue()
        self._event = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)

    def post(self, value: T) -> None:
        """From any thread; never waits."""
        self._values.put(value)
        os.eventfd_write(self._event, 1)

    def fileno(self) -> int:
        return self._event

    def drain(self) -> list[T]:
        """What has come, in order."""
        try:
            os.eventfd_read(self._event)
        except BlockingIOError:
            return []
        found: list[T] = []
        while True:
            try:
                found.append(self._values.get_nowait())
            except queue.Empty:
                return found

    def close(self) -> None:
        os.close(self._event)


class Loop(Generic[T]):
    """`handle` gets each value; each timer is called when its time has come and says its next."""

    def __init__(self, handle: Callable[[T], None]) -> None:
        self.mailbox: Mailbox[T] = Mailbox()
        self._handle = handle
        self._selector = selectors.DefaultSelector()
        self._selector.register(self.mailbox, selectors.EVENT_READ)
        self._timers: dict[str, tuple[float, Callable[[], float | None]]] = {}
        self._stopping = False
        self.wakeups = 0

    def at(self, name: str, due: float, call: Callable[[], float | None]) -> None:
        """Call `call` at the monotonic time `due`; it returns when next, or None for never."""
        self._timers[name] = (due, call)

    def stop(self) -> None:
        """End after the value at hand; safe in a signal handler and from any thread."""
        self._stopping = True
        os.eventfd_write(self.mailbox.fileno(), 1)

    def stop_on_signals(self) -> None:
        """SIGTERM and SIGINT end the loop in order."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())

    def run(self) -> None:
        while not self._stopping:
            self._selector.select(self._patience())
            self.wakeups += 1
            for value in self.mailbox.drain():
                self._handle(value)
                if self._stopping:
                    break
            self._fire()
        self._selector.close()

    def _patience(self) -> float | None:
        if not self._timers:
            return None
        return max(0.0, min(due for due, _ in self._timers.values()) - time.monotonic())

    def _fire(self) -> None:
        now = time.monotonic()
        for name, (due, call) in list(self._timers.items()):
            if due <= now:
                following = call()
                if following is None:
                    del self._timers[name]
                else:
                    self._timers[name] = (following, call)
