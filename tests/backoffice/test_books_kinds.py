"""Exchanges, goods written down, unverified returns and gifts in the office's books."""

# ruff: noqa: F811 - the fixtures of test_books

import json

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from backoffice import returns
from backoffice.archive.parked import take_all
from backoffice.books.booking import book
from backoffice.db.tables import Refund, ReturnLine, Sale
from backoffice.office import Office
from backoffice.sales.interchange import offered
from backoffice.states import RefundState
from backoffice.wire import bodies
from backoffice.wire.batch import read
from backoffice.wire.bodies import body_of
from drivers.values import Key
from terminal.core.sale import Gift
from tests.backoffice.pos import shelve
from tests.backoffice.test_books import NO, Enrol, MakeTillAt, enrol, gives_back, states_of, till_at  # noqa: F401 - fixtures
from tests.backoffice.till_rows import events, verdicts
from tests.backoffice.visits import oil_for_milk, oil_without_its_sale
from tests.flows.conftest import _make_till as make_till  # noqa: F401 - a fixture
from tests.flows.shelf import OIL, RECEIPT, Sold, groceries, one_oil, sale


def test_new_goods_of_an_exchange_can_be_found(
    office: Office, enrol: Enrol, till_at: MakeTillAt
) -> None:
    shelve(office, one_oil())
    unit, till = enrol("0571-03"), till_at("03", one_oil())
    oil_for_milk(till)
    answer = unit.delivers(events(till))
    assert {one["why"] for one in answer["verdicts"]} == {""}
    (found,) = unit.asks(receipt_no="E-0571-03-000001")["sales"]
    assert found["sale"]["total"] == "39.90"
    read, kept = offered(found["sale"]), till.store.sale(found["sale_id"])
    assert kept is not None
    assert [(one.paid, one.tax) for one in read.lines] == [
        (one.paid, one.tax) for one in kept.lines
    ]
    assert states_of(office) == {"R-0571-03-000001": "refunded"}


def test_goods_written_down_have_a_sale_of_their_own(
    office: Office, enrol: Enrol, till_at: MakeTillAt
) -> None:
    """And what came back on a receipt without its sale is no more left of it once it arrives."""
    gone = one_oil(number=777)
    unit, till = enrol("0571-03"), till_at("03")
    oil_without_its_sale(till, gone.receipt_no)
    assert {one["why"] for one in unit.delivers(events(till))["verdicts"]} == {""}
    ours = till.returns[0]
    (found,) = unit.asks(sale_id=ours.sale_id)["sales"]
    assert found["returned"]["lines"][0]["amount"] == 5990
    assert unit.asks(receipt_no=gone.receipt_no)["sales"] == []
    shelve(office, gone)
    other = till_at("04", gone)
    gives_back(other, gone.receipt_no)
    enrol("0571-04").delivers(events(other, "0571-04"))
    assert states_of(office) == {"R-0571-03-000001": "refunded", "R-0571-04-000001": "conflict"}


def test_an_unverified_return_of_a_sale_that_is_here_after_all(
    office: Office, enrol: Enrol, till_at: MakeTillAt
) -> None:
    gone = one_oil(number=777)
    shelve(office, gone)
    other = till_at("04", gone)
    gives_back(other, gone.receipt_no)
    enrol("0571-04").delivers(events(other, "0571-04"))
    unit, till = enrol("0571-03"), till_at("03")
    oil_without_its_sale(till, gone.receipt_no)
    unit.delivers(events(till))
    assert states_of(office) == {"R-0571-04-000001": "refunded", "R-0571-03-000001": "conflict"}


@pytest.mark.parametrize("alone", [True, False])
def test_a_sale_that_comes_later_is_checked_against_what_came_back_on_its_receipt(
    office: Office, enrol: Enrol, till_at: MakeTillAt, *, alone: bool
) -> None:
    """Where another shop has the number, too, nobody knows whose goods those were."""
    gone = one_oil(number=777)
    if not alone:
        other = sale((Sold("大豆油", "119.80", "2", gtin=OIL),), number=777)
        shelve(office, replace(other, receipt=replace(other.receipt, business_unit="0999")))
    for number in ("03", "04"):
        till = till_at(number)
        oil_without_its_sale(till, gone.receipt_no)
        enrol(f"0571-{number}").delivers(events(till, f"0571-{number}"))
    assert set(states_of(office).values()) == {"refunded"}
    shelve(office, gone)
    second = "conflict" if alone else "refunded"
    assert states_of(office) == {"R-0571-03-000001": "refunded", "R-0571-04-000001": second}


def test_taken_together_what_came_back_without_its_sale_is_counted_too(
    office: Office, enrol: Enrol, till_at: MakeTillAt
) -> None:
    gone = one_oil(number=777)
    shelve(office, gone)
    till = till_at("03")
    oil_without_its_sale(till, gone.receipt_no)
    other = till_at("04", gone)
    gives_back(other, gone.receipt_no)
    records = []
    for name, one in (("0571-03", till), ("0571-04", other)):
        enrol(name)
        sent = read(json.dumps(events(one, name)).encode(), name)
        records += [(it.event, body) for it in sent if (body := body_of(it.event)) is not None]
    assert office.write(lambda tx: book(tx, records)) == {}
    assert states_of(office) == {"R-0571-03-000001": "refunded", "R-0571-04-000001": "conflict"}


def test_declined_while_its_terminal_went_on_is_a_case(
    office: Office, enrol: Enrol, till_at: MakeTillAt
) -> None:
    sold = one_oil(tenders=(("wechat", "59.90", "零钱"),))
    shelve(office, sold)
    unit, till = enrol("0571-03"), till_at("03", sold)
    till.returns_all(RECEIPT)
    till.confirms()
    unit.delivers(events(till))
    with office.writing() as tx:
        returns.decline(tx, till.returns[0].id, "li", NO)
    till.presses(Key.F2, Key.CONFIRM)
    unit.delivers(events(till))
    assert states_of(office) == {"R-0571-03-000001": "conflict"}
    with office.reading() as session:
        assert session.scalars(select(Refund.held)).all() == [True]


def test_nothing_is_refunded_whose_record_was_not_understood(
    office: Office, enrol: Enrol, till_at: MakeTillAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its terminal handed it on and is done; the record of that lies parked, and no rail knows."""
    sold = one_oil(tenders=(("wechat", "59.90", "零钱"),))
    shelve(office, sold)
    unit, till = enrol("0571-03"), till_at("03", sold)
    gives_back(till)
    monkeypatch.delitem(bodies.READ, "RefundAccepted")
    assert verdicts(unit.delivers(events(till))).count("parked") == 1
    assert states_of(office) == {"R-0571-03-000001": "refunding"}
    monkeypatch.undo()
    take_all(office, "Chen")
    with office.writing() as tx:
        returns.refund_changed(tx, till.returns[0].id, 0, RefundState.SUCCESS, actual=5990)
    assert states_of(office) == {"R-0571-03-000001": "refunded"}


def test_lines_are_kept_as_their_terminal_settled_them(
    office: Office, enrol: Enrol, till_at: MakeTillAt
) -> None:
    unit, till = enrol("0571-03"), till_at("03", groceries())
    gives_back(till)
    unit.delivers(events(till))
    with office.reading() as session:
        rows = session.scalars(select(ReturnLine).order_by(ReturnLine.place))
        kept = [(one.line, one.quantity, one.amount, one.tax, one.disposition) for one in rows]
        assert session.scalars(select(Sale)).all() == []
    assert kept == [
        (one.line, one.quantity, one.amount, one.tax, one.disposition.name)
        for one in till.returns[0].settlement.lines
    ]


def test_what_is_kept_for_a_gift_is_told_with_the_sums_and_given_back_with_it(
    office: Office, enrol: Enrol, till_at: MakeTillAt
) -> None:
    """Another till would pay it out as owed coins, did it not know."""
    goods = (Sold("咖啡机", "299.00", sku="G1"), Sold("马克杯", "0.00", sku="G2"))
    made = sale(goods)
    machine, mug = made.lines
    sold = replace(made, lines=(machine, replace(mug, list_price=3990)), gifts=(Gift(2, (1,)),))
    shelve(office, sold)
    unit = enrol("0571-03")
    till = till_at("03", sold, policy__gifts__missing="charge")
    for code, kept in (("G1", 3990), ("G2", 0)):
        till.scans(sold.receipt_no)
        till.scans(code)
        till.confirms()
        till.picks("质量问题")
        till.picks("未拆封")
        till.confirms()
        till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
        unit.delivers(events(till))
        assert dict(unit.hears())["returned"]["gifts"] == kept
    assert sum(one.settlement.refund for one in till.returns) == 29900
