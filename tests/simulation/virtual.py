"""Time that passes only because the next thing is due: asyncio's own queue on a virtual clock.

Law of the file: nobody sleeps, and the product's clocks and its chance are those of the run. They
are put in for the time of one run and taken out after it (`borrowed`), all of them in one table.
"""

import asyncio
import random
import selectors
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from terminal.courier import office as courier_office
from terminal.courier import session
from terminal.courier.patience import Patience
from terminal.uplink import desk, taking

EPOCH_MS = 1_795_413_900_000  # 2026-11-23 14:05 in the shop: tests.fakes.moments.TODAY
TICK_S = 0.0015  # of one item of the feed at a terminal: a page is taken in several parts


class NothingLeft(Exception):  # noqa: N818 - named for what happened
    """Everybody waits and nothing is due."""


class _Instant(selectors.SelectSelector):
    """Where another loop would wait for a socket, the clock is moved."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise NothingLeft
        self.now += max(timeout, 0.0)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """Callbacks in the order of their times, those of one time in the order of their asking."""

    def __init__(self) -> None:
        self._instant = _Instant()
        super().__init__(self._instant)

    def time(self) -> float:
        return self._instant.now

    @property
    def at_ms(self) -> int:
        """Milliseconds since 1970 by a clock that is right."""
        return EPOCH_MS + round(self.time() * 1000)


class _Clock:
    """Stands for the module `time` where the product reads it."""

    def __init__(self, loop: VirtualLoop, tick: float = 0.0) -> None:
        self._loop, self._tick, self._ticks = loop, tick, 0.0

    def monotonic(self) -> float:
        self._ticks += self._tick
        return self._loop.time() + self._ticks

    def time_ns(self) -> int:
        return self._loop.at_ms * 1_000_000


@contextmanager
def borrowed(loop: VirtualLoop, chance: random.Random) -> Iterator[None]:
    """The product under this loop's clock and this run's chance."""
    table: tuple[tuple[Any, str, Any], ...] = (
        (desk, "time", _Clock(loop)),
        (taking, "time", _Clock(loop, TICK_S)),
        (courier_office, "time", _Clock(loop)),
        (session, "Patience", partial(Patience, chance)),
    )
    before = [getattr(module, name) for module, name, _ in table]
    try:
        for module, name, value in table:
            setattr(module, name, value)
        yield
    finally:
        for (module, name, _), value in zip(table, before, strict=True):
            setattr(module, name, value)
