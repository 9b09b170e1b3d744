"""The customer submits by phone and the shop answers: what the cashier sees, and what is done."""

import json
from typing import Any

import pytest

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import Status
from terminal.core.shop import Standing
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import MILK, RECEIPT, one_oil
from tests.flows.shop_office import WHY, Office
from tests.flows.test_exchange import priced

WALLET = (("wechat", "59.90", "零钱"),)


@pytest.fixture(name="wallet")
def _wallet(make_till: MakeTill) -> Till:
    """A return that goes back to a wallet alone waits for its customer."""
    return recorded(make_till(one_oil(tenders=WALLET)))


@pytest.fixture(name="mixed")
def _mixed(till: Till) -> Till:
    """60.00 of it by WeChat Pay, 35.00 in cash."""
    return recorded(till)


def recorded(till: Till) -> Till:
    till.returns_all(RECEIPT)
    till.confirms()
    till.is_at(states.WaitingForCustomer)
    return till


def bodies(till: Till, kind: str) -> list[Any]:
    return [json.loads(row.body) for row in till.store.journal() if row.kind == kind]


# While it waits.


def test_the_screen_follows_the_customer_and_the_office(wallet: Till) -> None:
    office = Office(wallet)
    office.network(up=True)
    wallet.sees("顾客还没有提交", "短码")
    before = wallet.journal
    office.says(wallet.returns[0], Standing.WAITING)
    wallet.sees("顾客还没有提交")
    office.says(wallet.returns[0], Standing.SUBMITTED)
    wallet.sees("已提交", "门店正在审核", "请留好商品", "截至 2026-11-25 10:02")
    wallet.is_at(states.WaitingForCustomer)
    assert wallet.journal == before, "what changes nothing is no record"


def test_without_a_network_the_assisted_path_comes_first(wallet: Till) -> None:
    Office(wallet).network(up=False)
    wallet.sees("没有网络", "顾客在小票上签字", "短码")
    wallet.presses(Key.F2, Key.CONFIRM)
    assert wallet.returns[0].status is Status.ACCEPTED


def test_a_unit_that_has_no_network_at_all_says_nothing_of_it(wallet: Till) -> None:
    wallet.sees_not("没有网络", "还没有提交")


def test_an_older_word_is_passed_over(wallet: Till) -> None:
    office = Office(wallet)
    office.says(wallet.returns[0], Standing.SUBMITTED, version=5)
    office.says(wallet.returns[0], Standing.WAITING, version=4)
    wallet.sees("已提交")


# Yes.


def test_a_wallet_is_handed_on_at_the_shops_yes_and_the_result_is_printed(wallet: Till) -> None:
    Office(wallet).says(wallet.returns[0], Standing.APPROVED)
    wallet.is_at(states.Ready)
    ret = wallet.returns[0]
    assert ret.status is Status.ACCEPTED
    (word,) = bodies(wallet, "CustomerConfirmed")
    assert (word["how"], word["witness"]["number"]) == ("phone", "1007")
    assert wallet.journal.count("RefundAccepted") == 1
    assert "已受理" in wallet.paper
    assert "已退款" not in wallet.paper
    assert wallet.printing.kicks == 0


def test_cash_is_paid_by_a_person_once_the_shop_said_yes(mixed: Till) -> None:
    Office(mixed).says(mixed.returns[0], Standing.APPROVED)
    mixed.is_at(states.ShopDecided)
    mixed.sees("门店已同意：请付现金", "￥ 35.00")
    assert mixed.printing.kicks == 0, "no drawer opens by itself"
    assert "CustomerConfirmed" not in mixed.journal
    mixed.confirms()
    mixed.is_at(states.PayingCash)
    assert mixed.printing.kicks == 1
    mixed.confirms()
    assert mixed.returns[0].status is Status.ACCEPTED
    assert [one["how"] for one in bodies(mixed, "CustomerConfirmed")] == ["phone"]
    assert (mixed.journal.count("CashPaid"), mixed.journal.count("RefundAccepted")) == (1, 1)


def test_the_shops_yes_counts_after_the_day_on_the_slip(mixed: Till) -> None:
    """The customer submitted in time; the office took its time."""
    mixed.moments.wait(days=30)
    Office(mixed).says(mixed.returns[0], Standing.APPROVED)
    mixed.confirms()
    mixed.is_at(states.PayingCash)


def test_an_exchange_for_dearer_goods_takes_the_cash(make_till: MakeTill) -> None:
    till = priced(make_till(one_oil()))
    till.returns_all(RECEIPT, "尺码颜色")
    till.presses(Key.F5)
    till.scans(MILK)
    till.scans(MILK)
    till.confirms(2)
    till.is_at(states.WaitingForCustomer)
    Office(till).says(till.returns[0], Standing.APPROVED)
    till.sees("门店已同意：请收现金", "￥ 19.90")
    till.confirms()
    till.is_at(states.PayingCash)


def test_store_credit_is_handed_over_by_a_person(make_till: MakeTill) -> None:
    till = make_till(one_oil(tenders=WALLET))
    till.returns_all(RECEIPT)
    till.presses(Key.F3)
    till.confirms()
    office = Office(till)
    office.says(till.returns[0], Standing.APPROVED)
    till.is_at(states.ShopDecided)
    till.presses(Key.F1)
    assert till.returns[0].status is Status.RECORDED, "its paper must reach the customer"
    till.scans(till.returns[0].number)
    till.confirms()
    assert "面额" in till.paper
    assert till.printing.kicks == 0


def test_the_shop_is_quicker_than_the_pen(wallet: Till) -> None:
    wallet.presses(Key.F2)
    wallet.is_at(states.TakingSignature)
    office = Office(wallet)
    office.says(wallet.returns[0], Standing.SUBMITTED)
    wallet.is_at(states.TakingSignature)
    office.says(wallet.returns[0], Standing.APPROVED)
    wallet.is_at(states.Ready)
    assert [one["how"] for one in bodies(wallet, "CustomerConfirmed")] == ["phone"]


def test_what_was_signed_before_the_shop_said_no_is_paid(mixed: Till) -> None:
    """Only this terminal ends a return: its record of the signature came first."""
    mixed.presses(Key.F2, Key.CONFIRM)
    mixed.is_at(states.PayingCash)
    Office(mixed).says(mixed.returns[0], Standing.DECLINED, WHY)
    mixed.is_at(states.PayingCash)
    mixed.confirms()
    assert mixed.returns[0].status is Status.ACCEPTED
    assert "ReturnVoided" not in mixed.journal


# No.
