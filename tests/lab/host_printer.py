"""The lab's printer, outside the machine: paper, buffer and misfortunes of the project's emulator.

Its plug in the machine hands on every byte, both ways.
"""

import socket
import threading

from tests.fakes.printer import Machine


class HostPrinter:
    """Serves from when it is made until `close`."""

    def __init__(self, line: socket.socket, machine: Machine) -> None:
        self.machine = machine
        self.silenced = threading.Event()
        self._bytes_left: int | None = None
        self._trouble: tuple[int, str] | None = None
        self._line = line
        self._thread = threading.Thread(target=self._serve, name="printer", daemon=True)
        self._thread.start()

    def resume(self) -> None:
        """New paper, cover shut: what waited is printed and answered."""
        self._line.sendall(self.machine.resume())

    def silent_after(self, count: int) -> None:
        """So many bytes more are taken; the rest is lost and nothing is answered."""
        self._bytes_left = count

    def trouble_after(self, count: int, what: str) -> None:
        """So many bytes more, and then `paper_out`, `cover_open` or `offline`."""
        self._trouble = (count, what)

    def speak_again(self) -> None:
        self._bytes_left = None
        self.silenced.clear()

    def close(self) -> None:
        self._line.close()
        self._thread.join(2)

    def _serve(self) -> None:
        while True:
            try:
                data = self._line.recv(4096)
            except OSError:
                return
            if not data:
                return
            if self.silenced.is_set():
                continue
            if self._bytes_left is not None:
                data = data[: self._bytes_left]
                self._bytes_left -= len(data)
            answer = self._take(data)
            if self._bytes_left == 0:
                self.silenced.set()
            elif answer:
                self._line.sendall(answer)

    def _take(self, data: bytes) -> bytes:
        """What the printer says to it."""
        if self._trouble is None:
            return self.machine.receive(data)
        left, what = self._trouble
        answer = self.machine.receive(data[:left])
        if len(data) < left:
            self._trouble = (left - len(data), what)
            return answer
        self._trouble = None
        setattr(self.machine, what, True)
        return answer + self.machine.receive(data[left:])
