"""Everything that can happen to a return, past tense, grouped by who says it.

Law of the file: time, ids and chance come in here, inside `moment`; the core never asks for them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from terminal.core.people import Staff
from terminal.core.refusals import Refusal
from terminal.core.returns import Case, Return
from terminal.core.rules import Rules
from terminal.core.sale import SaleSummary


@dataclass(frozen=True, slots=True)
class Moment:
    """The world's part in an event: when it happened, and what may be used up by it."""

    now: datetime  # with the shop's offset
    id: str  # UUIDv7; names the ask, the print job or the return that this event starts
    entropy: int  # 50 random bits, the short code of a return
    return_number: str  # the number a return recorded by this event would get
    return_sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    moment: Moment


# The cashier's keys and the scanner.


@dataclass(frozen=True, slots=True)
class Confirmed(Happened):
    """The confirm key, with nothing typed."""


@dataclass(frozen=True, slots=True)
class Cancelled(Happened):
    """The cancel key."""


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


@dataclass(frozen=True, slots=True)
class SearchChosen(Happened):
    """Find a sale by day and amount."""


@dataclass(frozen=True, slots=True)
class AllChosen(Happened):
    """Everything that is left goes back; again: nothing."""


@dataclass(frozen=True, slots=True)
class ChangeChosen(Happened):
    """Back to the goods."""


@dataclass(frozen=True, slots=True)
class LinesChosen(Happened):
    """Look at the reason and condition line by line."""


@dataclass(frozen=True, slots=True)
class SignatureChosen(Happened):
    """The customer has no phone: sign instead (assisted path)."""


@dataclass(frozen=True, slots=True)
class ReprintChosen(Happened):
    """Print this slip again, marked as a copy."""


@dataclass(frozen=True, slots=True)
class SkipChosen(Happened):
    """Go on without the slip."""


@dataclass(frozen=True, slots=True)
class LaterChosen(Happened):
    """Serve the next customer; this return stays open and is found again by its slip."""


@dataclass(frozen=True, slots=True)
class DrawerChosen(Happened):
    """Open the drawer again."""


@dataclass(frozen=True, slots=True)
class NoticeChosen(Happened):
    """Print the shop's return policy for the customer."""


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


# Replies. Each carries the id of its ask (or print job); a late one is dropped and counted.


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Happened):
    ask: str


@dataclass(frozen=True, slots=True)
class StaffAccepted(Reply):
    staff: Staff


@dataclass(frozen=True, slots=True)
class StaffRefused(Reply):
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class SaleFound(Reply):
    case: Case
    rules: Rules


@dataclass(frozen=True, slots=True)
class SeveralFound(Reply):
    sales: tuple[SaleSummary, ...]


@dataclass(frozen=True, slots=True)
class NothingFound(Reply):
    """No sale on file fits the query."""


@dataclass(frozen=True, slots=True)
class ReturnFound(Reply):
    ret: Return


@dataclass(frozen=True, slots=True)
class ReturnMissing(Reply):
    """No return of that number or short code on file."""


@dataclass(frozen=True, slots=True)
class PrinterAgreed(Reply):
    """The printer answers, has paper and is closed. Nothing of the slip has left yet."""


@dataclass(frozen=True, slots=True)
class PrinterRefused(Reply):
    """Nothing of the slip has left; `fault` names what is in the way (printer.spool faults)."""

    fault: str


@dataclass(frozen=True, slots=True)
class SlipCameOut(Reply):
    """`confirmed`: the printer said so itself; otherwise all bytes went out without complaint."""

    confirmed: bool


@dataclass(frozen=True, slots=True)
class SlipFateUnknown(Reply):
    """Bytes left, the end was not seen."""

    fault: str


# The record, and the unit itself.


@dataclass(frozen=True, slots=True)
class RecordRefused(Happened):
    """The transaction that reserves the number found a cap exceeded; nothing was written."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Restarted(Happened):
    """The program started in a state that an earlier run had committed."""


@dataclass(frozen=True, slots=True)
class IdleTooLong(Happened):
    """No key and no scan for the shop's lock time."""


@dataclass(frozen=True, slots=True)
class DrawerFailed(Happened):
    """The drawer could not be kicked."""


OperatorEvent: TypeAlias = (
    Confirmed | Cancelled | Moved | Picked | Typed | PinTyped | QuantityTyped | DayTyped
    | AmountTyped | SearchChosen | AllChosen | ChangeChosen | LinesChosen | SignatureChosen
    | ReprintChosen | SkipChosen | LaterChosen | DrawerChosen | NoticeChosen | BadgeScanned
    | ReceiptScanned | SlipScanned | GoodsScanned | WeighedScanned | OtherScanned
)  # fmt: skip
ReplyEvent: TypeAlias = (
    StaffAccepted | StaffRefused | SaleFound | SeveralFound | NothingFound | ReturnFound
    | ReturnMissing | PrinterAgreed | PrinterRefused | SlipCameOut | SlipFateUnknown
)  # fmt: skip
UnitEvent: TypeAlias = RecordRefused | Restarted | IdleTooLong | DrawerFailed
Event: TypeAlias = OperatorEvent | ReplyEvent | UnitEvent
