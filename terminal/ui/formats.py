"""Amounts, quantities, days and times as people read them, on screens and slips.

Law of the file: integers in, text out; no float, no grouping, and the same in every language.
"""

from datetime import date, datetime

from terminal.core.sale import QUANTITY_ONE, Currency, Unit

# One sign, one currency: ￥ is the yuan here, so the yen goes by its code.
SYMBOLS = {"CNY": "￥", "GBP": "£", "EUR": "€", "USD": "$"}


def amount(minor: int, currency: Currency) -> str:
    """`8054` fen -> `80.54`; as many decimals as the currency has minor digits, none for yen."""
    sign = "-" if minor < 0 else ""
    if currency.digits == 0:
        return f"{minor}"
    whole, part = divmod(abs(minor), 10**currency.digits)
    return f"{sign}{whole}.{part:0{currency.digits}d}"


def with_symbol(minor: int, currency: Currency) -> str:
    """`￥ 80.54`; a currency without a sign of its own shows its code: `KWD 1.250`."""
    return f"{SYMBOLS.get(currency.code, currency.code)} {amount(minor, currency)}"


def quantity(thousandths: int, unit: Unit) -> str:
    """`3000` pieces -> `3`, `412` of a kg -> `0.412`; pieces show a part only if there is one."""
    sign = "-" if thousandths < 0 else ""
    whole, part = divmod(abs(thousandths), QUANTITY_ONE)
    if part == 0 and (unit is Unit.EACH or whole == 0):
        return f"{sign}{whole}"
    return f"{sign}{whole}.{part:03d}"


def short(text: str, most: int = 40) -> str:
    """A code or name that may be of any length, in a sentence: its beginning, then an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def day(when: date) -> str:
    """`2026-11-20`: ISO 8601, read the same in both languages."""
    return f"{when:%Y-%m-%d}"


def clock(when: datetime) -> str:
    """`14:03`, in the offset the time came with."""
    return f"{when:%H:%M}"


def moment(when: datetime) -> str:
    """`2026-11-20 14:03`."""
    return f"{day(when)} {clock(when)}"
