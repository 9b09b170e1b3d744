"""The slip printer on usblp: back-channel, paper, unplugging, a printer that takes nothing."""

import contextlib
import queue
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace

from printer.escpos import encode
from printer.link import LinkFault, LinkKind
from printer.models import Ability, Model, load_model
from printer.open_link import link_opener, open_usb
from printer.slip import Columns, Cut, Qr, Slip, Text
from printer.spool import Spool
from printer.status import Paper, PrinterFault
from printer.values import (
    DrawerKicked,
    PrinterNotReady,
    PrinterReady,
    PrinterValue,
    SlipNotSent,
    SlipPrinted,
    SlipUncertain,
)
from tests.fakes.printer import ALL, Machine
from tests.lab.bench.waiting import until
from tests.lab.guest.gadgets import SlipPrinter
from tests.lab.guest.printer_line import PrinterLine

NODE = Path("/dev/usb/lp0")
GENERIC = load_model(Path("config/printers/generic-80mm.toml"))
EPSON = replace(GENERIC, abilities=frozenset({Ability.DLE_EOT, Ability.GS_PAREN_H}))
SLIP = Slip(
    (
        Text("退货码小票"),
        Columns("金额", "65.79"),
        Qr("HTTPS://R.EXAMPLE.CN/R-0571-03-000001"),
        Cut(),
    )
)
BYTES = encode(SLIP, GENERIC)
_KERNEL_HOLDS = 81_920


@dataclass(slots=True)
class Desk:
    """A printer, plugged in, and its owner."""

    gadget: SlipPrinter
    line: PrinterLine
    machine: Machine
    spool: Spool
    said: "queue.SimpleQueue[PrinterValue]"

    def pull(self) -> None:
        self.line.let_go()
        self.gadget.unplug()
        until("the printer is gone", lambda: not NODE.exists())

    def put_back(self) -> None:
        self.gadget.plug()
        until("the printer is back", NODE.exists)
        self.line.take()

    def hear(self, seconds: float = 30.0) -> PrinterValue:
        return self.said.get(timeout=seconds)

    def prepare(self, job: str) -> PrinterValue:
        self.spool.prepare(job)
        return self.hear()

    def print(self, job: str, data: bytes = BYTES) -> PrinterValue:
        ready = self.prepare(job)
        assert isinstance(ready, PrinterReady), ready
        self.spool.send(job, data)
        return self.hear()


@contextlib.contextmanager
def desk(model: Model, answers: frozenset[str] = ALL) -> Iterator[Desk]:
    machine = Machine(answers=answers)
    gadget = SlipPrinter("slips", 3)
    gadget.plug()
    until("the printer's node appears", NODE.exists)
    line = PrinterLine(machine.receive)
    said: queue.SimpleQueue[PrinterValue] = queue.SimpleQueue()
    spool = Spool(link_opener(f"usb://{NODE}"), model, said.put)
    try:
        yield Desk(gadget, line, machine, spool, said)
    finally:
        spool.close()
        line.close()
        gadget.close()
        until("the printer's node is gone", lambda: not NODE.exists())


def answers_over_the_back_channel() -> str:
    with desk(GENERIC) as it:
        ready = it.prepare("a")
        assert isinstance(ready, PrinterReady), ready
        assert ready.status.known, ready
        assert ready.status.paper is Paper.OK, ready
    return ready.status.detail


def slip_is_confirmed() -> str:
    """By GS r and by GS ( H; each job's bytes come once and whole."""
    for model in (GENERIC, EPSON):
        with desk(model) as it:
            for job in ("a", "b", "c"):
                assert it.print(job) == SlipPrinted(job, confirmed=True)
            assert bytes(it.machine.raw).count(BYTES) == 3
            assert not it.machine.troubles, it.machine.troubles
            assert len(it.machine.pages) == 3
    return f"three slips of {len(BYTES)} bytes by each of two ways to confirm"


def drawer_opens_each_time() -> str:
    """The pulse is five bytes and the port is closed after it: none may be forgotten."""
    with desk(GENERIC) as it:
        for _ in range(20):
            it.spool.kick_drawer()
            said = it.hear()
            assert said == DrawerKicked(), said
        until("all pulses came", lambda: it.machine.kicks == 20, 5)
    return "20 pulses sent, 20 received"


def paper_out_is_told_before_the_slip() -> str:
    with desk(GENERIC) as it:
        it.machine.paper_out = True
        said = it.prepare("a")
        assert isinstance(said, PrinterNotReady), said
        assert said.fault is PrinterFault.PAPER_OUT
        it.machine.resume()
        it.machine.cover_open = True
        said = it.prepare("a")
        assert isinstance(said, PrinterNotReady), said
        assert said.fault is PrinterFault.COVER_OPEN
        it.machine.resume()
        assert it.print("a") == SlipPrinted("a", confirmed=True)
    return "paper and cover told before a byte left; printed after"


def paper_runs_out_within_a_slip() -> str:
    with desk(GENERIC) as it:
        it.machine.paper_out_after = 4
        said = it.print("a")
        assert isinstance(said, SlipUncertain), said
        assert said.fault is PrinterFault.PAPER_OUT, said
    return said.detail


def pulled_within_a_slip() -> str:
    """First before a byte was taken, then with half a slip in the printer."""
    with desk(GENERIC) as it:
        it.pull()
        said = it.prepare("a")
        assert isinstance(said, PrinterNotReady), said
        assert said.fault is PrinterFault.UNREACHABLE, said
        it.put_back()
        assert isinstance(it.prepare("b"), PrinterReady)
        it.line.stalled = True
        it.spool.send("b", BYTES + bytes(2 * _KERNEL_HOLDS))
        it.line.stalled = False
        until("some of it was taken", lambda: it.line.taken > 4096)
        it.line.stalled = True
        it.pull()
        said = it.hear()
        assert isinstance(said, SlipUncertain), said
        assert said.fault is PrinterFault.UNREACHABLE, said
        it.line.stalled = False
        it.put_back()
        # in here the printer itself is slow: it chews on what it had
        until("the printer answers", lambda: isinstance(it.prepare("c"), PrinterReady), 60)
        assert it.print("c") == SlipPrinted("c", confirmed=True)
    return said.detail


def takes_nothing() -> str:
    """Off with its cable in: the kernel takes 80 KB for it, which is no slip printed."""
    with desk(replace(GENERIC, stall_seconds=1.0, finish_seconds=3.0)) as it:
        assert isinstance(it.prepare("a"), PrinterReady)
        it.line.stalled = True
        it.spool.send("a", BYTES)
        small = it.hear()
        assert isinstance(small, SlipUncertain), small
        assert small.fault is PrinterFault.OFFLINE, small
        said = it.prepare("b")
        assert isinstance(said, PrinterNotReady), said
        it.line.stalled = False
        until("the printer can be asked", lambda: isinstance(it.prepare("c"), PrinterReady), 30)
        it.line.stalled = True
        it.spool.send("c", bytes(2 * _KERNEL_HOLDS))
        large = it.hear()
        assert isinstance(large, SlipUncertain | SlipNotSent), large
        it.line.stalled = False
    return f"{small.detail}; {large.detail}"


def is_busy_for_a_second_program() -> str:
    with desk(GENERIC) as it:
        link = open_usb(str(NODE))
        try:
            said = it.prepare("a")
            assert isinstance(said, PrinterNotReady), said
            assert said.fault is PrinterFault.BUSY, said
        finally:
            link.close()
        assert isinstance(it.prepare("a"), PrinterReady)
        with pytest.raises(LinkFault) as caught:
            open_usb("/dev/usb/lp7")
        assert caught.value.kind is LinkKind.ABSENT
    return said.status.detail


def tells_paper_by_its_port_alone() -> str:
    """A printer that never answers: only the USB port's status byte speaks."""
    silent = load_model(Path("config/printers/usb-silent-80mm.toml"))
    with desk(replace(silent, finish_seconds=1.0), frozenset()) as it:
        it.line.port_status(paper=False)
        said = it.prepare("a")
        assert isinstance(said, PrinterNotReady), said
        assert said.fault is PrinterFault.PAPER_OUT, said
        it.line.port_status()
        assert it.print("a") == SlipPrinted("a", confirmed=False)
        assert bytes(it.machine.raw).count(BYTES) == 1
    return "paper out by LPGETSTATUS; a slip is printed and never called confirmed"
