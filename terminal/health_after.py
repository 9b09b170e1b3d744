"""What a printer's word means for the unit's health."""

from printer import values as printed
from printer.status import Paper as PrinterPaper
from printer.status import PrinterFault, PrinterStatus
from terminal.core.health import Health, Link, Paper, printer

_PAPER = {
    PrinterPaper.OK: Paper.OK,
    PrinterPaper.LOW: Paper.LOW,
    PrinterPaper.OUT: Paper.OUT,
    PrinterPaper.UNKNOWN: Paper.UNKNOWN,
}
_AWAY = (PrinterFault.UNREACHABLE, PrinterFault.OFFLINE, PrinterFault.ERROR)


def health_after(health: Health, value: printed.PrinterValue) -> Health:
    """The health after this value; a printed slip proves a printer well."""
    match value:
        case PrinterStatus():
            return _by_status(health, value)
        case printed.PrinterReady(status=status):
            return _by_status(health, status)
        case printed.PrinterNotReady(status=status, fault=fault):
            return _by_fault(_by_status(health, status), fault)
        case printed.SlipPrinted() | printed.DrawerKicked():
            return printer(health, Link.GOOD, health.paper, cover_open=False)
        case printed.SlipUncertain(fault=fault) | printed.SlipNotSent(fault=fault):
            return _by_fault(health, fault)
        case printed.DrawerFault(fault=fault):
            return _by_fault(health, fault)


def _by_status(health: Health, status: PrinterStatus) -> Health:
    """Out of paper or open, a printer reports itself off line; it is there all the same."""
    link = Link.LOST if status.fault in _AWAY else Link.GOOD
    return printer(health, link, _PAPER[status.paper], cover_open=status.cover_open)


def _by_fault(health: Health, fault: PrinterFault) -> Health:
    match fault:
        case PrinterFault.PAPER_OUT:
            return printer(health, Link.GOOD, Paper.OUT, cover_open=health.cover_open)
        case PrinterFault.COVER_OPEN:
            return printer(health, Link.GOOD, health.paper, cover_open=True)
        case PrinterFault.BUSY:
            return health
        case _:
            return printer(health, Link.LOST, health.paper, cover_open=False)
