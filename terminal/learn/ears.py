"""Ears on every device that may be the scanner, plugged in before or while we listen.

Law of the file: what was opened is let go, whatever happens; a serial line is heard at one speed at
a time, and which comes next is decided here.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from msgspec.structs import replace

from drivers.scanner_listening import Listened
from drivers.scanner_verdict import Source

SPEEDS = (9600, 115200, 19200, 38400, 57600, 4800, 2400, 1200)

Post = Callable[[Listened], None]


class Ear(Protocol):
    """A device that is listened to (drivers.tending.Tended)."""

    def close(self) -> None: ...


class Ears:
    """`find` looks which devices there are, `listen` opens one and posts what it hears of it."""

    def __init__(
        self,
        find: Callable[[], Sequence[Source]],
        listen: Callable[[Source, Post], Ear],
        first_speed: int = SPEEDS[0],
    ) -> None:
        self._find = find
        self._listen = listen
        self._speeds = (first_speed, *(one for one in SPEEDS if one != first_speed))
        self._open: dict[str, Ear] = {}

    def look(self, post: Post) -> None:
        """Listen to what has come since the last look; what went away is waited for."""
        for source in self._find():
            if source.node not in self._open:
                first = self._speeds[0] if source.kind == "serial" else 0
                self._open[source.node] = self._listen(replace(source, baud=first), post)

    def next_speed(self, source: Source, post: Post) -> int | None:
        """Listen to a serial line at the next speed, and which that is. None where none matters."""
        if source.kind != "serial" or Path(source.node).name.startswith("ttyACM"):
            return None  # a USB device behind a serial face has no speed
        at = self._speeds.index(source.baud) + 1
        speed = self._speeds[at % len(self._speeds)]
        self._open[source.node].close()
        self._open[source.node] = self._listen(replace(source, baud=speed), post)
        return speed

    def close(self) -> None:
        while self._open:
            self._open.popitem()[1].close()
