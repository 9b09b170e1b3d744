"""What a step leaves behind: records (facts, kept and synced) and asks (wishes to the world).

Law of the file: records are written in the same transaction as the new state; asks are performed
only after that transaction has returned.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from terminal.core.people import Staff
from terminal.core.refusals import Refusal
from terminal.core.returns import Return, Status


class SlipKind(Enum):
    """The documents we print."""

    RETURN = "return"  # 退货码小票
    RESULT = "result"  # 退货结果凭证; also of a void
    NOTICE = "notice"  # the shop's policy and the customer's how-to


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One slip to print once. `copy` 0 is the original, from 1 on it is marked 补打 COPY."""

    id: str
    kind: SlipKind
    copy: int = 0


class JobStatus(Enum):
    QUEUED = "queued"
    SENDING = "sending"  # from here on never sent again unasked
    PRINTED = "printed"
    UNCERTAIN = "uncertain"
    FAILED = "failed"  # given up: the cashier went on without it


# Records.


@dataclass(frozen=True, slots=True)
class SignedOn:
    staff: Staff


@dataclass(frozen=True, slots=True)
class SignedOut:
    staff: Staff


@dataclass(frozen=True, slots=True)
class StaffTurnedAway:
    """A wrong PIN, a locked number or an unknown badge; `at` is where: sign_on or override."""

    number: str  # empty for a badge
    why: str
    at: str


@dataclass(frozen=True, slots=True)
class StateSetAside:
    """A state that this version could not read; the returns in it are on file all the same."""

    why: str


@dataclass(frozen=True, slots=True)
class ReturnRecorded:
    """The return is made: caps are checked and its number reserved in this transaction."""

    ret: Return
    sequence: int
    evidence: tuple[str, ...]
    override_reason: str


@dataclass(frozen=True, slots=True)
class CustomerConfirmed:
    ret: Return
    how: str  # signature | short_code
    witness: Staff


@dataclass(frozen=True, slots=True)
class CashPaid:
    ret: Return
    amount: int
    payer: Staff


@dataclass(frozen=True, slots=True)
class RefundAccepted:
    """A refund handed to the queue: accepted, not refunded."""

    ret: Return
    position: int
    kind: str
    amount: int


@dataclass(frozen=True, slots=True)
class ReturnFinished:
    """The last refund of a return was paid or handed on."""

    ret: Return
    status: Status


@dataclass(frozen=True, slots=True)
class ReturnVoided:
    ret: Return
    by: Staff


@dataclass(frozen=True, slots=True)
class DrawerOpened:
    ret: Return
    by: Staff


@dataclass(frozen=True, slots=True)
class JobChanged:
    job: PrintJob
    return_id: str
    status: JobStatus


Record: TypeAlias = (
    SignedOn | SignedOut | StaffTurnedAway | StateSetAside | ReturnRecorded | CustomerConfirmed
    | CashPaid | RefundAccepted | ReturnFinished | ReturnVoided | DrawerOpened | JobChanged
)  # fmt: skip


# Asks.


@dataclass(frozen=True, slots=True)
class Query:
    """Which sale is looked for: by number, by its id, or by day and amount."""

    receipt_no: str = ""
    sale_id: str = ""
    day: date | None = None
    amount: int = 0


@dataclass(frozen=True, slots=True)
class LookUp:
    ask: str
    query: Query


@dataclass(frozen=True, slots=True)
class FindReturn:
    ask: str
    code: str  # number or short code


@dataclass(frozen=True, slots=True)
class CheckPin:
    ask: str
    number: str
    pin: str

    def __repr__(self) -> str:
        return f"CheckPin(ask={self.ask!r}, number={self.number!r}, pin=***)"


@dataclass(frozen=True, slots=True)
class CheckBadge:
    ask: str
    token: str

    def __repr__(self) -> str:
        return f"CheckBadge(ask={self.ask!r}, token=***)"


@dataclass(frozen=True, slots=True)
class PrepareSlip:
    """Ask the printer whether it could print; nothing leaves yet."""

    job: PrintJob


@dataclass(frozen=True, slots=True)
class SendSlip:
    """Send the bytes, once."""

    job: PrintJob
    ret: Return | None


@dataclass(frozen=True, slots=True)
class OpenDrawer:
    pass


@dataclass(frozen=True, slots=True)
class Tell:
    """Beep and say why not; the state stays as it is."""

    refusal: Refusal


Ask: TypeAlias = (
    LookUp | FindReturn | CheckPin | CheckBadge | PrepareSlip | SendSlip | OpenDrawer | Tell
)
