"""A sale as it was made: the original receipt that a return is measured against.

Amounts are integers in the minor unit of the sale's currency (分, pence). Quantities are integers
in thousandths of the line's unit: three bottles are 3000, 412 g of a line sold by kg are 412.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum

from msgspec import Struct

from terminal.core.personal import Personal

QUANTITY_ONE = 1000


class Unit(Enum):
    """How a line's quantity is counted."""

    EACH = "each"
    WEIGHT = "kg"


class Currency(Struct, frozen=True):
    """An ISO 4217 currency and its minor digits: CNY 2, JPY 0, KWD 3."""

    code: str
    digits: int


class ReceiptRef(Struct, frozen=True):
    """The identity of a sale (ARTS TransactionLink): a bare number collides between stores."""

    business_unit: str
    workstation: str
    business_day: date
    sequence: int

    def __str__(self) -> str:
        day = f"{self.business_day:%Y%m%d}"
        return f"{self.business_unit}-{self.workstation}-{day}-{self.sequence:04d}"


class SaleLine(Struct, frozen=True):
    """One sold line. `net` is before order-level reductions, `paid` after them, `tax` within it.

    The number of a customer's phone leads to that customer: serial numbers are personal.
    """

    line: int
    sku: str
    gtin: str
    name: str
    unit: Unit
    quantity: int
    list_price: int
    net: int
    paid: int
    tax_rate: int  # parts per million: 13 % is 130_000
    tax: int
    category: str
    serials: tuple[Personal, ...] = ()  # one for each piece, where the till took them down
    batch: str = ""

    def places_of(self, serials: Iterable[str]) -> tuple[int, ...]:
        """Where these stand, from 0, among the line's numbers in ascending order, case folded.

        The same in every copy of the sale, and no number: by it other tills learn which piece came
        back (docs/WIRE.md), and it says nothing once the numbers are erased.
        """
        order = sorted(one.casefold() for one in self.serials)
        return tuple(order.index(one) for one in map(str.casefold, serials) if one in order)


class Reduction(Struct, frozen=True):
    """An order-level reduction: basket, coupon, threshold (满减), rounding (抹零).

    `threshold` is the sum of line nets that earned it (满 300 减 50: 300), 0 when none is known.
    """

    kind: str
    amount: int
    threshold: int = 0


class Bundle(Struct, frozen=True):
    """Lines that were sold together at one price (组合、套装); each holds its share of it.

    `whole`: the sale itself says that they come back together alone; a policy may say so, too.
    """

    sku: str
    name: str
    lines: tuple[int, ...]
    whole: bool = False


class Gift(Struct, frozen=True):
    """A line at 0.00 (赠品) and the lines that earned it.

    With a `threshold` (minor units) it was earned by their nets coming to so much (满赠), without
    one by their quantity (买赠).
    """

    line: int
    earned_by: tuple[int, ...]
    threshold: int = 0


class SaleTender(Struct, frozen=True):
    """One means of payment (支付方式); `masked` is a card's or account's tail, never more."""

    kind: str
    amount: int
    reference: Personal
    masked: Personal


class Sale(Struct, frozen=True):
    """An original sale (原单). Once stored it never changes, so a state may hold it by its id."""

    receipt: ReceiptRef
    receipt_no: str
    sold_at: datetime  # with its offset
    cashier: str
    currency: Currency
    lines: tuple[SaleLine, ...]
    reductions: tuple[Reduction, ...]
    tenders: tuple[SaleTender, ...]
    total: int
    phone_tail: Personal = ""  # the last four digits of the customer's phone
    bundles: tuple[Bundle, ...] = ()
    gifts: tuple[Gift, ...] = ()
    declared: str = ""  # a name of its own: written down by a cashier, its till unknown

    @property
    def id(self) -> str:
        """The key under which storage keeps this sale."""
        return self.declared or str(self.receipt)


class SaleSummary(Struct, frozen=True):
    """Enough of a sale to choose it from a list."""

    id: str
    receipt: ReceiptRef
    receipt_no: str
    sold_at: datetime
    currency: Currency
    total: int
    line_count: int
    first_goods: str
