"""What typing means in each state, and the little line editor that holds it.

Law of the file: what is being typed is never stored. A PIN lives here and in one ask, nowhere else;
a power cut loses half a number and nothing more.
"""

import re
from datetime import date
from enum import Enum, auto

from msgspec import Struct
from msgspec.structs import replace

from terminal.core import states
from terminal.core.sale import QUANTITY_ONE, Currency, Unit

ENTRY_LENGTH_MAX = 32
TAIL_LENGTH = 4


class Kind(Enum):
    STAFF_NUMBER = auto()
    PIN = auto()
    RECEIPT_NO = auto()
    DAY = auto()
    AMOUNT = auto()
    QUANTITY = auto()
    PIECES = auto()
    SHORT_CODE = auto()
    ARTICLE = auto()
    TAIL = auto()
    NAME = auto()
    SERIAL = auto()


def kind_of(state: states.State) -> Kind | None:
    """What may be typed now; None where digits choose or mean nothing."""
    match state:
        case states.SignedOff() | states.AwaitingOverride() | states.ListingStaff():
            return Kind.STAFF_NUMBER
        case states.EnteringPin() | states.EnteringOverridePin() | states.SettingPin():
            return Kind.PIN
        case states.Ready() | states.ReceiptUnknown():
            return Kind.RECEIPT_NO
        case states.AddingGoods() | states.AddingNew():
            return Kind.ARTICLE
        case states.EnteringDay() | states.DeclaringDay():
            return Kind.DAY
        case (
            states.EnteringAmount()
            | states.EnteringDifference()
            | states.CountingTotal()
            | states.PricingArticle()
        ):
            return Kind.AMOUNT
        case states.EnteringTail():
            return Kind.TAIL
        case states.ChoosingGoods():
            return Kind.QUANTITY
        case states.CountingPieces():
            return Kind.PIECES
        case states.NamingMember():
            return Kind.NAME
        case states.ScanningSerials():
            return Kind.SERIAL
        case states.WaitingForCustomer():
            return Kind.SHORT_CODE
        case _:
            return None


class Editor(Struct, frozen=True):
    """The characters typed so far."""

    text: str = ""

    def __repr__(self) -> str:
        return f"Editor({len(self.text)} characters)"

    def typed(self, char: str) -> "Editor":
        return self if len(self.text) >= ENTRY_LENGTH_MAX else replace(self, text=self.text + char)

    def rubbed_out(self) -> "Editor":
        return replace(self, text=self.text[:-1])


class Malformed(Exception):  # noqa: N818 - named for what happened
    """What was typed is no value of its kind; `kind` says which sentence to show."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind.name)
        self.kind = kind


_ALLOWED = {
    Kind.STAFF_NUMBER: re.compile(r"[0-9A-Za-z]"),
    Kind.PIN: re.compile(r"[0-9]"),
    Kind.RECEIPT_NO: re.compile(r"[0-9A-Za-z./*~$=-]"),  # a slip's short code is typed there too
    Kind.DAY: re.compile(r"[0-9]"),
    Kind.AMOUNT: re.compile(r"[0-9.]"),
    Kind.QUANTITY: re.compile(r"[0-9.]"),
    Kind.PIECES: re.compile(r"[0-9]"),
    Kind.SHORT_CODE: re.compile(r"[0-9A-Za-z*~$=-]"),
    Kind.ARTICLE: re.compile(r"[0-9A-Za-z.-]"),
    Kind.TAIL: re.compile(r"[0-9]"),
    Kind.NAME: re.compile(r"[0-9A-Za-z .'-]"),
    Kind.SERIAL: re.compile(r"[0-9A-Za-z./*:_+-]"),
}


def meant(kind: Kind, char: str) -> str:
    """A comma is the point of many keypads: passed over, it would make 250 of 2,50."""
    return "." if char == "," and kind in (Kind.AMOUNT, Kind.QUANTITY) else char


def allows(kind: Kind, char: str) -> bool:
    """Whether this key may be part of such a value."""
    return _ALLOWED[kind].fullmatch(char) is not None


def as_day(text: str, today: date) -> date:
    """`20261120`, or short: `1120` this year, `20` this month.

    Last year's if this year's is still to come, or is no day at all (`0229`).

    Raises Malformed for anything that is no day, or a day in the future.
    """
    if not (text.isascii() and text.isdigit()):
        raise Malformed(Kind.DAY)
    years: tuple[int, ...]
    match len(text):
        case 8:
            years, month, day = (int(text[:4]),), int(text[4:6]), int(text[6:])
        case 4:
            years, month, day = (today.year, today.year - 1), int(text[:2]), int(text[2:])
        case 1 | 2:
            years, month, day = (today.year,), today.month, int(text)
        case _:
            raise Malformed(Kind.DAY)
    days = (_day_or_none(year, month, day) for year in years)
    found = next((one for one in days if one is not None and one <= today), None)
    if found is None:
        raise Malformed(Kind.DAY)
    return found


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # no such day
        return None


def as_amount(text: str, currency: Currency) -> int:
    """`80.54` in minor units; raises Malformed for more decimals than the currency has."""
    return _scaled(text, currency.digits, Kind.AMOUNT)


def as_tail(text: str) -> str:
    """The last four digits of a card or phone; raises Malformed for more or fewer."""
    if len(text) != TAIL_LENGTH or not (text.isascii() and text.isdigit()):
        raise Malformed(Kind.TAIL)
    return text


def as_pieces(text: str) -> int:
    """`12` notes or coins; raises Malformed."""
    return _scaled(text, 0, Kind.PIECES)


def as_quantity(text: str, unit: Unit) -> int:
    """`3` or `0.412` in thousandths; raises Malformed for decimals of goods sold by the piece."""
    if unit is Unit.WEIGHT:
        return _scaled(text, 3, Kind.QUANTITY)
    return _scaled(text, 0, Kind.QUANTITY) * QUANTITY_ONE


def _scaled(text: str, digits: int, kind: Kind) -> int:
    found = re.fullmatch(r"([0-9]{0,9})(?:\.([0-9]*))?", text)
    if found is None or text in ("", "."):
        raise Malformed(kind)
    decimals = found[2] or ""
    if len(decimals) > digits:
        raise Malformed(kind)
    return int((found[1] or "0") + decimals.ljust(digits, "0"))
