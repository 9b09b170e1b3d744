"""What the printer's owner says to the terminal: the only words they share besides the slip."""

from msgspec import Struct

from printer.status import PrinterFault, PrinterStatus


class PrinterReady(Struct, frozen=True):
    """The printer was asked and may print; no byte of the slip has left yet."""

    job_id: str
    status: PrinterStatus


class PrinterNotReady(Struct, frozen=True):
    """It may not print now; no byte of the slip has left."""

    job_id: str
    fault: PrinterFault
    status: PrinterStatus


class SlipPrinted(Struct, frozen=True):
    """All bytes are out. `confirmed`: the printer itself said it has printed them."""

    job_id: str
    confirmed: bool


class SlipUncertain(Struct, frozen=True):
    """Bytes left and the end is unknown: only a person can see whether the slip came out."""

    job_id: str
    fault: PrinterFault
    detail: str


class SlipNotSent(Struct, frozen=True):
    """Certainly not one byte of the slip left."""

    job_id: str
    fault: PrinterFault
    detail: str


class DrawerKicked(Struct, frozen=True):
    """The pulse went out; whether the drawer is open only the cashier sees."""


class DrawerFault(Struct, frozen=True):
    fault: PrinterFault
    detail: str


PrinterValue = (
    PrinterReady
    | PrinterNotReady
    | SlipPrinted
    | SlipUncertain
    | SlipNotSent
    | DrawerKicked
    | DrawerFault
    | PrinterStatus
)
