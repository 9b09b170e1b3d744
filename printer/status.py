"""What a printer says of itself, as one value: pure readings of status bytes, no device in here.

Every byte is checked against its fixed bits first: printers also send bytes nobody asked for, and
a wrong "paper is there" costs a slip.
"""

from enum import Enum, auto

from msgspec import Struct


class PrinterFault(Enum):
    """Why a slip cannot be printed now; each has its own screen with what to do."""

    PAPER_OUT = auto()
    COVER_OPEN = auto()
    OFFLINE = auto()  # there, but switched off line, silent or taking no data
    UNREACHABLE = auto()  # unplugged, no route, connection refused or broken
    BUSY = auto()  # another program or till holds it
    ERROR = auto()  # cutter, overheated head, a fault only its own lamp explains


class Paper(Enum):
    OK = auto()
    LOW = auto()
    OUT = auto()
    UNKNOWN = auto()


class PrinterStatus(Struct, frozen=True):
    """How the printer is now; `known` is False when it cannot be asked: silence, not health."""

    known: bool = False
    online: bool = True
    paper: Paper = Paper.UNKNOWN
    cover_open: bool = False
    error: bool = False
    reached: bool = True
    busy: bool = False
    detail: str = ""  # for the engineer's log

    @property
    def fault(self) -> PrinterFault | None:
        """The first thing to put right, None if it may print."""
        if self.busy:
            return PrinterFault.BUSY
        if not self.reached:
            return PrinterFault.UNREACHABLE
        if self.cover_open:
            return PrinterFault.COVER_OPEN
        if self.paper is Paper.OUT:
            return PrinterFault.PAPER_OUT
        if self.error:
            return PrinterFault.ERROR
        return None if self.online else PrinterFault.OFFLINE


def is_dle_eot(byte: int) -> bool:
    """A DLE EOT answer has the form 0xx1xx10 (bits 7, 4, 1 and 0 are fixed)."""
    return byte & 0b1001_0011 == 0b0001_0010


def from_dle_eot(answers: dict[int, int]) -> PrinterStatus:
    """Status from the answers to DLE EOT n, by n: 1 printer, 2 off line why, 3 error, 4 paper.

    Only bytes that passed `is_dle_eot` may be given; a missing n leaves its question open.
    """
    printer, why = answers.get(1, 0), answers.get(2, 0)
    error, paper = answers.get(3, 0), answers.get(4)
    state = Paper.UNKNOWN
    if paper is not None:
        state = Paper.OUT if paper & 0x60 else Paper.LOW if paper & 0x0C else Paper.OK
    if why & 0x20:
        state = Paper.OUT
    return PrinterStatus(
        known=bool(answers),
        online=not printer & 0x08,
        paper=state,
        cover_open=bool(why & 0x04),
        error=bool(why & 0x40) or bool(error & 0x68),
        detail=" ".join(f"DLE EOT {n}: {byte:02x}" for n, byte in sorted(answers.items())),
    )


def from_gs_r(byte: int) -> Paper | None:
    """Paper from the answer to GS r 1: 0xx0ppnn; None when the byte is something else.

    Clones answer 0F for "out" where Epson answers 0C (or nothing, being off line).
    """
    if byte & 0b1001_0000:
        return None
    if byte & 0x0C:
        return Paper.OUT
    return Paper.LOW if byte & 0x03 else Paper.OK


def from_lpgetstatus(byte: int) -> PrinterStatus:
    """Status of the USB port: 0x20 paper out, 0x10 selected, 0x08 no error."""
    return PrinterStatus(
        known=True,
        online=bool(byte & 0x10),
        paper=Paper.OUT if byte & 0x20 else Paper.UNKNOWN,
        error=not byte & 0x08 and not byte & 0x20,
        detail=f"LPGETSTATUS {byte:02x}",
    )


def printed_id(answers: bytes) -> bytes | None:
    """The latest id in `37 22 d1 d2 d3 d4 00`, the answer to GS ( H, or None.

    Other answers may stand before, between and after.
    """
    found = None
    at = answers.find(b"\x37\x22")
    while at >= 0:
        answer = answers[at : at + 7]
        if len(answer) == 7 and answer[6] == 0 and all(32 <= byte <= 126 for byte in answer[2:6]):
            found = answer[2:6]
        at = answers.find(b"\x37\x22", at + 1)
    return found
