"""How often somebody may ask: so many within a minute, counted in this process."""

from collections import OrderedDict
from collections.abc import Callable

MINUTE_MS = 60_000
KNOWN_MAX = 10_000  # who asked least lately is forgotten first


class TooOften(Exception):  # noqa: N818 - named for what happened
    """Not now; `seconds` from now it may be asked again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"asked too often; again in {seconds} s")
        self.seconds = seconds


class Rate:
    """A bucket of one minute's worth that fills evenly: a burst passes, a flood does not."""

    def __init__(self, per_minute: int, clock: Callable[[], int]) -> None:
        self._most = per_minute
        self._clock = clock
        self._used: OrderedDict[str, tuple[int, int]] = OrderedDict()  # milli-asks used, when

    def take(self, who: str) -> None:
        """Count one more ask of theirs. Raises TooOften."""
        now = self._clock()
        used, then = self._used.pop(who, (0, now))
        used = max(0, used - max(0, now - then) * self._most * 1000 // MINUTE_MS)
        over = used + 1000 - self._most * 1000
        if over <= 0:
            used += 1000
        self._used[who] = (used, now)
        while len(self._used) > KNOWN_MAX:
            self._used.popitem(last=False)
        if over > 0:
            raise TooOften(-(-over * 60 // (self._most * 1000)))
