"""Any key or scan in any state, any answer in any order, power and disk failing: promises hold.

SOAK_STEPS=100000 runs longer, SOAK_SEED tells another story.
"""

import os
import random

from terminal.core.sale import Sale
from terminal.ui.pixels import draw
from terminal.ui.theme import theme_for
from tests.flows.conftest import MakeTill
from tests.flows.random_cashier import RandomCashier
from tests.flows.shelf import MILK, OIL, Sold, groceries, one_oil, sale

STEPS = int(os.environ.get("SOAK_STEPS", "2000"))
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


def test_two_thousand_steps_of_a_random_cashier(make_till: MakeTill) -> None:
    sales = (
        groceries(),
        one_oil(number=2, days_ago=10),
        one_oil(number=3, days_ago=40),
        *(stock(number) for number in range(10, 10 + max(STEPS // 100, 8))),
    )
    till = make_till(*sales, currency__coin="0.10")
    story = RandomCashier(till, sales, random.Random(SEED))
    for at in range(STEPS):
        story.step()
        if at % 100 == 99:
            story.check_all()
            draw(till.screen, theme_for(800, 480))
            story.go_home()
    story.check_all()
    assert len(till.returns) > STEPS // 400, "the cashier got nowhere: the story proves little"
    assert len(story.seen) > 20, story.seen
