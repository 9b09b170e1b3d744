"""Sales as the shop made them, for the cashier to take back.

Law of the file: amounts are as printed on the receipts (texts), so that a test reads like one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from msgspec.structs import replace

from terminal.core.money import after_reductions, included_tax
from terminal.core.sale import Currency, ReceiptRef, Reduction, Sale, SaleLine, SaleTender, Unit
from tests.fakes.moments import SHOP_ZONE, TODAY

CNY = Currency("CNY", 2)
OIL, MILK, APPLES, TISSUES = "6901234567892", "6923644266318", "12345", "6903244981002"
PHONE = "6936520821234"
RECEIPT = "05710326112000001"


@dataclass(frozen=True, slots=True)
class Sold:
    """One line as the till rang it: `price` is for the whole line, before order reductions."""

    name: str
    price: str
    quantity: str = "1"
    gtin: str = ""
    sku: str = ""
    unit: Unit = Unit.EACH
    category: str = "grocery"
    tax: str = "0.13"


def minor(text: str, currency: Currency = CNY) -> int:
    return int(Decimal(text).scaleb(currency.digits))


def sale(
    sold: Sequence[Sold],
    tenders: Sequence[tuple[str, str, str]] = (),
    *,
    off: Sequence[tuple[str, str]] = (),
    days_ago: int = 3,
    number: int = 1,
    receipt_no: str = "",
    workstation: str = "03",
    currency: Currency = CNY,
) -> Sale:
    """`tenders` are kind, amount and masked tail; none: all in cash. `off`: kind and amount."""
    day: date = TODAY.date() - timedelta(days=days_ago)
    nets = [minor(one.price, currency) for one in sold]
    reductions = tuple(Reduction(kind, minor(amount, currency)) for kind, amount in off)
    paid = after_reductions(nets, sum(one.amount for one in reductions))
    total = sum(paid)
    return Sale(
        receipt=ReceiptRef("0571", workstation, day, number),
        receipt_no=receipt_no or f"0571{workstation}{day:%y%m%d}{number:05d}",
        sold_at=datetime.combine(day, datetime.min.time(), SHOP_ZONE) + timedelta(hours=10),
        cashier="1007",
        currency=currency,
        lines=tuple(
            _line(at, one, net, pay)
            for at, (one, net, pay) in enumerate(zip(sold, nets, paid, strict=True), start=1)
        ),
        reductions=reductions,
        tenders=tuple(
            SaleTender(kind, minor(amount, currency), "", masked)
            for kind, amount, masked in tenders
        )
        or (SaleTender("cash", total, "", ""),),
        total=total,
    )


def _line(at: int, one: Sold, net: int, paid: int) -> SaleLine:
    rate = int(Decimal(one.tax) * 1_000_000)
    return SaleLine(
        line=at,
        sku=one.sku or f"S{at:03d}",
        gtin=one.gtin,
        name=one.name,
        unit=one.unit,
        quantity=int(Decimal(one.quantity) * 1000),
        list_price=net,
        net=net,
        paid=paid,
        tax_rate=rate,
        tax=included_tax(paid, rate),
        category=one.category,
    )


def groceries(**changes: object) -> Sale:
    """domain.md's example: 115.30, less 20.00 and 0.30, paid 95.00 by WeChat Pay and cash."""
    made = sale(
        (
            Sold("金龙鱼 大豆油 5L", "59.90", gtin=OIL),
            Sold("蒙牛 纯牛奶 250ml×12", "39.90", "2", gtin=MILK),
            Sold("苹果 红富士", "15.50", "1.236", sku=APPLES, unit=Unit.WEIGHT),
        ),
        (("wechat", "60.00", "零钱"), ("cash", "35.00", "")),
        off=(("basket", "20.00"), ("rounding", "0.30")),
    )
    return replace(made, **changes)


def one_oil(**how: object) -> Sale:
    """One bottle for 59.90, all in cash."""
    return sale((Sold("金龙鱼 大豆油 5L", "59.90", gtin=OIL),), **how)  # type: ignore[arg-type]  # as sale takes them


def with_serials(made: Sale, *serials: str, batch: str = "", line: int = 1) -> Sale:
    """The sale with the numbers of the pieces of one of its lines."""
    lines = tuple(
        replace(one, serials=serials, batch=batch) if one.line == line else one
        for one in made.lines
    )
    return replace(made, lines=lines)


def label(item: str, value: int, *, prefix: str = "20") -> str:
    """A scale's label: prefix, item, value (grams, or fen with prefix 21), check digit."""
    digits = f"{prefix}{item}{value:05d}"
    odd = sum(int(one) for one in digits[::2])
    even = sum(int(one) for one in digits[1::2])
    return f"{digits}{-(odd + 3 * even) % 10}"


def phones() -> Sale:
    """Two pieces of one line, each with its own number."""
    two = sale((Sold("荣耀 手机 X60", "3998.00", "2", gtin=PHONE, category="mobile"),), number=7)
    return with_serials(two, "860123456789015", "860123456789023")
