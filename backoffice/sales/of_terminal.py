"""Sales that a terminal wrote: new goods of an exchange, and goods written down without a sale.

Law of the file: in the interchange format each line's net is what was paid for it and no reduction
is left, so that whoever reads it comes to the very amounts that the terminal settled.
"""

from collections.abc import Sequence

from backoffice.sales.money import decimal, included_tax
from backoffice.sales.offered import Line, Offered, Tender
from backoffice.wire import bodies

_UNITS = {"EACH": "each", "WEIGHT": "kg"}


def declared(sale: bodies.Sale) -> Offered:
    """Goods that a cashier wrote down: their terminal alone knows this sale, by its id."""
    ref = (sale.receipt.business_unit, sale.receipt.workstation, sale.receipt.business_day)
    lines = [(one, one.paid, one.tax) for one in sale.lines]
    tenders = tuple(Tender(one.kind, one.amount, one.reference, one.masked) for one in sale.tenders)
    return _offered(
        sale.declared, (*ref, sale.receipt.sequence), sale.receipt_no, sale.sold_at,
        sale.currency, lines, tenders, written_down=True,
    )  # fmt: skip


def exchanged(body: bodies.GoodsExchanged, sold_at: str) -> Offered:
    """The new goods of an exchange. What coins could not take of them was let off (抹零), and the
    last line that is worth it bears that. Other tills find this sale by look-up.
    """
    it, ret = body.ret.settlement, body.ret
    store, workstation, day, sequence = body.sale.ref.split("-")
    let_off = sum(one.net for one in it.bought) - it.covered - it.to_pay
    lines = [(one, one.paid, one.tax) for one in it.bought]
    for at in reversed(range(len(lines))):
        one, paid, _ = lines[at]
        if let_off and paid >= let_off:
            less = paid - let_off
            lines[at] = (one, less, included_tax(less, one.tax_rate))
            break
    parts = (("exchange", it.covered), ("cash", it.to_pay))
    return _offered(
        body.sale.ref,
        (store, workstation, f"{day[:4]}-{day[4:6]}-{day[6:]}", int(sequence)),
        f"E{ret.number[1:]}",
        sold_at,
        ret.currency,
        lines,
        tuple(Tender(kind, amount, "", "") for kind, amount in parts if amount),
    )


def _offered(
    id_: str,
    receipt: tuple[str, str, str, int],
    receipt_no: str,
    sold_at: str,
    currency: bodies.Currency,
    lines: Sequence[tuple[bodies.SaleLine, int, int]],
    tenders: tuple[Tender, ...],
    *,
    written_down: bool = False,
) -> Offered:
    total = sum(paid for _, paid, _ in lines)
    names = ("business_unit", "workstation", "business_day", "sequence")
    return Offered(
        id_,
        *receipt,
        receipt_no=receipt_no,
        sold_at=sold_at,
        currency=currency.code,
        digits=currency.digits,
        total=total,
        lines=tuple(_line(one, paid, tax) for one, paid, tax in lines),
        tenders=tenders,
        phone="",
        body={
            "receipt": dict(zip(names, receipt, strict=True)),
            "receipt_no": receipt_no,
            "sold_at": sold_at,
            "currency": currency.code,
            "lines": [_body_line(one, paid, currency.digits) for one, paid, _ in lines],
            "tenders": [
                {"kind": one.kind, "amount": decimal(one.amount, currency.digits)}
                for one in tenders
            ],
            "total": decimal(total, currency.digits),
        },
        declared=written_down,
        told=False,
    )


def _line(one: bodies.SaleLine, paid: int, tax: int) -> Line:
    return Line(one.line, one.sku, one.gtin, one.name, _UNITS[one.unit], one.quantity, paid, tax)


def _body_line(one: bodies.SaleLine, paid: int, digits: int) -> dict[str, str | int]:
    return {
        "line": one.line,
        "sku": one.sku,
        "gtin": one.gtin,
        "name": one.name,
        "unit": _UNITS[one.unit],
        "quantity": decimal(one.quantity, 3),
        "list_price": decimal(one.list_price, digits),
        "net_amount": decimal(paid, digits),
        "tax_rate": decimal(one.tax_rate, 6),
        "category": one.category,
    }
