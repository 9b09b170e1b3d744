"""The printer's word as the reply that the flow waits for."""

import logging

from printer import values as printed
from printer.status import PrinterStatus
from terminal.core import events
from terminal.core.events import Moment

log = logging.getLogger("terminal")


def reply_of(value: printed.PrinterValue, moment: Moment) -> events.Event | None:
    """None for what the flow does not wait for."""
    match value:
        case printed.PrinterReady(job_id=job):
            return events.PrinterAgreed(ask=job, moment=moment)
        case printed.PrinterNotReady(job_id=job) | printed.SlipNotSent(job_id=job):
            return events.PrinterRefused(value.fault.name, ask=job, moment=moment)
        case printed.SlipPrinted(job_id=job, confirmed=confirmed):
            return events.SlipCameOut(confirmed, ask=job, moment=moment)
        case printed.SlipUncertain(job_id=job):
            log.warning("slip uncertain: %s %s", value.fault.name, value.detail)
            return events.SlipFateUnknown(value.fault.name, ask=job, moment=moment)
        case printed.DrawerFault():
            log.warning("drawer: %s %s", value.fault.name, value.detail)
            return events.DrawerFailed(moment=moment)
        case printed.DrawerKicked() | PrinterStatus():
            return None
