"""Everything that can happen to a return, past tense, grouped by who says it.

The cashier's part is here, the world's in replies.py, what both carry in happened.py.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from terminal.core.happened import Happened, Moment
from terminal.core.replies import (
    DrawerFailed,
    IdleTooLong,
    NothingFound,
    PrinterAgreed,
    PrinterRefused,
    RecordRefused,
    Reply,
    Restarted,
    ReturnFound,
    ReturnMissing,
    SaleFound,
    SaleUnreadable,
    SeveralFound,
    SlipCameOut,
    SlipFateUnknown,
    StaffAccepted,
    StaffRefused,
)

# The cashier's keys and the scanner.


class Confirmed(Happened):
    """The confirm key, with nothing typed."""

    __slots__ = ()


class Cancelled(Happened):
    """The cancel key."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Moved(Happened):
    """An arrow key: -1 up, +1 down."""

    by: int


@dataclass(frozen=True, slots=True)
class Picked(Happened):
    """A digit on a screen that offers choices; counted from 0."""

    index: int


@dataclass(frozen=True, slots=True)
class Typed(Happened):
    """A number or code typed by hand: staff number, receipt number, short code."""

    text: str


@dataclass(frozen=True, slots=True)
class PinTyped(Happened):
    """A PIN. Never stored, never shown, never in a state: it goes on in an ask and is gone."""

    pin: str

    def __repr__(self) -> str:
        return "PinTyped(pin=***)"


@dataclass(frozen=True, slots=True)
class QuantityTyped(Happened):
    """Only keys make a quantity; a scan never can (the type says so)."""

    quantity: int  # thousandths


@dataclass(frozen=True, slots=True)
class DayTyped(Happened):
    day: date


@dataclass(frozen=True, slots=True)
class AmountTyped(Happened):
    amount: int  # minor units of the shop's currency


class SearchChosen(Happened):
    """Find a sale by day and amount."""

    __slots__ = ()


class AllChosen(Happened):
    """Everything that is left goes back; again: nothing."""

    __slots__ = ()


class ChangeChosen(Happened):
    """Back to the goods."""

    __slots__ = ()


class LinesChosen(Happened):
    """Look at the reason and condition line by line."""

    __slots__ = ()


class SignatureChosen(Happened):
    """The customer has no phone: sign instead (assisted path)."""

    __slots__ = ()


class ReprintChosen(Happened):
    """Print this slip again, marked as a copy."""

    __slots__ = ()


class SkipChosen(Happened):
    """Go on without the slip."""

    __slots__ = ()


class OpenReturnChosen(Happened):
    """Show the return of this receipt that is still open."""

    __slots__ = ()


class LaterChosen(Happened):
    """Serve the next customer; this return stays open and is found again by its slip."""

    __slots__ = ()


class DrawerChosen(Happened):
    """Open the drawer again."""

    __slots__ = ()


class NoticeChosen(Happened):
    """Print the shop's return policy for the customer."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class BadgeScanned(Happened):
    """A staff badge; its token is as secret as a PIN."""

    token: str

    def __repr__(self) -> str:
        return "BadgeScanned(token=***)"


@dataclass(frozen=True, slots=True)
class ReceiptScanned(Happened):
    receipt_no: str


@dataclass(frozen=True, slots=True)
class SlipScanned(Happened):
    """A return slip of ours: its number, and the short code where the QR carried it."""

    number: str
    short_code: str = ""


@dataclass(frozen=True, slots=True)
class GoodsScanned(Happened):
    """Goods by GTIN (13 digits, check digit verified) or by the shop's own code."""

    code: str


@dataclass(frozen=True, slots=True)
class WeighedScanned(Happened):
    """A price- or weight-embedded in-store label (店内码): one of the two is given, the other 0."""

    item: str
    weight: int  # thousandths of a kilogram
    price: int  # minor units
    stem: str = ""  # prefix and item: what every label of this article begins with


@dataclass(frozen=True, slots=True)
class OtherScanned(Happened):
    """A clean code of no kind we know: a receipt number of another shape, or a shop's own code."""

    text: str


OperatorEvent: TypeAlias = (
    Confirmed | Cancelled | Moved | Picked | Typed | PinTyped | QuantityTyped | DayTyped
    | AmountTyped | SearchChosen | AllChosen | ChangeChosen | LinesChosen | SignatureChosen
    | ReprintChosen | SkipChosen | LaterChosen | OpenReturnChosen | DrawerChosen | NoticeChosen
    | BadgeScanned | ReceiptScanned | SlipScanned | GoodsScanned | WeighedScanned | OtherScanned
)  # fmt: skip
ReplyEvent: TypeAlias = (
    StaffAccepted | StaffRefused | SaleFound | SeveralFound | NothingFound | SaleUnreadable
    | ReturnFound | ReturnMissing | PrinterAgreed | PrinterRefused | SlipCameOut | SlipFateUnknown
)  # fmt: skip
UnitEvent: TypeAlias = RecordRefused | Restarted | IdleTooLong | DrawerFailed
Event: TypeAlias = OperatorEvent | ReplyEvent | UnitEvent

__all__ = [
    "AllChosen",
    "AmountTyped",
    "BadgeScanned",
    "Cancelled",
    "ChangeChosen",
    "Confirmed",
    "DayTyped",
    "DrawerChosen",
    "DrawerFailed",
    "Event",
    "GoodsScanned",
    "Happened",
    "IdleTooLong",
    "LaterChosen",
    "LinesChosen",
    "Moment",
    "Moved",
    "NothingFound",
    "NoticeChosen",
    "OpenReturnChosen",
    "OperatorEvent",
    "OtherScanned",
    "Picked",
    "PinTyped",
    "PrinterAgreed",
    "PrinterRefused",
    "QuantityTyped",
    "ReceiptScanned",
    "RecordRefused",
    "Reply",
    "ReplyEvent",
    "ReprintChosen",
    "Restarted",
    "ReturnFound",
    "ReturnMissing",
    "SaleFound",
    "SaleUnreadable",
    "SearchChosen",
    "SeveralFound",
    "SignatureChosen",
    "SkipChosen",
    "SlipCameOut",
    "SlipFateUnknown",
    "SlipScanned",
    "StaffAccepted",
    "StaffRefused",
    "Typed",
    "UnitEvent",
    "WeighedScanned",
]
