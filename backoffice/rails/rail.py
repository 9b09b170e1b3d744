"""What every rail promises: it is asked for a refund, it is asked how that refund stands.

Law of the file: a refund number is the identity of one movement of money for ever. Asking again
with the same number moves nothing twice; what is not known is queried, never guessed.
"""

from typing import Protocol

from msgspec import Struct

from backoffice.words import Worded


class RefundRequest(Struct, frozen=True):
    """Everything a rail may need to give `amount` of one payment back, or to find that it did.

    `amount` and `paid` are minor units of `currency`; `reference` is the payment's number at the
    rail, kept with the sale's tender; `part` counts the refund numbers of this payment, from 1.
    """

    refund_no: str
    amount: int
    currency: str
    paid: int
    reference: str
    paid_at_ms: int
    part: int = 1
    reason: str = "退货退款"


class Accepted(Struct, frozen=True):
    """The rail took the request; the money has not moved yet."""


class Processing(Struct, frozen=True):
    """The money is on its way, or a person has yet to pay it."""


class Success(Struct, frozen=True):
    """It arrived. `actual` (实退) may be less than what was asked: coupons return in proportion."""

    actual: int
    at_ms: int
    where: str


class Abnormal(Struct, frozen=True):
    """The rail could not pay and keeps the number open: a person has to do what `why` says."""

    why: Worded


class Closed(Struct, frozen=True):
    """The rail ended this number without paying. Another number may be asked."""

    why: Worded


class Failed(Struct, frozen=True):
    """The rail refused for good, and nothing moved. Another number or another way may be asked."""

    why: Worded


class Missing(Struct, frozen=True):
    """A query found no such number: the request never arrived. The same number may go again."""


class Unknown(Struct, frozen=True):
    """No answer, or none that can be trusted. The money may have moved: query before all else."""

    why: Worded


Asked = Accepted | Processing | Success | Abnormal | Closed | Failed | Unknown
Found = Processing | Success | Abnormal | Closed | Missing | Unknown
Answer = Asked | Found


class Rail(Protocol):
    """One way that money goes back. Its methods never raise for what a rail or a network does."""

    @property
    def gap_ms(self) -> int:
        """The least time between two refund numbers of one payment."""

    def refund(self, request: RefundRequest, now_ms: int) -> Asked:
        """Ask for the money. The same request again is answered, and moves nothing more."""

    def query(self, request: RefundRequest, now_ms: int) -> Found:
        """Ask how the refund stands. Moves nothing."""

    def poll_ms(self, age_ms: int) -> int | None:
        """How long to wait before the next query of a refund asked `age_ms` ago; None: never."""
