"""The terminal's end of the socket, as a test holds it: one line out, the next of a kind in."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from terminal.courier import protocol
from terminal.courier.credentials import CA, CLIENT, PLACE
from terminal.courier.protocol import Record
from terminal.courier.service import serve
from tests.fakes.back_office import BackOffice

TERMINAL = "0571-03"
ORIGIN = "ab" * 16
Json = dict[str, Any]


def enrolled(folder: Path, office: BackOffice, url: str = "") -> Path:
    """A courier's folder, as enrolment leaves it."""
    folder.mkdir(exist_ok=True)
    place = {"url": url or office.url, "terminal": TERMINAL}
    (folder / PLACE).write_text(json.dumps(place))
    (folder / CA).write_text(office.ca.pem)
    office.ca.client_file(folder / CLIENT, TERMINAL)
    return folder


def records(count: int, size: int = 40) -> tuple[Record, ...]:
    """A chain of so many records, from the first on."""
    found: list[Record] = []
    before = sha256(ORIGIN.encode()).hexdigest()
    for seq in range(1, count + 1):
        body = json.dumps({"$": "SignedOn", "pad": "x" * size})
        fields = (seq, f"id-{seq}", "SignedOn", 1_795_000_000_123 + seq, "b1", seq, "", body)
        text = "\n".join(str(one) for one in fields)
        now = sha256(bytes.fromhex(before) + text.encode()).hexdigest()
        found.append(
            Record(
                seq,
                f"id-{seq}",
                "SignedOn",
                1_795_000_000_123 + seq,
                "b1",
                seq,
                ORIGIN,
                before,
                now,
                "",
                body,
            )
        )
        before = now
    return tuple(found)


class TerminalEnd:
    """Lines that come are kept until somebody asks for them."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self.said: list[Json] = []

    async def says(self, words: protocol.Request | bytes) -> None:
        self._writer.write(words if isinstance(words, bytes) else protocol.line(words))
        await self._writer.drain()

    async def hears(self, seconds: float = 10.0, **wanted: object) -> Json:
        """The next line, or one before that nobody asked for, that has these members."""
        async with asyncio.timeout(seconds):
            while True:
                for one in self.said:
                    if all(one.get(key) == value for key, value in wanted.items()):
                        self.said.remove(one)
                        return one
                line = await self._reader.readline()
                if not line:
                    raise EOFError
                self.said.append(json.loads(line))

    async def hello(self, cursor: int = 0) -> Json:
        await self.says(protocol.Hello(1, TERMINAL, cursor))
        return await self.hears(re=1)

    async def gone(self, seconds: float = 5.0) -> bool:
        """Whether the courier hung up."""
        async with asyncio.timeout(seconds):
            while line := await self._reader.readline():
                self.said.append(json.loads(line))
        return True

    def hangs_up(self) -> None:
        self._writer.close()


@asynccontextmanager
async def courier(folder: Path, socket: Path) -> AsyncIterator[None]:
    """The courier's service on this socket, in this loop."""
    stop = asyncio.Event()
    task = asyncio.get_running_loop().create_task(serve(socket, folder, stop))
    await until(socket.exists, task)
    await asyncio.sleep(0.05)  # the first look at the folder
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 10)


@asynccontextmanager
async def terminal(socket: Path) -> AsyncIterator[TerminalEnd]:
    reader, writer = await asyncio.open_unix_connection(str(socket), limit=protocol.LINE_MAX)
    try:
        yield TerminalEnd(reader, writer)
    finally:
        writer.close()


async def until(
    holds: Any, task: "asyncio.Task[None] | None" = None, seconds: float = 10.0
) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            if task is not None and task.done():
                task.result()
            await asyncio.sleep(0.01)
