"""The world's part in every event: time, ids and chance, and the number a return would get.

Law of the file: this is the only place of the terminal that reads a clock or rolls dice.
"""

import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from terminal.core.events import Moment
from terminal.ledger.stamp import Stamp

if TYPE_CHECKING:
    from storage.store import Store
    from terminal.settings.values import Settings

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
CLOCK_JUMP_MAX_MS = 60_000  # a step back larger than this is a fault, not a correction


def uuid7(at_ms: int) -> str:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then chance; sorts by time."""
    chance = secrets.randbits(74)
    value = (
        (at_ms & (1 << 48) - 1) << 80
        | 0x7 << 76
        | (chance >> 62) << 64
        | 0b10 << 62
        | chance & (1 << 62) - 1
    )
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class Moments:
    """Makes the Moment of each event. `prefix` is `R-<business unit>-<workstation>-`.

    `watched`: a person reads the screens; where a return is played, all have been seen long ago.
    """

    def __init__(self, prefix: str, next_sequence: Callable[[], int], last_ms: int = 0) -> None:
        self._prefix = prefix
        self._next_sequence = next_sequence
        self._boot = _BOOT_ID.read_text().strip() if _BOOT_ID.exists() else ""
        self._last_ms = last_ms
        self.watched = True
        self._on_screen: object = None
        self._since_ms = 0

    def shown(self, what: object) -> None:
        """This is on the screen now; shown again, it has been there since the first time."""
        if self.watched and what != self._on_screen:
            self._on_screen, self._since_ms = what, self._running_ms()

    def now(self) -> Moment:
        at_ms = time.time_ns() // 1_000_000
        sequence = self._next_sequence()
        return Moment(
            now=datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(),
            id=uuid7(at_ms),
            entropy=secrets.randbits(50),
            return_number=f"{self._prefix}{sequence:06d}",
            return_sequence=sequence,
            seen_ms=self._running_ms() - self._since_ms,
        )

    def ids(self, count: int) -> tuple[str, ...]:
        at_ms = time.time_ns() // 1_000_000
        return tuple(uuid7(at_ms) for _ in range(count))

    def stamp(self) -> Stamp:
        at_ms = time.time_ns() // 1_000_000
        self._last_ms = max(self._last_ms, at_ms)
        return Stamp(at_ms, self._boot, self._running_ms())

    def set_back(self) -> bool:
        """Whether the clock now stands well before a commit that was made already."""
        return time.time_ns() // 1_000_000 < self._last_ms - CLOCK_JUMP_MAX_MS

    def _running_ms(self) -> int:
        return time.monotonic_ns() // 1_000_000


def moments_of(
    store: "Store", settings: "Settings", next_sequence: Callable[[], int] | None = None
) -> Moments:
    """Time, ids and numbers as this unit gives them; training has numbers of its own."""
    kind = "T" if settings.training else "R"
    prefix = f"{kind}-{settings.business_unit}-{settings.workstation}-"
    return Moments(prefix, next_sequence or store.next_return_sequence, store.last_commit_ms())


def to_next_minute() -> float:
    """Seconds until the clock shows another one."""
    return 60.0 - time.time() % 60 + 0.05
