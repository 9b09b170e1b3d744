"""How the way to the back office is: one light for the terminal, one gate for what must be sent.

Law of the file: the gate opens when somebody with the office's certificate answered at all; the
light is green only while every kind of request is answered as it should be.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from typing import TypeVar

from terminal.courier.office import OfficeFault
from terminal.courier.patience import SPREAD_S
from terminal.courier.protocol import Network

log = logging.getLogger("courier")

T = TypeVar("T")


class Link:
    """`tell` hears every change of the light."""

    def __init__(self, tell: Callable[[Network], None]) -> None:
        self._tell = tell
        self._faults: dict[str, str] = {}
        self._gate, self._away = asyncio.Event(), asyncio.Event()
        self.outages = 1  # a start comes after one: a shop's tills all start at once
        self.spread_s = SPREAD_S
        self.light: Network | None = None

    async def unless_away(self, work: Coroutine[None, None, T]) -> T:
        """The work's result; it is given up as soon as another finds that nobody is reached.

        Raises what the work raises, or OfficeFault.
        """
        if not self.open:
            return await work
        task = asyncio.get_running_loop().create_task(work)
        away = asyncio.get_running_loop().create_task(self._away.wait())
        try:
            await asyncio.wait({task, away}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
            raise OfficeFault(next(iter(self._faults.values()), "away"), reached=False)
        finally:
            for one in (task, away):
                one.cancel()
            await asyncio.gather(task, away, return_exceptions=True)

    async def pause(self, seconds: float) -> None:
        """So long; while nobody is reached, only until somebody else got through."""
        if self.open:
            await asyncio.sleep(seconds)
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._gate.wait(), seconds)

    def forget(self) -> None:
        """The terminal went: what failed for it is nobody's news."""
        self._faults.clear()
        self.light = None

    @property
    def open(self) -> bool:
        return self._gate.is_set()

    def worked(self, channel: str) -> None:
        self._reached()
        self._faults.pop(channel, None)
        self._show()

    def _reached(self) -> None:
        self._gate.set()
        self._away.clear()

    def failed(self, channel: str, fault: OfficeFault) -> None:
        if fault.reached:
            self._reached()
        elif self._gate.is_set():
            self._gate.clear()
            self._away.set()
            self.outages += 1
        if self._faults.get(channel) != fault.why:
            log.warning("failed channel=%s why=%r status=%d", channel, fault.why, fault.status)
        self._faults[channel] = fault.why
        self._show()

    def _show(self) -> None:
        why = next(iter(self._faults.values()), "")
        light = Network(not self._faults, why)
        if self.light is None or light.up != self.light.up or (not light.up and self._new(why)):
            self.light = light
            log.info("network up=%s why=%r", light.up, light.why)
            self._tell(light)

    def _new(self, why: str) -> bool:
        return self.light is not None and self.light.why != why
