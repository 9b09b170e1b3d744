"""After it was handed on: what slip and screen say as the rails move, and never more than is so."""

import pytest
from msgspec.structs import replace

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import Status
from terminal.core.shop import RailState, ShopState, Standing
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import Sold, groceries, one_oil, sale
from tests.flows.shop_office import AT, Office, status
from tests.flows.test_shop_answers import WALLET, recorded

TWO_WALLETS = (("wechat", "40.00", "零钱"), ("alipay", "19.90", "余额"))


@pytest.fixture(name="handed_on")
def _handed_on(make_till: MakeTill) -> Till:
    """59.90 on its way to a wallet."""
    till = recorded(make_till(one_oil(tenders=WALLET)))
    till.presses(Key.F2, Key.CONFIRM)
    till.is_at(states.Ready)
    return till


def looked_at(till: Till) -> str:
    """The return's screen, then its result slip printed again; all their words."""
    till.scans(till.returns[0].number)
    till.is_at(states.ShowingReturn)
    screen = till.says
    till.presses(Key.F3)
    till.is_at(states.Ready)
    return f"{screen}\n{till.paper}"


def test_on_its_way_with_the_time_it_was_said_and_when_it_should_arrive(handed_on: Till) -> None:
    Office(handed_on).about(handed_on.returns[0], Standing.REFUNDING, RailState.PROCESSING)
    said = looked_at(handed_on)
    assert "退款中" in said
    assert "截至 2026-11-25 10:02" in handed_on.paper
    arrival = handed_on.settings.rules.policy.arrival
    assert arrival.zh in handed_on.paper
    assert "已退款" not in said


def test_refunded_once_the_rail_said_success(handed_on: Till) -> None:
    office = Office(handed_on)
    office.about(handed_on.returns[0], Standing.REFUNDED, RailState.SUCCESS)
    assert status(handed_on) is Status.REFUNDED
    said = looked_at(handed_on)
    assert "已退款" in said
    assert "￥ 59.90 2026-11-25" in handed_on.paper
    assert handed_on.settings.rules.policy.arrival.zh not in handed_on.paper
    office.about(handed_on.returns[0], Standing.REFUNDED, RailState.SUCCESS)
    assert handed_on.journal.count("RefundMoved") == 1, "the same again is no news"


def test_what_a_coupon_did_not_give_back_is_printed_beside_what_was_asked(handed_on: Till) -> None:
    office = Office(handed_on)
    office.about(handed_on.returns[0], Standing.REFUNDED, RailState.SUCCESS, actual=5490)
    said = looked_at(handed_on)
    assert said.count("应退 ￥ 59.90，实退 ￥ 54.90") == 2, "on the screen and on paper"


@pytest.mark.parametrize(
    ("standing", "rail"),
    [
        (Standing.PROBLEM, RailState.ABNORMAL),
        (Standing.PROBLEM, RailState.CLOSED),
        (Standing.REFUNDED, RailState.ABNORMAL),
        (Standing.REFUNDED, RailState.CLOSED),
        (Standing.REFUNDED, RailState.PROCESSING),
        (Standing.REFUNDED, RailState.ACCEPTED),
        (Standing.REFUNDED, None),
        (Standing.REFUNDING, RailState.ACCEPTED),
        (Standing.CONFIRMED, None),
    ],
)
def test_no_refund_is_called_one_though_its_rail_failed(
    handed_on: Till, standing: Standing, rail: RailState | None
) -> None:
    """adyen-prestashop#228: there it was marked refunded though the API had failed."""
    rails = (rail,) if rail else ()
    Office(handed_on).about(handed_on.returns[0], standing, *rails)
    said = looked_at(handed_on)
    assert "已退款" not in said
    assert status(handed_on) is not Status.REFUNDED
    handed_on.presses(Key.F6)
    handed_on.sees_not("已退款")


def test_one_wallet_arrived_and_the_other_not_is_not_refunded(make_till: MakeTill) -> None:
    till = recorded(make_till(one_oil(tenders=TWO_WALLETS)))
    till.presses(Key.F2, Key.CONFIRM)
    ret = till.returns[0]
    Office(till).about(ret, Standing.REFUNDING, RailState.SUCCESS, RailState.PROCESSING)
    assert status(till) is Status.ACCEPTED
    looked_at(till)
    assert "退款中" in till.paper
    assert "￥ 40.00 2026-11-25" in till.paper, "that part has arrived"


def test_a_refund_in_trouble_says_so_and_ends_well(handed_on: Till) -> None:
    office, ret = Office(handed_on), handed_on.returns[0]
    office.about(ret, Standing.PROBLEM, RailState.ABNORMAL)
    assert status(handed_on) is Status.PROBLEM
    assert "异常" in looked_at(handed_on)
    handed_on.scans(ret.number)
    handed_on.sees("退款异常，门店正在处理")
    office.about(ret, Standing.REFUNDING, RailState.PROCESSING)
    handed_on.sees("退款中")
    handed_on.sees_not("异常")
    office.about(ret, Standing.REFUNDED, RailState.SUCCESS)
    handed_on.sees("已退款")
    assert handed_on.journal.count("RefundMoved") == 3
    assert status(handed_on) is Status.REFUNDED


def test_cash_and_wallet_each_say_their_own(make_till: MakeTill) -> None:
    till = recorded(make_till(groceries()))
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    Office(till).about(till.returns[0], Standing.REFUNDED, RailState.SUCCESS)
    looked_at(till)
    assert "现金已在收银台退还" in till.paper
    assert "￥ 60.00 2026-11-25" in till.paper


def test_cash_alone_was_refunded_at_the_till_whatever_the_office_says(make_till: MakeTill) -> None:
    till = recorded(make_till(sale((Sold("甲", "10.00"),))))
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.is_at(states.Ready)
    Office(till).about(till.returns[0], Standing.REFUNDED)
    till.scans(till.returns[0].number)
    till.sees("已在收银台退款")
    assert "RefundMoved" not in till.journal


def test_it_is_on_file_after_a_power_cut_at_any_moment(handed_on: Till) -> None:
    office = Office(handed_on)
    office.lost = True
    office.about(handed_on.returns[0], Standing.REFUNDED, RailState.SUCCESS)
    assert status(handed_on) is Status.ACCEPTED
    handed_on.power_cut()
    assert status(handed_on) is Status.REFUNDED
    handed_on.power_cut()
    assert handed_on.journal.count("RefundMoved") == 1


# Asked live.


def test_the_shop_is_asked_when_a_slip_is_scanned_and_its_word_is_shown(handed_on: Till) -> None:
    handed_on.shop.up = True
    office, ret = Office(handed_on), handed_on.returns[0]
    handed_on.scans(ret.number)
    assert [query for _, query in handed_on.shop.asked] == [{"return": ret.id}]
    handed_on.sees("已受理", "正在询问门店")
    word = ShopState(ret.id, ret.number, "0571-03", 9, Standing.REFUNDING, at=AT)
    office.replies(word)
    handed_on.sees("退款中", "截至 2026-11-25 10:02")
    handed_on.sees_not("正在询问门店")


def test_without_a_network_the_last_word_is_shown_with_its_time(handed_on: Till) -> None:
    Office(handed_on).about(handed_on.returns[0], Standing.REFUNDING, RailState.PROCESSING)
    handed_on.scans(handed_on.returns[0].number)
    assert handed_on.shop.asked == []
    handed_on.sees("退款中", "截至 2026-11-25 10:02")


def test_an_answer_that_comes_too_late_or_not_at_all_changes_nothing(handed_on: Till) -> None:
    handed_on.shop.up = True
    office = Office(handed_on)
    handed_on.scans(handed_on.returns[0].number)
    office.replies(None, "offline")
    handed_on.sees("已受理")
    handed_on.confirms()
    handed_on.is_at(states.Ready)
    office.replies(None)
    handed_on.is_at(states.Ready)


def test_a_slip_of_another_till_is_asked_about_and_only_shown(till: Till) -> None:
    till.shop.up = True
    till.scans("R-0571-04-000007")
    till.is_at(states.AskingShop)
    till.sees("正在询问门店")
    word = ShopState("id", "R-0571-04-000007", "0571-04", 1, Standing.APPROVED)
    Office(till).replies(word)
    till.is_at(states.ShowingElsewhere)
    till.sees("0571-04", "门店已同意", "请拿小票到那里")
    again = replace(word, version=2, state=Standing.REFUNDED)
    till.scans("R-0571-04-000007")
    Office(till).replies(again)
    till.sees("0571-04", "已退款")
    till.sees_not("请拿小票到那里")
    before = till.journal
    till.confirms()
    till.is_at(states.Ready)
    assert till.journal == before


@pytest.mark.parametrize("up", [True, False])
def test_a_slip_that_nobody_knows_is_not_on_file(till: Till, up: bool) -> None:
    till.shop.up = up
    till.scans("R-0571-04-000007")
    if up:
        Office(till).replies(None)
    till.is_at(states.Ready)
    till.is_told("R-0571-04-000007")


def test_what_the_shop_said_is_in_no_record(handed_on: Till) -> None:
    """It is kept beside the journal, where it can be erased."""
    office, ret = Office(handed_on), handed_on.returns[0]
    office.about(ret, Standing.PROBLEM, RailState.ABNORMAL)
    office.about(replace(ret), Standing.REFUNDED, RailState.SUCCESS)
    assert '"shop":null' in "".join(row.body for row in handed_on.store.journal())
    assert "ShopState" not in "".join(row.body for row in handed_on.store.journal())
