"""What a device's word means for the unit's health."""

from drivers.values import DeviceLost, DeviceReady
from printer import values as printed
from printer.status import Paper as PrinterPaper
from printer.status import PrinterFault, PrinterStatus
from terminal.core.health import (
    Health,
    Link,
    Paper,
    clock_against,
    keypad,
    network,
    printer,
    rules,
    scanner,
)
from terminal.uplink.values import ClockOff, NetworkChanged, RulesStand

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


def after_shop(health: Health, value: NetworkChanged | ClockOff | RulesStand, at: str) -> Health:
    """The health after the courier's word; `at` is the time of day."""
    match value:
        case NetworkChanged(up=up, stopped=stopped):
            return network(health, up=up, stopped=stopped, at=at)
        case ClockOff(offset_ms=slow):
            return clock_against(health, slow_ms=slow)
        case RulesStand(refused=refused):
            return rules(health, refused=refused)


def after_device(
    health: Health,
    value: DeviceLost | DeviceReady,
    scanner_name: str = "scanner",
    keypad_name: str = "keypad",
) -> Health:
    """The health after one of these two came or went."""
    link = Link.GOOD
    if isinstance(value, DeviceLost):
        link = Link.PART if value.left else Link.LOST
    if value.device == scanner_name:
        return scanner(health, link)
    return keypad(health, link) if value.device == keypad_name else health


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
