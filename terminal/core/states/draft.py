"""Goods, reasons and policy: nothing is recorded yet."""

from msgspec import Struct

from terminal.core.draft import Draft
from terminal.core.returns import Settlement


class ChoosingGoods(Struct, frozen=True):
    draft: Draft
    cursor: int


class ChoosingReason(Struct, frozen=True):
    """One reason for all chosen lines."""

    draft: Draft
    cursor: int


class OfferingVoid(Struct, frozen=True):
    """The reason asks for the whole sale, today: void it, or these goods alone by amount."""

    draft: Draft


class ScanningSerials(Struct, frozen=True):
    """Which pieces of a line come back, by their serial numbers (序列号)."""

    draft: Draft
    line: int


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
