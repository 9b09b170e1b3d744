"""The way between a terminal's courier and the office: slow, lossy, lying, or gone for minutes.

Law of the file: what was sent arrives never, once or twice, now or after what was sent later; what
comes back may be lost, of another time, or of somebody else in between. Nothing of it is bent so
that a certificate would not stop it: a body is not changed on its way.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from enum import Enum

import httpx

from tests.simulation.happenings import Run
from tests.simulation.server import Answer, Down, Server

RECORDS, LOOK_UP, FEED = "/v1/records", "/v1/look-up", "/v1/feed"
HOLD_S = 40.0  # how late a copy may still arrive


class Fate(Enum):
    """What becomes of one request."""

    FINE = "fine"
    UNREACHED = "unreached"  # an error at once, nothing was sent
    LOST = "lost"  # nothing arrives, nobody says so
    MUTE = "mute"  # done, but the answer never comes
    TORN = "torn"  # done, and the connection breaks
    TWICE = "twice"  # done, and done again later
    SLOW = "slow"  # done late, after the courier may have given up
    ERROR = "error"  # 500, nothing done
    LATE_ERROR = "late_error"  # 503 after it was done
    PORTAL = "portal"  # a page to sign in to the network
    OLD = "old"  # done, but an earlier answer comes back


WEIGHTS = {
    Fate.FINE: 60, Fate.UNREACHED: 4, Fate.LOST: 3, Fate.MUTE: 5, Fate.TORN: 6, Fate.TWICE: 7,
    Fate.SLOW: 4, Fate.ERROR: 3, Fate.LATE_ERROR: 4, Fate.PORTAL: 2, Fate.OLD: 4,
}  # fmt: skip


class Wire(httpx.AsyncBaseTransport):
    """One terminal's way; `cut` as long as there is none."""

    def __init__(self, run: Run, server: Server, terminal: str) -> None:
        self._run, self._server, self._terminal = run, server, terminal
        self._before: dict[str, Answer] = {}  # the answer before, to lie with
        self.cut = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        path, body, name = request.url.path, request.content, self._terminal
        fate = self._fate()
        if fate is not Fate.FINE:
            self._run.tell(self._terminal, f"net {fate.value}", path)
        if fate is Fate.UNREACHED:
            raise httpx.ConnectError("nobody there")
        if fate is Fate.LOST:
            await self._run.loop.create_future()
        if fate is Fate.ERROR:
            return _response(500, "text/plain", b"oops")
        if fate is Fate.PORTAL:
            return _response(200, "text/html", b"<html>Sign in</html>")
        if path == RECORDS:
            answer = await self._arrives(lambda: self._server.records(name, body), fate)
        elif path == LOOK_UP:
            answer = await self._arrives(lambda: self._server.look_up(name, body), fate)
            path += body.decode()  # an answer to another question would be another connection's
        else:
            after, wait = (int(request.url.params[name]) for name in ("after", "wait"))
            answer = await self._feed(after, wait)
        return await self._back(path, answer, fate)

    def _fate(self) -> Fate:
        run = self._run
        if self.cut:
            return run.chance.choice((Fate.UNREACHED, Fate.UNREACHED, Fate.LOST))
        if run.quiet:
            return Fate.FINE
        return run.chance.choices(tuple(WEIGHTS), tuple(WEIGHTS.values()))[0]

    async def _arrives(self, act: Callable[[], Answer], fate: Fate) -> Answer:
        """It is done when it arrives, whether or not the courier still waits then."""
        loop, chance = self._run.loop, self._run.chance
        done: asyncio.Future[Answer | None] = loop.create_future()

        def arrived() -> None:
            answer = self._quietly(act)
            if not done.done():
                done.set_result(answer)

        late = 50.0 + chance.random() * HOLD_S if fate is Fate.SLOW else 0.0
        loop.call_later(late + chance.random() * 0.3, arrived)
        if fate is Fate.TWICE:
            loop.call_later(chance.random() * HOLD_S, self._quietly, act)
        answer = await done
        if answer is None:
            raise httpx.ReadError("the server went away")
        return answer

    def _quietly(self, act: Callable[[], Answer]) -> Answer | None:
        try:
            return act()
        except Down:
            return None

    async def _feed(self, after: int, wait: int) -> Answer:
        try:
            return await self._server.feed_page(self._terminal, after, wait)
        except Down as fault:
            raise httpx.ReadError("the server went away") from fault

    async def _back(self, path: str, answer: Answer, fate: Fate) -> httpx.Response:
        before, self._before[path] = self._before.get(path), answer
        if fate is Fate.TORN:
            raise httpx.ReadError("cut off")
        if fate is Fate.MUTE or self.cut:
            await self._run.loop.create_future()
        if fate is Fate.LATE_ERROR:
            return _response(503, "text/plain", b"busy")
        if fate is Fate.OLD and before is not None:
            answer = before
        return _response(answer.status, "application/json", answer.body)


class _Body(httpx.AsyncByteStream):
    def __init__(self, data: bytes) -> None:
        self._data = data

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._data


def _response(status: int, kind: str, body: bytes) -> httpx.Response:
    headers = {"Content-Type": kind} | ({"Retry-After": "3"} if status == 503 else {})
    return httpx.Response(status, headers=headers, stream=_Body(body))
