"""Printers on USB that say nothing, and finding out what a printer can say."""

import queue
import subprocess
import sys

import pytest

from printer.link import LinkFault, LinkKind
from printer.models import Ability
from printer.open_link import link_opener
from printer.probe import probe
from printer.spool import Spool
from printer.status import PrinterFault, PrinterStatus
from printer.values import PrinterNotReady, PrinterReady, PrinterValue, SlipPrinted, SlipUncertain
from tests.fakes.printer import Machine, PtyPrinter, TcpPrinter
from tests.fakes.usb_printer import UsbPrinter
from tests.printer.samples import MODELS, quick

SILENT = quick(MODELS["usb-silent-80mm"])


class Counter:
    """A spool on a silent USB printer."""

    def __init__(self) -> None:
        self.printer = UsbPrinter(Machine(answers=frozenset()))
        self.said: queue.SimpleQueue[PrinterValue] = queue.SimpleQueue()
        self.spool = Spool(self.printer.open, SILENT, self.said.put)

    def prepared(self) -> PrinterValue:
        self.spool.prepare("a")
        return self.said.get(timeout=5)


def test_a_silent_usb_printer_prints_and_does_not_confirm() -> None:
    it = Counter()
    assert isinstance(it.prepared(), PrinterReady)
    it.spool.send("a", b"\x1b@slip\n")
    assert it.said.get(timeout=5) == SlipPrinted("a", confirmed=False)
    it.spool.close()
    assert it.printer.machine.texts == ["slip"]


def test_its_port_tells_of_paper_before_and_during() -> None:
    it = Counter()
    it.printer.machine.paper_out = True
    said = it.prepared()
    assert isinstance(said, PrinterNotReady)
    assert said.fault is PrinterFault.PAPER_OUT
    it.printer.machine.resume()
    assert isinstance(it.prepared(), PrinterReady)
    it.printer.machine.paper_out_after = 2
    it.spool.send("a", b"\x1b@one\ntwo\n")
    during = it.said.get(timeout=5)
    assert isinstance(during, SlipUncertain)
    assert during.fault is PrinterFault.PAPER_OUT
    it.spool.close()


def test_a_port_that_stalls_for_want_of_paper_says_so() -> None:
    it = Counter()
    it.prepared()
    it.printer.machine.paper_out = True
    it.spool.send("a", bytes(100_000))
    said = it.said.get(timeout=5)
    assert isinstance(said, SlipUncertain)
    assert said.fault is PrinterFault.PAPER_OUT
    it.spool.close()


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [("busy", PrinterFault.BUSY), ("unplugged", PrinterFault.UNREACHABLE)],
)
def test_a_printer_held_by_another_or_pulled_out_is_told(spoil: str, fault: PrinterFault) -> None:
    it = Counter()
    setattr(it.printer, spoil, True)
    said = it.prepared()
    assert isinstance(said, PrinterNotReady)
    assert said.fault is fault
    it.spool.check()
    status = it.said.get(timeout=5)
    assert isinstance(status, PrinterStatus)
    assert status.fault is fault
    it.spool.close()


def test_a_serial_line_that_another_terminal_holds_is_busy() -> None:
    with PtyPrinter(Machine()) as printer:
        first = link_opener(printer.address)()
        with pytest.raises(LinkFault) as caught:
            link_opener(printer.address)()
        first.close()
    assert caught.value.kind is LinkKind.BUSY


@pytest.mark.parametrize(
    "able", [frozenset(), {"dle_eot"}, {"dle_eot", "gs_r"}, {"dle_eot", "gs_r", "gs_paren_h"}]
)
def test_a_new_printer_is_asked_what_it_can_say(able: frozenset[str]) -> None:
    with TcpPrinter(Machine(answers=frozenset(able))) as printer:
        link = link_opener(printer.address)()
        assert probe(link, 0.1) == {Ability(name) for name in able}
        link.close()


def test_printing_costs_no_heavy_import() -> None:
    """escpos.capabilities parses YAML for 0.15 s and leaves a folder in /tmp at every start."""
    program = (
        "import sys, printer.spool, printer.open_link, printer.escpos\n"
        "heavy = {'escpos.capabilities', 'escpos.escpos', 'yaml', 'serial'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
    assert done.returncode == 0, done.stderr
