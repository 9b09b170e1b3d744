"""Card numbers where none belongs: cut to their last four digits before anything is kept or logged.

Law of the file: 13 to 19 digits, alone or in groups, that pass the Luhn check (ISO/IEC 7812-1) are
a card number. The shop's own keys (receipt number, article, GTIN, serial number) are not looked at:
one in ten of them passes that check by chance, and every IMEI does. A payment's own number is
looked at as a whole: those of WeChat Pay and Alipay have 28 digits, in which a card number nearly
always lies by chance, and without them no refund can be asked for.
"""

import re
from typing import Any

KEYS = frozenset({"receipt_no", "sku", "gtin", "business_unit", "workstation", "serials", "batch"})
REFERENCE = "reference"
WALLETS = frozenset({"wechat", "alipay"})  # kinds of tenders whose number is never a card's

_RUN = re.compile(r"(?<!\d)\d(?:[ .·/_-]{0,3}\d){12,}(?!\d)")
_SIZES = range(13, 20)


def luhn(digits: str) -> bool:
    """Whether the last digit checks those before it."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0


def masked(text: str) -> str:
    """The text with every card number in it cut to ****1234."""
    return _RUN.sub(_mask, text)


def tail(text: str) -> str:
    """What may be kept of a card, an account or a phone: of five digits and more the last four."""
    digits = "".join(char for char in text if char.isdecimal())
    return text if len(digits) <= 4 else digits[-4:]


def tail_digits(text: str) -> str:
    """The last four digits of a card, account or phone; empty where fewer are known."""
    digits = "".join(char for char in text if char.isdecimal())
    return digits[-4:] if len(digits) >= 4 else ""


def masked_all(value: Any) -> Any:
    """The same in every text of a JSON value, but for the shop's own keys."""
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, list):
        return [masked_all(one) for one in value]
    if isinstance(value, dict):
        return {
            key: one if key in KEYS or _is_payment(key, one, value.get("kind")) else masked_all(one)
            for key, one in value.items()
        }
    return value


def _is_payment(key: str, value: Any, kind: Any) -> bool:
    """A payment's own number, and not a card's that somebody put in its place."""
    if key != REFERENCE or not isinstance(value, str):
        return False
    digits = "".join(char for char in value if char.isdecimal())
    known = isinstance(kind, str) and kind in WALLETS
    return known or len(digits) not in _SIZES or not luhn(digits)


def _mask(run: re.Match[str]) -> str:
    """A card number may stand within a longer run: any of its stretches of a card's length."""
    digits = "".join(char for char in run[0] if char.isdecimal())
    for size in reversed(_SIZES):
        for start in range(len(digits) - size + 1):
            if luhn(digits[start : start + size]):
                return f"****{digits[-4:]}"
    return run[0]
