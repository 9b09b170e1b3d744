"""What must hold whatever a cashier presses, reckoned from what is on file."""

import json
from collections import Counter

from terminal.core.returns import Return, Status
from terminal.core.sale import Sale
from terminal.ledger.ledger import Ledger
from tests.flows.cashier import Till

ONCE = ("CashPaid", "CustomerConfirmed", "ReturnFinished", "ReturnVoided")


def check_sale(ledger: Ledger, sale_id: str) -> None:
    """No more comes back than was sold, paid and tendered; all of a line for all of it."""
    case = ledger.case(sale_id)
    assert case is not None
    for line in case.sale.lines:
        back = case.returned.of_line(line.line)
        assert 0 <= back.quantity <= line.quantity
        assert 0 <= back.amount <= line.paid
        assert 0 <= back.tax <= line.tax
        assert back.quantity < line.quantity or back.amount == line.paid
    for at, tender in enumerate(case.sale.tenders):
        assert 0 <= case.returned.of_tender(at) <= tender.amount


def check_pieces(till: Till, sale: Sale) -> None:
    """Each piece by its own number, once, and as many as came back of its line."""
    back = till.store.returned(sale.id)
    assert len(set(back.serials)) == len(back.serials)
    for line in sale.lines:
        named = [one.number for one in back.serials if one.line == line.line]
        assert set(named) <= set(line.serials)
        if line.serials:
            gone = sum(one.quantity for one in back.lines if one.line == line.line)
            assert len(named) * 1000 == gone


def check_return(ret: Return) -> None:
    it = ret.settlement
    assert it.paid == it.before + it.this + it.left
    assert it.this == sum(line.amount for line in it.lines)
    assert (
        sum(one.granted for one in it.refunds)
        == it.this - it.fee - it.shortfall - it.gifts - it.overpaid - it.covered
    )


def check_records(till: Till) -> None:
    """Each return once; its money at most once, and never with a void."""
    facts: dict[str, Counter[str]] = {}
    for row in till.store.journal():
        body = json.loads(row.body)
        if body.get("ret"):
            facts.setdefault(body["ret"]["id"], Counter())[row.kind] += 1
    for ret in till.returns:
        kinds = facts[ret.id]
        assert kinds["ReturnRecorded"] == 1
        assert max(kinds[kind] for kind in ONCE) <= 1
        if ret.status is Status.VOIDED:
            assert kinds["CashPaid"] == kinds["RefundAccepted"] == kinds["RefundMoved"] == 0
        if kinds["CashPaid"] or kinds["RefundAccepted"]:
            assert kinds["CustomerConfirmed"] == 1
        if ret.handed_on:
            assert kinds["ReturnFinished"] == 1
        said = till.store.office_state(ret.id)
        if ret.status is Status.REFUNDED and kinds["RefundAccepted"]:
            assert said is not None
            assert kinds["RefundMoved"] >= 1, "called refunded, and nobody said so"
            rails = {one["state"] for one in json.loads(said.body)["refunds"]}
            assert rails == {"success"}, f"called refunded, and its rails say {rails}"
    assert len(facts) == len(till.returns)


def check_drawer(till: Till) -> None:
    """Every shift that ended was reckoned with the cash that was paid while it was open."""
    open_shift, paid = "", 0
    for row in till.store.journal():
        body = json.loads(row.body)
        match row.kind:
            case "ShiftOpened":
                assert not open_shift, "two shifts are open"
                open_shift, paid = body["shift"]["id"], 0
            case "CashPaid":
                paid += body["amount"]
            case "ShiftClosed":
                assert body["shift"]["id"] == open_shift
                assert body["shift"]["closing"]["paid"] == paid
                open_shift = ""
            case _:
                pass  # says nothing of the drawer
    kept = till.store.drawer.open_shift()
    assert (kept.id if kept else "") == open_shift
