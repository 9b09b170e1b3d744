"""Decimal text to integers, exactly; and how many minor digits a currency has."""

import re

from terminal.core.sale import Currency
from terminal.core.words import Told
from terminal.interchange.values import BadSale

WHOLE_DIGITS = 12  # before the point: what the store keeps in 64 bits, with three decimals
_DECIMAL = re.compile(r"(-?)([0-9]{1,12})(?:\.([0-9]{1,12}))?")
# ISO 4217: every currency whose minor unit is not a hundredth.
_NO_DIGITS = (
    *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW"),
    *("PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"),
)
_THREE_DIGITS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
_DIGITS = {**dict.fromkeys(_NO_DIGITS, 0), **dict.fromkeys(_THREE_DIGITS, 3)}


def currency_of(code: str) -> Currency:
    """The currency of an ISO 4217 code; anything but three capital letters is a BadSale."""
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise BadSale("currency {code} must be three capital letters, like CNY", code=shown(code))
    return Currency(code, _DIGITS.get(code, 2))


def scaled(text: str, digits: int, what: Told) -> int:
    """`text` times 10**digits, as an integer: "4.36" with 2 digits is 436. Never by float.

    Zeros beyond the digits are no loss and are taken; any other digit there is a BadSale.
    """
    found = _DECIMAL.fullmatch(text)
    if found is None:
        raise BadSale(
            '{what} = {text} must be a decimal number like "12.50", at most 12 digits before'
            " the point",
            what=what,
            text=shown(text),
        )
    sign, whole, part = found[1], found[2], (found[3] or "").rstrip("0")
    if len(part) > digits:
        raise BadSale(
            "{what} = {text} has more than {digits} decimals",
            what=what,
            text=shown(text),
            digits=digits,
        )
    number = int(whole + part.ljust(digits, "0"))
    return -number if sign else number


def not_below_zero(number: int, text: str, what: Told) -> int:
    if number < 0:
        raise BadSale(
            "{what} = {text} is below zero: returns and corrections are no sales",
            what=what,
            text=shown(text),
        )
    return number


def shown(value: object) -> str:
    """A value as it may stand in a sentence: one line, printable, not longer than a glance."""
    if isinstance(value, (list, dict)):  # may be nested deeper than it could be written out
        return "[...]" if isinstance(value, list) else "{...}"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    text = "".join(char if char.isprintable() else "·" for char in text[:200])
    return text if len(text) <= 60 else text[:57] + "..."
