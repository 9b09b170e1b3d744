"""Whole visits of a customer to a real till, which the office's tests have in common."""

from drivers.values import Key
from storage.prices import StoredPrice
from tests.fakes.moments import TODAY
from tests.flows.cashier import Till
from tests.flows.shelf import MILK, RECEIPT
from tests.flows.test_without_a_sale import approved, gives_reason, oil_of, paid_out

MILK_TODAY = StoredPrice(
    "S7", "2026-11-01", MILK, "蒙牛 纯牛奶", "each", 3990, "CNY", 2, 130_000, "dairy"
)
GONE = "05710326112400777"  # a receipt whose sale the till does not have


def oil_for_milk(till: Till) -> None:
    """The oil of the till's one sale comes back, and milk goes for it."""
    till.store.add_prices([MILK_TODAY], f"{TODAY:%Y-%m-%d}")
    till.returns_all(RECEIPT, "尺码颜色")
    till.presses(Key.F5)
    till.scans(MILK)
    till.confirms()
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)


def oil_without_its_sale(till: Till, receipt: str = GONE) -> None:
    """Oil of a sale that is not on file: written down, approved, paid out."""
    oil_of(till, receipt)
    gives_reason(till)
    approved(till)
    paid_out(till)
