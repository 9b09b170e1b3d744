"""Where a return stands: plain frozen values that SQLite can hold and a power cut comes back to.

Law of the file: no device, no time left, no typed text and no secret is in a state.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from terminal.core.draft import Draft
from terminal.core.effects import PrintJob, Query
from terminal.core.people import Staff
from terminal.core.returns import Case, Return, Settlement
from terminal.core.sale import SaleSummary

# People.


@dataclass(frozen=True, slots=True)
class SignedOff:
    """Nobody is at the unit."""


@dataclass(frozen=True, slots=True)
class EnteringPin:
    number: str


@dataclass(frozen=True, slots=True)
class CheckingStaff:
    """`number` is empty when a badge was scanned."""

    ask: str
    number: str = ""


# The receipt.


@dataclass(frozen=True, slots=True)
class Ready:
    """Waiting for a receipt. `done` is the return that was just finished, to show how it ended."""

    cashier: Staff
    done: Return | None = None


@dataclass(frozen=True, slots=True)
class EnteringDay:
    cashier: Staff


@dataclass(frozen=True, slots=True)
class EnteringAmount:
    cashier: Staff
    day: date


@dataclass(frozen=True, slots=True)
class LookingUp:
    """The receipt is named, its lines are not here yet."""

    cashier: Staff
    query: Query
    ask: str


@dataclass(frozen=True, slots=True)
class ChoosingSale:
    """Several sales fit: the cashier chooses."""

    cashier: Staff
    sales: tuple[SaleSummary, ...]
    cursor: int


@dataclass(frozen=True, slots=True)
class ReceiptUnknown:
    cashier: Staff
    query: Query


@dataclass(frozen=True, slots=True)
class NothingLeft:
    """Everything on this receipt went back before, or waits in a return that is still open."""

    cashier: Staff
    case: Case
    open_return: Return | None = None


# Goods, reasons and policy: nothing is recorded yet.


@dataclass(frozen=True, slots=True)
class ChoosingGoods:
    draft: Draft
    cursor: int


@dataclass(frozen=True, slots=True)
class ChoosingReason:
    """One reason for all chosen lines."""

    draft: Draft
    cursor: int


@dataclass(frozen=True, slots=True)
class ChoosingCondition:
    """One condition for all chosen lines."""

    draft: Draft
    cursor: int


@dataclass(frozen=True, slots=True)
class EnteringDifference:
    """How much too much was paid for a line (多收款); no goods come back for it."""

    draft: Draft
    line: int


@dataclass(frozen=True, slots=True)
class CheckingLines:
    """Reason and condition line by line."""

    draft: Draft
    cursor: int


@dataclass(frozen=True, slots=True)
class ChangingReason:
    draft: Draft
    line: int
    cursor: int


@dataclass(frozen=True, slots=True)
class ChangingCondition:
    """The line keeps what it had until its new `reason` has its condition too."""

    draft: Draft
    line: int
    reason: str
    cursor: int


@dataclass(frozen=True, slots=True)
class Denied:
    """Policy says no, and why."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class GivingEvidence:
    """Policy wants something seen first; one thing at a time."""

    draft: Draft
    wanted: str


@dataclass(frozen=True, slots=True)
class AwaitingOverride:
    """Policy wants another person to answer for it."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class EnteringOverridePin:
    draft: Draft
    number: str


@dataclass(frozen=True, slots=True)
class CheckingOverride:
    draft: Draft
    ask: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class ChoosingOverrideReason:
    draft: Draft
    cursor: int


@dataclass(frozen=True, slots=True)
class ConfirmingAmounts:
    draft: Draft
    settlement: Settlement


# The slip. `ret` is None only for a notice, which belongs to no return.


@dataclass(frozen=True, slots=True)
class PreparingSlip:
    """Committed; the printer is being asked whether it could."""

    cashier: Staff
    job: PrintJob
    ret: Return | None


@dataclass(frozen=True, slots=True)
class SendingSlip:
    """Bytes may have left. This state is committed before the first of them does."""

    cashier: Staff
    job: PrintJob
    ret: Return | None


@dataclass(frozen=True, slots=True)
class SlipBlocked:
    """Nothing of the slip has left, and something must be mended first."""

    cashier: Staff
    job: PrintJob
    ret: Return | None
    fault: str


@dataclass(frozen=True, slots=True)
class SlipUncertain:
    """Did the slip come out? Only a person can tell."""

    cashier: Staff
    job: PrintJob
    ret: Return | None


# The customer and the money.


@dataclass(frozen=True, slots=True)
class WaitingForCustomer:
    cashier: Staff
    ret: Return


@dataclass(frozen=True, slots=True)
class TakingSignature:
    cashier: Staff
    ret: Return


@dataclass(frozen=True, slots=True)
class PayingCash:
    """The drawer is open; the cashier counts out."""

    cashier: Staff
    ret: Return


@dataclass(frozen=True, slots=True)
class ConfirmingVoid:
    cashier: Staff
    ret: Return


# A return slip scanned again.


@dataclass(frozen=True, slots=True)
class FindingReturn:
    """`short_code` is what the slip's QR carried of it; empty where only the number was given."""

    cashier: Staff
    code: str
    ask: str
    short_code: str = ""


@dataclass(frozen=True, slots=True)
class ShowingReturn:
    cashier: Staff
    ret: Return


DraftState: TypeAlias = (
    ChoosingGoods | ChoosingReason | ChoosingCondition | EnteringDifference | CheckingLines
    | ChangingReason | ChangingCondition | Denied | GivingEvidence | AwaitingOverride
    | EnteringOverridePin | CheckingOverride | ChoosingOverrideReason | ConfirmingAmounts
)  # fmt: skip
SlipState: TypeAlias = PreparingSlip | SendingSlip | SlipBlocked | SlipUncertain
State: TypeAlias = (
    SignedOff | EnteringPin | CheckingStaff | Ready | EnteringDay | EnteringAmount | LookingUp
    | ChoosingSale | ReceiptUnknown | NothingLeft | DraftState | SlipState | WaitingForCustomer
    | TakingSignature | PayingCash | ConfirmingVoid | FindingReturn | ShowingReturn
)  # fmt: skip
