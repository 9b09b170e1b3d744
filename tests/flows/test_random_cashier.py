"""Any key or scan in any state, any answer in any order, power and disk failing: promises hold.

One story is long, on a unit that grows old; many are short, and hypothesis tells them: one that
breaks a promise is cut down to the few acts that do. SOAK_STEPS=100000 runs both longer, SOAK_SEED
tells another long story.
"""

import os
import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from msgspec.structs import replace

from terminal.core.sale import Bundle, Gift, Sale
from terminal.ui.pixels import draw
from terminal.ui.theme import theme_for
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.random_cashier import PIECES, Act, RandomCashier
from tests.flows.shelf import MILK, OIL, Sold, groceries, one_oil, sale, with_serials

STEPS = int(os.environ.get("SOAK_STEPS", "6000"))
SEED = int(os.environ.get("SOAK_SEED", "7"))
SHORT = 50  # steps of a short story
STORIES = int(os.environ.get("SOAK_STEPS", "2000")) // SHORT
SHOP = {"policy__gifts__missing": "charge", "policy__coupons__coupon": "give_back"}
CHANCE = st.randoms(use_true_random=False, note_method_calls=True)


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
    till = make_till(*sales, currency__coin="0.10", **SHOP)
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


class Cashiers(RuleBasedStateMachine):
    """A unit of its own for each story; what happens next and how is all hypothesis' choice."""

    told = 0  # steps of all stories
    recorded = 0  # returns of all stories
    seen: ClassVar[Counter[str]] = Counter()  # states that were stood in

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        sales = (
            groceries(),
            one_oil(number=2, days_ago=10),
            stock(10),
            tied(2_000),
            another(6_000),
        )
        self.till = Till(Path(self.place.name), sales, currency__coin="0.10", **SHOP)
        self.till.signs_on()
        self.cashier = RandomCashier(self.till, sales, random.Random(SEED))

    @rule(chance=CHANCE, act=st.sampled_from(Act))
    def happens(self, chance: random.Random, act: Act) -> None:
        Cashiers.told += 1
        self.cashier.chance = chance
        self.cashier.does(act)

    @rule(chance=CHANCE)
    def serves(self, chance: random.Random) -> None:
        """As often as all else together."""
        self.happens(chance, Act.SERVE)

    def teardown(self) -> None:
        try:
            self.cashier.check_all()
            self.cashier.go_home()
            Cashiers.recorded += len(self.till.returns)
            Cashiers.seen += self.cashier.seen
        finally:
            self.till.switch_off()
            self.place.cleanup()


@pytest.mark.timeout(600 if STORIES < 100 else 7200)
def test_two_thousand_steps_of_many_cashiers() -> None:
    told = settings(
        max_examples=STORIES * 3 // 2,  # some are cut short, as hypothesis draws
        stateful_step_count=SHORT,
        suppress_health_check=list(HealthCheck),
        derandomize="SOAK_STEPS" not in os.environ,
    )
    run_state_machine_as_test(Cashiers, settings=told)
    assert Cashiers.told >= STORIES * SHORT
    assert Cashiers.recorded > STORIES, "the cashiers got nowhere: their stories prove little"
    assert len(Cashiers.seen) > 25, Cashiers.seen
