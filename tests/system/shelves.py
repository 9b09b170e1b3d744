"""Sales to return from: small, mixed, and the same for the same chance."""

import random
from datetime import date, datetime, timedelta

from terminal.core.money import included_tax, largest_remainder
from terminal.core.sale import Currency, ReceiptRef, Reduction, Sale, SaleLine, SaleTender, Unit

CNY = Currency("CNY", 2)
TAX_RATES = (130_000, 90_000, 0)
TENDERS = ("cash", "wechat", "card", "alipay")
CATEGORIES = ("food", "beverage", "appliance", "household")
CASHIERS = (("1007", "Wang Fang", "1234"), ("1008", "Li Na", "2345"), ("1009", "Zhao Min", "3456"))
MANAGERS = (("2001", "Chen Gang", "4321"), ("2002", "Sun Li", "5432"))


def gtin(number: int) -> str:
    """A GTIN-13 with its check digit."""
    twelve = f"690{number:09d}"
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(twelve))
    return f"{twelve}{-total % 10}"


def sales(chance: random.Random, count: int) -> list[Sale]:
    """Every tenth shares its receipt number with the one before it, as a copied till would."""
    made: list[Sale] = []
    for sequence in range(1, count + 1):
        before = made[-1].receipt_no if made and sequence % 10 == 0 else None
        made.append(_sale(chance, sequence, before))
    return made


def _sale(chance: random.Random, sequence: int, receipt_no: str | None) -> Sale:
    day = date.today() - timedelta(days=chance.choice((0, 1, 2, 5, 12)))
    nets = [chance.randint(100, 20_000) for _ in range(chance.randint(1, 4))]
    off = chance.choice((0, 0, sum(nets) // 10))
    shares = largest_remainder(off, nets)
    lines = tuple(
        _line(chance, at, sequence, net, net - share)
        for at, (net, share) in enumerate(zip(nets, shares, strict=True), 1)
    )
    total = sum(nets) - off
    first = chance.choice((total, total // 2))
    amounts = [amount for amount in (first, total - first) if amount]
    kinds = chance.sample(TENDERS, len(amounts))
    return Sale(
        receipt=ReceiptRef("0571", "03", day, sequence),
        receipt_no=receipt_no or f"057103{day:%y%m%d}{sequence:05d}",
        sold_at=datetime.now().astimezone() - timedelta(days=(date.today() - day).days),
        cashier="1003",
        currency=CNY,
        lines=lines,
        reductions=(Reduction("basket", off),) if off else (),
        tenders=tuple(
            SaleTender(kind, amount, "", "") for kind, amount in zip(kinds, amounts, strict=True)
        ),
        total=total,
    )


def _line(chance: random.Random, at: int, sequence: int, net: int, paid: int) -> SaleLine:
    number = sequence * 10 + at
    rate = chance.choice(TAX_RATES)
    weighed = chance.random() < 0.2
    return SaleLine(
        line=at,
        sku=str(number),
        gtin=gtin(number),
        name=f"Goods {number}",
        unit=Unit.WEIGHT if weighed else Unit.EACH,
        quantity=chance.randint(100, 3000) if weighed else chance.randint(1, 5) * 1000,
        list_price=net,
        net=net,
        paid=paid,
        tax_rate=rate,
        tax=included_tax(paid, rate),
        category=chance.choice(CATEGORIES),
    )
