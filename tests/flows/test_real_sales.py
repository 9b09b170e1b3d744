"""Five days of a real shop: 300 sales drawn at random come back in random parts, to the penny.

REAL_SALES=2000 draws more. The set: UCI Online Retail (tests/data/README.md).
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from drivers.values import Key
from terminal.core import states
from terminal.core.sale import Sale
from terminal.interchange import csv_sales
from terminal.interchange.csv_map import load_map
from terminal.interchange.values import Offered
from tests.fakes.moments import SHOP_ZONE
from tests.flows.cashier import CONFIG, Till

FILE = Path(__file__).parents[1] / "data" / "online-retail-2010-12-01-to-06.csv.gz"
COUNT = int(os.environ.get("REAL_SALES", "300"))
MEMORY = Path("/dev/shm")  # what is tested here is money, not the disk
PARTS_MAX = 3
LINES_MAX = 2  # lines a part before the last takes
REACH = 6  # how far down the list it looks for them


@cache
def sales() -> tuple[Sale, ...]:
    """Every sale of the set that can be taken, in the order of the file."""
    found = csv_sales.read(FILE, load_map(CONFIG / "import", "online-retail"))
    return tuple(one.sale for one in found if isinstance(one, Offered))


@contextmanager
def shop(stock: list[Sale]) -> Iterator[Till]:
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        till = Till(
            *(Path(folder), stock, "en"),
            currency__code="GBP",
            policy__limit__amount="0",
            terminal__business_unit="UK1",
            terminal__takes_back=("*",),
        )
        till.moments.at = datetime(2010, 12, 7, 9, 0, tzinfo=SHOP_ZONE)
        till.encodes = False
        till.signs_on()
        yield till
        till.switch_off()


def choose_some(till: Till, chance: random.Random) -> None:
    """A few lines, each whole or in part, by the arrows and digits."""
    state = till.state
    assert isinstance(state, states.ChoosingGoods)
    lines = state.draft.case.sale.lines
    at = state.cursor
    near = range(max(at - 2, 0), min(at + REACH, len(lines)))
    for wanted in sorted(chance.sample(near, min(LINES_MAX, len(near)))):
        till.presses(*[Key.DOWN if wanted > at else Key.UP] * abs(wanted - at))
        at = wanted
        left = lines[at].quantity - state.draft.case.returned.of_line(lines[at].line).quantity
        till.types(f"{chance.randint(0, left // 1000)}⏎")


def finish(till: Till, chance: random.Random) -> None:
    """From the goods to ready again; the card's refund is handed on."""
    till.confirms()
    till.types(chance.choice("14"))
    till.types(chance.choice("12"))
    till.is_at(states.ConfirmingAmounts)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM)
    till.is_at(states.Ready)


def give_back(till: Till, sale: Sale, chance: random.Random) -> None:
    """Parts until nothing is left."""
    for _ in range(chance.randint(0, PARTS_MAX - 1)):
        till.types(f"{sale.receipt_no}⏎")
        if isinstance(till.state, states.NothingLeft):
            break
        if isinstance(till.state, states.ChoosingGoods):
            choose_some(till, chance)
            if till.state.draft.chosen:
                finish(till, chance)
            else:
                till.cancels()
    if isinstance(till.state, states.Ready):
        till.types(f"{sale.receipt_no}⏎")
    if isinstance(till.state, states.ChoosingGoods):
        till.presses(Key.F1)
        finish(till, chance)
        till.types(f"{sale.receipt_no}⏎")
    till.is_at(states.NothingLeft)
    till.cancels()


def test_every_drawn_sale_comes_back_to_the_penny_by_line_tax_and_tender() -> None:
    chance = random.Random(20101201)
    drawn = chance.sample(sales(), min(COUNT, len(sales())))
    with shop(drawn) as till:
        for sale in drawn:
            give_back(till, sale, chance)
            case = till.counter._ledger.case(sale.id)
            assert case is not None
            for line in sale.lines:
                back = case.returned.of_line(line.line)
                assert (back.quantity, back.amount, back.tax) == (
                    line.quantity,
                    line.paid,
                    line.tax,
                )
            for at, tender in enumerate(sale.tenders):
                assert case.returned.of_tender(at) == tender.amount
        assert len(till.returns) >= len(drawn)
        assert till.store.verify_chain() is None


def test_the_draw_is_of_all_kinds() -> None:
    """Not 300 sales of one line: the set has long receipts and many pieces of one article."""
    lines = [len(one.lines) for one in sales()]
    assert len(lines) > 300
    assert max(lines) > 50
    assert max(line.quantity for one in sales() for line in one.lines) >= 100_000
