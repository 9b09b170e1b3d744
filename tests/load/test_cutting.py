"""The way that breaks does what it says."""

import asyncio
import random

from tests.load.cutting import ANSWERING, ASKING, CuttingProxy

SENT = bytes(range(256)) * 400


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(1000):
        writer.write(piece)
        await writer.drain()
    writer.close()


async def _echoed(share: float, times: int) -> tuple[list[bytes], dict[str, int]]:
    server = await asyncio.start_server(_echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    heard = []
    async with server, CuttingProxy(port, random.Random(1), share) as way:
        for _ in range(times):
            reader, writer = await asyncio.open_connection("127.0.0.1", way.port)
            asking = asyncio.create_task(_ask(writer))
            heard.append(await _all_of(reader))
            asking.cancel()
            writer.transport.abort()
    return heard, dict(way.cuts)


async def _ask(writer: asyncio.StreamWriter) -> None:
    for at in range(0, len(SENT), 1000):
        writer.write(SENT[at : at + 1000])
        await writer.drain()


async def _all_of(reader: asyncio.StreamReader) -> bytes:
    found = b""
    try:
        while len(found) < len(SENT):
            piece = await reader.read(5000)
            if not piece:
                break
            found += piece
    except ConnectionError:
        pass
    return found


def test_a_whole_way_carries_all() -> None:
    heard, cuts = asyncio.run(_echoed(0.0, 3))
    assert heard == [SENT] * 3
    assert cuts == {}


def test_a_broken_one_ends_in_the_middle() -> None:
    heard, cuts = asyncio.run(_echoed(1.0, 20))
    assert all(SENT.startswith(one) and len(one) < len(SENT) for one in heard)
    assert sum(cuts.values()) == 20
    assert min(cuts[ASKING], cuts[ANSWERING]) > 3
