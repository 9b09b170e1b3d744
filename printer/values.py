"""What the printer's owner says to the terminal: the only words they share besides the slip."""

from dataclasses import dataclass

from printer.status import PrinterFault, PrinterStatus


@dataclass(frozen=True, slots=True)
class PrinterReady:
    """The printer was asked and may print; no byte of the slip has left yet."""

    job_id: str
    status: PrinterStatus


@dataclass(frozen=True, slots=True)
class PrinterNotReady:
    """It may not print now; no byte of the slip has left."""

    job_id: str
    fault: PrinterFault
    status: PrinterStatus


@dataclass(frozen=True, slots=True)
class SlipPrinted:
    """All bytes are out. `confirmed`: the printer itself said it has printed them."""

    job_id: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class SlipUncertain:
    """Bytes left and the end is unknown: only a person can see whether the slip came out."""

    job_id: str
    fault: PrinterFault
    detail: str


@dataclass(frozen=True, slots=True)
class SlipNotSent:
    """Certainly not one byte of the slip left."""

    job_id: str
    fault: PrinterFault
    detail: str


@dataclass(frozen=True, slots=True)
class DrawerKicked:
    """The pulse went out; whether the drawer is open only the cashier sees."""


@dataclass(frozen=True, slots=True)
class DrawerFault:
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
