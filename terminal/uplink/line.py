"""The socket to the courier, on a thread of its own: lines out, words in.

Law of the file: nothing here decides. What comes is posted with the number of its connection, what
is said for another connection than the one at hand is dropped, and nobody ever waits for `say`.
"""

import os
import queue
import random
import selectors
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from terminal.courier import protocol
from terminal.courier.protocol import Answer, Garbled, Request, Tell

FIRST_S, CAP_S = 0.5, 30.0  # between two tries to connect; doubled each time, with jitter
SHORT_S = 5.0  # a connection that ends sooner is no success
CHUNK = 1 << 16


class CourierThere(Struct, frozen=True):
    """A connection to the courier has begun, the how-manieth; 0: it has ended."""

    number: int


class Heard(Struct, frozen=True):
    """What the courier said on this connection."""

    number: int
    words: Answer | Tell


LineValue = CourierThere | Heard


class Line:
    """`post` gets each value, from the line's own thread, once it was started."""

    def __init__(self, place: Path, post: Callable[[LineValue], None]) -> None:
        self._place, self._post = place, post
        self._out: queue.SimpleQueue[tuple[int, Request]] = queue.SimpleQueue()
        self._wake = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._closing = threading.Event()
        self._number = 0
        self._thread = threading.Thread(target=self._run, name="uplink", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def say(self, number: int, request: Request) -> None:
        """From any thread; never waits. Dropped when that connection has ended."""
        self._out.put((number, request))
        os.eventfd_write(self._wake, 1)

    def close(self) -> None:
        """May be called twice."""
        if self._closing.is_set():
            return
        self._closing.set()
        os.eventfd_write(self._wake, 1)
        if self._thread.is_alive():
            self._thread.join()
        os.close(self._wake)

    def _run(self) -> None:
        wait = FIRST_S
        while not self._closing.is_set():
            began = time.monotonic()
            self._connect_and_serve()
            if time.monotonic() - began > SHORT_S:
                wait = FIRST_S
            self._closing.wait(wait * (0.5 + random.random() / 2))  # noqa: S311 - no secret
            wait = min(wait * 2, CAP_S)

    def _connect_and_serve(self) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            try:
                line.connect(str(self._place))
            except OSError:
                return  # the courier is not there yet: its light says so
            line.setblocking(False)
            self._number += 1
            self._post(CourierThere(self._number))
            try:
                self._serve(line)
            except (OSError, Garbled):
                pass  # gone, or not to be understood: the next connection begins afresh
            finally:
                self._post(CourierThere(0))

    def _serve(self, line: socket.socket) -> None:
        came, going = bytearray(), memoryview(b"")
        with selectors.DefaultSelector() as ready:
            ready.register(self._wake, selectors.EVENT_READ)
            ready.register(line, selectors.EVENT_READ)
            while not self._closing.is_set():
                going = going or self._next()
                wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if going else 0)
                ready.modify(line, wanted)
                for key, events in ready.select():
                    if key.fd == self._wake:
                        os.eventfd_read(self._wake)
                        continue
                    if events & selectors.EVENT_WRITE:
                        going = going[line.send(going[:CHUNK]) :]
                    if events & selectors.EVENT_READ and not self._read(line, came):
                        return

    def _next(self) -> memoryview:
        """The next line to send; what was meant for an earlier connection is dropped."""
        while True:
            try:
                number, request = self._out.get_nowait()
            except queue.Empty:
                return memoryview(b"")
            if number == self._number:
                return memoryview(protocol.line(request))

    def _read(self, line: socket.socket, came: bytearray) -> bool:
        """False at the end. Raises Garbled, also for a line that does not end."""
        data = line.recv(CHUNK)
        if not data:
            return False
        came += data
        while (end := came.find(b"\n")) >= 0:
            words = protocol.said_in(bytes(came[:end]))
            del came[: end + 1]
            self._post(Heard(self._number, words))
        if len(came) > protocol.LINE_MAX:
            raise Garbled("a line too long")
        return True
