"""The cash drawer, and a printer asked how it is."""

from printer.status import Paper, PrinterFault, PrinterStatus
from printer.values import (
    DrawerFault,
    DrawerKicked,
)
from tests.printer.test_spool import EPSON, GENERIC, desk


def test_the_drawer_opens_and_says_so() -> None:
    for model in (EPSON, GENERIC):
        with desk(model) as (it, machine, _):
            it.spool.kick_drawer()
            assert it.hear() == DrawerKicked()
            it.spool.check()
            it.hear()
            assert machine.kicks == 1


def test_a_drawer_is_not_kicked_later_when_nobody_stands_by() -> None:
    with desk(GENERIC) as (it, machine, _):
        machine.paper_out = True
        it.spool.kick_drawer()
        said = it.hear()
        assert isinstance(said, DrawerFault)
        assert said.fault is PrinterFault.PAPER_OUT
        machine.resume()
    assert machine.kicks == 0


def test_a_real_time_drawer_opens_even_without_paper() -> None:
    with desk(EPSON) as (it, machine, _):
        machine.paper_out = True
        it.spool.kick_drawer()
        assert it.hear() == DrawerKicked()
        it.spool.check()
        it.hear()
    assert machine.kicks == 1


def test_check_tells_how_the_printer_is_and_lets_go_of_it() -> None:
    with desk(EPSON) as (it, machine, printer):
        machine.paper_low = True
        it.spool.check()
        status = it.hear()
        assert isinstance(status, PrinterStatus)
        assert (status.paper, status.fault) == (Paper.LOW, None)
        it.spool.check()
        it.hear()
        assert printer.connections == 2, "an idle connection dies unseen, so none is kept"
