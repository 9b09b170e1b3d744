"""The printer as the training room has it: real paper, played faults, and no drawer at all.

Law of the file: `kick_drawer` of the real printer is never called; what is played is told to the
room alone, so that the unit's own health knows nothing of it.
"""

from collections import deque
from collections.abc import Callable
from typing import Protocol

from printer.status import Paper, PrinterFault, PrinterStatus
from printer.values import DrawerKicked, PrinterNotReady, PrinterValue, SlipUncertain
from terminal.training.drills import Trouble

_OUT = PrinterStatus(known=True, online=False, paper=Paper.OUT)


class Paperwork(Protocol):
    """What the room may ask of the printer's owner: everything but the drawer."""

    def prepare(self, job_id: str) -> None: ...

    def send(self, job_id: str, data: bytes) -> None: ...


class TrainingPrinting:
    """`trouble` strikes once; `mail` is what was played and must be heard next."""

    def __init__(self, paperwork: Paperwork, trouble: Trouble | None = None) -> None:
        self._paperwork = paperwork
        self.trouble = trouble
        self.mail: deque[PrinterValue] = deque()

    def prepare(self, job_id: str) -> None:
        if self.trouble is Trouble.PAPER_OUT:
            self.trouble = None
            self.mail.append(PrinterNotReady(job_id, PrinterFault.PAPER_OUT, _OUT))
            return
        self._paperwork.prepare(job_id)

    def send(self, job_id: str, data: bytes) -> None:
        match self.trouble:
            case Trouble.PULLED:
                self.trouble = None
                self.mail.append(SlipUncertain(job_id, PrinterFault.UNREACHABLE, "drill"))
            case Trouble.POWER_CUT:
                self.trouble = None  # the lights go out: nobody hears how it ended
            case _:
                self._paperwork.send(job_id, data)

    def kick_drawer(self) -> None:
        """Said, not done: no money is near a trainee."""
        self.mail.append(DrawerKicked())


class WithoutDrawer:
    """The printer of a unit that is all training."""

    def __init__(self, paperwork: Paperwork, post: Callable[[PrinterValue], None]) -> None:
        self._paperwork = paperwork
        self._post = post

    def prepare(self, job_id: str) -> None:
        self._paperwork.prepare(job_id)

    def send(self, job_id: str, data: bytes) -> None:
        self._paperwork.send(job_id, data)

    def kick_drawer(self) -> None:
        """Said, not done."""
        self._post(DrawerKicked())
