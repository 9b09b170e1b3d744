"""The slip on its way to paper; `ret` is None only for a notice, which belongs to no return."""

from msgspec import Struct

from terminal.core.people import Staff
from terminal.core.print_jobs import PrintJob
from terminal.core.returns import Return


class PreparingSlip(Struct, frozen=True):
    """Committed; the printer is being asked whether it could."""

    cashier: Staff
    job: PrintJob
    ret: Return | None


class SendingSlip(Struct, frozen=True):
    """Bytes may have left. This state is committed before the first of them does."""

    cashier: Staff
    job: PrintJob
    ret: Return | None


class SlipBlocked(Struct, frozen=True):
    """Nothing of the slip has left, and something must be mended first."""

    cashier: Staff
    job: PrintJob
    ret: Return | None
    fault: str


class SlipUncertain(Struct, frozen=True):
    """Did the slip come out? Only a person can tell."""

    cashier: Staff
    job: PrintJob
    ret: Return | None
