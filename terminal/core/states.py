"""Where a return stands: plain frozen values that SQLite can hold and a power cut comes back to.

Law of the file: no device, no time left, no typed text and no secret is in a state.
"""

from datetime import date
from typing import TypeAlias

from msgspec import Struct

from terminal.core.draft import Draft
from terminal.core.effects import PrintJob, Query
from terminal.core.people import Staff
from terminal.core.returns import Case, Return, Settlement
from terminal.core.sale import SaleSummary

# People.


class SignedOff(Struct, frozen=True):
    """Nobody is at the unit."""


class EnteringPin(Struct, frozen=True):
    number: str


class CheckingStaff(Struct, frozen=True):
    """`number` is empty when a badge was scanned."""

    ask: str
    number: str = ""


# The receipt.


class Ready(Struct, frozen=True):
    """Waiting for a receipt. `done` is the return that was just finished, to show how it ended."""

    cashier: Staff
    done: Return | None = None


class EnteringDay(Struct, frozen=True):
    cashier: Staff


class EnteringAmount(Struct, frozen=True):
    cashier: Staff
    day: date


class LookingUp(Struct, frozen=True):
    """The receipt is named, its lines are not here yet."""

    cashier: Staff
    query: Query
    ask: str


class ChoosingSale(Struct, frozen=True):
    """Several sales fit: the cashier chooses."""

    cashier: Staff
    sales: tuple[SaleSummary, ...]
    cursor: int


class ReceiptUnknown(Struct, frozen=True):
    cashier: Staff
    query: Query


class NothingLeft(Struct, frozen=True):
    """Everything on this receipt went back before, or waits in a return that is still open."""

    cashier: Staff
    case: Case
    open_return: Return | None = None


# Goods, reasons and policy: nothing is recorded yet.


class ChoosingGoods(Struct, frozen=True):
    draft: Draft
    cursor: int


class ChoosingReason(Struct, frozen=True):
    """One reason for all chosen lines."""

    draft: Draft
    cursor: int


class ChoosingCondition(Struct, frozen=True):
    """One condition for all chosen lines."""

    draft: Draft
    cursor: int


class EnteringDifference(Struct, frozen=True):
    """How much too much was paid for a line (多收款); no goods come back for it."""

    draft: Draft
    line: int


class CheckingLines(Struct, frozen=True):
    """Reason and condition line by line."""

    draft: Draft
    cursor: int


class ChangingReason(Struct, frozen=True):
    draft: Draft
    line: int
    cursor: int


class ChangingCondition(Struct, frozen=True):
    """The line keeps what it had until its new `reason` has its condition too."""

    draft: Draft
    line: int
    reason: str
    cursor: int


class Denied(Struct, frozen=True):
    """Policy says no, and why."""

    draft: Draft


class GivingEvidence(Struct, frozen=True):
    """Policy wants something seen first; one thing at a time."""

    draft: Draft
    wanted: str


class AwaitingOverride(Struct, frozen=True):
    """Policy wants another person to answer for it."""

    draft: Draft


class EnteringOverridePin(Struct, frozen=True):
    draft: Draft
    number: str


class CheckingOverride(Struct, frozen=True):
    draft: Draft
    ask: str
    number: str = ""


class ChoosingOverrideReason(Struct, frozen=True):
    draft: Draft
    cursor: int


class ConfirmingAmounts(Struct, frozen=True):
    draft: Draft
    settlement: Settlement


# The slip. `ret` is None only for a notice, which belongs to no return.


class PreparingSlip(Struct, frozen=True):
    """Committed; the printer is being asked whether it could."""

    cashier: Staff
    job: PrintJob
    ret: Return | None


class SendingSlip(Struct, frozen=True):
    """Bytes may have left. This state is committed before the first of them does."""

    cashier: Staff
    job: PrintJob
    ret: Return | None


class SlipBlocked(Struct, frozen=True):
    """Nothing of the slip has left, and something must be mended first."""

    cashier: Staff
    job: PrintJob
    ret: Return | None
    fault: str


class SlipUncertain(Struct, frozen=True):
    """Did the slip come out? Only a person can tell."""

    cashier: Staff
    job: PrintJob
    ret: Return | None


# The customer and the money.


class WaitingForCustomer(Struct, frozen=True):
    cashier: Staff
    ret: Return


class TakingSignature(Struct, frozen=True):
    cashier: Staff
    ret: Return


class PayingCash(Struct, frozen=True):
    """The drawer is open; the cashier counts out."""

    cashier: Staff
    ret: Return


class ConfirmingVoid(Struct, frozen=True):
    cashier: Staff
    ret: Return


# A return slip scanned again.


class FindingReturn(Struct, frozen=True):
    """`short_code` is what the slip's QR carried of it; empty where only the number was given."""

    cashier: Staff
    code: str
    ask: str
    short_code: str = ""


class ShowingReturn(Struct, frozen=True):
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
