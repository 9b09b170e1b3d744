"""A keypad that presses its keys by itself as soon as it is started."""

import os
import signal
from collections.abc import Callable, Sequence

from drivers.device import Post
from drivers.values import DeviceLost, DeviceReady


class ScriptedKeypad:
    """`script`: bare key codes, and the keypad's going and coming back."""

    def __init__(
        self, script: Sequence[int | DeviceLost | DeviceReady], *, stop_at_end: bool = False
    ) -> None:
        self._script = script
        self._stop_at_end = stop_at_end
        self._hear: Callable[[int], None] | None = None
        self.closed = False

    def learn(self, hear: Callable[[int], None] | None) -> None:
        self._hear = hear

    def start(self, post: Post) -> None:
        for one in self._script:
            if isinstance(one, int):
                if self._hear is not None:
                    self._hear(one)
            else:
                post(one)
        if self._stop_at_end:
            os.kill(os.getpid(), signal.SIGTERM)

    def close(self) -> None:
        self.closed = True
