"""One terminal on the socket: what it asks, what it is told, as long as it stays.

Law of the file: one batch, one page of the feed and a few look-ups are in memory at most, however
long the office is away and whatever comes. When the terminal goes, so does all of it: nothing here
is the only copy of anything.
"""

import asyncio
import logging
from collections.abc import Coroutine, Sequence

from terminal.courier import protocol
from terminal.courier.link import Link
from terminal.courier.office import FEED_WAIT_S, Office, OfficeFault, offset_ms
from terminal.courier.patience import CAP_S, Patience
from terminal.courier.protocol import (
    PAGE_BYTES,
    PAGE_ITEMS,
    Answer,
    Clock,
    Deliver,
    Garbled,
    Hello,
    Item,
    LookUp,
    Network,
    Page,
    Request,
    Took,
)

log = logging.getLogger("courier")

LOOK_UPS_MAX = 4
LOOK_UP_MAX_S = 30.0
LOOK_UP_AWAY_S = 3.0  # while nobody was reached just now: the network may be back by this moment
QUIET_POLL_S = 1.0  # between two polls, when the server does not wait
CLOCK_STEP_MS = 1_000
NO_QUESTION = (400, 404, 413, 422)
VERSION = 1
UNREAD_MAX = 2 * protocol.LINE_MAX  # bytes that the terminal has left lying


class Hush(Exception):  # noqa: N818 - named for what happened
    """The terminal said what makes no sense, or is gone."""


class Session:
    """`office` gives the back office with today's keys; None while we are not enrolled."""

    def __init__(
        self,
        terminal: str,
        office: "OfficeSource",
        link: Link,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._terminal = terminal
        self._office, self._link = office, link
        self._reader, self._writer = reader, writer
        self._tasks: set[asyncio.Task[None]] = set()
        self._delivering: asyncio.Task[None] | None = None
        self._feeding: asyncio.Task[None] | None = None
        self._look_ups = 0
        self._spread_for = 0  # which outage
        self._took: asyncio.Queue[int] = asyncio.Queue(maxsize=1)
        self._offset_ms: int | None = None

    async def serve(self) -> None:
        """Until the terminal goes, or says what makes no sense."""
        try:
            while (data := await self._next_line()).endswith(b"\n"):
                self._heard(protocol.request_in(data))
        except (Garbled, Hush) as fault:
            log.warning("hung up why=%r", str(fault))
        except ConnectionError:
            pass  # the terminal is gone: it comes again
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _next_line(self) -> bytes:
        try:
            return await self._reader.readline()
        except ValueError as fault:  # asyncio's word for a line past the limit
            raise Hush("a line too long") from fault

    def tell(self, light: Network) -> None:
        self._say(light)

    def _heard(self, request: Request) -> None:
        match request:
            case Hello():
                self._hello(request)
            case _ if self._feeding is None:
                raise Hush("no hello")
            case Deliver() if self._delivering is not None and not self._delivering.done():
                self._say(Answer(request.id, protocol.Busy, "one batch at a time"))
            case Deliver():
                self._delivering = self._begin(self._deliver(request))
            case LookUp() if self._look_ups >= LOOK_UPS_MAX:
                self._say(Answer(request.id, protocol.Busy, "too many look-ups"))
            case LookUp():
                self._look_ups += 1
                self._begin(self._look_up(request))
            case Took():
                if self._took.full():
                    raise Hush("took what was not told")
                self._took.put_nowait(request.cursor)

    def _hello(self, hello: Hello) -> None:
        if self._feeding is not None:
            raise Hush("a second hello")
        if hello.terminal != self._terminal:
            why = f"enrolled as {self._terminal}" if self._terminal else "not enrolled"
            self._say(Answer(hello.id, protocol.Refused, why))
            raise Hush(why)
        self._say(Answer(hello.id, terminal=self._terminal, version=VERSION))
        if self._link.light is not None:
            self._say(self._link.light)
        self._feeding = self._begin(self._feed(hello.cursor))
        self._begin(self._beat())

    async def _beat(self) -> None:
        """The light again and again: a terminal that hears nothing calls itself offline."""
        while True:
            await asyncio.sleep(protocol.BEAT_S)
            if self._link.light is not None:
                self._say(self._link.light)

    def _begin(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("a task ended: %s", type(task.exception()).__name__)
            self._writer.close()  # the terminal comes again, and with it a fresh start

    def _say(self, value: Answer | protocol.Tell) -> None:
        if self._writer.is_closing():
            return
        if self._writer.transport.get_write_buffer_size() > UNREAD_MAX:
            log.warning("hung up why='the terminal does not read'")
            self._writer.transport.abort()
            return
        self._writer.write(protocol.line(value))

    # Upstream.

    async def _deliver(self, request: Deliver) -> None:
        """Until the office has these records; nothing but the terminal's going ends it."""
        if not request.records:
            raise Hush("an empty batch")
        patience = Patience()
        await self._link.pause(0.0 if self._link.open else CAP_S)
        while True:
            if self._link.open and self._spread_for != self._link.outages:
                self._spread_for = self._link.outages  # the first try after an outage
                await asyncio.sleep(patience.spread(self._link.spread_s))
            try:
                got = await self._office.now.deliver(request.records)
            except OfficeFault as fault:
                self._link.failed("records", fault)
                wait = patience.failed(fault.retry_after_s)
                await self._link.pause(wait if self._link.open else CAP_S)
                continue
            self._link.worked("records")
            self._link.spread_s = got.spread_s
            log.info(
                "delivered first=%d count=%d acked=%d",
                request.records[0].seq, len(got.verdicts), got.acked,
            )  # fmt: skip
            self._tell_clock(got.server_ms)
            self._say(Answer(request.id, acked=got.acked, verdicts=got.verdicts))
            return

    def _tell_clock(self, server_ms: int) -> None:
        now = offset_ms(server_ms)
        if self._offset_ms is None or abs(now - self._offset_ms) > CLOCK_STEP_MS:
            self._offset_ms = now
            self._say(Clock(now))

    # Look-up.

    async def _look_up(self, request: LookUp) -> None:
        limit = LOOK_UP_MAX_S if self._link.open else LOOK_UP_AWAY_S
        try:
            async with asyncio.timeout(min(request.timeout_ms / 1000, limit)):
                found = await self._office.now.look_up(request.query, LOOK_UP_MAX_S)
        except TimeoutError:
            self._say(Answer(request.id, protocol.Offline, "timeout"))
        except OfficeFault as fault:
            if fault.status in NO_QUESTION:  # what was typed, not the network, is at fault
                self._link.worked("look-up")
                self._say(Answer(request.id, protocol.Refused, fault.why))
            else:
                self._link.failed("look-up", fault)
                self._say(Answer(request.id, protocol.Offline, fault.why))
        else:
            self._link.worked("look-up")
            log.info("looked up sales=%d", len(found.sales))
            answer = Answer(request.id, sales=found.sales, ret=found.ret)
            if len(protocol.line(answer)) > protocol.LINE_MAX:
                answer = Answer(request.id, protocol.Refused, "too much was found")
            self._say(answer)
        finally:
            self._look_ups -= 1

    # Down.

    async def _feed(self, cursor: int) -> None:
        """One poll after the other; while the network is away this is what tries it again."""
        patience, clock = Patience(), asyncio.get_running_loop().time
        while True:
            begun = clock()
            try:
                wait = FEED_WAIT_S if self._link.open else 0  # an answer at once: there it is
                page = await self._link.unless_away(self._office.now.feed(cursor, wait))
            except OfficeFault as fault:
                self._link.failed("feed", fault)
                await self._link.pause(patience.failed(fault.retry_after_s))
                continue
            patience.worked()
            self._link.worked("feed")
            if page is None or (not page.items and page.next == cursor):
                await asyncio.sleep(max(0.0, QUIET_POLL_S - (clock() - begun)))
                continue
            for items, after in pieces(page.items, page.next):
                await self._told(items, after)
                cursor = after

    async def _told(self, items: Sequence[Item], after: int) -> None:
        """One piece, and wait until the terminal has taken it."""
        self._say(Page(tuple(items), after))
        await self._writer.drain()
        if await self._took.get() != after:
            self._writer.close()
            raise Hush("took another page")


class OfficeSource:
    """The back office as it is now: renewed keys make another one."""

    def __init__(self, office: Office) -> None:
        self.now = office

    async def exchange(self, office: Office) -> None:
        before, self.now = self.now, office
        await before.close()


def pieces(items: Sequence[Item], after: int) -> list[tuple[Sequence[Item], int]]:
    """A page in parts that a line can hold, each with the cursor behind it."""
    found: list[tuple[Sequence[Item], int]] = []
    part: list[Item] = []
    size = 0
    for one in items:
        length = len(protocol.line(Page((one,), one.cursor)))
        if part and (len(part) >= PAGE_ITEMS or size + length > PAGE_BYTES):
            found.append((part, part[-1].cursor))
            part, size = [], 0
        part.append(one)
        size += length
    return [*found, (part, after)]
