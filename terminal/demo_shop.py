"""The demo shop: a few sales of the last days in the interchange format, and its staff.

The sales are as a shop's POS would hand them over, so the demo goes through the real import.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from msgspec import Struct

from storage.prices import StoredPrice
from storage.store import Store
from terminal.interchange.jsonlines import found_in
from terminal.interchange.source import Line
from terminal.interchange.values import Offered
from terminal.ledger.stored import stored_sale

CASHIER, CASHIER_PIN, CASHIER_BADGE = "1007", "1234", "1007-7F3A"
LEADER, LEADER_PIN, LEADER_BADGE = "2001", "4321", "2001-9C5E"
STAFF = (
    (CASHIER, "王芳", "cashier", CASHIER_PIN, CASHIER_BADGE),
    (LEADER, "李店长", "manager", LEADER_PIN, LEADER_BADGE),
)


class Goods(Struct, frozen=True):
    """One sold line of the demo; amounts as decimal text, `net` before order-level reductions."""

    sku: str
    gtin: str
    name: str
    quantity: str
    net: str
    category: str
    unit: str = "each"
    tax: str = "0.13"


OIL = Goods("100101", "6901234567892", "金龙鱼 大豆油 5L", "1", "59.90", "grocery", tax="0.09")
MILK = Goods("100102", "6923644266318", "蒙牛 纯牛奶 250ml×12", "2", "39.90", "dairy")
TISSUE = Goods("100103", "6903244370431", "清风 抽纸 3包", "1", "15.50", "household")
APPLES = Goods("00412", "", "苹果 红富士", "1.236", "44.25", "produce", "kg", "0.09")
WATER = Goods("100234", "6901285991219", "矿泉水 550ml", "3", "10.00", "beverage")
KETTLE = Goods("100305", "6937748303545", "电热水壶 1.5L", "1", "129.00", "appliance")


# What they cost today, in fen: for exchanges, and for returns without a sale.
TODAY = ((OIL, 6290), (MILK, 2150), (TISSUE, 1590), (APPLES, 3580), (WATER, 350), (KETTLE, 12900))


class DemoSale(Struct, frozen=True):
    """`days_ago` from today; tenders as (kind, amount, masked tail)."""

    sequence: int
    days_ago: int
    goods: tuple[Goods, ...]
    reductions: tuple[tuple[str, str], ...]
    tenders: tuple[tuple[str, str, str], ...]

    def receipt_no(self, today: date) -> str:
        return f"057103{today - timedelta(days=self.days_ago):%y%m%d}{self.sequence:05d}"


MAIN = DemoSale(
    1234, 3, (OIL, MILK, TISSUE), (("basket", "20.00"), ("rounding", "0.30")),
    (("wechat", "60.00", "零钱"), ("cash", "35.00", "")),
)  # fmt: skip
WEIGHED = DemoSale(1301, 0, (APPLES, WATER), (), (("cash", "54.25", ""),))
LATE = DemoSale(877, 20, (KETTLE,), (), (("card", "129.00", "**** 6222"),))
OLD = DemoSale(512, 60, (KETTLE,), (), (("alipay", "129.00", "139****8000"),))
SALES = (MAIN, WEIGHED, LATE, OLD)


def sale_lines(today: date, sales: tuple[DemoSale, ...] = SALES) -> Iterator[str]:
    """The demo's sales as JSON Lines."""
    for sale in sales:
        yield json.dumps(_sale(sale, today), ensure_ascii=False) + "\n"


def _sale(sale: DemoSale, today: date) -> dict[str, Any]:
    day = today - timedelta(days=sale.days_ago)
    return {
        "receipt": {
            "business_unit": "0571",
            "workstation": "03",
            "business_day": day.isoformat(),
            "sequence": sale.sequence,
        },
        "receipt_no": sale.receipt_no(today),
        "sold_at": f"{day.isoformat()}T10:03:22+08:00",
        "cashier": "1003",
        "currency": "CNY",
        "lines": [
            {
                "line": number,
                "sku": one.sku,
                "gtin": one.gtin,
                "name": one.name,
                "unit": one.unit,
                "quantity": one.quantity,
                "list_price": one.net,
                "net_amount": one.net,
                "tax_rate": one.tax,
                "category": one.category,
            }
            for number, one in enumerate(sale.goods, 1)
        ],
        "reductions": [{"kind": kind, "amount": amount} for kind, amount in sale.reductions],
        "tenders": [
            {"kind": kind, "amount": amount, "reference": _reference(kind, sale), "masked": masked}
            for kind, amount, masked in sale.tenders
        ],
        "total": _sum(sale),
    }


def _reference(kind: str, sale: DemoSale) -> str:
    """The payment's number at its rail; cash has none."""
    return "" if kind == "cash" else f"DEMO{sale.sequence:08d}"


def _sum(sale: DemoSale) -> str:
    cents = sum(int(amount.replace(".", "")) for _, amount, _ in sale.tenders)
    return f"{cents // 100}.{cents % 100:02d}"


def _price(goods: Goods, fen: int) -> StoredPrice:
    rate = int(Decimal(goods.tax) * 1_000_000)
    return StoredPrice(
        *(goods.sku, "2026-01-01", goods.gtin, goods.name, goods.unit, fen, "CNY", 2, rate),
        goods.category,
    )


def fill_shop(store: Store) -> None:
    """The demo's sales through the real import, and its staff; twice changes nothing."""
    today = datetime.now().astimezone().date()
    found = [
        found_in(Line(number, text.encode())) for number, text in enumerate(sale_lines(today), 1)
    ]
    store.add_sales(stored_sale(one.sale) for one in found if isinstance(one, Offered))
    assert all(isinstance(one, Offered) for one in found), found
    store.add_prices([_price(goods, fen) for goods, fen in TODAY], f"{today:%Y-%m-%d}")
    known = {one.number for one in store.staff.all()}
    for number, name, role, pin, badge in STAFF:
        if number not in known:
            store.staff.add(number, name, role, pin, badge)
