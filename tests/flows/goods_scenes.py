"""How a till comes to goods that are no lines of the sale: written down, or taken in exchange."""

from drivers.values import Key, Scan
from storage.prices import StoredPrice
from tests.flows.cashier import Till
from tests.flows.shelf import OIL, RECEIPT
from tests.flows.silence import silently

PRICE = StoredPrice(
    "100101", "2026-11-01", OIL, "金龙鱼 大豆油 5L", "each", 6290, "CNY", 2, 90_000, "grocery"
)


def declaring_day(till: Till) -> None:
    till.scans("05710326112099999")
    till.presses(Key.F3)


def adding_goods(till: Till) -> None:
    pricing_article(till)
    till.types("59.90⏎")
    till.scans(OIL)


def finding_article(till: Till) -> None:
    declaring_day(till)
    till.confirms()
    silently(till, Scan("scanner", OIL))


def pricing_article(till: Till) -> None:
    declaring_day(till)
    till.confirms()
    till.scans(OIL)


def adding_new(till: Till) -> None:
    till.store.add_prices([PRICE], PRICE.valid_from)
    till.returns_all(RECEIPT)
    till.presses(Key.F5)
    till.scans(OIL)
    till.scans(OIL)


def finding_new(till: Till) -> None:
    till.returns_all(RECEIPT)
    till.presses(Key.F5)
    silently(till, Scan("scanner", OIL))


SCENES = {
    "DeclaringDay": declaring_day,
    "AddingGoods": adding_goods,
    "FindingArticle": finding_article,
    "PricingArticle": pricing_article,
    "AddingNew": adding_new,
    "FindingNew": finding_new,
}
