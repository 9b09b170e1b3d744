"""离线退货: another till's sale, of which nobody knows here what came back elsewhere."""

from drivers.values import Key
from terminal.core import states
from terminal.core.returns import ReturnKind
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import MILK, Sold, one_oil, sale

TILL_4 = one_oil(workstation="04")
DEAR = sale((Sold("电热水壶", "600.00", "2", gtin=MILK),), workstation="05", number=9)


def done(till: Till) -> None:
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.is_at(states.Ready)


def test_another_tills_sale_is_marked_on_screen_slip_and_record(make_till: MakeTill) -> None:
    till = make_till(TILL_4)
    till.scans(TILL_4.receipt_no)
    till.sees("离线退货 · 小票 " + TILL_4.receipt_no)
    till.presses(Key.F1, Key.CONFIRM)
    till.picks("质量问题")
    till.picks("未拆封")
    till.sees("确认离线退货", "原单来自 0571-04", "联网后核对")
    done(till)
    assert all("离线退货" in paper for paper in till.papers)
    assert till.returns[0].kind is ReturnKind.OFFLINE
    till.scans("R-0571-03-000001")
    till.sees("离线退货")


def test_the_same_in_english(make_till: MakeTill) -> None:
    till = make_till(TILL_4, language="en")
    till.scans(TILL_4.receipt_no)
    till.sees("Offline return · receipt")
    till.presses(Key.F1, Key.CONFIRM)
    till.picks("Quality fault")
    till.picks("Unopened")
    till.sees("Confirm: Offline return", "what came back elsewhere is not known here")
    done(till)
    assert "Offline return" in till.paper


def test_a_sale_of_another_shop_is_offline_too(make_till: MakeTill) -> None:
    till = make_till(one_oil(), terminal__business_unit="0572")
    till.scans(one_oil().receipt_no)
    till.sees("离线退货")


def test_a_unit_that_takes_back_for_every_till_of_its_shop_knows_it_all(
    make_till: MakeTill,
) -> None:
    till = make_till(TILL_4, terminal__takes_back=("*",))
    till.scans(TILL_4.receipt_no)
    till.sees("退货 · 小票")
    till.sees_not("离线退货")


def test_more_than_the_limit_for_one_receipt_is_refused(make_till: MakeTill) -> None:
    """Over all its parts: a limit that splitting could pass under would be none."""
    till = make_till(DEAR, policy__limit__amount="0")
    till.scans(DEAR.receipt_no)
    till.types("1⏎⏎")
    till.picks("质量问题")
    till.picks("未拆封")
    done(till)
    till.returns_all(DEAR.receipt_no)
    till.is_at(states.Denied)
    till.sees("600.00", "500.00")


def test_so_many_on_one_day_and_no_more(make_till: MakeTill) -> None:
    """itpp-labs/pos-addons#864: offline, order after order came back with no end."""
    more = [one_oil(workstation="04", number=at) for at in (1, 2, 3)]
    till = make_till(*more, policy__kind__offline__day_count=2)
    for one in more[:2]:
        till.returns_all(one.receipt_no)
        done(till)
    till.returns_all(more[2].receipt_no)
    till.is_at(states.Denied)
    till.sees("当日已办 2 笔")
    till.confirms()
    till.moments.wait(days=1)
    till.returns_all(more[2].receipt_no)
    till.is_at(states.ConfirmingAmounts)


def test_a_day_has_its_amount(make_till: MakeTill) -> None:
    more = [one_oil(workstation="04", number=at) for at in (1, 2)]
    till = make_till(*more, policy__kind__offline__day_amount="100.00")
    till.returns_all(more[0].receipt_no)
    done(till)
    till.returns_all(more[1].receipt_no)
    till.is_at(states.Denied)
    till.sees("119.80", "100.00")


def test_a_voided_return_is_not_counted(make_till: MakeTill) -> None:
    more = [one_oil(workstation="04", number=at) for at in (1, 2)]
    till = make_till(*more, policy__kind__offline__day_count=1)
    till.returns_all(more[0].receipt_no)
    till.confirms()
    till.presses(Key.CANCEL, Key.CONFIRM)
    till.is_at(states.Ready)
    till.returns_all(more[1].receipt_no)
    till.is_at(states.ConfirmingAmounts)


def test_the_transaction_refuses_what_the_screen_let_through(make_till: MakeTill) -> None:
    """A cap that holds on the screen alone is none (odoo#281405)."""
    more = [one_oil(workstation="04", number=at) for at in (1, 2)]
    till = make_till(*more, policy__kind__offline__day_count=1)
    till.returns_all(more[0].receipt_no)
    waiting = till.state
    done(till)
    till.returns_all(more[1].receipt_no)
    assert isinstance(waiting, states.ConfirmingAmounts)
    case = till.counter._ledger.case(more[1].id)  # as looked at before the first was recorded
    assert case is not None
    draft = waiting.draft
    till.counter.state = states.ConfirmingAmounts(
        type(draft)(draft.cashier, case, draft.rules, draft.chosen, draft.decision,
                    kind=draft.kind),
        waiting.settlement,
    )  # fmt: skip
    till.confirms()
    assert "已达限额" in till.notices
    assert len(till.returns) == 1


def test_an_offline_return_of_today_is_no_void(make_till: MakeTill) -> None:
    todays = one_oil(workstation="04", days_ago=0)
    till = make_till(todays)
    till.returns_all(todays.receipt_no)
    done(till)
    assert till.returns[0].kind is ReturnKind.OFFLINE
