"""What a step leaves behind: records (facts, kept and synced) and asks (wishes to the world).

Law of the file: records are written in the state's transaction, asks performed only after it.
"""

from datetime import date
from typing import TypeAlias

from msgspec import Struct

from terminal.core.coupons import CouponGivenBack
from terminal.core.day import Count, Shift
from terminal.core.people import Staff
from terminal.core.print_jobs import JobStatus, PrintJob
from terminal.core.refusals import Refusal
from terminal.core.returns import Return, ReturnKind, Status
from terminal.core.sale import Sale
from terminal.core.staffing import (
    OverrideGranted,
    StaffAsk,
    StaffRecord,
    TrainingClosed,
    TrainingOpened,
)
from terminal.core.upkeep import FileHandled, UpkeepRecord
from terminal.core.words import Worded

# Records.


class SignedOn(Struct, frozen=True):
    staff: Staff


class SignedOut(Struct, frozen=True):
    staff: Staff
    locked: bool = False  # nobody was there for the lock time


class StaffTurnedAway(Struct, frozen=True):
    """A wrong PIN, a locked number or an unknown badge; `at` is where: sign_on or override."""

    number: str  # empty for a badge
    why: str
    at: str


class StateSetAside(Struct, frozen=True):
    """A state that this version could not read; the returns in it are on file all the same."""

    why: str


class ReasonWords(Struct, frozen=True):
    """A reason as this shop words it: whoever reads the record elsewhere has no reasons.toml."""

    code: str
    words: Worded


class ReturnRecorded(Struct, frozen=True):
    """The return is made: caps are checked and its number reserved in this transaction."""

    ret: Return
    sequence: int
    evidence: tuple[str, ...]
    override_reason: str
    declared: Sale | None = None  # what was written down where no sale is on file
    rulings: tuple[str, ...] = ()  # every rule of the policy that spoke, strictest first
    reasons: tuple[ReasonWords, ...] = ()  # those of its lines, each once


class CustomerConfirmed(Struct, frozen=True):
    ret: Return
    how: str  # signature | short_code | phone
    witness: Staff | None  # nobody, where the shop's yes came while the return was on no screen


class CashPaid(Struct, frozen=True):
    ret: Return
    amount: int
    payer: Staff


class RefundAccepted(Struct, frozen=True):
    """A refund handed to the queue: accepted, not refunded.

    `how` is void (撤销) where the whole sale goes back on its own day, as acquirers require it;
    everything else is a refund by amount (隔日退货).
    """

    ret: Return
    position: int
    kind: str
    amount: int
    how: str = "refund"


class CreditGiven(Struct, frozen=True):
    """Store credit (退货券) under a code of its own, on the result slip."""

    ret: Return
    amount: int


class GoodsExchanged(Struct, frozen=True):
    """New goods were sold for those that came back: a sale that can come back itself."""

    ret: Return
    sale: Sale


class ReturnFinished(Struct, frozen=True):
    """The last refund of a return was paid or handed on."""

    ret: Return
    status: Status


class RefundMoved(Struct, frozen=True):
    """A rail has brought the return to another status: all arrived, or one could not be paid."""

    ret: Return
    status: Status


class ReturnVoided(Struct, frozen=True):
    """`ret.declined` says why, where the shop declined it; `by` nobody: it was on no screen."""

    ret: Return
    by: Staff | None


class DrawerOpened(Struct, frozen=True):
    """For the cash of a return; without one, to be counted."""

    ret: Return | None
    by: Staff


class DrawerCounted(Struct, frozen=True):
    """The cash in the drawer as a person counted it. `expected` and `shift` only at a closing."""

    count: Count
    expected: int | None
    by: Staff
    shift: str


class ShiftOpened(Struct, frozen=True):
    shift: Shift


class ShiftClosed(Struct, frozen=True):
    """With its closing: the count, the cash paid in it, and who counted."""

    shift: Shift


class JobChanged(Struct, frozen=True):
    job: PrintJob
    return_id: str
    status: JobStatus


Record: TypeAlias = (
    SignedOn | SignedOut | StaffTurnedAway | StateSetAside | ReturnRecorded | CustomerConfirmed
    | CreditGiven | CashPaid | RefundAccepted | RefundMoved | ReturnFinished | ReturnVoided
    | DrawerOpened
    | DrawerCounted | ShiftOpened | ShiftClosed | JobChanged | FileHandled
    | GoodsExchanged | CouponGivenBack | StaffRecord | OverrideGranted | TrainingOpened
    | TrainingClosed | UpkeepRecord
)  # fmt: skip


# Asks.


class Query(Struct, frozen=True):
    """Which sale is looked for: by number, by its id, by day and amount, or by what is known of it.

    `tail` (of card or phone) and `goods` (a code) are looked for on `day`, or without one on any.
    """

    receipt_no: str = ""
    sale_id: str = ""
    day: date | None = None
    amount: int = 0
    tail: str = ""
    goods: str = ""
    kind: ReturnKind | None = None  # no sale at all: may goods come back so?


class FindArticle(Struct, frozen=True):
    """What the price list says of a code."""

    ask: str
    code: str


class LookUp(Struct, frozen=True):
    ask: str
    query: Query


class FindReturn(Struct, frozen=True):
    ask: str
    code: str  # number or short code


class AskShop(Struct, frozen=True):
    """How a return stands at the shop now, by its number, id or short code."""

    ask: str
    code: str


class CheckPin(Struct, frozen=True):
    ask: str
    number: str
    pin: str

    def __repr__(self) -> str:
        return f"CheckPin(ask={self.ask!r}, number={self.number!r}, pin=***)"


class CheckBadge(Struct, frozen=True):
    ask: str
    token: str

    def __repr__(self) -> str:
        return f"CheckBadge(ask={self.ask!r}, token=***)"


class PrepareSlip(Struct, frozen=True):
    """Ask the printer whether it could print; nothing leaves yet."""

    job: PrintJob


class SendSlip(Struct, frozen=True):
    """Send the bytes, once."""

    job: PrintJob
    ret: Return | None


class OpenDrawer(Struct, frozen=True):
    pass


class ReadDay(Struct, frozen=True):
    """The day's figures, as much of them as this person sees."""

    ask: str
    staff: Staff


class Tell(Struct, frozen=True):
    """Beep and say why not; the state stays as it is."""

    refusal: Refusal


Ask: TypeAlias = (
    LookUp | FindArticle | FindReturn | AskShop | CheckPin | CheckBadge | PrepareSlip | SendSlip
    | OpenDrawer | ReadDay | Tell | StaffAsk
)  # fmt: skip
