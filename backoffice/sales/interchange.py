"""The sale interchange format: one object of its JSON Lines, read and its sums checked.

sum(net) - sum(reductions) = total = sum(tenders), or it is no sale. Fields that are not read here
stay in the object and go on to the terminals as they came, card numbers cut.
"""

from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from backoffice.cards import masked_all, tail
from backoffice.clock import ms_of
from backoffice.sales.money import decimal, digits_of, included_tax, scaled, shared
from backoffice.sales.offered import BadSale, Line, Offered, Tender

Text = Annotated[str, Meta(max_length=200, pattern=r"\A[^\x00-\x1f\x7f]*\Z")]
Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\A[^\x00-\x1f\x7f]*\Z")]
T = TypeVar("T")
Unit = Annotated[str, Meta(pattern=r"\A[0-9A-Za-z_.]{1,32}\Z")]


class _Receipt(Struct, frozen=True):
    business_unit: Unit
    workstation: Unit
    business_day: Annotated[str, Meta(pattern=r"\A\d{4}-\d\d-\d\d\Z")]
    sequence: Annotated[int, Meta(ge=0, lt=10**12)]


Serial = Annotated[str, Meta(pattern=r"\A[!-~]{1,64}\Z")]
Word = Annotated[str, Meta(max_length=64, pattern=r"\A[^\x00-\x1f\x7f]*\Z")]
LineNumber = Annotated[int, Meta(ge=1, le=99999)]


class _Part(Struct, frozen=True):
    """A line, or a component of a bundle (which has no `net_amount` of its own)."""

    line: LineNumber
    sku: Name
    name: Text
    quantity: Text
    gtin: Text = ""
    unit: Text = "each"
    list_price: Text = "0"
    tax_rate: Text = "0"
    net_amount: Text = ""
    serials: list[Serial] = []
    batch: Word = ""


class _Sold(Struct, frozen=True):
    """What stands under `lines`: a line, or a bundle whose price its components share.

    A gift names the lines that earned it, or with none of them all goods that were paid for.
    """

    net_amount: Text
    components: list[_Part] = []
    whole: bool | msgspec.UnsetType = msgspec.UNSET
    gift_of: list[LineNumber] | msgspec.UnsetType = msgspec.UNSET
    gift_threshold: Text | msgspec.UnsetType = msgspec.UNSET

    @property
    def is_gift(self) -> bool:
        return self.gift_of is not msgspec.UNSET or self.gift_threshold is not msgspec.UNSET


class _Reduction(Struct, frozen=True):
    kind: Name
    amount: Text


class _Tender(Struct, frozen=True):
    kind: Name
    amount: Text
    reference: Text = ""
    masked: Text = ""


class _Sale(Struct, frozen=True):
    receipt: _Receipt
    receipt_no: Name
    sold_at: Text
    currency: Annotated[str, Meta(pattern=r"\A[A-Z]{3}\Z")]
    lines: Annotated[list[dict[str, Any]], Meta(min_length=1, max_length=2000)]
    tenders: list[_Tender]
    total: Text
    reductions: list[_Reduction] = []
    phone: Text = ""


def offered(plain: Any) -> Offered:
    """The sale that an object says. Raises BadSale."""
    body = _cut(plain)
    sale = _shaped(body, _Sale)
    digits = digits_of(sale.currency)
    parts: list[tuple[_Part, int]] = []
    gifts: dict[int, _Sold] = {}  # by line number
    for one in sale.lines:
        sold = _shaped(one, _Sold)
        found = _parts(one, sold, digits)
        parts += found
        if sold.is_gift:
            gifts[found[0][0].line] = sold
    if len({part.line for part, _ in parts}) != len(parts):
        raise BadSale("同一原单内行号重复", "a line number is used twice in one sale")
    _check_gifts(gifts, {part.line: net for part, net in parts}, digits)
    nets = [net for _, net in parts]
    reduction = sum(_amount(one.amount, digits, "reductions") for one in sale.reductions)
    tenders = tuple(
        Tender(one.kind, _amount(one.amount, digits, "tenders"), one.reference, one.masked)
        for one in sale.tenders
    )
    total = _amount(sale.total, digits, "total")
    _check_sums(sum(nets), reduction, total, sum(one.amount for one in tenders), digits)
    less = shared(reduction, nets)
    lines = tuple(_line(part, net - share) for (part, net), share in zip(parts, less, strict=True))
    ref = sale.receipt
    try:
        ms_of(sale.sold_at)
    except ValueError as fault:
        raise BadSale("sold_at 不是带时区的时间", "sold_at is no time with its offset") from fault
    day = ref.business_day.replace("-", "")
    return Offered(
        id=f"{ref.business_unit}-{ref.workstation}-{day}-{ref.sequence:04d}",
        store=ref.business_unit,
        workstation=ref.workstation,
        business_day=ref.business_day,
        sequence=ref.sequence,
        receipt_no=sale.receipt_no,
        sold_at=sale.sold_at,
        currency=sale.currency,
        digits=digits,
        total=total,
        lines=lines,
        tenders=tenders,
        phone=sale.phone,
        body=body,
    )


def _cut(plain: Any) -> dict[str, Any]:
    """The object without a card number anywhere, tails of accounts and phone alone."""
    if not isinstance(plain, dict):
        raise BadSale("这一行不是对象", "the line is no object")
    body: dict[str, Any] = masked_all(plain)
    for tender in body.get("tenders") or ():
        if isinstance(tender, dict) and isinstance(tender.get("masked"), str):
            tender["masked"] = tail(tender["masked"])
    if isinstance(body.get("phone"), str):
        body["phone"] = tail(body["phone"])
    return body


def _shaped(plain: Any, wanted: type[T]) -> T:
    try:
        return msgspec.convert(plain, wanted)
    except msgspec.ValidationError as fault:
        where = str(fault).rpartition("`")[0].rpartition("`")[2].removeprefix("$.") or "?"
        raise BadSale(
            f"字段 {where} 缺少或不符合格式", f"{where} misses or is malformed"
        ) from fault


def _parts(plain: dict[str, Any], sold: _Sold, digits: int) -> list[tuple[_Part, int]]:
    net = _amount(sold.net_amount, digits, "net_amount")
    if not sold.components:
        if sold.whole is not msgspec.UNSET:
            raise BadSale("whole 只用于组合", "whole stands on a line that is no bundle")
        return [(_shaped(plain, _Part), net)]
    if sold.is_gift:
        raise BadSale("组合不能是赠品", "a bundle cannot be a gift")
    weights = [
        _amount(one.list_price, digits, "list_price") * _scaled(one.quantity, 3, "quantity")
        for one in sold.components
    ]
    if not sum(weights):
        raise BadSale("组合商品的组成部分没有标价", "a bundle's components have no list price")
    return list(zip(sold.components, shared(net, weights), strict=True))


def _check_gifts(gifts: dict[int, _Sold], nets: dict[int, int], digits: int) -> None:
    """Nothing was paid for a gift, and goods that were paid for earned it."""
    paid_for = nets.keys() - gifts.keys()
    for line, gift in gifts.items():
        if gift.gift_threshold is not msgspec.UNSET:
            _amount(gift.gift_threshold, digits, "gift_threshold")
        earned = set() if gift.gift_of is msgspec.UNSET else set(gift.gift_of)
        if nets[line]:
            raise BadSale(
                f"第 {line} 行是赠品，net_amount 须为零",
                f"line {line} is a gift, but its net_amount is not zero",
            )
        if not paid_for or earned - paid_for:
            raise BadSale(
                f"第 {line} 行赠品对应的商品不在本单售出商品中",
                f"line {line} is a gift for a line that is no goods sold here",
            )


def _line(part: _Part, paid: int) -> Line:
    quantity = _scaled(part.quantity, 3, "quantity")
    if not quantity:
        raise BadSale("数量不能为零", "a quantity of nothing was sold")
    different = {one.casefold() for one in part.serials}
    pieces = quantity if part.unit == "each" else 0
    if part.serials and not len(part.serials) * 1000 == len(different) * 1000 == pieces:
        raise BadSale(
            f"第 {part.line} 行的序列号须一件一个，且各不相同",
            f"line {part.line} must have one serial number for each piece, each its own",
        )
    tax = included_tax(paid, _scaled(part.tax_rate, 6, "tax_rate"))
    return Line(part.line, part.sku, part.gtin, part.name, part.unit, quantity, paid, tax)


def _amount(text: str, digits: int, field: str) -> int:
    return _scaled(text, digits, field)


def _scaled(text: str, digits: int, field: str) -> int:
    try:
        return scaled(text, digits)
    except ValueError as fault:
        raise BadSale(
            f"{field} 须为最多 {digits} 位小数的数",
            f"{field} must be a decimal of at most {digits} places",
        ) from fault


def _check_sums(nets: int, reduction: int, total: int, tendered: int, digits: int) -> None:
    due = nets - reduction
    if due == total == tendered and due >= 0:
        return
    net, less, left, said, paid = (
        decimal(one, digits) for one in (nets, reduction, due, total, tendered)
    )
    raise BadSale(
        f"金额不符：商品行 {net} 减优惠 {less} 为 {left}，合计写 {said}，支付合计 {paid}",
        f"the sums differ: lines {net} less reductions {less} are {left},"
        f" the total says {said}, the tenders are {paid}",
    )
