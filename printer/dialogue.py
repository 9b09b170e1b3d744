"""Questions to an open printer and its answers: how it is, and whether the slip is printed.

Questions go out between jobs or after a job's last byte, never inside one: some firmware prints
them. Only positive bad news ends a wait early; a printer that prints is often silent.
"""

import time

from msgspec import Struct
from msgspec.structs import replace

from printer.control import PAPER_IN_ORDER, real_time_status, say_when_printed
from printer.link import Link
from printer.models import Ability, Model
from printer.status import (
    Paper,
    PrinterFault,
    PrinterStatus,
    from_dle_eot,
    from_gs_r,
    from_lpgetstatus,
    is_dle_eot,
    printed_id,
)

_SLICE = 0.5  # seconds of silence after which the printer is asked what is wrong
_WATCH = 2.0  # seconds in which a printer that cannot confirm is watched for bad news
# Letters of a mark: none of them looks like a DLE EOT answer, so answers may come interleaved.
_LETTERS = b"ABCDEFGHIJKLMNO"


class Finish(Struct, frozen=True):
    """How a job ended: `fault` is None when all is well, `confirmed` when the printer said so."""

    confirmed: bool
    fault: PrinterFault | None = None
    detail: str = ""


def mark_for(number: int) -> bytes:
    """Four letters for the `number`th job, to recognise its answer by."""
    digits = []
    for _ in range(4):
        number, digit = divmod(number, len(_LETTERS))
        digits.append(_LETTERS[digit])
    return bytes(reversed(digits))


class Dialogue:
    """One conversation over one open link. Its methods raise LinkFault."""

    def __init__(self, link: Link, model: Model) -> None:
        self._link = link
        self._model = model if link.answers else replace(model, abilities=frozenset())
        self._heard = b""

    def closing_question(self, mark: bytes) -> bytes:
        """What follows the slip in the same write, so that its answer means the slip is done."""
        if self._model.can(Ability.GS_PAREN_H):
            return say_when_printed(mark)
        return PAPER_IN_ORDER if self._model.can(Ability.GS_R) else b""

    def forget(self) -> None:
        """Throw away what was said unasked or too late; notices a closed connection, too."""
        # A silent USB printer fails when it is read from, so it is not.
        if self._model.abilities != {Ability.LPGETSTATUS}:
            while self._link.read(0):
                continue
        self._heard = b""

    def status(self) -> PrinterStatus:
        """Asked in the best way the model has; `known=False` if it has none."""
        if self._model.can(Ability.DLE_EOT):
            return self._real_time() or PrinterStatus(
                known=True, online=False, detail="no answer to DLE EOT"
            )
        if self._model.can(Ability.LPGETSTATUS):
            byte = self._link.port_status()
            return PrinterStatus() if byte is None else from_lpgetstatus(byte)
        return PrinterStatus()

    def finish(self, mark: bytes) -> Finish:
        """Wait for the end of the job whose closing question has just been written."""
        if self._model.can(Ability.GS_PAREN_H) or self._model.can(Ability.GS_R):
            return self._wait_for_answer(mark)
        return self._watch_for_bad_news()

    def _real_time(self) -> PrinterStatus | None:
        answers: dict[int, int] = {}
        for number in (1, 2, 3, 4):
            self._link.write(real_time_status(number), self._model.stall_seconds)
            byte = self._status_byte()
            if byte is not None:
                answers[number] = byte
            elif number == 1:
                return None
        return from_dle_eot(answers)

    def _status_byte(self) -> int | None:
        deadline = time.monotonic() + self._model.answer_seconds
        while (left := deadline - time.monotonic()) > 0:
            said = self._link.read(left)
            found = [byte for byte in said if is_dle_eot(byte)]
            self._heard += bytes(byte for byte in said if not is_dle_eot(byte))
            if found:
                return found[-1]
        return None

    def _wait_for_answer(self, mark: bytes) -> Finish:
        deadline = time.monotonic() + self._model.finish_seconds
        while (left := deadline - time.monotonic()) > 0:
            said = self._link.read(min(_SLICE, left))
            self._heard += said
            finish = self._answered(mark)
            if finish:
                return finish
            if not said and (bad := self._bad_news()):
                return bad
        return Finish(
            confirmed=False,
            fault=PrinterFault.OFFLINE,
            detail=f"the printer did not confirm within {self._model.finish_seconds:g} s",
        )

    def _answered(self, mark: bytes) -> Finish | None:
        if self._model.can(Ability.GS_PAREN_H):
            return Finish(confirmed=True) if printed_id(self._heard) == mark else None
        papers = [paper for byte in self._heard if (paper := from_gs_r(byte)) is not None]
        if not papers:
            return None
        if papers[-1] is Paper.OUT:
            return Finish(False, PrinterFault.PAPER_OUT, "GS r says the paper is out")
        return Finish(confirmed=True)

    def _bad_news(self) -> Finish | None:
        status = self._real_time() if self._model.can(Ability.DLE_EOT) else None
        if status is None or status.fault is None:
            return None
        return Finish(False, status.fault, status.detail)

    def _watch_for_bad_news(self) -> Finish:
        """For printers that cannot confirm: watch them print, then say no more than we know."""
        if not self._model.abilities:
            return Finish(confirmed=False)
        deadline = time.monotonic() + min(_WATCH, self._model.finish_seconds)
        while True:
            status = self.status()
            if status.fault:
                return Finish(False, status.fault, status.detail)
            left = deadline - time.monotonic()
            if left <= 0 or not status.known:
                return Finish(confirmed=False)
            time.sleep(min(_SLICE, left))
