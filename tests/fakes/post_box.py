"""Collects what devices post, and waits for it."""

import queue
import time
from collections.abc import Callable

from drivers.values import DeviceReady, DeviceValue


class PostBox:
    """Call it as a `post`. `take` gives the values in order; `rest` proves that no more came."""

    def __init__(self) -> None:
        self._values: queue.SimpleQueue[DeviceValue] = queue.SimpleQueue()

    def __call__(self, value: DeviceValue) -> None:
        self._values.put(value)

    def take(self, seconds: float = 30.0) -> DeviceValue:
        """The next value. Raises queue.Empty when none comes in time."""
        return self._values.get(timeout=seconds)

    def rest(self, seconds: float = 0.0) -> list[DeviceValue]:
        """What comes within `seconds`."""
        out: list[DeviceValue] = []
        end = time.monotonic() + seconds
        try:
            while True:
                out.append(self._values.get(timeout=max(0.0, end - time.monotonic())))
        except queue.Empty:
            return out

    def until(self, wanted: Callable[[DeviceValue], bool], seconds: float = 30.0) -> DeviceValue:
        while True:
            value = self.take(seconds)
            if wanted(value):
                return value

    def ready(self) -> None:
        self.until(lambda value: isinstance(value, DeviceReady))
