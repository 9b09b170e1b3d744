"""A clock, ids and chance that a test sets: the same run gives the same numbers and slips.

Law of the file: each moment is a second (`pace`) after the one before, so order shows in every
record, and a cashier has seen each screen before the next key.
"""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from terminal.core.events import Moment
from terminal.ledger.stamp import Stamp
from terminal.moments import Moments

SHOP_ZONE = timezone(timedelta(hours=8))
TODAY = datetime(2026, 11, 23, 14, 5, tzinfo=SHOP_ZONE)


class SetMoments(Moments):
    """`wait` lets time pass; `at` is the time of the last moment that was given."""

    def __init__(self, prefix: str, next_sequence: Callable[[], int], at: datetime = TODAY) -> None:
        super().__init__(prefix, next_sequence)
        self.at = at
        self.given = 0
        self.pace = timedelta(seconds=1)
        self._running = timedelta()  # `at` may be set, this never
        self._next = next_sequence
        self._number_prefix = prefix

    def wait(self, **passing: float) -> None:
        self._pass(timedelta(**passing))

    def now(self) -> Moment:
        self._pass(self.pace)
        self.given += 1
        sequence = self._next()
        return Moment(
            now=self.at,
            id=self._id(),
            entropy=(0x2_5A17_C0DE + self.given * 0x1_0F0F_1234_5) % 2**50,
            return_number=f"{self._number_prefix}{sequence:06d}",
            return_sequence=sequence,
            seen_ms=self._running_ms() - self._since_ms,
        )

    def ids(self, count: int) -> tuple[str, ...]:
        return tuple(self._another() for _ in range(count))

    def stamp(self) -> Stamp:
        at_ms = int(self.at.timestamp() * 1000)
        return Stamp(at_ms, "boot", self.given)

    def set_back(self) -> bool:
        return False

    def _pass(self, passing: timedelta) -> None:
        self.at += passing
        self._running += passing

    def _running_ms(self) -> int:
        return self._running // timedelta(milliseconds=1)

    def _another(self) -> str:
        self.given += 1
        return self._id()

    def _id(self) -> str:
        at_ms = int(self.at.timestamp() * 1000)
        return f"{at_ms >> 16:08x}-{at_ms & 0xFFFF:04x}-7000-8000-{self.given:012x}"
