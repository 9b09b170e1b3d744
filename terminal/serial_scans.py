"""Is this code a serial number? Where one is asked for, or where this sale has it on file.

Law of the file: a serial number has no shape of its own, so the state is asked; what is a badge, a
receipt, a slip or a voucher stays what it is, unless the sale has just this number on file. What
looks like a card number is taken only as an IMEI: fifteen digits, no card's first ones.
"""

import re

from drivers.values import Scan
from terminal import scans
from terminal.core import states
from terminal.core.serials import on_file

SERIAL = re.compile(r"[!-~]{1,64}")
IMEI_DIGITS = 15
AMEX = ("34", "37")  # the cards of fifteen digits
AI_SERIAL = "21"
_MAY_BE = scans.Goods | scans.Weighed | scans.Other | scans.CodeRefused


def serial_in(scan: Scan, code: scans.Code, state: states.State) -> str:
    """The number, where this scan is one; empty where it is not."""
    if not isinstance(state, states.ChoosingGoods | states.ScanningSerials):
        return ""
    text = _marked(scan) or scan.text.strip(" ")
    if not SERIAL.fullmatch(text):
        return ""
    if on_file(state.draft, text) is not None:
        return text
    asked = isinstance(state, states.ScanningSerials) and isinstance(code, _MAY_BE)
    return text if asked and may_be_serial(text, state) else ""


def may_be_serial(text: str, state: states.State) -> bool:
    """Whether it may be kept: a card's number is kept nowhere."""
    if isinstance(state, states.ScanningSerials) and on_file(state.draft, text) is not None:
        return True
    imei = len(text) == IMEI_DIGITS and not text.startswith(AMEX)
    return imei or not scans.looks_secret(text)


def _marked(scan: Scan) -> str:
    """What a GS1 symbol says of itself as its serial number (21)."""
    if scan.aim not in scans.GS1_AIMS or not scan.text.replace(scans.GS, "").isprintable():
        return ""
    import biip  # noqa: PLC0415 - 40 ms that the first screen does not need

    try:
        found = biip.parse(f"{scan.aim}{scan.text}")
    except (biip.BiipException, ValueError):
        return ""
    element = found.gs1_message.element_strings.get(ai=AI_SERIAL) if found.gs1_message else None
    return element.value if element else ""
