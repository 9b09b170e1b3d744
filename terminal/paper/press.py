"""From a print job to its slip and its bytes.

Law of the file: imported after the first screen, never before. The encoder, the QR maker and the
drawing of slips are a fifth of a start, and no slip is printed before a screen is shown.
"""

import logging

from printer.escpos import encode
from printer.qr import SlipError
from printer.slip import Slip
from terminal.core.print_jobs import PrintJob
from terminal.core.returns import Return
from terminal.paper import slips
from terminal.performer import Unprintable
from terminal.settings.values import Settings
from terminal.slip_code import SlipCodes
from terminal.ui.words import Words

log = logging.getLogger("terminal")


def press(
    job: PrintJob, ret: Return | None, settings: Settings, words: Words, codes: SlipCodes
) -> tuple[Slip, bytes]:
    """The slip, and its bytes for this printer. Raises Unprintable for a paper too narrow."""
    slip = slips.build(job, ret, settings, words, codes)
    try:
        return slip, encode(slip, settings.printer.model)
    except SlipError as fault:
        log.error("slip cannot be printed: %s", fault)  # noqa: TRY400 - the fault says it all
        raise Unprintable from fault
