"""Any key or scan in any state, any answer in any order, power and disk failing: promises hold.

SOAK_STEPS=100000 runs longer, SOAK_SEED tells another story.
"""

import os
import random

from msgspec.structs import replace

from terminal.core.sale import Bundle, Gift, Sale
from terminal.ui.pixels import draw
from terminal.ui.theme import theme_for
from tests.flows.conftest import MakeTill
from tests.flows.random_cashier import PIECES, RandomCashier
from tests.flows.shelf import MILK, OIL, Sold, groceries, one_oil, sale, with_serials

STEPS = int(os.environ.get("SOAK_STEPS", "6000"))
SEED = int(os.environ.get("SOAK_SEED", "7"))


def stock(number: int) -> Sale:
    """Enough to return for a while, of every kind."""
    return sale(
        (
            Sold("可乐", "30.00", "10", gtin=OIL),
            Sold("可乐", "1.50", "3", gtin=OIL),
            Sold("牛奶", "99.99", "4", gtin=MILK),
        ),
        (("wechat", "80.00", "零钱"), ("card", "20.00", "1234"), ("cash", "24.49", "")),
        off=(("threshold", "7.00"),),
        number=number,
    )


def tied(number: int) -> Sale:
    """Lines that hang together: a bundle that comes back whole only, a gift, a coupon; and pieces
    with a number each.
    """
    made = sale(
        (
            Sold("锅", "60.00", "2", gtin=OIL),
            Sold("盖", "30.00", "2", gtin=MILK),
            Sold("铲", "0.00", "2", sku="S003"),
            Sold("秤", "90.00", "3", sku="S001"),
        ),
        (("wechat", "50.00", "零钱"), ("cash", "120.00", "")),
        off=(("coupon", "10.00"),),
        number=number,
    )
    made = with_serials(made, *PIECES, line=4)
    *goods, spatula, scales = made.lines
    return replace(
        made,
        lines=(*goods, replace(spatula, list_price=990), scales),
        bundles=(Bundle("POT", "锅具", (1, 2), whole=True),),
        gifts=(Gift(3, (1,)),),
    )


def another(number: int) -> Sale:
    """Of another till, or of today by turns: offline returns, and voids of a whole sale."""
    if number % 2:
        return one_oil(number=number, workstation="04")
    return one_oil(number=number, days_ago=0)


def test_six_thousand_steps_of_a_random_cashier(make_till: MakeTill) -> None:
    sales = (
        groceries(),
        one_oil(number=2, days_ago=10),
        one_oil(number=3, days_ago=40),
        *(stock(number) for number in range(10, 10 + max(STEPS // 100, 8))),
        *(tied(number) for number in range(2_000, 2_000 + max(STEPS // 400, 4))),
        *(another(number) for number in range(6_000, 6_000 + max(STEPS // 400, 4))),
    )
    shop = {"policy__gifts__missing": "charge", "policy__coupons__coupon": "give_back"}
    till = make_till(*sales, currency__coin="0.10", **shop)
    story = RandomCashier(till, sales, random.Random(SEED))
    for at in range(STEPS):
        story.step()
        if at % 100 == 99:
            story.check_all()
            draw(till.screen, theme_for(800, 480))
        if at % 50 == 49:
            story.go_home()
    story.check_all()
    assert len(till.returns) > STEPS // 400, "the cashier got nowhere: the story proves little"
    assert len(story.seen) > 20, story.seen
