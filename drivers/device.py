"""The promise of an input device.

A device is started once with a `post` function and from then on calls it, from a thread of its
own, with each DeviceValue. It never raises into the loop, never ends by itself, never spins:
while its node is missing it says DeviceLost once, waits for it to come back, opens and grabs it
again and says DeviceReady. `close` stops the thread, releases the grab and may be called twice.
"""

from collections.abc import Callable
from typing import Protocol

from drivers.values import DeviceValue

Post = Callable[[DeviceValue], None]


class InputDevice(Protocol):
    """A scanner, a keypad or a console."""

    @property
    def name(self) -> str: ...

    def start(self, post: Post) -> None: ...

    def close(self) -> None: ...
