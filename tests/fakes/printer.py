"""An ESC/POS printer that is not there: TCP or serial, with paper, a drawer and every misfortune.

    python -m tests.fakes.printer --port 9100 --folder slips

Real-time questions are answered from the raw stream, as interrupts of a real printer are; all else
waits in its buffer while the paper is out, the cover open or the printer off line.
"""

import argparse
import contextlib
import os
import select
import socket
import struct
import threading
import time
import tty
from collections.abc import Callable
from pathlib import Path
from typing import Self

from tests.fakes.escpos_parser import Command, Event, Parser, Trouble
from tests.fakes.paper import Page, Paper

ALL = frozenset({"dle_eot", "gs_r", "gs_paren_h"})


class Machine:
    """The printer behind its connector: bytes in, answers out. Faults are plain attributes."""

    def __init__(
        self, width: int = 576, charset: str = "gb18030", answers: frozenset[str] = ALL
    ) -> None:
        self.answers = answers
        self.paper_out = False
        self.paper_low = False
        self.cover_open = False
        self.offline = False
        self.paper_out_after: int | None = None  # commands until the roll ends
        self.raw = bytearray()
        self.events: list[Event] = []
        self.kicks = 0
        self._parser = Parser(charset)
        self._paper = Paper(width)
        self._waiting = bytearray()  # received and not processed
        self._tail = b""  # the end of the stream, where a real-time command may be cut
        self._lock = threading.RLock()

    @property
    def stopped(self) -> bool:
        return self.paper_out or self.cover_open or self.offline

    @property
    def width(self) -> int:
        return self._paper.width

    @property
    def pages(self) -> list[Page]:
        """Slips so far: those cut off, and what hangs out of the printer."""
        rest = self._paper.page
        return [*self._paper.pages, *([rest] if rest.strips else [])]

    @property
    def commands(self) -> list[Command]:
        return [event for event in self.events if isinstance(event, Command)]

    @property
    def troubles(self) -> list[str]:
        """Everything no careful program sends; empty when all is well."""
        return list(self._paper.troubles)

    @property
    def texts(self) -> list[str]:
        return [page.text for page in self.pages]

    def receive(self, data: bytes) -> bytes:
        """Take bytes from the wire, give back what the printer says at once."""
        with self._lock:
            self.raw += data
            answer = self._real_time(data)
            self._waiting += data
            return answer + self._process()

    def resume(self) -> bytes:
        """New paper, cover shut, on line again: what waited is printed."""
        with self._lock:
            self.paper_out = self.cover_open = self.offline = False
            self.paper_out_after = None
            return self._process()

    def switch_off_and_on(self) -> None:
        """What it had received and not printed is gone."""
        with self._lock:
            self._waiting.clear()
            self._parser.reset()
            self._tail = b""

    def save(self, folder: Path) -> list[Path]:
        """Each slip as a PNG; returns their paths."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for number, page in enumerate(self.pages, 1):
            paths.append(folder / f"printed-{number:03d}.png")
            page.picture(self.width).save(paths[-1])
        return paths

    def _real_time(self, data: bytes) -> bytes:
        stream = self._tail + data
        out = bytearray()
        at = 0
        while (at := stream.find(b"\x10", at)) >= 0 and len(stream) - at >= 3:
            command, number = stream[at + 1], stream[at + 2]
            if command == 0x04 and 1 <= number <= 4 and "dle_eot" in self.answers:
                out.append(self._status(number))
            if command == 0x14 and number == 1:
                self.kicks += 1
            if command == 0x14 and number == 8:
                self._waiting.clear()
                self._parser.reset()
            at += 1
        keep = at if at >= 0 else len(stream)
        self._tail = stream[keep:] if len(stream) - keep < 3 else b""
        return bytes(out)

    def _status(self, number: int) -> int:
        stop = 0x20 if self.paper_out else 0
        bits = {
            1: 0x08 if self.stopped else 0,
            2: (0x04 if self.cover_open else 0) | stop,
            3: 0,
            4: (0x0C if self.paper_low else 0) | (0x60 if self.paper_out else 0),
        }
        return 0x12 | bits[number]

    def _process(self) -> bytes:
        out = bytearray()
        while self._waiting and not self.stopped:
            # One byte at a time, so that the paper can run out between any two commands.
            byte, self._waiting = self._waiting[:1], self._waiting[1:]
            if self.paper_out_after is None:
                byte, self._waiting = byte + self._waiting, bytearray()
            for event in self._parser.feed(bytes(byte)):
                out += self._happen(event)
        return bytes(out)

    def _happen(self, event: Event) -> bytes:
        if isinstance(event, Command) and event.name == "NUL":
            return b""
        self.events.append(event)
        self._paper.take(event)
        if not isinstance(event, Command):
            return b""
        if self.paper_out_after is not None:
            self.paper_out_after -= 1
            self.paper_out = self.paper_out_after <= 0
        if event.name == "ESC p":
            self.kicks += 1
        if event.name == "GS r" and "gs_r" in self.answers:
            return bytes((0x03 if self.paper_low else 0x00,))
        if event.name == "GS ( H" and "gs_paren_h" in self.answers:
            return b"\x37\x22" + event.data + b"\x00"
        return b""

    def end_of_job(self) -> None:
        """Note half a command as trouble; real printers keep waiting for its rest."""
        for event in self._parser.finish():
            self._happen(event)


class TcpPrinter:
    """A Machine on 127.0.0.1; one connection at a time, as most printers have it."""

    def __init__(self, machine: Machine, port: int = 0, family: int = socket.AF_INET) -> None:
        self.machine = machine
        self.connections = 0
        self.cut_after: int | None = None  # reset the connection after so many bytes
        self.stalled = False  # takes no byte
        self.drop = False  # closes the connection it has, as printers do with an idle one
        self._closing = False
        self._server = socket.socket(family, socket.SOCK_STREAM)
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        host = "::1" if family == socket.AF_INET6 else "127.0.0.1"
        self._server.bind((host, port))
        self._server.listen()
        self.host, self.port = self._server.getsockname()[:2]
        self._thread = threading.Thread(target=self._serve, name="fake printer", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"tcp://{host}:{self.port}"

    def close(self) -> None:
        self._closing = True
        self._thread.join(2)
        self._server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _serve(self) -> None:
        while not self._closing:
            if select.select([self._server], [], [], 0.02)[0]:
                connection, _ = self._server.accept()
                self.connections += 1
                with connection, contextlib.suppress(ConnectionError):
                    self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        while not self._closing:
            if self.drop:
                self.drop = False
                return
            if self.stalled or not select.select([connection], [], [], 0.02)[0]:
                time.sleep(0.005)
                continue
            data = connection.recv(self._appetite())
            if not data:
                return
            connection.sendall(self.machine.receive(data))
            if self.cut_after is not None:
                self.cut_after -= len(data)
                if self.cut_after <= 0:
                    self.cut_after = None
                    linger = struct.pack("ii", 1, 0)  # close with a reset, as a power cut does
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    return

    def _appetite(self) -> int:
        return 4096 if self.cut_after is None else max(1, min(4096, self.cut_after))


class PtyPrinter:
    """A Machine behind a pseudo-terminal: what a serial line looks like to a program."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.stalled = False
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.path = os.ttyname(self._slave)
        self._closing = False
        self._thread = threading.Thread(target=self._serve, name="fake serial", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"serial://{self.path}?baud=9600"

    def close(self) -> None:
        self._closing = True
        self._thread.join(2)
        os.close(self._master)
        os.close(self._slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _serve(self) -> None:
        while not self._closing:
            if self.stalled or not select.select([self._master], [], [], 0.02)[0]:
                time.sleep(0.005)
                continue
            answer = self.machine.receive(os.read(self._master, 4096))
            if answer:
                os.write(self._master, answer)


def main(tell: Callable[[str], None] = print) -> None:
    """Serve until interrupted, saving each slip as it is cut."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=9100)
    options.add_argument("--width", type=int, default=576, help="dots: 576 or 384")
    options.add_argument("--charset", default="gb18030", help="gb18030, gbk or gb2312")
    options.add_argument("--folder", type=Path, default=Path("slips"))
    chosen = options.parse_args()
    machine, seen = Machine(chosen.width, chosen.charset), 0
    with TcpPrinter(machine, chosen.port) as printer, contextlib.suppress(KeyboardInterrupt):
        tell(f"printing to {chosen.folder}/ from {printer.address}; Ctrl+C ends")
        while True:
            time.sleep(0.5)
            fresh = machine.events[seen:]
            seen += len(fresh)
            for event in fresh:
                if isinstance(event, Trouble):
                    tell(str(event))
                elif isinstance(event, Command) and event.name == "GS V":
                    tell(f"slip: {machine.save(chosen.folder)[-1]}")


if __name__ == "__main__":
    main()
