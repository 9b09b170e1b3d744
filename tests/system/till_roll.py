"""What came out of the printer, read as a person reads it: which slip, which copy, whole or torn.

The law: nothing is taken from the program that printed; only the words on the paper count.
"""

import re
import socket
from dataclasses import dataclass

from tests.fakes.printer import Machine, TcpPrinter

TITLES = {
    "RETURN": "RETURN",
    "RESULT OF RETURN": "RESULT",
    "RETURN POLICY": "NOTICE",
    "HOW TO RETURN": "HOWTO",
}
NOTICES = ("NOTICE", "HOWTO")  # of no return: nobody counts them but by how many were asked for
ENDS = {"Customer's copy": "customer", "Shop's copy": "shop"}
_NUMBER = re.compile(r"^Return\s+(R-[0-9A-Z]+-[0-9A-Z]+-\d+)$")
_COPY = re.compile(r"^COPY (\d+)$")


@dataclass(frozen=True, slots=True)
class Printed:
    """One slip, or the torn beginning of one. `part` is `customer`, `shop` or empty."""

    kind: str  # RETURN | RESULT | NOTICE | HOWTO
    number: str
    copy: int
    part: str
    whole: bool


class Roll(Machine):
    """The emulator, from which the paper is torn off round by round. `fuse` bytes until `burn`."""

    def __init__(self) -> None:
        super().__init__()
        self.fuse: int | None = None

    def receive(self, data: bytes) -> bytes:
        if self.fuse is not None:
            self.fuse -= len(data)
            if self.fuse <= 0:
                self.fuse = None
                self.burn()
        return super().receive(data)

    def burn(self) -> None:
        """Replaced by who sets the fuse."""

    def tear_off(self) -> list[Printed]:
        """Every slip since the last time; what hangs out of the printer stays there."""
        with self._lock:
            pages, self._paper.pages = self._paper.pages, []
            self.raw.clear()
            self.events.clear()
        return [slip for page in pages for slip in read_page(page.lines)]

    def hanging_out(self) -> list[Printed]:
        """Beginnings of slips that no cut has ended."""
        with self._lock:
            return read_page(self._paper.page.lines, cut=False)


def read_page(lines: list[str], *, cut: bool = True) -> list[Printed]:
    """The slips of one page: usually one, more when a torn one is before it."""
    starts = [at for at, line in enumerate(lines) if line.strip() in TITLES]
    ends = [*starts[1:], *([len(lines)] if starts else [])]
    return [
        _slip(lines[start:end], whole=cut and end == len(lines))
        for start, end in zip(starts, ends, strict=True)
    ]


def _slip(lines: list[str], *, whole: bool) -> Printed:
    words = [line.strip() for line in lines]
    kind = TITLES[words[0]]
    copies = [int(found[1]) for word in words if (found := _COPY.match(word))]
    numbers = [found[1] for word in words if (found := _NUMBER.match(word))]
    parts = [ENDS[word] for word in words if word in ENDS]
    return Printed(
        kind=kind,
        number=numbers[0] if numbers else "",
        copy=copies[0] if copies else 0,
        part=parts[0] if parts else "",
        whole=whole and (kind != "RETURN" or bool(parts)) and (kind in NOTICES or bool(numbers)),
    )


def wait_until_read(printer: TcpPrinter) -> None:
    """Until the printer has taken every byte sent to it before now: it serves one line after
    another, so ours is heard last.
    """
    with socket.create_connection((printer.host, printer.port), 10) as line:
        line.shutdown(socket.SHUT_WR)
        while line.recv(64):
            continue
