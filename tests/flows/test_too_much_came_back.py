"""Tills that were offline together took more back than was sold: the next till says so before the
amounts, pays nothing, and goes on as soon as the office has decided.
"""

from drivers.values import Key
from storage.elsewhere import ReturnedElsewhere
from storage.office import CameDown
from storage.values import RefundedOfTender, ReturnedOfLine, ReturnedSoFar
from terminal.core import states
from terminal.core.returns import ReturnKind
from terminal.core.rules import Outcome, ShopRule
from terminal.core.rulings import LIFTABLE
from terminal.core.when import When
from terminal.core.words import Worded
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import OIL, Sold, sale

MILK = "6921168509256"
PAIR = sale([Sold("金龙鱼 5L", "10.00", gtin=OIL), Sold("牛奶", "10.00", gtin=MILK)], number=91)


def elsewhere(till: Till, version: int, oils: int, paid: int) -> None:
    """What the feed says of the bottle of oil, as came back at other tills."""
    tax = oils * PAIR.lines[0].tax
    gone = ReturnedSoFar(
        (ReturnedOfLine(1, oils * 1000, paid, tax),), (RefundedOfTender(0, paid),), 0
    )
    told = ReturnedElsewhere(PAIR.id, version, "2026-11-23", gone)
    till.store.take_down(CameDown("2026-11-23", returned=(told,)))


def brings_milk(till: Till) -> None:
    till.scans(PAIR.receipt_no)
    till.scans(MILK)
    till.confirms()
    till.types("11")  # a quality fault, unopened


def test_it_is_refused_in_words_before_the_amounts_and_nothing_is_recorded(
    make_till: MakeTill,
) -> None:
    till = make_till(PAIR)
    elsewhere(till, 1, oils=2, paid=2000)
    brings_milk(till)
    till.is_at(states.Denied)
    till.sees("超出实付 10.00", "后台正在处理")
    till.sees_not("-10.00")
    assert till.returns == []
    till.presses(Key.CANCEL)
    till.is_at(states.Ready)


def test_once_the_office_has_voided_one_of_the_two_it_is_a_return_like_any_other(
    make_till: MakeTill,
) -> None:
    till = make_till(PAIR)
    elsewhere(till, 1, oils=2, paid=1700)
    brings_milk(till)
    till.is_at(states.Denied)
    till.presses(Key.CANCEL)
    elsewhere(till, 2, oils=1, paid=1000)
    brings_milk(till)
    till.sees("原付 20.00 = 以前退 10.00 + 本次 10.00 + 还可退 0.00")
    till.confirms()
    (ret,) = till.returns
    assert ret.settlement.refund == 1000


def test_no_rule_of_the_shop_lifts_it(make_till: MakeTill) -> None:
    """The transaction would refuse it, whoever approves."""
    till = make_till(PAIR)
    kind = When(kinds=(ReturnKind.VERIFIED,))
    all_of_it = ShopRule("all", kind, Outcome.ALLOW, Worded("可退", "fine"), lifts=LIFTABLE)
    till.under(rules=(all_of_it,))
    elsewhere(till, 1, oils=2, paid=2000)
    brings_milk(till)
    till.is_at(states.Denied)


def test_in_english(make_till: MakeTill) -> None:
    till = make_till(PAIR, language="en")
    elsewhere(till, 1, oils=2, paid=1700)
    brings_milk(till)
    till.sees("7.00 more than was paid", "the customer keeps the goods")
