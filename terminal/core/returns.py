"""A return as it grows: what went back before, what goes back now, what is paid for it."""

from datetime import date
from enum import Enum

from msgspec import Struct

from terminal.core.personal import Personal
from terminal.core.sale import Currency, SaleLine, Unit
from terminal.core.shop import Declined, ShopState, Standing
from terminal.core.words import Worded


class Condition(Enum):
    """商品成色: how the goods come back."""

    UNOPENED = "UNOPENED"
    OPENED = "OPENED"
    USED = "USED"
    DAMAGED = "DAMAGED"
    SPOILED = "SPOILED"
    INCOMPLETE = "INCOMPLETE"


class ReturnKind(Enum):
    """What stands behind a return; a rule of the shop may speak of some kinds alone."""

    VERIFIED = "VERIFIED"  # the sale is on file
    UNVERIFIED = "UNVERIFIED"  # a receipt, but no sale on file
    BLIND = "BLIND"  # no receipt
    OFFLINE = "OFFLINE"  # another terminal's sale, not settled with it yet
    EXCHANGE = "EXCHANGE"  # new goods in the same settlement
    VOID = "VOID"  # the whole sale, on its day (撤销)

    @property
    def dated(self) -> bool:
        """Whether the day of the sale is known, so that a window can be judged."""
        return self is not ReturnKind.BLIND


class Disposition(Enum):
    """处置方式 (ARTS DisposalMethod, and QUARANTINE): where the goods go."""

    RETURN_TO_STOCK = "RETURN_TO_STOCK"
    WRITE_OFF = "WRITE_OFF"
    RETURN_TO_SUPPLIER = "RETURN_TO_SUPPLIER"
    RETURN_TO_MANUFACTURER = "RETURN_TO_MANUFACTURER"
    REPAIR = "REPAIR"
    TRANSFORM = "TRANSFORM"
    UNDECIDED = "UNDECIDED"
    QUARANTINE = "QUARANTINE"
    NONE = "NONE"  # amount only: no goods come back (多收款)


class ReturnedLine(Struct, frozen=True):
    """What went back of one sale line in all returns before, voided ones not counted."""

    line: int
    quantity: int
    amount: int
    tax: int
    serials: tuple[Personal, ...] = ()  # of the pieces that went back by number


class RefundedTender(Struct, frozen=True):
    """What went back to one tender (by its place in the sale, from 0) in all returns before."""

    position: int
    amount: int


class Returned(Struct, frozen=True):
    """Everything that went back of a sale before now, derived from return lines: no counter."""

    lines: tuple[ReturnedLine, ...] = ()
    tenders: tuple[RefundedTender, ...] = ()
    fees: int = 0  # kept by the shop: sum of Settlement.fee and covered
    shortfall: int = 0  # kept for a broken 满减: sum of Settlement.shortfall
    gifts: int = 0  # kept for gifts not returned: sum of Settlement.gifts

    def of_line(self, line: int) -> ReturnedLine:
        return next((one for one in self.lines if one.line == line), ReturnedLine(line, 0, 0, 0))

    def of_tender(self, position: int) -> int:
        return sum(one.amount for one in self.tenders if one.position == position)

    def without(self, ret: "Return") -> "Returned":
        """As if this return had not been made: what it may be replaced from."""
        it = ret.settlement
        lines = tuple(
            ReturnedLine(
                one.line,
                one.quantity - sum(its.quantity for its in it.lines if its.line == one.line),
                one.amount - sum(its.amount for its in it.lines if its.line == one.line),
                one.tax - sum(its.tax for its in it.lines if its.line == one.line),
                tuple(
                    serial
                    for serial in one.serials
                    if not any(its.line == one.line and serial in its.serials for its in it.lines)
                ),
            )
            for one in self.lines
        )
        tenders = tuple(
            RefundedTender(
                one.position,
                one.amount - sum(its.amount for its in it.refunds if its.position == one.position),
            )
            for one in self.tenders
        )
        return Returned(
            lines,
            tenders,
            self.fees - it.fee - it.covered,
            self.shortfall - it.shortfall,
            self.gifts - it.gifts,
        )

    @property
    def amount(self) -> int:
        return sum(one.amount for one in self.lines)

    @property
    def kept(self) -> int:
        """What the shop keeps of `amount`: amount = refunded + still owed in coins + kept."""
        return self.fees + self.shortfall + self.gifts


class Chosen(Struct, frozen=True):
    """One line that goes back now. `reason` is a ReasonCode (退货原因).

    For an amount-only reason (多收款) `amount` may say how much, in minor units; the quantity is
    then 0, for no goods come back. A line may be chosen twice, with two reasons or conditions.
    """

    line: int
    quantity: int  # thousandths, > 0
    reason: str = ""
    condition: Condition | None = None
    amount: int | None = None
    serials: tuple[Personal, ...] = ()  # of the pieces, where they come back by number


class ReturnLine(Struct, frozen=True):
    """One line of a return, settled: `amount` is what the goods were paid, before any fee."""

    line: int
    sku: str
    name: str
    unit: Unit
    quantity: int
    amount: int
    tax: int
    reason: str
    condition: Condition
    disposition: Disposition
    gift: bool = False  # 赠品, for which nothing was paid
    serials: tuple[Personal, ...] = ()
    batch: str = ""
    pieces: tuple[int, ...] = ()  # of `serials`, their SaleLine.places_of


class Refund(Struct, frozen=True):
    """Money to one tender of the sale (原路退回).

    `owed` is what coins have not paid yet, from this part and those before; the last part pays it.
    `owed_before` is how much of that, or of `amount`, comes from earlier parts.
    """

    position: int
    kind: str
    masked: Personal
    amount: int
    owed: int = 0
    owed_before: int = 0

    @property
    def granted(self) -> int:
        """What this return itself grants to the tender, paid or owed."""
        return self.amount + self.owed - self.owed_before


class Settlement(Struct, frozen=True):
    """What this return comes to: paid = before + this + left, in the sale's minor units.

    `this` is the sum of the lines; `fee` (restocking) and `shortfall` (a broken 满减) are kept by
    the shop, each its own line on screen and slip. A shortfall below zero gives back what was kept
    before, for those goods come back too. `gifts` is the stated value of gifts that did not come
    back, likewise. `overpaid` is what was refunded too much before.
    sum(refund.granted) = due - covered. In an exchange `covered` is what new goods (`bought`) take
    of it, `to_pay` what the customer pays for them in cash.
    """

    lines: tuple[ReturnLine, ...]
    refunds: tuple[Refund, ...]
    paid: int
    before: int
    this: int
    left: int
    fee: int = 0
    shortfall: int = 0
    overpaid: int = 0
    bought: tuple[SaleLine, ...] = ()
    covered: int = 0
    to_pay: int = 0
    gifts: int = 0

    @property
    def due(self) -> int:
        """What the customer is owed for the goods, before any new ones."""
        return self.this - self.fee - self.shortfall - self.gifts - self.overpaid

    @property
    def refund(self) -> int:
        """What the customer gets now, over all tenders."""
        return sum(one.amount for one in self.refunds)


class CouponFate(Struct, frozen=True):
    """What became of a coupon (券) of a sale that came back whole; `amount` is what it took off."""

    kind: str
    amount: int
    given_back: bool


class Status(Enum):
    """How far a recorded return has come."""

    RECORDED = "recorded"  # waiting for the customer
    CONFIRMED = "confirmed"  # the customer confirmed; the refund is not finished
    ACCEPTED = "accepted"  # 已受理: handed to the queue; at least one tender is not cash
    PROBLEM = "problem"  # 异常: handed on, and a rail could not pay; the office is on it
    REFUNDED = "refunded"  # 已退款: cash paid out, everything else arrived
    VOIDED = "voided"  # 已作废


class Return(Struct, frozen=True):
    """A recorded return (退货). Everything a slip, a report or a reprint needs is in it.

    `shop` is what the shop said of it last; it is kept apart from the records (ledger/filed.py).
    """

    id: str
    number: str  # R-0571-03-000417
    short_code: Personal  # 10 Crockford base32 characters and a check character
    sale_id: str
    receipt_no: str
    recorded_at: str  # ISO 8601 with offset
    cashier: str
    approver: str  # the other person of an override, or empty
    currency: Currency
    settlement: Settlement
    policy_version: str
    policy_words: Worded  # the sentence printed on the slip
    expires_on: str  # ISO date: until when the QR may be used
    status: Status = Status.RECORDED
    kind: ReturnKind = ReturnKind.VERIFIED
    policy_hash: str = ""  # Policy.digest of the files it was judged by
    replaces: str = ""  # the number of the return that inspection corrected by this one
    copies: int = 0  # how many copies of its present slip were asked for
    credit_code: Personal = ""  # of the store credit given for it
    credit_until: str = ""  # ISO date: the last day of that credit
    coupons: tuple[CouponFate, ...] = ()
    declined: Declined | None = None  # the shop said no: it was voided for that
    shop: ShopState | None = None

    def expired(self, today: date) -> bool:
        """Whether the last day printed on its slip is over, and no customer confirmed before."""
        return self.status is Status.RECORDED and today.isoformat() > self.expires_on

    @property
    def decided(self) -> bool:
        """Whether the shop has answered and a person here has to act on it.

        It may say more than this terminal ever recorded: that was lost with what a backup missed.
        """
        if self.shop is None:
            return False
        if self.status is Status.CONFIRMED:  # its cash waits: a conflict comes before it
            return self.shop.state is Standing.CONFLICT
        undecided = (Standing.WAITING, Standing.SUBMITTED)
        return self.status is Status.RECORDED and self.shop.state not in undecided

    @property
    def handed_on(self) -> bool:
        """Whether its refunds are on their way, arrived, or in trouble there."""
        return self.status in (Status.ACCEPTED, Status.PROBLEM, Status.REFUNDED)
