"""The courier's life: a socket of one connection, the office behind it, keys renewed in time.

Law of the file: not enrolled is no fault: the socket is there and says so, and enrolment is taken
up without a restart.
"""

import asyncio
import logging
import os
import socket as sockets
from contextlib import suppress
from pathlib import Path

from terminal.courier import credentials, protocol
from terminal.courier.credentials import NotEnrolled
from terminal.courier.link import Link
from terminal.courier.office import Office, OfficeFault
from terminal.courier.patience import Patience
from terminal.courier.protocol import Answer, Network
from terminal.courier.session import OfficeSource, Session

log = logging.getLogger("courier")

ENROLLED_S = 10.0  # between two looks whether somebody enrolled us
RENEWAL_S = 6 * 3600.0  # between two looks at the certificate's end
SOCKET_MODE = 0o660
HANDOVER_S = 2.0
TURNS = 3  # of the loop: what was cut off while it connected is closed in the next ones


async def serve(place: Path, state: Path, stop: asyncio.Event) -> None:
    """Until `stop`. Raises OSError when the socket cannot be had."""
    courier = Courier(state)
    server = await asyncio.start_unix_server(
        courier.connected, sock=listening(place), limit=protocol.LINE_MAX
    )
    tending = asyncio.get_running_loop().create_task(courier.tend())
    log.info("serving socket=%s", place)
    await stop.wait()
    server.close()
    tending.cancel()
    await asyncio.gather(tending, return_exceptions=True)
    await courier.close()
    for _ in range(TURNS):
        await asyncio.sleep(0)
    await server.wait_closed()
    log.info("stopped")  # the socket stays: a later one is put in its place


def listening(place: Path) -> sockets.socket:
    """A socket for our group alone; what a killed run left there goes first. Raises OSError."""
    with suppress(FileNotFoundError):
        place.unlink()
    found = sockets.socket(sockets.AF_UNIX, sockets.SOCK_STREAM)
    before = os.umask(0o777 & ~SOCKET_MODE)
    try:
        found.bind(str(place))
    except OSError:
        found.close()
        raise
    finally:
        os.umask(before)
    return found


class Courier:
    """`state` is the folder of keys."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._session: Session | None = None
        self._serving: asyncio.Task[None] | None = None
        self._callers: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._closing = False
        self._terminal = ""
        self._office: OfficeSource | None = None
        self._link = Link(self._tell)

    def _tell(self, light: Network) -> None:
        if self._session is not None:
            self._session.tell(light)

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One terminal at a time; without keys it is told so and let go."""
        task = asyncio.current_task()
        assert task is not None
        self._callers[task] = writer
        try:
            if self._closing:
                pass
            elif self._serving is not None and await self._still_serving():
                writer.write(protocol.line(Answer(0, protocol.Busy, "one terminal at a time")))
            elif self._office is None:
                writer.write(protocol.line(Network(up=False, why="not enrolled")))
            else:
                self._session = Session(self._terminal, self._office, self._link, reader, writer)
                self._serving = task
                try:
                    await self._session.serve()
                finally:
                    self._session = self._serving = None
                    self._link.forget()
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()
            del self._callers[task]

    async def _still_serving(self) -> bool:
        """A terminal that was killed is back before we are done with it."""
        assert self._serving is not None
        await asyncio.wait({self._serving}, timeout=HANDOVER_S)
        return self._serving is not None

    async def close(self) -> None:
        callers, self._closing = dict(self._callers), True
        for writer in callers.values():
            writer.transport.abort()
        if callers:
            await asyncio.wait(callers)
        if self._office is not None:
            await self._office.now.close()

    async def tend(self) -> None:
        """Take up the enrolment, then renew the certificate before it ends."""
        said = ""
        while self._office is None:
            try:
                self._take_up()
            except NotEnrolled as fault:
                if str(fault) != said:
                    said = str(fault)
                    log.warning("not enrolled: %s", said)
                await asyncio.sleep(ENROLLED_S)
        patience = Patience()
        while True:
            try:
                if credentials.renewal_due(self._state):
                    await self._renew()
                patience.worked()
                await asyncio.sleep(RENEWAL_S)
            except (OfficeFault, NotEnrolled, ValueError, OSError) as fault:
                log.warning("renewal failed: %s", fault)
                await asyncio.sleep(60.0 + patience.failed())

    def _take_up(self) -> None:
        place = credentials.office_of(self._state)
        office = Office(place.url, place.terminal, credentials.context_of(self._state))
        self._terminal = place.terminal
        self._office = OfficeSource(office)
        log.info("enrolled terminal=%s", place.terminal)

    async def _renew(self) -> None:
        """A new key and its certificate; the old ones hold until both are on the disk."""
        from terminal.courier import keys  # noqa: PLC0415 - seldom

        assert self._office is not None
        key = keys.client_key()
        certificate = await self._office.now.renewed(keys.request_for(key, self._terminal))
        ca = (self._state / credentials.CA).read_bytes()
        pem = keys.client_file(key, certificate, ca)  # never in the place of one that works
        place = credentials.office_of(self._state)
        credentials.whole_file(self._state / credentials.CLIENT, pem)
        context = credentials.context_of(self._state)
        await self._office.exchange(Office(place.url, place.terminal, context))
        log.info("renewed the certificate")
