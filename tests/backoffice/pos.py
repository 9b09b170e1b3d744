"""Sales as the shop's POS would have written them, from those of the terminals' tests."""

from typing import Any

from backoffice.office import Office
from backoffice.sales.interchange import offered
from backoffice.sales.keeping import Kept, keep_sale
from terminal.core.money import decimal_text
from terminal.core.sale import Sale


def interchange(sale: Sale) -> dict[str, Any]:
    """The sale as the shop's POS would have written it."""
    ref, digits = sale.receipt, sale.currency.digits
    return {
        "receipt": {
            "business_unit": ref.business_unit,
            "workstation": ref.workstation,
            "business_day": ref.business_day.isoformat(),
            "sequence": ref.sequence,
        },
        "receipt_no": sale.receipt_no,
        "sold_at": sale.sold_at.isoformat(),
        "currency": sale.currency.code,
        "lines": [
            {
                "line": one.line,
                "sku": one.sku,
                "gtin": one.gtin,
                "name": one.name,
                "unit": one.unit.value,
                "quantity": decimal_text(one.quantity, 3),
                "net_amount": decimal_text(one.net, digits),
                "tax_rate": decimal_text(one.tax_rate, 6),
            }
            for one in sale.lines
        ],
        "reductions": [
            {"kind": one.kind, "amount": decimal_text(one.amount, digits)}
            for one in sale.reductions
        ],
        "tenders": [
            {"kind": one.kind, "amount": decimal_text(one.amount, digits), "masked": one.masked}
            for one in sale.tenders
        ],
        "total": decimal_text(sale.total, digits),
    }


def shelve(office: Office, sale: Sale) -> Kept:
    """On the office's shelf."""
    with office.writing() as tx:
        return keep_sale(tx, offered(interchange(sale)))
