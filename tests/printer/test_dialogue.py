"""What a printer says at an open link, in the ways that few printers have."""

import queue
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from msgspec.structs import replace

from printer.dialogue import Dialogue, Finish, mark_for
from printer.escpos import encode
from printer.link import FdLink
from printer.models import Ability
from printer.open_link import link_opener
from printer.spool import Spool
from printer.status import PrinterFault
from printer.values import PrinterValue, SlipPrinted
from tests.fakes.printer import Machine, TcpPrinter
from tests.printer.samples import CHINESE, MODELS, quick

GENERIC = quick(MODELS["generic-80mm"])
IN_ORDER = replace(GENERIC, abilities=frozenset({Ability.GS_R}))


@contextmanager
def line(*, usb: bool = False) -> Iterator[tuple[FdLink, socket.socket]]:
    ours, printers = socket.socketpair()
    with ours, printers:
        yield FdLink(ours.fileno(), "printer", usb=usb), printers


@pytest.mark.parametrize(
    ("answer", "finish"),
    [
        (b"\x00", Finish(confirmed=True)),
        (b"\x03", Finish(confirmed=True)),
        (b"\x0c", Finish(False, PrinterFault.PAPER_OUT, "GS r says the paper is out")),
        (b"\x0f", Finish(False, PrinterFault.PAPER_OUT, "GS r says the paper is out")),
    ],
)
def test_an_answer_in_the_order_of_printing_that_tells_of_no_paper_confirms_nothing(
    answer: bytes, finish: Finish
) -> None:
    with line() as (link, printers):
        printers.sendall(answer)
        assert Dialogue(link, IN_ORDER).finish(mark_for(1)) == finish


def test_a_usb_printer_with_nothing_to_say_is_not_gone() -> None:
    """Its driver says that there is something to read, and gives nothing."""
    with line(usb=True) as (link, printers):
        printers.shutdown(socket.SHUT_WR)
        assert link.read(0.1) == b""


class StuckInAPicture(Machine):
    """A clone that takes questions, too, for the rest of a picture's dots."""

    def receive(self, data: bytes) -> bytes:
        said = super().receive(data)
        self.stuck = getattr(self, "stuck", True) and not data.endswith(b"\x00\x1b@")
        return b"" if self.stuck else said


def test_a_printer_that_answers_nothing_after_a_power_cut_is_brought_out_of_its_picture() -> None:
    machine = StuckInAPicture(answers=frozenset({"dle_eot", "gs_r"}))
    said: queue.SimpleQueue[PrinterValue] = queue.SimpleQueue()
    machine.receive(b"\x1dv0\x00\x48\x00\xff\x00")
    with TcpPrinter(machine) as printer:
        spool = Spool(link_opener(printer.address), GENERIC, said.put, unsure=True)
        spool.send("a", encode(CHINESE, GENERIC))
        assert said.get(timeout=5) == SlipPrinted("a", confirmed=True)
        spool.close()
