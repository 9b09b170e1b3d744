"""The records that the books live on, as typed values; every other kind is kept as it came.

Law of the file: fields that are not read here are ignored, so that a newer terminal is understood
as far as it says the same; a field that is read has its type and its bounds, or it is Unreadable.
"""

from typing import Annotated, Any, TypeVar, get_args

import msgspec
from msgspec import DecodeError, Meta, Struct, ValidationError
from msgspec.json import Decoder

from backoffice.wire.event import Event, Uuid
from backoffice.wire.tagged import Unreadable, plain

T = TypeVar("T")
Amount = Annotated[int, Meta(ge=0, lt=2**47)]
Signed = Annotated[int, Meta(gt=-(2**47), lt=2**47)]
Place = Annotated[int, Meta(ge=0, lt=2**31)]
Name = Annotated[str, Meta(min_length=1, max_length=120, pattern=r"\A[^\x00-\x1f]*\Z")]
Text = Annotated[str, Meta(max_length=2000, pattern=r"\A[^\x00]*\Z")]


class Currency(Struct, frozen=True):
    code: Annotated[str, Meta(pattern=r"\A[A-Z]{3}\Z")]
    digits: Annotated[int, Meta(ge=0, le=4)]


class Line(Struct, frozen=True):
    """Goods that came back, what was paid for them and the tax in it; `pieces` as docs/WIRE.md."""

    line: Place
    sku: Text
    name: Text
    unit: Text
    quantity: Amount
    amount: Amount
    tax: Amount
    reason: Text
    condition: Text
    disposition: Text
    pieces: list[Place] = []


class Tender(Struct, frozen=True):
    """Money back to one tender of the sale, by its place among them."""

    position: Place
    kind: Name
    amount: Amount


class SaleLine(Struct, frozen=True):
    """A line of a sale that a terminal wrote; `net` before order-level reductions."""

    line: Place
    sku: Text
    gtin: Text
    name: Text
    unit: Annotated[str, Meta(pattern=r"\A(EACH|WEIGHT)\Z")]
    quantity: Amount
    list_price: Amount
    net: Amount
    paid: Amount
    tax_rate: Amount
    tax: Amount
    category: Text


class Settlement(Struct, frozen=True):
    """What the return comes to; `fee`, `shortfall` and `gifts` are kept. Of an exchange: the new
    goods, what of the return they take, and what the customer paid for them besides.
    """

    lines: list[Line]
    refunds: list[Tender]
    this: Amount
    fee: Amount = 0
    shortfall: Signed = 0
    gifts: Signed = 0  # that did not come back; below zero where one did after all
    covered: Amount = 0
    bought: list[SaleLine] = []
    to_pay: Amount = 0


class Named(Struct, frozen=True):
    """A return that a record speaks of, by its names alone."""

    id: Uuid
    number: Annotated[str, Meta(pattern=r"\AR-[0-9A-Za-z_.-]{1,64}-[0-9]{1,9}\Z")]
    sale_id: Name
    receipt_no: Text


class Return(Named, frozen=True, kw_only=True):
    """The terminal's Return, as far as the office reads it."""

    short_code: Text
    recorded_at: Text
    cashier: Text
    currency: Currency
    settlement: Settlement
    expires_on: Annotated[str, Meta(pattern=r"\A\d{4}-\d\d-\d\d\Z")]
    kind: Annotated[str, Meta(pattern=r"\A[A-Z]{1,20}\Z")]
    replaces: Text = ""

    @property
    def sequence(self) -> int:
        return int(self.number.rpartition("-")[2])


class Reduction(Struct, frozen=True):
    kind: Text
    amount: Amount
    threshold: Amount = 0


class SaleTender(Struct, frozen=True):
    kind: Name
    amount: Amount
    reference: Text = ""
    masked: Text = ""


class Receipt(Struct, frozen=True):
    business_unit: Text
    workstation: Text
    business_day: Annotated[str, Meta(pattern=r"\A\d{4}-\d\d-\d\d\Z")]
    sequence: Amount


class Sale(Struct, frozen=True):
    """Goods that a cashier wrote down where no sale is on file; `declared` is their sale's id."""

    receipt: Receipt
    receipt_no: Text
    sold_at: Text
    cashier: Text
    currency: Currency
    lines: list[SaleLine]
    reductions: list[Reduction]
    tenders: list[SaleTender]
    total: Amount
    declared: Uuid  # so it is no sale's that a till rang
    phone_tail: Text = ""


class Words(Struct, frozen=True):
    zh: Text
    en: Text


class ReasonWords(Struct, frozen=True):
    """A reason as the shop's own policy words it."""

    code: Text
    words: Words


class ReturnRecorded(Struct, frozen=True):
    ret: Return
    declared: Sale | None = None
    reasons: list[ReasonWords] = []


class CustomerConfirmed(Struct, frozen=True):
    ret: Named
    how: Text


class CashPaid(Struct, frozen=True):
    """Negative where new goods cost more and the customer paid."""

    ret: Named
    amount: Signed


class RefundAccepted(Struct, frozen=True):
    ret: Named
    position: Place
    kind: Name
    amount: Annotated[int, Meta(gt=0, lt=2**47)]
    how: Annotated[str, Meta(pattern=r"\A(refund|void)\Z")] = "refund"


class CreditGiven(Struct, frozen=True):
    ret: Named
    amount: Amount


class ReturnFinished(Struct, frozen=True):
    ret: Named


class ReturnVoided(Struct, frozen=True):
    ret: Named


class SaleName(Struct, frozen=True):
    """A sale that a record names by its id: what it holds stands in the settlement."""

    ref: Annotated[str, Meta(pattern=r"\A[0-9A-Za-z_.]+-[0-9A-Za-z_.]+-\d{8}-\d{4,12}\Z")]


class GoodsExchanged(Struct, frozen=True):
    ret: Return
    sale: SaleName


class RulesChanged(Struct, frozen=True):
    """The terminal works by this version of the shop's rules from now on."""

    version: Text


class RulesRefused(Struct, frozen=True):
    """A file that we sent and the terminal cannot work by; `why` is said in both languages."""

    file: Text
    why: Text


class ClockCompared(Struct, frozen=True):
    """Our clock stood at `office_ms` when that boot had run `uptime_ms`."""

    office_ms: Annotated[int, Meta(ge=0, lt=2**47)]
    uptime_ms: Annotated[int, Meta(ge=0, lt=2**47)]


WhatFollowed = (
    CustomerConfirmed | CashPaid | RefundAccepted | CreditGiven | ReturnFinished | ReturnVoided
)
AboutReturn = ReturnRecorded | GoodsExchanged | WhatFollowed
AboutUnit = RulesChanged | RulesRefused | ClockCompared
Body = AboutReturn | AboutUnit

READ: dict[str, type[Body]] = {one.__name__: one for one in get_args(Body)}

# Read from the JSON as it stands: no field of theirs is tagged, or may be personal.
_BARE: dict[type[Body], Decoder[Body]] = {one: Decoder(one) for one in get_args(WhatFollowed)}

# Known, kept, and of no consequence for the books.
KEPT = frozenset((
    "SignedOn", "SignedOut", "StaffTurnedAway", "StateSetAside", "DrawerOpened",
    "DrawerCounted", "ShiftOpened", "ShiftClosed", "JobChanged", "FileHandled",
    "OverrideGranted", "TrainingOpened", "TrainingClosed", "OldErased", "StoreRestored",
    "StaffAdded", "PinChanged", "BadgeChanged", "StaffUnlocked", "StaffLeft", "StaffRejoined",
    "CouponGivenBack", "RefundMoved",
))  # fmt: skip


def body_of(event: Event) -> Body | None:
    """What the books take from this record; None where it is merely kept. Raises Unreadable."""
    if event.kind in KEPT:
        return None
    wanted = READ.get(event.kind)
    if wanted is None:
        raise Unreadable("its kind is not known to this version")
    if wanted in _BARE:
        return _bare(event.data.body, _BARE[wanted])
    return shaped(plain(event.data.body, event.data.personal), wanted)


def _bare(body: str, wanted: Decoder[Body]) -> Body:
    try:
        return wanted.decode(body)
    except ValidationError as fault:
        raise _misshapen(fault) from fault
    except (DecodeError, RecursionError) as fault:
        raise Unreadable("it is not JSON") from fault


def bare_return(event: Event) -> str:
    """The terminal's own Return of a body as JSON, without what is personal; `reasons` beside it
    are the words of its reasons, as the record has them.
    """
    body = plain(event.data.body, "")
    reasons = {"reasons": body["reasons"]} if body.get("reasons") else {}
    return msgspec.json.encode({**body["ret"], **reasons}).decode()


def shaped(values: Any, wanted: type[T]) -> T:
    """Plain values as `wanted`. Raises Unreadable, which names the field and quotes nothing."""
    try:
        return msgspec.convert(values, wanted)
    except ValidationError as fault:
        raise _misshapen(fault) from fault


def _misshapen(fault: ValidationError) -> Unreadable:
    where = str(fault).rpartition("`")[0].rpartition("`")[2] or "a field"
    return Unreadable(f"{where} is not as this version reads it")
