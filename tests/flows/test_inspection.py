"""Inspection (验货): what was recorded is not what lies on the counter, and where goods go then."""

from drivers.values import Key
from storage.elsewhere import ReturnedElsewhere
from storage.office import CameDown
from storage.values import RefundedOfTender, ReturnedOfLine, ReturnedSoFar
from terminal.core import states
from terminal.core.returns import Condition, ReturnKind, Status
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import MILK, OIL, RECEIPT, Sold, groceries, one_oil, sale
from tests.flows.test_exchange import priced


def recorded(make_till: MakeTill, **settings: object) -> Till:
    """Three bottles recorded, the slip with the customer."""
    till = make_till(sale((Sold("大豆油", "30.00", "3", gtin=OIL),)), **settings)
    till.returns_all(RECEIPT)
    till.confirms()
    till.is_at(states.WaitingForCustomer)
    return till


def test_fewer_goods_are_accepted_and_the_customer_confirms_the_change(
    make_till: MakeTill,
) -> None:
    till = recorded(make_till)
    first = till.returns[0]
    till.presses(Key.F4)
    till.is_at(states.ChoosingGoods)
    till.sees("验货", first.number, "输入实收数量")
    till.types("2⏎")
    till.confirms()
    till.is_at(states.CheckingLines)
    till.confirms()
    till.is_at(states.ConfirmingAmounts)
    till.sees("20.00")
    till.confirms()
    till.is_at(states.WaitingForCustomer)
    old, new = till.returns
    assert (old.status, new.status) == (Status.VOIDED, Status.RECORDED)
    assert new.replaces == old.number
    assert new.settlement.this == 2000
    assert "更正" in till.paper
    assert old.number in till.paper
    till.types(f"{old.short_code}⏎")
    till.is_at(states.WaitingForCustomer)
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    assert till.returns[1].status is Status.REFUNDED


def test_the_bottle_not_accepted_can_be_returned_later(make_till: MakeTill) -> None:
    till = recorded(make_till)
    till.presses(Key.F4)
    till.types("2⏎")
    till.confirms(3)
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.returns_all(RECEIPT)
    till.confirms()
    assert [one.settlement.this for one in till.returns] == [3000, 2000, 1000]


def test_another_condition_is_judged_anew_and_changes_where_the_goods_go(
    make_till: MakeTill,
) -> None:
    till = make_till(groceries())
    till.returns_all(RECEIPT, reason="重复购买")
    till.confirms()
    till.presses(Key.F4)
    till.confirms()
    till.presses(Key.F4)
    till.picks("重复购买")
    till.picks("破损")
    till.confirms()
    if isinstance(till.state, states.AwaitingOverride):
        till.types("2001⏎4321⏎")
        till.picks(till.choice[0].label)
    till.confirms()
    till.is_at(states.WaitingForCustomer)
    line = till.returns[1].settlement.lines[0]
    assert line.condition is Condition.DAMAGED
    assert till.returns[0].settlement.lines[0].disposition is not line.disposition


def test_an_inspection_thought_better_of_changes_nothing(make_till: MakeTill) -> None:
    till = recorded(make_till)
    till.presses(Key.F4)
    till.types("2⏎")
    till.cancels()
    till.is_at(states.WaitingForCustomer)
    assert [one.status for one in till.returns] == [Status.RECORDED]
    assert till.returns[0].settlement.this == 3000


def test_a_power_cut_while_inspecting_leaves_the_recorded_return(make_till: MakeTill) -> None:
    till = recorded(make_till)
    till.presses(Key.F4)
    till.types("1⏎")
    till.power_cut()
    till.is_at(states.ChoosingGoods)
    till.confirms(3)
    assert [one.status for one in till.returns] == [Status.VOIDED, Status.RECORDED]
    assert "ReturnVoided" in till.journal


def one_of_three(make_till: MakeTill) -> Till:
    """One bottle of three recorded, and being inspected."""
    till = make_till(sale((Sold("大豆油", "30.00", "3", gtin=OIL),)))
    till.scans(RECEIPT)
    till.scans(OIL)
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")
    till.confirms()
    till.presses(Key.F4)
    return till


def test_a_restart_under_other_rules_still_corrects_the_recorded_return(
    make_till: MakeTill,
) -> None:
    """Taken for a return of its own, it would pay the one bottle twice."""
    till = one_of_three(make_till)
    till.new_rules("2027-01", without="OTHER")
    till.power_cut()
    till.sees("验货", till.returns[0].number)
    till.confirms()
    till.picks("质量问题")
    till.picks("未拆封")
    till.confirms()
    assert [one.status for one in till.returns] == [Status.VOIDED, Status.RECORDED]
    assert till.returns[1].replaces == till.returns[0].number


def test_a_correction_that_is_refused_leads_back_to_the_recorded_return(
    make_till: MakeTill,
) -> None:
    """All three came back at other tills meanwhile: which was right is the office's to say."""
    till = one_of_three(make_till)
    gone = ReturnedSoFar((ReturnedOfLine(1, 3000, 3000, 0),), (RefundedOfTender(0, 3000),), 0)
    told = ReturnedElsewhere(till.returns[0].sale_id, 1, "2026-11-23", gone)
    till.confirms(2)
    till.is_at(states.ConfirmingAmounts)
    till.store.take_down(CameDown("2026-11-23", returned=(told,)))
    till.confirms()
    till.is_at(states.WaitingForCustomer)
    till.is_told("没有保存")
    assert [one.status for one in till.returns] == [Status.RECORDED]


def test_new_goods_and_store_credit_stay_as_they_were_chosen(make_till: MakeTill) -> None:
    till = priced(make_till(one_oil()))
    till.returns_all(RECEIPT)
    till.presses(Key.F3, Key.F5)
    till.scans(MILK)
    till.confirms(2)
    till.is_at(states.WaitingForCustomer)
    till.presses(Key.F4)
    till.confirms(2)
    till.sees("确认换货", "退货券", "￥ 20.00")
    till.confirms()
    old, new = till.returns
    assert (new.kind, new.settlement.covered) == (ReturnKind.EXCHANGE, 3990)
    assert new.settlement == old.settlement


def test_each_article_gets_a_label_with_the_result_and_a_copy_gets_none(
    make_till: MakeTill,
) -> None:
    till = recorded(make_till)
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    assert "退供应商" in till.paper
    assert "大豆油 × 3" in till.paper
    till.scans(till.returns[0].number)
    till.presses(Key.F3)
    assert "退供应商" not in till.paper


def test_a_shop_that_wants_no_labels_gets_none(make_till: MakeTill) -> None:
    till = recorded(make_till, printer__labels=False)
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    assert "退供应商" not in till.paper


def overcharged(make_till: MakeTill) -> Till:
    """10.00 too much for the oil, recorded; then the inspection is begun."""
    till = make_till(sale((Sold("大豆油", "59.90", gtin=OIL), Sold("牛奶", "20.00", gtin=MILK))))
    till.scans(RECEIPT)
    till.scans(OIL)
    till.confirms()
    till.picks("多收款")
    till.types("10⏎")
    till.confirms()
    approved(till)
    till.confirms()
    till.presses(Key.F4)
    till.is_at(states.ChoosingGoods)
    return till


def approved(till: Till) -> None:
    till.is_at(states.AwaitingOverride)
    till.types("2001⏎4321⏎1")
    till.is_at(states.ConfirmingAmounts)


def test_money_that_was_given_alone_is_looked_at_as_it_was_recorded(make_till: MakeTill) -> None:
    till = overcharged(make_till)
    till.sees("￥ 10.00")
    till.confirms(2)
    approved(till)
    till.sees("￥ 10.00")
    till.confirms()
    old, new = till.returns
    assert (old.status, new.status) == (Status.VOIDED, Status.RECORDED)
    assert (new.settlement.this, new.settlement.lines[0].quantity) == (1000, 0)


def test_the_goods_came_back_after_all_and_not_the_money_alone(make_till: MakeTill) -> None:
    till = overcharged(make_till)
    till.confirms()
    till.presses(Key.F4)
    till.picks("质量问题")
    till.picks("未拆封")
    till.confirms()
    till.is_at(states.ConfirmingAmounts)
    till.confirms()
    line = till.returns[1].settlement.lines[0]
    assert (line.quantity, line.amount) == (1000, 5990)


def test_goods_chosen_anew_need_a_reason_of_their_own(make_till: MakeTill) -> None:
    """The price of a whole bottle never goes back for a reason that leaves it with the customer."""
    till = overcharged(make_till)
    till.types("1⏎")
    till.sees("￥ 59.90")
    till.confirms()
    till.is_at(states.ChoosingReason)


def test_where_the_goods_came_back_meanwhile_there_is_nothing_to_go_through(
    make_till: MakeTill,
) -> None:
    """At another till, which knows nothing of the money yet."""
    till = overcharged(make_till)
    till.cancels()
    gone = ReturnedSoFar((ReturnedOfLine(1, 1000, 4990, 0),), (RefundedOfTender(0, 4990),), 0)
    told = ReturnedElsewhere(till.returns[0].sale_id, 1, "2026-11-23", gone)
    till.store.take_down(CameDown("2026-11-23", returned=(told,)))
    till.presses(Key.F4)
    till.is_at(states.WaitingForCustomer)
    till.is_told("大豆油")
    assert [one.status for one in till.returns] == [Status.RECORDED]
