"""Everything that can happen to a return, past tense, grouped by who says it.

The cashier's part is here, the world's in replies.py, what both carry in happened.py.
"""

from datetime import date
from typing import TypeAlias

from terminal.core.day_events import (
    DayChosen,
    NumberTyped,
    OtherWayChosen,
    ReportChosen,
    ShiftChosen,
)
from terminal.core.happened import Happened, Moment
from terminal.core.replies import (
    ArticleKnown,
    DayRead,
    DrawerFailed,
    IdleTooLong,
    KindOpened,
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
    SecretHeld,
    SeveralFound,
    ShopReplied,
    ShopTold,
    SlipCameOut,
    SlipFateUnknown,
    StaffAccepted,
    StaffListed,
    StaffRefused,
    SumsChanged,
)

# The cashier's keys and the scanner.


class Confirmed(Happened, frozen=True):
    """The confirm key, with nothing typed."""


class Cancelled(Happened, frozen=True):
    """The cancel key."""


class Moved(Happened, frozen=True):
    """An arrow key: -1 up, +1 down."""

    by: int


class Picked(Happened, frozen=True):
    """A digit on a screen that offers choices; counted from 0."""

    index: int


class Typed(Happened, frozen=True):
    """A number or code typed by hand: staff number, receipt number, short code."""

    text: str


class PinTyped(Happened, frozen=True):
    """A PIN. Never stored, never shown, never in a state: it goes on in an ask and is gone."""

    pin: str

    def __repr__(self) -> str:
        return "PinTyped(pin=***)"


class QuantityTyped(Happened, frozen=True):
    """Only keys make a quantity; a scan never can (the type says so)."""

    quantity: int  # thousandths


class DayTyped(Happened, frozen=True):
    day: date


class AmountTyped(Happened, frozen=True):
    amount: int  # minor units of the shop's currency


class TailTyped(Happened, frozen=True):
    """The last four digits of a card or a phone."""

    tail: str


class TailChosen(Happened, frozen=True):
    """Find the sale by card or phone."""


class InspectChosen(Happened, frozen=True):
    """The goods are not as they were recorded: go through them again (验货)."""


class SearchChosen(Happened, frozen=True):
    """Find a sale by day and amount."""


class AllChosen(Happened, frozen=True):
    """Everything that is left goes back; again: nothing."""


class ChangeChosen(Happened, frozen=True):
    """Back to the goods."""


class WithoutSaleChosen(Happened, frozen=True):
    """The customer has no receipt, or one whose sale is not on file."""


class OneLessChosen(Happened, frozen=True):
    """One less of the marked line."""


class ExchangeChosen(Happened, frozen=True):
    """New goods for those that come back."""


class TenderChosen(Happened, frozen=True):
    """Pay it back in another way that the shop allows."""


class PartChosen(Happened, frozen=True):
    """Only the chosen goods, by amount: no void of the whole sale."""


class LinesChosen(Happened, frozen=True):
    """Look at the reason and condition line by line."""


class SignatureChosen(Happened, frozen=True):
    """The customer has no phone: sign instead (assisted path)."""


class ReprintChosen(Happened, frozen=True):
    """Print this slip again, marked as a copy."""


class SkipChosen(Happened, frozen=True):
    """Go on without the slip."""


class OpenReturnChosen(Happened, frozen=True):
    """Show the return of this receipt that is still open."""


class LaterChosen(Happened, frozen=True):
    """Serve the next customer; this return stays open and is found again by its slip."""


class DrawerChosen(Happened, frozen=True):
    """Open the drawer again."""


class NoticeChosen(Happened, frozen=True):
    """Print the shop's return policy for the customer."""


class OfficeChosen(Happened, frozen=True):
    """Away from the customers: staff and training."""


class PinChosen(Happened, frozen=True):
    """A new PIN for this person."""


class BadgeChosen(Happened, frozen=True):
    """A new badge for this person."""


class NoBadgeChosen(Happened, frozen=True):
    """The badge is lost, or given back."""


class UnlockChosen(Happened, frozen=True):
    """End the wait after wrong PINs."""


class LeaveChosen(Happened, frozen=True):
    """This person leaves the company."""


class BadgeScanned(Happened, frozen=True):
    """A staff badge; its token is as secret as a PIN."""

    token: str

    def __repr__(self) -> str:
        return "BadgeScanned(token=***)"


class ReceiptScanned(Happened, frozen=True):
    receipt_no: str


class SlipScanned(Happened, frozen=True):
    """A return slip: its number, and the short code where the QR carried it; or a return's id."""

    number: str
    short_code: str = ""
    return_id: str = ""


class GoodsScanned(Happened, frozen=True):
    """Goods by GTIN (13 digits, check digit verified) or by the shop's own code."""

    code: str


class WeighedScanned(Happened, frozen=True):
    """A price- or weight-embedded in-store label (店内码): one of the two is given, the other 0."""

    item: str
    weight: int  # thousandths of a kilogram
    price: int  # minor units
    stem: str = ""  # prefix and item: what every label of this article begins with


class OtherScanned(Happened, frozen=True):
    """A clean code of no kind we know: a receipt number of another shape, or a shop's own code."""

    text: str


class SerialScanned(Happened, frozen=True):
    """A serial number (序列号), where one is asked for or this sale has it on file."""

    text: str


OfficeEvent: TypeAlias = (
    OfficeChosen | PinChosen | BadgeChosen | NoBadgeChosen | UnlockChosen | LeaveChosen
)
OperatorEvent: TypeAlias = (
    Confirmed | Cancelled | Moved | Picked | Typed | PinTyped | QuantityTyped | DayTyped
    | AmountTyped | TailTyped | TailChosen | SearchChosen | AllChosen | ChangeChosen | LinesChosen
    | SignatureChosen | ReprintChosen | SkipChosen | LaterChosen | OpenReturnChosen | DrawerChosen
    | NoticeChosen | BadgeScanned | ReceiptScanned | SlipScanned | GoodsScanned | WeighedScanned
    | OtherScanned | PartChosen | InspectChosen | OfficeEvent | WithoutSaleChosen
    | OneLessChosen | TenderChosen | ExchangeChosen | SerialScanned
    | DayChosen | ShiftChosen | ReportChosen | NumberTyped | OtherWayChosen
)  # fmt: skip
ReplyEvent: TypeAlias = (
    StaffAccepted | StaffRefused | StaffListed | SecretHeld | SaleFound
    | SeveralFound | NothingFound | SaleUnreadable
    | ReturnFound | ReturnMissing | ShopReplied | DayRead | PrinterAgreed | PrinterRefused
    | SlipCameOut | SlipFateUnknown | KindOpened | ArticleKnown
)  # fmt: skip
UnitEvent: TypeAlias = (
    ShopTold | RecordRefused | SumsChanged | Restarted | IdleTooLong | DrawerFailed
)
Event: TypeAlias = OperatorEvent | ReplyEvent | UnitEvent

__all__ = [
    "AllChosen", "AmountTyped", "ArticleKnown", "BadgeChosen", "BadgeScanned", "Cancelled",
    "ChangeChosen", "Confirmed", "DayChosen", "DayRead", "DayTyped", "DrawerChosen", "DrawerFailed",
    "Event", "ExchangeChosen", "GoodsScanned", "Happened", "IdleTooLong", "InspectChosen",
    "KindOpened", "LaterChosen", "LeaveChosen", "LinesChosen", "Moment", "Moved", "NoBadgeChosen",
    "NothingFound", "NoticeChosen", "NumberTyped", "OfficeChosen", "OneLessChosen",
    "OpenReturnChosen", "OperatorEvent", "OtherScanned", "OtherWayChosen", "PartChosen", "Picked",
    "PinChosen", "PinTyped", "PrinterAgreed", "PrinterRefused", "QuantityTyped", "ReceiptScanned",
    "RecordRefused", "Reply", "ReplyEvent", "ReportChosen", "ReprintChosen", "Restarted",
    "ReturnFound", "ReturnMissing", "SaleFound", "SaleUnreadable", "SearchChosen", "SecretHeld",
    "SerialScanned", "SeveralFound", "ShiftChosen", "ShopReplied", "ShopTold", "SignatureChosen",
    "SkipChosen", "SlipCameOut",
    "SlipFateUnknown", "SlipScanned", "StaffAccepted", "StaffListed", "StaffRefused", "SumsChanged",
    "TailChosen",
    "TailTyped", "TenderChosen", "Typed", "UnitEvent", "UnlockChosen", "WeighedScanned",
    "WithoutSaleChosen",
]  # fmt: skip
