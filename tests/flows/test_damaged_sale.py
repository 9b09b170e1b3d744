"""One sale that is not as it was added: it alone is refused, in words, and the till works on.

Law of the file: the damage is done behind the program's back, in the file, as a disk or a person
with a tool would do it; the triggers that forbid it are taken away first.
"""

import sqlite3
from contextlib import closing

import pytest

from drivers.values import Key
from terminal.core import states
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.scenes import SCENES
from tests.flows.shelf import MILK, RECEIPT, Sold, groceries, one_oil, sale

OTHER = one_oil(number=2)
TRIGGERS = ("sale_stays", "sale_facts_stay", "sale_line_stays", "sale_tender_stays")
DAMAGE = {
    "a higher price": "UPDATE sale_lines SET paid = paid + 1000 WHERE sale = 1 AND line = 1",
    "more sold": "UPDATE sale_lines SET quantity = 9000 WHERE sale = 1 AND line = 2",
    "another article": "UPDATE sale_lines SET name = '茅台' WHERE sale = 1 AND line = 1",
    "a line gone": "DELETE FROM sale_lines WHERE sale = 1 AND line = 3",
    "all lines gone": "DELETE FROM sale_lines WHERE sale = 1",
    "another tender": "UPDATE sale_tenders SET kind = 'cash' WHERE sale = 1",
    "a reduction gone": "DELETE FROM sale_reductions WHERE sale = 1",
    "another total": "UPDATE sales SET total = total + 1 WHERE key = 1",
    "another cashier": "UPDATE sales SET cashier = '9' WHERE key = 1",
    "another day": "UPDATE sales SET business_day = '2026-11-22' WHERE key = 1",
    "another currency": "UPDATE sales SET currency = 'USD' WHERE key = 1",
    "a day that is none": "UPDATE sales SET business_day = '2026-13-45' WHERE key = 1",
    "a time that is none": "UPDATE sales SET sold_at = 'yesterday' WHERE key = 1",
    "text that is none": "UPDATE sales SET cashier = CAST(x'ff' AS TEXT) WHERE key = 1",
    "a name that is none": "UPDATE sale_lines SET name = CAST(x'ff' AS TEXT) WHERE sale = 1",
    "another id": "UPDATE sales SET id = 'x' WHERE key = 1",
    "another phone": "UPDATE sales SET phone_tail = '8888' WHERE key = 1",
    "another card": "UPDATE sale_tenders SET masked = '9999' WHERE sale = 1",
    "a seal gone": "UPDATE sales SET seal = NULL WHERE key = 1",
    "another hash": "UPDATE sales SET content = zeroblob(32) WHERE key = 1",
}


@pytest.fixture(name="shop")
def _shop(make_till: MakeTill) -> Till:
    """The first sale is the one that will be damaged."""
    return make_till(groceries(), OTHER)


def damage(till: Till, statement: str) -> None:
    """Change the file under the running program."""
    with closing(sqlite3.connect(till.folder / "returns.db")) as db:
        for name in TRIGGERS:
            db.execute(f"DROP TRIGGER IF EXISTS {name}")
        assert db.execute(statement).rowcount > 0
        db.commit()


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_sale_is_refused_with_words_and_the_next_one_works(shop: Till, how: str) -> None:
    damage(shop, DAMAGE[how])
    shop.scans(RECEIPT)
    shop.is_at(states.Ready)
    shop.is_told("损坏")
    assert shop.counter.health.storage, "the database is not to blame"
    shop.returns_all(OTHER.receipt_no)
    shop.confirms()
    shop.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    shop.is_at(states.Ready)
    assert [ret.settlement.refund for ret in shop.returns] == [5990]
    assert shop.store.verify_chain() is None


def test_a_damaged_sale_is_refused_in_english_too(make_till: MakeTill) -> None:
    till = make_till(groceries(), language="en")
    damage(till, DAMAGE["a higher price"])
    till.scans(RECEIPT)
    till.is_told("This sale is damaged")


def test_a_damaged_sale_found_by_its_day_is_refused(shop: Till) -> None:
    damage(shop, DAMAGE["a higher price"])
    shop.presses(Key.F1)
    shop.types("1120⏎95⏎")
    shop.is_at(states.Ready)
    shop.is_told("损坏")


def test_a_damaged_sale_among_several_is_refused_when_it_is_chosen(make_till: MakeTill) -> None:
    """The other of the same number can still be returned."""
    good = one_oil(receipt_no="4711", days_ago=1)
    bad = one_oil(receipt_no="4711", workstation="04")
    till = make_till(bad, good)
    damage(till, "UPDATE sale_lines SET paid = 1 WHERE sale = 1")
    till.types("4711⏎↓⏎")
    till.is_at(states.Ready)
    till.is_told("损坏")
    till.types("4711⏎⏎")
    till.is_at(states.ChoosingGoods)


def test_a_return_recorded_before_the_damage_is_still_paid(shop: Till) -> None:
    """A return carries all it needs; it does not read its sale again."""
    shop.returns_all(RECEIPT)
    shop.confirms()
    shop.presses(Key.F1)
    damage(shop, DAMAGE["a higher price"])
    shop.scans("R-0571-03-000001")
    shop.confirms()
    shop.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    shop.is_at(states.Ready)
    assert shop.journal.count("ReturnFinished") == 1


DRAFTS = ("ChoosingGoods", "ChoosingReason", "EnteringDifference", "ConfirmingAmounts")


@pytest.mark.parametrize("scene", [*DRAFTS, "NothingLeft"])
def test_a_restart_in_a_draft_of_it_comes_back_signed_off(make_till: MakeTill, scene: str) -> None:
    till = make_till(groceries(), OTHER)
    SCENES[scene](till)
    damage(till, DAMAGE["a higher price"])
    till.power_cut()
    till.is_at(states.SignedOff)
    assert till.journal[-1] == "StateSetAside"
    assert groceries().id in list(till.store.journal())[-1].body
    till.signs_on()
    till.scans(OTHER.receipt_no)
    till.is_at(states.ChoosingGoods)


def test_a_state_set_aside_is_set_aside_once(shop: Till) -> None:
    shop.scans(RECEIPT)
    damage(shop, DAMAGE["a higher price"])
    shop.power_cut()
    shop.power_cut()
    shop.is_at(states.SignedOff)
    assert shop.journal.count("StateSetAside") == 1
    assert shop.store.verify_chain() is None


def test_a_draft_of_another_sale_survives_the_restart(make_till: MakeTill) -> None:
    other = sale((Sold("纯牛奶", "39.90", gtin=MILK),), number=2)
    till = make_till(groceries(), other)
    till.scans(other.receipt_no)
    till.scans(MILK)
    damage(till, DAMAGE["a higher price"])
    till.power_cut()
    till.is_at(states.ChoosingGoods)
    till.sees("￥ 39.90")
