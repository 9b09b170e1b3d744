"""One thread that owns one printer: prepare, send, learn the end, say what is known and no more.

A job whose bytes have started to leave is never sent again from here, whatever happens: the two
phases let the terminal record "sending" before the first byte, and every failure says whether any
byte had left. The thread sleeps until it is asked for something.
"""

import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue

from printer.control import drawer_pulse, recovery
from printer.dialogue import Dialogue, mark_for
from printer.link import Link, LinkFault, LinkKind, OpenLink
from printer.models import Model
from printer.status import PrinterFault, PrinterStatus, from_lpgetstatus
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

_FAULTS = {
    LinkKind.ABSENT: PrinterFault.UNREACHABLE,
    LinkKind.LOST: PrinterFault.UNREACHABLE,
    LinkKind.BUSY: PrinterFault.BUSY,
    LinkKind.STALLED: PrinterFault.OFFLINE,
}


class Spool:
    """The owner of one printer. All methods return at once; answers come through `post`."""

    def __init__(
        self,
        open_link: OpenLink,
        model: Model,
        post: Callable[[PrinterValue], None],
        *,
        unsure: bool = False,
        kept_open: float = 10.0,
    ) -> None:
        """`post` is called from the spool's thread. `unsure`: the last run may have ended inside a
        job (a power cut), so the printer is brought out of a half command before the next one.
        `kept_open`: seconds a prepared link waits for its slip; idle connections die unseen.
        """
        self._open_link = open_link
        self._model = model
        self._post = post
        self._broken = unsure
        self._kept_open = kept_open
        self._link: Link | None = None
        self._prepared = ""
        self._sent: set[str] = set()
        self._jobs = secrets.randbelow(1 << 24)  # a late answer to an earlier run is not ours
        self._tasks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)
        self._thread.start()

    def prepare(self, job_id: str) -> None:
        """Open and ask the printer: PrinterReady or PrinterNotReady. No byte of a slip leaves."""
        self._tasks.put(partial(self._prepare, job_id))

    def send(self, job_id: str, data: bytes) -> None:
        """Write a slip: SlipPrinted, SlipUncertain or SlipNotSent.

        A job that was sent before is our own bug (AssertionError): a reprint is a new job.
        """
        assert job_id not in self._sent, f"print job {job_id} was already sent"
        self._sent.add(job_id)
        self._tasks.put(partial(self._send, job_id, data))

    def kick_drawer(self) -> None:
        """Open the cash drawer: DrawerKicked or DrawerFault."""
        self._tasks.put(self._kick)

    def check(self) -> None:
        """Ask how the printer is: posts a PrinterStatus."""
        self._tasks.put(self._check)

    def close(self, timeout: float = 5.0) -> None:
        """Finish what was asked, close the link and end the thread, waiting at most `timeout`."""
        self._tasks.put(None)
        self._thread.join(timeout)

    # From here on: the thread.

    def _run(self) -> None:
        while True:
            try:
                task = self._tasks.get(timeout=self._kept_open if self._link else None)
            except Empty:
                self._hang_up()
                continue
            if task is None:
                break
            task()
        self._hang_up()

    def _prepare(self, job_id: str) -> None:
        status = self._ready()
        if status.fault:
            self._post(PrinterNotReady(job_id, status.fault, status))
            self._hang_up()
        else:
            self._prepared = job_id
            self._post(PrinterReady(job_id, status))

    def _send(self, job_id: str, data: bytes) -> None:
        status = self._still_ready(job_id)
        if status.fault or self._link is None:
            self._sent.discard(job_id)
            self._post(SlipNotSent(job_id, status.fault or PrinterFault.OFFLINE, status.detail))
            self._hang_up()
            return
        self._jobs += 1
        mark = mark_for(self._jobs)
        dialogue = Dialogue(self._link, self._model)
        try:
            payload = data + dialogue.closing_question(mark)
            self._link.write(payload, self._model.stall_seconds)
        except LinkFault as fault:
            self._write_failed(self._link, job_id, fault)
        else:
            end = _end_of(dialogue, job_id, mark)
            # A serial line may have lost bytes: the printer could still wait for a picture's rest.
            self._broken = isinstance(end, SlipUncertain)
            self._post(end)
        self._hang_up()

    def _write_failed(self, link: Link, job_id: str, fault: LinkFault) -> None:
        why = _FAULTS[fault.kind]
        if fault.kind is LinkKind.STALLED:  # a USB port can say why even then
            byte = link.port_status()
            why = (from_lpgetstatus(byte).fault if byte is not None else None) or why
        if fault.bytes_sent == 0:
            self._sent.discard(job_id)
            self._post(SlipNotSent(job_id, why, fault.detail))
        else:
            self._broken = True
            self._post(SlipUncertain(job_id, why, fault.detail))

    def _kick(self) -> None:
        status = self._ready()
        able = status.reached and self._model.drawer_realtime
        if self._link is None or (status.fault and not able):
            # Not in real time the pulse would wait in the printer and open the drawer later, when
            # nobody stands by.
            self._post(DrawerFault(status.fault or PrinterFault.OFFLINE, status.detail))
        else:
            try:
                self._link.write(drawer_pulse(self._model), self._model.stall_seconds)
                self._post(DrawerKicked())
            except LinkFault as fault:
                self._post(DrawerFault(_FAULTS[fault.kind], fault.detail))
                self._hang_up()
        self._rest()

    def _check(self) -> None:
        self._post(self._ready())
        self._rest()

    def _ready(self) -> PrinterStatus:
        """An open link and its printer's status; a link that fails is closed and is the status."""
        try:
            if self._link is None:
                self._link = self._open_link()
            dialogue = Dialogue(self._link, self._model)
            dialogue.forget()
            status = dialogue.status()
            if self._broken and status.fault in (None, PrinterFault.OFFLINE):
                self._link.write(recovery(self._model), self._model.stall_seconds)
                self._broken = False
                dialogue.forget()
                status = dialogue.status()
        except LinkFault as fault:
            self._hang_up()
            return _status_of(fault)
        return status

    def _still_ready(self, job_id: str) -> PrinterStatus:
        """Ready as `prepare` left it; asked anew if it was not, or the connection died since."""
        if self._link is None or self._prepared != job_id:
            return self._ready()
        try:
            Dialogue(self._link, self._model).forget()
        except LinkFault:  # nothing has left yet, so a new connection is safe
            self._hang_up()
            return self._ready()
        return PrinterStatus()

    def _rest(self) -> None:
        """Close the link unless a prepared job still wants it."""
        if not self._prepared:
            self._hang_up()

    def _hang_up(self) -> None:
        self._prepared = ""
        if self._link is not None:
            link, self._link = self._link, None
            with suppress(OSError):  # an unplugged device may fail to close, and is closed then
                link.close()


def _status_of(fault: LinkFault) -> PrinterStatus:
    return PrinterStatus(
        known=True,
        online=False,
        reached=fault.kind is LinkKind.STALLED,
        busy=fault.kind is LinkKind.BUSY,
        detail=fault.detail,
    )


def _end_of(dialogue: Dialogue, job_id: str, mark: bytes) -> PrinterValue:
    try:
        finish = dialogue.finish(mark)
    except LinkFault as fault:
        return SlipUncertain(job_id, _FAULTS[fault.kind], fault.detail)
    if finish.fault:
        return SlipUncertain(job_id, finish.fault, finish.detail)
    return SlipPrinted(job_id, finish.confirmed)
