"""A sale that only the back office knows: asked for, taken in, and returned like any other."""

import json
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from drivers.values import Key
from storage.elsewhere import ReturnedElsewhere
from storage.office import CameDown
from storage.values import RefundedOfTender, ReturnedOfLine, ReturnedSoFar
from terminal.core import states
from terminal.core.returns import ReturnKind
from terminal.core.sale import Sale
from terminal.ledger.stored import stored_sale
from terminal.uplink.values import LookedUp
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.shelf import OIL, Sold, phones, sale

SOLD = sale([Sold("金龙鱼 5L", "59.90", gtin=OIL)], number=77, workstation="09")
OURS = sale([Sold("金龙鱼 5L", "59.90", gtin=OIL)], number=78)


def text(amount: int) -> str:
    return str(Decimal(amount).scaleb(-2))


def as_sent(one: Sale) -> dict[str, Any]:
    """The sale in the interchange format."""
    ref = one.receipt
    lines = [
        {"line": it.line, "sku": it.sku, "gtin": it.gtin, "name": it.name, "unit": it.unit.value,
         "quantity": str(Decimal(it.quantity) / 1000), "net_amount": text(it.net),
         "list_price": text(it.list_price), "tax_rate": str(Decimal(it.tax_rate) / 10**6),
         "category": it.category}
        for it in one.lines
    ]  # fmt: skip
    return {
        "receipt": {"business_unit": ref.business_unit, "workstation": ref.workstation,
                    "business_day": ref.business_day.isoformat(), "sequence": ref.sequence},
        "cashier": one.cashier, "receipt_no": one.receipt_no,
        "sold_at": one.sold_at.isoformat(), "currency": "CNY",
        "lines": lines, "total": text(one.total),
        "tenders": [{"kind": it.kind, "amount": text(it.amount)} for it in one.tenders],
    }  # fmt: skip


def found(one: Sale, back: int = 0, version: int = 1) -> dict[str, Any]:
    """FOUND of docs/WIRE.md; `back` thousandths of its line went back at till 05."""
    paid = one.total * back // 1000
    tax = one.lines[0].tax * back // 1000
    sums = {
        "lines": [{"line": 1, "quantity": back, "amount": paid, "tax": tax}] if back else [],
        "tenders": [{"position": 0, "amount": paid}] if back else [],
        "fees": 0, "shortfall": 0,
    }  # fmt: skip
    returned = {"sale_id": one.id, "version": version, "by": {"0571-05": sums}, **sums}
    return {"sale": json.loads(json.dumps(as_sent(one))), "sale_id": one.id, "returned": returned}


def asks(till: Till, receipt: str) -> str:
    """Scan a receipt; the id of what the office is asked."""
    till.shop.up = True
    till.scans(receipt)
    till.is_at(states.LookingUp)
    return till.shop.asked[-1][0]


def test_a_receipt_that_is_not_on_file_is_asked_for_and_returned(till: Till) -> None:
    ask = asks(till, SOLD.receipt_no)
    assert till.shop.asked == [(ask, {"receipt_no": SOLD.receipt_no})]
    till.sees(f"{till.moments.at:%H:%M}")
    till.device(LookedUp(ask, (found(SOLD),)))
    till.is_at(states.ChoosingGoods)
    till.sees("金龙鱼")
    till.presses(Key.F1, Key.CONFIRM)
    till.picks("质量问题")
    till.picks("未拆封")
    till.confirms()
    (ret,) = till.returns
    assert ret.kind is ReturnKind.VERIFIED  # another till's sale, but its office has answered


def test_what_came_back_at_another_till_is_not_returned_again(till: Till) -> None:
    ask = asks(till, SOLD.receipt_no)
    till.device(LookedUp(ask, (found(SOLD, back=1000),)))
    till.is_at(states.NothingLeft)


def test_the_same_order_at_two_tills_is_refused_at_the_second_though_both_have_begun(
    till: Till,
) -> None:
    """itpp-labs/pos-addons#864: the feed says it while the goods lie on the counter."""
    ask = asks(till, SOLD.receipt_no)
    till.device(LookedUp(ask, (found(SOLD),)))
    till.presses(Key.F1, Key.CONFIRM)
    till.picks("质量问题")
    till.picks("未拆封")
    line, total = SOLD.lines[0], SOLD.total
    gone = ReturnedSoFar(
        (ReturnedOfLine(1, 1000, line.paid, line.tax),), (RefundedOfTender(0, total),), 0
    )
    told = ReturnedElsewhere(SOLD.id, 2, "2026-11-23", gone)
    till.store.take_down(CameDown("2026-11-23", returned=(told,)))
    till.confirms()
    assert till.returns == []
    till.is_told("本次没有保存")


def test_a_sale_of_another_till_that_is_on_file_is_asked_about_too(till: Till) -> None:
    till.store.add_sales([stored_sale(SOLD)])
    ask = asks(till, SOLD.receipt_no)
    assert till.shop.asked[-1][1] == {"sale_id": SOLD.id}
    till.device(LookedUp(ask, (found(SOLD),)))
    till.is_at(states.ChoosingGoods)
    assert isinstance(till.state, states.ChoosingGoods)
    assert till.state.draft.case.kind is ReturnKind.VERIFIED


@pytest.mark.parametrize("fault", ["offline", ""])
def test_without_an_answer_it_is_an_offline_return_as_before(till: Till, fault: str) -> None:
    """No network, or an office that does not know the sale."""
    till.store.add_sales([stored_sale(SOLD)])
    ask = asks(till, SOLD.receipt_no)
    till.device(LookedUp(ask, fault=fault))
    assert isinstance(till.state, states.ChoosingGoods)
    assert till.state.draft.case.kind is ReturnKind.OFFLINE


@pytest.mark.parametrize("fault", ["", "offline"])
def test_its_return_is_gone_through_again_as_well(make_till: MakeTill, fault: str) -> None:
    till = make_till(SOLD)
    till.device(LookedUp(asks(till, SOLD.receipt_no), (found(SOLD),)))
    till.presses(Key.F1, Key.CONFIRM)
    till.picks("质量问题")
    till.picks("未拆封")
    till.confirms()
    till.presses(Key.F4)
    till.is_at(states.Inspecting)
    ask, query = till.shop.asked[-1]
    assert query == {"sale_id": SOLD.id}
    till.device(LookedUp(ask, () if fault else (found(SOLD),), fault=fault))
    till.is_at(states.ChoosingGoods)
    till.sees("验货")


def test_our_own_sale_needs_nobody(till: Till) -> None:
    till.store.add_sales([stored_sale(OURS)])
    till.shop.up = True
    till.scans(OURS.receipt_no)
    till.is_at(states.ChoosingGoods)
    assert till.shop.asked == []


def test_when_the_office_cannot_be_asked_that_is_said(till: Till) -> None:
    till.scans(SOLD.receipt_no)
    till.is_at(states.ReceiptUnknown)
    till.sees("未能向总部查询")
    till.shop.up = True
    till.scans(SOLD.receipt_no)
    till.device(LookedUp(till.shop.asked[-1][0], fault="offline"))
    till.sees("未能向总部查询")
    till.scans(SOLD.receipt_no)
    till.device(LookedUp(till.shop.asked[-1][0]))
    till.is_at(states.ReceiptUnknown)
    till.sees_not("未能向总部查询")


def test_cancel_leaves_the_waiting_and_a_late_answer_changes_nothing(till: Till) -> None:
    ask = asks(till, SOLD.receipt_no)
    till.cancels()
    till.is_at(states.Ready)
    till.device(LookedUp(ask, (found(SOLD),)))
    till.is_at(states.Ready)


def test_a_sale_with_wrong_sums_is_as_if_it_had_not_been_found(till: Till) -> None:
    ask = asks(till, SOLD.receipt_no)
    wrong = found(SOLD)
    wrong["sale"]["total"] = "1.00"
    till.device(LookedUp(ask, (wrong,)))
    till.is_at(states.ReceiptUnknown)
    assert till.store.sale(SOLD.id) is None


def test_another_sale_under_an_id_on_file_is_not_believed(till: Till) -> None:
    till.store.add_sales([stored_sale(SOLD)])
    ask = asks(till, SOLD.receipt_no)
    other = replace(SOLD, cashier="9999")
    till.device(LookedUp(ask, (found(other) | {"sale": as_sent(other) | {"cashier": "9999"}},)))
    assert isinstance(till.state, states.ChoosingGoods)
    assert till.state.draft.case.kind is ReturnKind.OFFLINE
    kept = till.store.sale(SOLD.id)
    assert kept is not None
    assert kept.cashier != "9999"


def test_a_restart_while_it_waits_asks_again(till: Till) -> None:
    first = asks(till, SOLD.receipt_no)
    till.power_cut()
    till.is_at(states.LookingUp)
    second, query = till.shop.asked[-1]
    assert second != first
    till.device(LookedUp(second, (found(SOLD),)))
    till.is_at(states.ChoosingGoods)
    assert query == {"receipt_no": SOLD.receipt_no}


def test_no_piece_is_scanned_beyond_what_other_tills_left(make_till: MakeTill) -> None:
    """The office says how many came back elsewhere, and not which."""
    sold = phones()
    till = make_till(sold)
    half = sold.lines[0].paid // 2
    gone = ReturnedSoFar((ReturnedOfLine(1, 1000, half, 0),), (RefundedOfTender(0, half),), 0)
    told = ReturnedElsewhere(sold.id, 1, "2026-11-23", gone)
    till.store.take_down(CameDown("2026-11-23", returned=(told,)))
    till.scans(sold.receipt_no)
    one, two = sold.lines[0].serials
    till.scans(one)
    till.sees("￥ 1999.00")
    till.scans(two)
    till.is_told("荣耀 手机 X60")
    till.sees("￥ 1999.00")
