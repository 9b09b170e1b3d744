"""What storage takes and gives: plain values, so that the database's shape stays its own affair.

Amounts are integers in minor units, quantities in thousandths, tax rates in parts per million, as
in the sale; times are ISO 8601 text or milliseconds since the epoch, as the name says.
"""

from enum import Enum

from msgspec import Struct

from storage.drawer import CashMove, KeptShift
from storage.kind_values import KindCaps
from storage.payer_values import Payer
from storage.records import JournalEntry
from storage.sale_ties import NO_TIES, StoredMark, StoredTies
from storage.staff_changes import StaffChange
from storage.store_credit import KeptCredit


class StoredLine(Struct, frozen=True):
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


class StoredReduction(Struct, frozen=True):
    """`threshold` is the sum of goods that earned it (满减), 0 when none is known."""

    kind: str
    amount: int
    threshold: int = 0


class StoredTender(Struct, frozen=True):
    kind: str
    amount: int
    reference: str
    masked: str


class StoredSale(Struct, frozen=True):
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
    phone_tail: str = ""  # the last four digits of the customer's phone
    ties: StoredTies = NO_TIES


class SaleHead(Struct, frozen=True):
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


class AddReport(Struct, frozen=True):
    """How an import went: `different` are sales on file under that id with other content."""

    added: int
    same: int
    different: tuple[str, ...]


class ReturnedOfLine(Struct, frozen=True):
    """`pieces` came back elsewhere by number: their places in return_serials.named."""

    line: int
    quantity: int
    amount: int
    tax: int
    pieces: tuple[int, ...] = ()


class RefundedOfTender(Struct, frozen=True):
    position: int
    amount: int


class ReturnedSoFar(Struct, frozen=True):
    """All that went back of one sale, voided returns not counted. Derived, never a counter."""

    lines: tuple[ReturnedOfLine, ...]
    tenders: tuple[RefundedOfTender, ...]
    fees: int
    shortfall: int = 0
    gifts: int = 0
    serials: tuple[StoredMark, ...] = ()  # of the pieces that went back by number


NOTHING = ReturnedSoFar((), (), 0)


class NewReturnLine(Struct, frozen=True):
    line: int
    quantity: int
    amount: int
    tax: int
    sku: str
    reason: str
    condition: str
    disposition: str
    serials: tuple[str, ...] = ()


class NewReturnTender(Struct, frozen=True):
    """Money to the sale's tender at `position` (from 0); `owed` is what coins could not pay."""

    position: int
    kind: str
    amount: int
    owed: int = 0


class NewReturn(Struct, frozen=True):
    """A return to be recorded under a number of its own.

    `amount` is what the goods were paid (the sum of the lines), `fee` and `shortfall` (a broken
    满减; below zero where an earlier one is given back) what of it the shop keeps, `gifts` likewise
    for gifts that did not come back; the tenders get no more than amount - fee - shortfall - gifts,
    over all returns of the sale. `body` is the whole
    return as JSON but for its `personal` part, both given back as they were.
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
    gifts: int = 0
    kind: str = "VERIFIED"
    caps: KindCaps = KindCaps()
    payers: tuple[Payer, ...] = ()
    personal: str = ""


class ReturnChange(Struct, frozen=True):
    """A recorded return came further; `VOIDED` frees what it used, and is final."""

    return_id: str
    status: str
    body: str
    personal: str = ""


VOIDED = "voided"


class StoredReturn(Struct, frozen=True):
    """`short_code` and `personal` are empty once they were erased."""

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
    personal: str = ""


class PrintJobChange(Struct, frozen=True):
    """A print job is new, or its status changed. `copy` is 0 for the original."""

    job_id: str
    return_id: str | None
    kind: str
    copy: int
    status: str


PrintJob = PrintJobChange  # what is kept of a job is what was said last


class Commit(Struct, frozen=True):
    """Everything one step of the flow leaves behind: one transaction, one sync.

    `state` None leaves the kept state as it was; `boot` and `uptime_ms` are the machine's boot id
    and monotonic clock, so that a clock set back can be seen later; `acked` is the highest journal
    seq the back office holds, `parked` how many more it did not understand.
    """

    state: str | None
    at_ms: int
    boot: str
    uptime_ms: int
    entries: tuple[JournalEntry, ...] = ()
    returns: tuple[NewReturn, ...] = ()
    sales: tuple[StoredSale, ...] = ()  # written down with them
    changes: tuple[ReturnChange, ...] = ()
    jobs: tuple[PrintJobChange, ...] = ()
    shifts: tuple[KeptShift, ...] = ()
    cash: tuple[CashMove, ...] = ()
    credits: tuple[KeptCredit, ...] = ()
    acked: int | None = None
    parked: int = 0
    staff: tuple[StaffChange, ...] = ()

    @property
    def only_state(self) -> bool:
        """Nothing but a new state: what most steps of the flow are."""
        more = self.entries or self.returns or self.changes or self.jobs or self.staff
        return not more and self.acked is None and not self.parked and self.state is not None


class Cap(Enum):
    """Which limit of a sale a return would pass."""

    LINE = "line"  # more goods of a line than were sold
    LINE_AMOUNT = "line_amount"  # more money for a line than was paid for it
    LINE_TAX = "line_tax"  # more tax of a line than was in it
    SERIAL = "serial"  # a piece that was not sold on this line, or came back already
    TENDER = "tender"  # more to a tender than was tendered
    TOTAL = "total"  # more than the sale, or more money out than goods came back
    KIND_AMOUNT = "kind_amount"  # more than returns of this kind may come to on one receipt
    KIND_DAY_AMOUNT = "kind_day_amount"
    KIND_DAY_COUNT = "kind_day_count"


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
