"""A scanner without any device: its gun calls `post` at once. For tests of what listens to
scanners.
"""

from drivers.device import Post
from drivers.framing import Framer
from drivers.profile import Framing
from drivers.values import DeviceLost, DeviceReady, DeviceValue


class FakeScanner:
    """An InputDevice and its own gun."""

    def __init__(self, name: str = "scanner", framing: Framing | None = None) -> None:
        self.name = name
        self._framing = framing or Framing()
        self._framer = Framer(name, self._framing)
        self._post: Post | None = None
        self._plugged = True

    def start(self, post: Post) -> None:
        self._post = post
        post(DeviceReady(self.name) if self._plugged else DeviceLost(self.name, "not there"))

    def close(self) -> None:
        self._post = None

    def scan(self, text: str) -> None:
        self._send(f"{text}\r")

    def part(self, text: str) -> None:
        """The beginning of a code, and then nothing for longer than the gap."""
        self._send(text)
        for value in self._framer.pause():
            self._say(value)

    def unplug(self) -> None:
        if self._plugged:
            self._plugged = False
            self._framer = Framer(self.name, self._framing)
            self._say(DeviceLost(self.name, "unplugged"))

    def replug(self) -> None:
        if not self._plugged:
            self._plugged = True
            self._say(DeviceReady(self.name))

    def _send(self, text: str) -> None:
        if not self._plugged:
            raise OSError("the gun is unplugged")
        for value in self._framer.feed(text.encode()):
            self._say(value)

    def _say(self, value: DeviceValue) -> None:
        if self._post is not None:
            self._post(value)
