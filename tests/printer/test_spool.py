"""The printer's owner: every misfortune gets its true answer, and nothing is sent twice."""

import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from msgspec.structs import replace

from printer.escpos import encode
from printer.models import Ability, Model
from printer.open_link import link_opener
from printer.spool import Spool
from printer.status import PrinterFault, PrinterStatus
from printer.values import (
    PrinterNotReady,
    PrinterReady,
    PrinterValue,
    SlipNotSent,
    SlipPrinted,
    SlipUncertain,
)
from tests.fakes.printer import Machine, PtyPrinter, TcpPrinter
from tests.printer.paper_trail import printed
from tests.printer.samples import CHINESE, MODELS, quick

EPSON = quick(MODELS["epson-tm-t20"])
GENERIC = quick(MODELS["generic-80mm"])
SLIP = encode(CHINESE, GENERIC)


class Desk:
    """A spool and what it has said."""

    def __init__(self, address: str, model: Model, *, unsure: bool = False) -> None:
        self.said: queue.SimpleQueue[PrinterValue] = queue.SimpleQueue()
        self.spool = Spool(link_opener(address), model, self.said.put, unsure=unsure)

    def hear(self) -> PrinterValue:
        return self.said.get(timeout=5)

    def print(self, job: str, data: bytes = SLIP) -> PrinterValue:
        self.spool.prepare(job)
        ready = self.hear()
        assert isinstance(ready, PrinterReady), ready
        self.spool.send(job, data)
        return self.hear()


@contextmanager
def desk(
    model: Model, machine: Machine | None = None, *, unsure: bool = False
) -> Iterator[tuple[Desk, Machine, TcpPrinter]]:
    machine = machine or Machine(model.width, answers=abilities(model))
    with TcpPrinter(machine) as printer:
        it = Desk(printer.address, model, unsure=unsure)
        yield it, machine, printer
        it.spool.close()


def abilities(model: Model) -> frozenset[str]:
    return frozenset(ability.value for ability in model.abilities)


def copies(machine: Machine) -> int:
    return "\n".join(machine.texts).count("R-0571-03-000417")


@pytest.mark.parametrize("model", [EPSON, GENERIC], ids=["gs_paren_h", "gs_r"])
def test_a_printer_that_can_confirm_confirms(model: Model) -> None:
    with desk(model) as (it, machine, _):
        assert it.print("a") == SlipPrinted("a", confirmed=True)
        assert it.print("b") == SlipPrinted("b", confirmed=True)
    assert copies(machine) == 2
    assert machine.troubles == []


@pytest.mark.parametrize("name", ["generic-58mm", "write-only-80mm"])
def test_a_printer_that_cannot_confirm_is_not_believed_to(name: str) -> None:
    model = quick(MODELS[name])
    with desk(model) as (it, _, _):
        assert it.print("a", encode(CHINESE, model)) == SlipPrinted("a", confirmed=False)


def test_a_serial_printer_prints_whole() -> None:
    machine = Machine()
    with PtyPrinter(machine) as printer:
        it = Desk(printer.address, GENERIC)
        assert it.print("a") == SlipPrinted("a", confirmed=True)
        it.spool.close()
    assert copies(machine) == 1


def no_paper(machine: Machine) -> None:
    machine.paper_out = True


def open_cover(machine: Machine) -> None:
    machine.cover_open = True


def off_line(machine: Machine) -> None:
    machine.offline = True


def silent(machine: Machine) -> None:
    machine.answers = frozenset()


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (no_paper, PrinterFault.PAPER_OUT),
        (open_cover, PrinterFault.COVER_OPEN),
        (off_line, PrinterFault.OFFLINE),
        (silent, PrinterFault.OFFLINE),
    ],
)
def test_trouble_is_told_before_a_byte_leaves(
    spoil: Callable[[Machine], None], fault: PrinterFault
) -> None:
    with desk(EPSON) as (it, machine, _):
        spoil(machine)
        it.spool.prepare("a")
        said = it.hear()
        assert isinstance(said, PrinterNotReady)
        assert said.fault is fault
        it.spool.send("a", SLIP)
        sent = it.hear()
        assert isinstance(sent, SlipNotSent)
        assert sent.fault is fault
        assert b"R-0571" not in machine.raw


def test_a_job_of_which_no_byte_left_may_be_sent_once_the_printer_was_put_right() -> None:
    with desk(EPSON) as (it, machine, _):
        machine.paper_out = True
        it.spool.send("a", SLIP)
        assert isinstance(it.hear(), SlipNotSent)
        machine.paper_out = False
        assert it.print("a") == SlipPrinted("a", confirmed=True)
    assert copies(machine) == 1


def test_a_printer_that_was_ready_for_one_job_is_asked_again_for_another() -> None:
    with desk(EPSON) as (it, machine, _):
        it.spool.prepare("a")
        assert isinstance(it.hear(), PrinterReady)
        machine.paper_out = True
        it.spool.send("b", SLIP)
        said = it.hear()
        assert isinstance(said, SlipNotSent), said
        assert said.fault is PrinterFault.PAPER_OUT
    assert copies(machine) == 0


def test_an_unplugged_printer_is_unreachable() -> None:
    with desk(EPSON) as (_, _, printer):
        address = printer.address
    it = Desk(address, EPSON)
    it.spool.prepare("a")
    said = it.hear()
    assert isinstance(said, PrinterNotReady)
    assert said.fault is PrinterFault.UNREACHABLE
    it.spool.close()


@pytest.mark.parametrize("model", [EPSON, GENERIC], ids=["gs_paren_h", "gs_r"])
def test_paper_that_ends_during_the_slip_leaves_it_uncertain(model: Model) -> None:
    with desk(model) as (it, machine, _):
        machine.paper_out_after = 20
        said = it.print("a")
        assert isinstance(said, SlipUncertain)
        assert said.fault is PrinterFault.PAPER_OUT
        machine.resume()
        assert copies(machine) == 1, "new paper prints what waited; nobody sent it again"


def test_a_cover_opened_during_the_slip_is_told_by_a_printer_that_cannot_confirm() -> None:
    model = replace(GENERIC, abilities=frozenset({Ability.DLE_EOT}))
    with desk(model) as (it, machine, _):
        it.spool.prepare("a")
        it.hear()
        machine.cover_open = True
        it.spool.send("a", SLIP)
        said = it.hear()
    assert isinstance(said, SlipUncertain)
    assert said.fault is PrinterFault.COVER_OPEN


def test_a_confirmation_that_never_comes_is_no_confirmation() -> None:
    machine = Machine(answers=frozenset({"dle_eot"}))
    with desk(EPSON, machine) as (it, _, _):
        said = it.print("a")
    assert isinstance(said, SlipUncertain)
    assert said.fault is PrinterFault.OFFLINE
    assert "did not confirm" in said.detail
    assert copies(machine) == 1


def test_a_connection_cut_in_the_middle_is_uncertain_and_the_next_slip_is_whole() -> None:
    for model in (EPSON, GENERIC):  # the one clears its buffers, the other fills the picture up
        with desk(model) as (it, machine, printer):
            it.spool.prepare("a")
            it.hear()
            printer.cut_after = len(SLIP) // 2  # inside the QR code's picture
            it.spool.send("a", SLIP)
            said = it.hear()
            assert isinstance(said, SlipUncertain)
            assert said.fault is PrinterFault.UNREACHABLE
            assert it.print("b") == SlipPrinted("b", confirmed=True)
            whole = printed(CHINESE, GENERIC).pages[0]
            assert machine.pages[-1].text.endswith(whole.text)
            assert machine.commands[-1].name in ("GS ( H", "GS r")


def test_bytes_lost_on_the_way_do_not_spoil_the_next_slip() -> None:
    """The printer waits for the rest of a picture and swallows the closing question."""
    with desk(GENERIC) as (it, machine, _):
        said = it.print("a", SLIP[: len(SLIP) // 2])
        assert isinstance(said, SlipUncertain)
        assert it.print("b") == SlipPrinted("b", confirmed=True)
    assert machine.pages[-1].text.endswith(printed(CHINESE, GENERIC).pages[0].text)


def test_a_prepared_printer_is_let_go_of_when_no_slip_comes() -> None:
    with TcpPrinter(Machine()) as printer:
        said: queue.SimpleQueue[PrinterValue] = queue.SimpleQueue()
        spool = Spool(link_opener(printer.address), EPSON, said.put, kept_open=0.05)
        spool.prepare("a")
        said.get(timeout=5)
        time.sleep(0.15)
        spool.send("a", SLIP)
        assert said.get(timeout=5) == SlipPrinted("a", confirmed=True)
        spool.close()
        assert printer.connections == 2


def test_a_stalled_printer_is_uncertain() -> None:
    with desk(EPSON) as (it, _, printer):
        it.spool.prepare("a")
        it.hear()
        printer.stalled = True
        it.spool.send("a", SLIP + bytes(8_000_000))
        said = it.hear()
    assert isinstance(said, SlipUncertain)
    assert said.fault is PrinterFault.OFFLINE


def test_a_connection_dropped_between_ready_and_send_is_made_again() -> None:
    with desk(EPSON) as (it, machine, printer):
        it.spool.prepare("a")
        it.hear()
        printer.drop = True
        while printer.drop:
            time.sleep(0.005)
        it.spool.send("a", SLIP)
        assert it.hear() == SlipPrinted("a", confirmed=True)
        assert printer.connections == 2
    assert copies(machine) == 1


def test_a_connection_broken_by_a_question_loses_no_slip() -> None:
    with desk(EPSON) as (it, machine, printer):
        it.spool.prepare("a")
        it.hear()
        printer.cut_after = 1
        it.spool.check()  # its question is cut off
        status = it.hear()
        assert isinstance(status, PrinterStatus)
        assert status.fault is PrinterFault.UNREACHABLE
        it.spool.send("a", SLIP)
        assert it.hear() == SlipPrinted("a", confirmed=True)
    assert copies(machine) == 1


def test_the_same_job_is_refused_a_second_time() -> None:
    with desk(EPSON) as (it, machine, _):
        it.print("a")
        with pytest.raises(AssertionError, match="already sent"):
            it.spool.send("a", SLIP)
    assert copies(machine) == 1


def test_after_a_power_cut_the_printer_is_brought_out_of_its_half_command() -> None:
    machine = Machine(answers=abilities(GENERIC))
    machine.receive(SLIP[: len(SLIP) // 2])
    with desk(GENERIC, machine, unsure=True) as (it, _, _):
        assert it.print("b") == SlipPrinted("b", confirmed=True)
    assert machine.pages[-1].text.endswith(printed(CHINESE, GENERIC).pages[0].text)
