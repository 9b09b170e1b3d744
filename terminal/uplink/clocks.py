"""What the journal is told of the office's clock: once for each start, and where it moved.

Law of the file: this boot's monotonic clock is what the office's is held against, never the wall's:
that one is set by people, and each record says what it showed. Nothing here sets a clock.
"""

from collections.abc import Callable

from terminal.core.upkeep import ClockCompared, UpkeepRecord
from terminal.ledger.stamp import Stamp

MOVED_MS = 5_000  # more than the network's own delays
EVERY_MS = 3_600_000  # no oftener, however slowly and unevenly the office answers


class Clocks:
    """`stamp` is the moment of a commit. All calls come from the loop."""

    def __init__(self, stamp: Callable[[], Stamp]) -> None:
        self._stamp = stamp
        self._last: ClockCompared | None = None
        self._told: ClockCompared | None = None

    def heard(self, offset_ms: int) -> None:
        """The office's clock less the wall's, in milliseconds."""
        now = self._stamp()
        self._last = ClockCompared(now.at_ms + offset_ms, now.uptime_ms)

    @property
    def news(self) -> bool:
        """Whether `heed` has something to record."""
        if self._last is None or self._told is None:
            return self._last is not None
        if abs(_began(self._last) - _began(self._told)) <= MOVED_MS:
            return False
        return self._stamp().uptime_ms - self._told.uptime_ms >= EVERY_MS

    def heed(self, keep: Callable[[UpkeepRecord], None]) -> None:
        """Record it. Raises StorageFault: it may be tried again."""
        if self._last is not None and self.news:
            keep(self._last)
            self._told = self._last


def _began(seen: ClockCompared) -> int:
    """When this boot began, by the office's clock."""
    return seen.office_ms - seen.uptime_ms
