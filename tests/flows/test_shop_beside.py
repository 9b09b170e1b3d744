"""The shop answers while the cashier serves somebody else: what the terminal records by itself."""

import json

import pytest
from msgspec.structs import replace

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import Return, Status
from terminal.core.shop import Standing
from tests.fakes.small_disk import full_disk
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import OIL, RECEIPT, groceries, one_oil
from tests.flows.shop_office import WHY, Office, status
from tests.flows.test_shop_answers import WALLET, bodies, recorded

MONEY = ("CustomerConfirmed", "RefundAccepted", "ReturnFinished")


@pytest.fixture(name="left")
def _left(make_till: MakeTill) -> Till:
    """A wallet's return was left for later; another receipt is on file."""
    till = recorded(make_till(one_oil(tenders=WALLET), one_oil(number=2)))
    till.presses(Key.F1)
    return till


def counts(till: Till, ret: Return) -> list[int]:
    """How often each of MONEY was recorded of this return."""
    rows = [(row.kind, json.loads(row.body)) for row in till.store.journal()]
    mine = [kind for kind, body in rows if body.get("ret", {}).get("id") == ret.id]
    return [mine.count(kind) for kind in MONEY]


def test_it_is_handed_on_while_the_next_customer_is_waited_for(left: Till) -> None:
    papers = len(left.papers)
    Office(left).says(left.returns[0], Standing.APPROVED)
    left.is_at(states.Ready)
    ret = left.returns[0]
    assert ret.status is Status.ACCEPTED
    assert counts(left, ret) == [1, 1, 1]
    (word,) = bodies(left, "CustomerConfirmed")
    assert (word["how"], word["witness"]) == ("phone", None)
    assert len(left.papers) == papers, "nobody is there to take a slip"
    left.scans(ret.number)
    left.sees("已受理")
    left.presses(Key.F3)
    assert "退货结果" in left.paper
    assert "已退款" not in left.paper


def test_it_is_handed_on_while_another_return_is_on_the_screen(left: Till) -> None:
    left.returns_all(one_oil(number=2).receipt_no)
    left.confirms()
    left.is_at(states.WaitingForCustomer)
    before = left.state
    Office(left).says(left.returns[0], Standing.APPROVED)
    assert left.state == before
    assert [one.status for one in left.returns] == [Status.ACCEPTED, Status.RECORDED]


def test_it_is_handed_on_while_nobody_is_signed_on(left: Till) -> None:
    left.cancels()
    left.is_at(states.SignedOff)
    Office(left).says(left.returns[0], Standing.APPROVED)
    left.is_at(states.SignedOff)
    assert counts(left, left.returns[0]) == [1, 1, 1]


def test_a_no_frees_the_goods_and_the_slip_says_why(left: Till) -> None:
    Office(left).says(left.returns[0], Standing.DECLINED, WHY)
    ret = left.returns[0]
    assert ret.status is Status.VOIDED
    assert [one["by"] for one in bodies(left, "ReturnVoided")] == [None]
    left.scans(ret.number)
    left.is_at(states.ShowingReturn)
    left.sees("已拒绝", "原因：商品已使用")
    left.presses(Key.F3)
    assert "原因：商品已使用" in left.paper
    left.scans(RECEIPT)
    left.is_at(states.ChoosingGoods)


def test_cash_waits_until_the_customer_is_back_with_the_slip(make_till: MakeTill) -> None:
    till = recorded(make_till(groceries()))
    till.presses(Key.F1)
    Office(till).says(till.returns[0], Standing.APPROVED)
    assert status(till) is Status.RECORDED
    assert till.printing.kicks == 0
    till.scans(till.returns[0].number)
    till.is_at(states.ShopDecided)
    till.sees("请付现金", "￥ 35.00")
    till.confirms(2)
    assert counts(till, till.returns[0]) == [1, 1, 1]


def test_a_yes_to_what_was_voided_meanwhile_moves_nothing(left: Till) -> None:
    left.scans(left.returns[0].number)
    left.confirms()
    left.cancels()
    left.confirms()
    Office(left).says(left.returns[0], Standing.APPROVED)
    assert status(left) is Status.VOIDED
    assert counts(left, left.returns[0]) == [0, 0, 0]


def test_said_twice_it_is_done_once(left: Till) -> None:
    office = Office(left)
    for _ in range(3):
        office.says(left.returns[0], Standing.APPROVED)
    office.says(left.returns[0], Standing.DECLINED, WHY)
    assert counts(left, left.returns[0]) == [1, 1, 1]
    assert status(left) is Status.ACCEPTED


def test_while_it_is_looked_at_a_person_decides(left: Till) -> None:
    left.scans(left.returns[0].number)
    left.is_at(states.ShowingReturn)
    Office(left).says(left.returns[0], Standing.APPROVED)
    left.is_at(states.ShopDecided)
    left.sees("门店已同意", "￥ 59.90")
    assert counts(left, left.returns[0]) == [0, 0, 0]
    left.presses(Key.F1)
    assert counts(left, left.returns[0]) == [1, 1, 1], "left undone, it is done beside the flow"


def test_while_its_goods_are_inspected_it_is_left_alone(make_till: MakeTill) -> None:
    till = recorded(make_till(one_oil(tenders=WALLET)))
    till.presses(Key.F4)
    till.is_at(states.ChoosingGoods)
    Office(till).says(till.returns[0], Standing.APPROVED)
    assert status(till) is Status.RECORDED
    till.cancels()
    till.is_at(states.Ready)
    assert status(till) is Status.ACCEPTED
    assert counts(till, till.returns[0]) == [1, 1, 1]


def test_a_return_that_inspection_replaced_is_not_paid(make_till: MakeTill) -> None:
    till = recorded(make_till(one_oil(tenders=WALLET)))
    till.presses(Key.F4)
    Office(till).says(till.returns[0], Standing.APPROVED)
    till.is_at(states.ChoosingGoods)
    till.confirms(3)  # the goods, line by line, the amounts
    old, new = till.returns
    assert (old.status, new.status) == (Status.VOIDED, Status.RECORDED)
    assert counts(till, old) == [0, 0, 0]
    till.is_at(states.WaitingForCustomer)


def test_while_another_part_of_its_sale_is_chosen_it_waits(make_till: MakeTill) -> None:
    till = make_till(groceries(), one_oil(number=2))
    till.scans(RECEIPT)
    till.scans(OIL)
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")
    till.confirms()
    till.presses(Key.F1)
    till.scans(RECEIPT)
    till.is_at(states.ChoosingGoods)
    Office(till).says(till.returns[0], Standing.DECLINED, WHY)
    assert status(till) is Status.RECORDED
    till.cancels()
    assert status(till) is Status.VOIDED


# Power and disk.


def test_the_power_goes_before_the_flow_has_heard(left: Till) -> None:
    office = Office(left)
    office.lost = True
    office.says(left.returns[0], Standing.APPROVED)
    assert status(left) is Status.RECORDED
    left.power_cut()
    assert counts(left, left.returns[0]) == [1, 1, 1]
    left.power_cut()
    assert counts(left, left.returns[0]) == [1, 1, 1]


def test_the_power_goes_before_the_screen_has_heard(make_till: MakeTill) -> None:
    till = recorded(make_till(groceries()))
    office = Office(till)
    office.lost = True
    office.says(till.returns[0], Standing.APPROVED)
    till.power_cut()
    till.is_at(states.ShopDecided)
    till.sees("请付现金")
    till.power_cut()
    till.is_at(states.ShopDecided)


def test_a_full_disk_loses_no_answer_and_doubles_none(left: Till) -> None:
    office = Office(left)
    office.lost = True
    said = office.says(left.returns[0], Standing.APPROVED)
    with full_disk():
        left.counter._desk.hear(said)
        left.presses(Key.F5)
    left.counter.tick("14:06")
    left.counter.tick("14:07")
    assert counts(left, left.returns[0]) == [1, 1, 1]


def test_a_return_of_another_till_is_none_of_ours(left: Till) -> None:
    office = Office(left)
    before = left.journal
    office.says(replace(left.returns[0], id="elsewhere"), Standing.APPROVED)
    assert left.journal == before


def test_the_receipt_brings_an_approved_return_back_after_its_slips_day(
    make_till: MakeTill,
) -> None:
    till = recorded(make_till(groceries()))
    till.presses(Key.F1)
    Office(till).says(till.returns[0], Standing.APPROVED)
    till.moments.wait(days=30)
    till.scans(RECEIPT)
    till.is_at(states.NothingLeft)
    till.presses(Key.F2)
    till.is_at(states.ShowingReturn)
    till.sees("门店已同意")
    till.confirms()
    till.is_at(states.ShopDecided)
    till.cancels(2)
    till.is_at(states.ShopDecided)
    till.confirms(2)
    assert counts(till, till.returns[0]) == [1, 1, 1]
