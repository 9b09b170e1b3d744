"""A way to the office that breaks: some connections are cut in the middle of what is asked, some
before all of the answer was heard.
"""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from types import TracebackType
from typing import Self

ASKING, ANSWERING = "asking", "answering"
GREETING = 2_000  # bytes either way that TLS with two certificates takes, about
MEAN = {ASKING: 6_000, ANSWERING: 3_000}  # bytes after it until a connection breaks
PIECE = 16 * 1024
WHOLE = 1 << 60


class CuttingProxy:
    """`async with CuttingProxy(port, chance, share) as way`: it listens on `way.port`.

    `share` of all connections break, each way as often; `cuts` counts those that did.
    """

    def __init__(self, behind: int, chance: random.Random, share: float) -> None:
        self._behind, self._chance, self._share = behind, chance, share
        self._open: dict[asyncio.Task[None], list[asyncio.StreamWriter]] = {}
        self.cuts: Counter[str] = Counter()
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, backlog=512)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None
    ) -> None:
        self._server.close()
        left = dict(self._open)
        for writers in left.values():
            for writer in writers:
                writer.transport.abort()
        if left:
            await asyncio.wait(left)
        await self._server.wait_closed()

    async def _connected(self, client: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        writers, pumps = [back], set[asyncio.Task[bool]]()
        self._open[task] = writers
        limits = self._limits()
        try:
            office, up = await asyncio.open_connection("127.0.0.1", self._behind)
            writers.append(up)
            loop = asyncio.get_running_loop()
            asking = loop.create_task(_pump(client, up, limits.get(ASKING, WHOLE)))
            answering = loop.create_task(_pump(office, back, limits.get(ANSWERING, WHOLE)))
            pumps = {asking, answering}
            done, _ = await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            if any(one.result() for one in done):
                self.cuts.update(limits.keys())
        finally:
            del self._open[task]
            for pump in pumps:
                pump.cancel()
            for writer in writers:
                writer.transport.abort()

    def _limits(self) -> dict[str, int]:
        """After how many bytes it breaks, and which way; empty where it does not."""
        if self._chance.random() >= self._share:
            return {}
        way = self._chance.choice((ASKING, ANSWERING))
        return {way: GREETING + int(self._chance.expovariate(1 / MEAN[way]))}


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, left: int) -> bool:
    """Whether it was cut; False where one end hung up."""
    with suppress(ConnectionError):
        while piece := await reader.read(PIECE):
            writer.write(piece[:left])
            await writer.drain()
            left -= len(piece)
            if left <= 0:
                return True
    return False
