"""The fakes of these tests keep the promises of what they stand for."""

import time
from pathlib import Path

import pytest

from printer.models import Model
from printer.open_link import link_opener
from printer.spool import Spool
from printer.status import PrinterFault
from printer.values import PrinterNotReady, PrinterReady, PrinterValue, SlipNotSent, SlipPrinted
from storage.store import open_store
from tests.fakes.printer import Machine, TcpPrinter
from tests.fakes.printing import FakePrinting
from tests.fakes.small_disk import full_disk
from tests.flows.cashier import CHEAP, _settings


def kinds(values: list[PrinterValue]) -> list[type[PrinterValue]]:
    return [type(one) for one in values]


def real(machine: Machine, model: Model) -> list[type[PrinterValue]]:
    """What the spool itself says of one slip."""
    box: list[PrinterValue] = []
    with TcpPrinter(machine) as printer:
        spool = Spool(link_opener(printer.address), model, box.append)
        spool.prepare("1")
        end = time.monotonic() + 5
        while not box and time.monotonic() < end:
            time.sleep(0.005)
        if isinstance(box[0], PrinterReady):
            spool.send("1", b"slip\n")
        spool.close()
    return kinds(box)


@pytest.mark.parametrize("paper_out", [False, True])
def test_it_answers_as_the_spool_answers(paper_out: bool) -> None:
    machine = Machine()
    machine.paper_out = paper_out
    fake = FakePrinting()
    fake.fault = PrinterFault.PAPER_OUT if paper_out else None
    fake.prepare("1")
    if isinstance(fake.mail[0], PrinterReady):
        fake.send("1", b"slip\n")
    wanted = [PrinterNotReady] if paper_out else [PrinterReady, SlipPrinted]
    assert kinds(list(fake.mail)) == wanted == real(machine, _settings(()).printer.model)


def test_a_job_is_taken_once_unless_nothing_of_it_left() -> None:
    fake = FakePrinting()
    fake.before_send = PrinterFault.COVER_OPEN
    fake.send("1", b"x")
    assert kinds(list(fake.mail)) == [SlipNotSent]
    fake.send("1", b"x")
    with pytest.raises(AssertionError):
        fake.send("1", b"x")


def test_a_full_disk_takes_nothing_and_is_well_again(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.db", cost=CHEAP):
        pass
    with full_disk(), pytest.raises(OSError, match="large"):
        (tmp_path / "more").write_bytes(b"x" * 10_000)
    (tmp_path / "more").write_bytes(b"x" * 10_000)
