"""A courier at work in a thread of the test, with short waits."""

import asyncio
import threading
import time
from pathlib import Path
from typing import Self

from terminal.courier.service import serve


class BackgroundCourier:
    """`with BackgroundCourier(state, socket)`: it serves until the end."""

    def __init__(self, state: Path, socket: Path) -> None:
        self._state, self._socket = state, socket
        self._stop: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._main()))

    async def _main(self) -> None:
        self._stop, self._loop = asyncio.Event(), asyncio.get_running_loop()
        await serve(self._socket, self._state, self._stop)

    def __enter__(self) -> Self:
        self._socket.unlink(missing_ok=True)
        self._thread.start()
        end = time.monotonic() + 10
        while not self._socket.exists():
            assert time.monotonic() < end, "the courier did not begin"
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._loop is not None
        assert self._stop is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
