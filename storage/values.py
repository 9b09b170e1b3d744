"""What storage takes and gives: plain values, so that the database's shape stays its own affair.

Amounts are integers in minor units, quantities in thousandths, tax rates in parts per million, as
in the sale; times are ISO 8601 text or milliseconds since the epoch, as the name says.
"""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class StoredLine:
    line: int
    sku: str
    gtin: str
    name: str
    unit: str
    quantity: int
    list_price: int
    net: int
    paid: int
    tax_rate: int
    tax: int
    category: str


@dataclass(frozen=True, slots=True)
class StoredReduction:
    """`threshold` is the sum of goods that earned it (满减), 0 when none is known."""

    kind: str
    amount: int
    threshold: int = 0


@dataclass(frozen=True, slots=True)
class StoredTender:
    kind: str
    amount: int
    reference: str
    masked: str


@dataclass(frozen=True, slots=True)
class StoredSale:
    """A sale as imported; once stored it never changes."""

    id: str
    business_unit: str
    workstation: str
    business_day: str  # ISO date
    sequence: int
    receipt_no: str
    sold_at: str  # ISO 8601 with its offset
    cashier: str
    currency: str
    digits: int
    total: int
    lines: tuple[StoredLine, ...]
    reductions: tuple[StoredReduction, ...]
    tenders: tuple[StoredTender, ...]


@dataclass(frozen=True, slots=True)
class SaleHead:
    """Enough of a sale to choose it from a list."""

    id: str
    business_unit: str
    workstation: str
    business_day: str
    sequence: int
    receipt_no: str
    sold_at: str
    currency: str
    digits: int
    total: int
    line_count: int
    first_goods: str


@dataclass(frozen=True, slots=True)
class AddReport:
    """How an import went: `different` are sales on file under that id with other content."""

    added: int
    same: int
    different: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReturnedOfLine:
    line: int
    quantity: int
    amount: int
    tax: int


@dataclass(frozen=True, slots=True)
class RefundedOfTender:
    position: int
    amount: int


@dataclass(frozen=True, slots=True)
class ReturnedSoFar:
    """All that went back of one sale, voided returns not counted. Derived, never a counter."""

    lines: tuple[ReturnedOfLine, ...]
    tenders: tuple[RefundedOfTender, ...]
    fees: int
    shortfall: int = 0


@dataclass(frozen=True, slots=True)
class NewReturnLine:
    line: int
    quantity: int
    amount: int
    tax: int
    sku: str
    reason: str
    condition: str
    disposition: str


@dataclass(frozen=True, slots=True)
class NewReturnTender:
    """Money to the sale's tender at `position` (from 0); `owed` is what coins could not pay."""

    position: int
    kind: str
    amount: int
    owed: int = 0


@dataclass(frozen=True, slots=True)
class NewReturn:
    """A return to be recorded under a number of its own.

    `amount` is what the goods were paid (the sum of the lines), `fee` and `shortfall` (a broken
    满减; below zero where an earlier one is given back) what of it the shop keeps; the tenders get
    no more than amount - fee - shortfall, over all returns of the sale. `body` is the whole
    return as JSON, given back as it was.
    """

    id: str
    number: str
    sequence: int
    sale_id: str
    day: str
    short_code: str
    currency: str
    amount: int
    fee: int
    lines: tuple[NewReturnLine, ...]
    tenders: tuple[NewReturnTender, ...]
    body: str
    status: str = "recorded"
    shortfall: int = 0


@dataclass(frozen=True, slots=True)
class ReturnChange:
    """A recorded return came further; `VOIDED` frees what it used, and is final."""

    return_id: str
    status: str
    body: str


VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class StoredReturn:
    id: str
    number: str
    sequence: int
    sale_id: str
    day: str
    short_code: str
    currency: str
    amount: int
    fee: int
    status: str
    body: str


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A fact to be kept and synced. `id` is a UUIDv7, `body` canonical JSON of the caller."""

    id: str
    kind: str
    body: str


@dataclass(frozen=True, slots=True)
class JournalRow:
    """A kept fact: `hash` = sha256(prev_hash + its fields), both as 64 hex digits."""

    seq: int
    id: str
    kind: str
    at_ms: int
    boot: str
    uptime_ms: int
    body: str
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class ChainBroken:
    """The first row of the journal that is not as it was written, or is missing."""

    seq: int


@dataclass(frozen=True, slots=True)
class PrintJobChange:
    """A print job is new, or its status changed. `copy` is 0 for the original."""

    job_id: str
    return_id: str | None
    kind: str
    copy: int
    status: str


PrintJob = PrintJobChange  # what is kept of a job is what was said last


@dataclass(frozen=True, slots=True)
class Commit:
    """Everything one step of the flow leaves behind: one transaction, one sync.

    `state` None leaves the kept state as it was; `boot` and `uptime_ms` are the machine's boot id
    and monotonic clock, so that a clock set back can be seen later; `acked` is the highest journal
    seq the back office holds.
    """

    state: str | None
    at_ms: int
    boot: str
    uptime_ms: int
    entries: tuple[JournalEntry, ...] = ()
    returns: tuple[NewReturn, ...] = ()
    changes: tuple[ReturnChange, ...] = ()
    jobs: tuple[PrintJobChange, ...] = ()
    acked: int | None = None


class Cap(Enum):
    """Which limit of a sale a return would pass."""

    LINE = "line"  # more goods of a line than were sold
    LINE_AMOUNT = "line_amount"  # more money for a line than was paid for it
    LINE_TAX = "line_tax"  # more tax of a line than was in it
    TENDER = "tender"  # more to a tender than was tendered
    TOTAL = "total"  # more than the sale, or more money out than goods came back


class CapExceeded(Exception):  # noqa: N818 - named for what happened
    """The return was not recorded. `which` is the line, or the tender's position, or 0 (total)."""

    def __init__(self, what: Cap, which: int, wanted: int, left: int) -> None:
        super().__init__(f"{what.value} {which}: {wanted} wanted, {left} left")
        self.what = what
        self.which = which
        self.wanted = wanted
        self.left = left


class NumberTaken(Exception):  # noqa: N818 - named for what happened
    """The return was not recorded: `what` (id, number, sequence, short_code) is not free."""

    def __init__(self, what: str, value: str) -> None:
        super().__init__(f"{what} {value} is taken or not the next one")
        self.what = what
        self.value = value


class SaleUnknown(Exception):  # noqa: N818 - named for what happened
    """The return was not recorded: its sale is not on file."""

    def __init__(self, sale_id: str) -> None:
        super().__init__(f"sale {sale_id} is not on file")
        self.sale_id = sale_id
