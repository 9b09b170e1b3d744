"""The way between courier and office, a relay of bytes that has no keys.

It can be slow, cut or silent, or bring an old answer after a newer one; what is in the bytes it can
neither read nor change.
"""

import contextlib
import select
import socket
import threading
import time
from collections.abc import Callable
from enum import Enum, auto
from typing import Self

_CHUNK = 65_536
_SLOW = 1.0  # s between two bytes
_TURN = 0.02  # s


class Way(Enum):
    """How the bytes go, of each connection that begins from now on."""

    OPEN = auto()
    CUT_ANSWERS = auto()  # hung up within what the office says, behind the handshake
    CUT_QUESTIONS = auto()  # hung up within what the courier says
    SLOW = auto()  # an answer comes a byte a second
    SILENT = auto()  # connected, and then nothing
    HELD = auto()  # answers wait until `let_go`
    CLOSED = auto()  # nobody listens: refused


class Relay:
    """`with Relay(port) as relay`: what comes to `relay.port` goes to `port`, and back."""

    def __init__(self, port: int) -> None:
        self.to = port
        self.way = Way.OPEN
        self.connections = 0
        self.after = 0  # so many bytes of a question or an answer pass before it is cut
        self._free = threading.Event()
        self._free.set()
        self._ended = False
        self.cuts = 0
        self._threads: list[threading.Thread] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.url = f"https://localhost:{self.port}"
        self._thread = threading.Thread(target=self._listen)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = True
        self._free.set()
        self._thread.join()
        self._server.close()
        for one in self._threads:
            one.join()

    def goes(self, way: Way, after: int = 0) -> None:
        """From now on; a connection that is there stays as it began."""
        self.way, self.after = way, after
        if way is Way.HELD:
            self._free.clear()

    def cut(self) -> None:
        """Every connection that there is."""
        self.cuts += 1

    def carries(self, since: int) -> bool:
        """Whether nothing was cut since."""
        return not self._ended and self.cuts == since

    def wait(self) -> None:
        """As long as answers are held."""
        self._free.wait()

    def let_go(self) -> None:
        """All that was held, however late."""
        self._free.set()

    def _listen(self) -> None:
        self._server.settimeout(_TURN)
        while not self._ended:
            with contextlib.suppress(TimeoutError):
                one, _ = self._server.accept()
                self.connections += 1
                if self.way is Way.CLOSED:
                    one.close()
                    continue
                thread = threading.Thread(target=self._carry, args=(one,))
                self._threads.append(thread)
                thread.start()

    def _carry(self, near: socket.socket) -> None:
        with near, contextlib.suppress(OSError):
            far = socket.create_connection(("127.0.0.1", self.to))
            with far:
                _Connection(self, near, far).run()


class _Connection:
    """One, both ways, until either end hangs up. Behind the handshake the talk begins: the second
    time that the near end speaks.
    """

    def __init__(self, relay: Relay, near: socket.socket, far: socket.socket) -> None:
        self._relay, self._near, self._far = relay, near, far
        self._way, self._after = relay.way, relay.after
        self._since = relay.cuts
        self._turns = 0
        self._near_spoke = self._over = False

    def run(self) -> None:
        back = threading.Thread(target=self._pump, args=(self._far, self._down))
        back.start()
        self._pump(self._near, self._up)
        back.join()

    def _pump(self, end: socket.socket, hand_on: Callable[[bytes], bool]) -> None:
        """Each direction alone: a slow answer keeps no question from going."""
        try:
            while self._goes_on():
                if select.select([end], [], [], _TURN)[0]:
                    data = end.recv(_CHUNK)
                    if not data or not hand_on(data):
                        break
        except OSError:
            pass  # an end hung up
        self._over = True

    def _goes_on(self) -> bool:
        return not self._over and self._relay.carries(self._since)

    def _up(self, data: bytes) -> bool:
        """Whether to go on."""
        self._turns += not self._near_spoke
        self._near_spoke = True
        if self._way is Way.SILENT:
            return True
        return self._pass(self._far, data, cut=self._way is Way.CUT_QUESTIONS)

    def _down(self, data: bytes) -> bool:
        self._near_spoke = False
        if self._way is Way.SLOW and self._talks:
            return self._slowly(data)
        if self._way is Way.HELD and self._talks:
            self._relay.wait()
        return self._pass(self._near, data, cut=self._way is Way.CUT_ANSWERS)

    @property
    def _talks(self) -> bool:
        return self._turns > 1

    def _pass(self, end: socket.socket, data: bytes, *, cut: bool) -> bool:
        if cut and self._talks:
            data, rest = data[: self._after], data[self._after :]
            self._after -= len(data)
            end.sendall(data)
            return not rest
        end.sendall(data)
        return True

    def _slowly(self, data: bytes) -> bool:
        for at in range(len(data)):
            self._near.sendall(data[at : at + 1])
            end = time.monotonic() + _SLOW
            while time.monotonic() < end:
                if not self._goes_on():
                    return False
                time.sleep(_TURN)
        return True
