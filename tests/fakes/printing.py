"""A printer's owner that answers as printer.spool.Spool does, without a thread or a wire.

Law of the file: every job id is sent at most once with bytes on paper; a test that breaks this
fails here, as the real spool would assert.
"""

from collections import deque

from printer.status import Paper, PrinterFault, PrinterStatus
from printer.values import (
    DrawerFault,
    DrawerKicked,
    PrinterNotReady,
    PrinterReady,
    PrinterValue,
    SlipNotSent,
    SlipPrinted,
    SlipUncertain,
)

_STATUS = {
    PrinterFault.PAPER_OUT: PrinterStatus(known=True, online=False, paper=Paper.OUT),
    PrinterFault.COVER_OPEN: PrinterStatus(known=True, online=False, cover_open=True),
    PrinterFault.UNREACHABLE: PrinterStatus(known=True, online=False, reached=False),
    PrinterFault.OFFLINE: PrinterStatus(known=True, online=False),
    PrinterFault.BUSY: PrinterStatus(known=True, online=False, busy=True),
    PrinterFault.ERROR: PrinterStatus(known=True, online=False, error=True),
}
WELL = PrinterStatus(known=True, paper=Paper.OK)


class FakePrinting:
    """`fault` stands before a slip; `during` strikes once bytes have left, `before_send` just
    before. Answers wait in `mail` until the test hands them on. `stuck`: the drawer.
    """

    def __init__(self) -> None:
        self.fault: PrinterFault | None = None
        self.before_send: PrinterFault | None = None
        self.during: PrinterFault | None = None
        self.stuck = False
        self.mail: deque[PrinterValue] = deque()
        self.prepared: list[str] = []
        self.sent: list[tuple[str, bytes]] = []  # what has left, whole or in part
        self.kicks = 0

    def prepare(self, job_id: str) -> None:
        self.prepared.append(job_id)
        if self.fault is not None:
            self.mail.append(PrinterNotReady(job_id, self.fault, _STATUS[self.fault]))
        else:
            self.mail.append(PrinterReady(job_id, WELL))

    def send(self, job_id: str, data: bytes) -> None:
        assert job_id not in self.sent_ids, f"print job {job_id} was already sent"
        fault = self.fault or self.before_send
        if fault is not None:
            self.before_send = None
            self.mail.append(SlipNotSent(job_id, fault, "nothing left"))
            return
        self.sent.append((job_id, data))
        if self.during is not None:
            self.mail.append(SlipUncertain(job_id, self.during, "bytes left"))
            self.fault, self.during = self.during, None
        else:
            self.mail.append(SlipPrinted(job_id, confirmed=True))

    def kick_drawer(self) -> None:
        if self.stuck:
            self.mail.append(DrawerFault(PrinterFault.UNREACHABLE, "stuck"))
        else:
            self.kicks += 1
            self.mail.append(DrawerKicked())

    @property
    def sent_ids(self) -> list[str]:
        return [job for job, _ in self.sent]

    def mend(self) -> None:
        """New paper, cover closed, cable in."""
        self.fault = self.before_send = self.during = None

    def power_cut(self) -> None:
        """The terminal is gone: nobody is there to hear what was still to be said."""
        self.mail.clear()
