"""A USB printer that answers no question; only its port tells of paper, as usblp's ioctl does.

The kernel takes 81,920 bytes for a printer that takes none: so does this.
"""

from typing import Self

from printer.link import LinkFault, LinkKind
from tests.fakes.printer import Machine

_KERNEL_HOLDS = 81_920


class UsbPrinter:
    """Fulfils printer.link.Link over a Machine; `busy` and `unplugged` spoil its opening or use."""

    answers = True

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.busy = False
        self.unplugged = False
        self.openings = 0
        self._held = 0

    def open(self) -> Self:
        if self.unplugged:
            raise LinkFault(LinkKind.ABSENT, "/dev/usb/lp0: No such device")
        if self.busy:
            raise LinkFault(LinkKind.BUSY, "/dev/usb/lp0: Device or resource busy")
        self.openings += 1
        return self

    def write(self, data: bytes, stall: float) -> None:
        if self.unplugged:
            raise LinkFault(LinkKind.LOST, "/dev/usb/lp0: Input/output error", 0)
        if self.machine.stopped:
            room = max(0, _KERNEL_HOLDS - self._held)
            self._held += min(room, len(data))
            if len(data) > room:
                raise LinkFault(LinkKind.STALLED, f"took no data for {stall:g} s", room)
        self.machine.receive(data)

    def read(self, timeout: float) -> bytes:
        raise LinkFault(LinkKind.LOST, "this printer fails when it is read from")

    def port_status(self) -> int | None:
        if self.unplugged:
            raise LinkFault(LinkKind.LOST, "/dev/usb/lp0: No such device")
        return (0x20 if self.machine.paper_out else 0) | 0x18

    def close(self) -> None:
        return
