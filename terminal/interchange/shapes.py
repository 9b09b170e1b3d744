"""What each text of a sale may look like, whichever kind of file brings it.

Places go into the sale's id with hyphens between them, so they have none themselves.
"""

from terminal.core.sale import QUANTITY_ONE, Unit
from terminal.core.words import Told, sentence
from terminal.interchange.decimals import not_below_zero, scaled, shown
from terminal.interchange.fields import clean_text
from terminal.interchange.values import BadSale

BUSINESS_UNIT = r"[0-9A-Za-z]{1,12}"
WORKSTATION = r"[0-9A-Za-z]{1,8}"
SEQUENCE_MAX = 10**15 - 1
LINE_MAX = 99_999
RECEIPT_NO = r"\S(.{0,78}\S)?"
SKU = r"\S(.{0,62}\S)?"
GTIN = r"([0-9]{8}|[0-9]{12,14})?"
NAME = r".{0,199}\S"
WORD = r".{0,64}"  # cashier, category, reference, masked, phone
KIND = r"[a-z][a-z0-9_]{0,23}"
SERIAL = r"[!-~]{1,64}"
QUANTITY_DIGITS = 3
RATE_DIGITS = 6
NO_GOODS = sentence("no goods: postage, fee or correction")
_UNITS = {one.value: one for one in Unit}


def unit_of(text: str, what: Told) -> Unit:
    if text not in _UNITS:
        listed = ", ".join(_UNITS)
        raise BadSale(
            "{what} = {text} must be one of {listed}", what=what, text=shown(text), listed=listed
        )
    return _UNITS[text]


def quantity_of(text: str, unit: Unit, what: Told) -> int:
    """Thousandths of the unit, above zero; what is counted in pieces has no part of one."""
    found = not_below_zero(scaled(text, QUANTITY_DIGITS, what), text, what)
    if found == 0 or (unit is Unit.EACH and found % QUANTITY_ONE):
        raise BadSale(
            "{what} = {text} must be above zero, and whole for goods sold each",
            what=what,
            text=shown(text),
        )
    return found


def rate_of(text: str, what: Told) -> int:
    """A tax rate as a share ("0.13"), in parts per million."""
    found = not_below_zero(scaled(text, RATE_DIGITS, what), text, what)
    if found > 10**RATE_DIGITS:
        raise BadSale(
            "{what} = {text} must be a share from 0 to 1: 13 % is 0.13", what=what, text=shown(text)
        )
    return found


def name_of(text: str, what: Told) -> str:
    return clean_text(text, NAME, what)
