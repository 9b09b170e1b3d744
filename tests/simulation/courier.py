"""The courier's process: the real one over a pipe instead of a socket and a wire instead of TLS.

Law of the file: when it dies, nothing of it is left but what is on its way through the network.
"""

import asyncio
import ssl
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import httpx

from terminal.courier import protocol
from terminal.courier.office import Office
from terminal.courier.protocol import Answer, Request, Tell
from terminal.courier.service import Courier
from terminal.courier.session import OfficeSource
from tests.simulation.network import Wire

URL = "https://office.example"


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Pipe:
    """The courier's end of the line: what an asyncio.StreamWriter is to it."""

    def __init__(self, came: Callable[[bytes], None], ended: Callable[[], None]) -> None:
        self._came, self._ended = came, ended
        self._loop = asyncio.get_running_loop()
        self.transport = self
        self._closed = False

    def write(self, data: bytes) -> None:
        if not self._closed:
            self._loop.call_soon(self._came, data)

    def is_closing(self) -> bool:
        return self._closed

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._loop.call_soon(self._ended)

    abort = close

    def get_write_buffer_size(self) -> int:
        return 0

    async def drain(self) -> None:
        await asyncio.sleep(0)

    async def wait_closed(self) -> None:
        await asyncio.sleep(0)


class CourierProcess:
    """One life of it, from its start to its death."""

    def __init__(self, terminal: str, wire: Wire) -> None:
        office = Office(URL, terminal, _context())
        office._client = httpx.AsyncClient(base_url=URL, transport=wire, timeout=None)
        self._courier = Courier(Path("/nonexistent"))
        self._courier._terminal, self._courier._office = terminal, OfficeSource(office)
        self._serving: set[asyncio.Task[None]] = set()
        self.alive = True

    def connect(
        self, came: Callable[[Answer | Tell], None], ended: Callable[[], None]
    ) -> Callable[[Request | None], None]:
        """A terminal connects; what it gets says a request, or with None that it went away."""
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(limit=protocol.LINE_MAX, loop=loop)

        def heard(data: bytes) -> None:
            if self.alive:
                came(protocol.said_in(data.removesuffix(b"\n")))

        def say(request: Request | None) -> None:
            if request is None:
                loop.call_soon(reader.feed_eof)
            else:
                loop.call_soon(reader.feed_data, protocol.line(request))

        pipe = Pipe(heard, ended)
        task = loop.create_task(self._courier.connected(reader, pipe))  # type: ignore[arg-type]  # see Pipe
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        return say

    def die(self) -> None:
        self.alive = False
        for task in self._serving:
            task.cancel()
