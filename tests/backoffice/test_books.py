"""What real terminals record, taken into the books over all of them."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from backoffice import returns
from backoffice.db.tables import ConflictCase, Refund, Return
from backoffice.office import Office
from backoffice.sales.interchange import offered
from backoffice.sales.keeping import Kept
from backoffice.wire.bodies import KEPT, READ
from backoffice.words import Worded
from drivers.values import Key
from terminal.core.effects import Record
from tests.backoffice.client import Speaker
from tests.backoffice.pos import interchange, shelve
from tests.backoffice.till_rows import events, kinds, verdicts
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.conftest import _make_till as make_till  # noqa: F401 - a fixture
from tests.flows.shelf import OIL, RECEIPT, Sold, groceries, one_oil, sale

SALE_ID = "0571-03-20261120-0001"
NO = Worded("不同意", "No")
TWO = sale((Sold("大豆油", "30.00", "3", gtin=OIL),))
Enrol = Callable[[str], Speaker]


@pytest.fixture
def enrol(office: Office) -> Enrol:
    return lambda name: Speaker(office, name)


@pytest.fixture
def till_at(make_till: MakeTill) -> Callable[..., Till]:  # noqa: F811
    """A till of this number: its ids are its own, as chance makes them."""

    def make(workstation: str, *sales: object, **settings: object) -> Till:
        till = make_till(*sales, signed_on=False, terminal__workstation=workstation, **settings)
        till.moments.given = int(workstation) * 100_000
        till.signs_on()
        return till

    return make


MakeTillAt = Callable[..., Till]


def gives_back(till: Till, receipt: str = RECEIPT) -> None:
    """All of it, signed for, the cash paid and the rest handed on."""
    till.returns_all(receipt)
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)


def states_of(office: Office) -> dict[str, str]:
    with office.reading() as session:
        return {one.number: one.state for one in session.scalars(select(Return))}


def test_every_kind_that_a_terminal_records_is_known() -> None:
    written = {one.__name__ for one in Record.__args__}
    assert written == KEPT | READ.keys()


def test_what_the_office_reads_of_a_sale_is_what_the_terminal_reads() -> None:
    sold = groceries()
    read = offered(interchange(sold))
    assert read.id == sold.id == SALE_ID
    assert [(one.paid, one.tax, one.quantity) for one in read.lines] == [
        (one.paid, one.tax, one.quantity) for one in sold.lines
    ]


def test_a_whole_return_of_a_real_terminal(
    office: Office, enrol: Enrol, till_at: MakeTillAt
) -> None:
    shelve(office, groceries())
    unit, till = enrol("0571-03"), till_at("03", groceries())
    gives_back(till)
    batch = events(till)
    assert {one["why"] for one in unit.delivers(batch)["verdicts"]} == {""}
    assert states_of(office) == {"R-0571-03-000001": "refunding"}
    told = dict(unit.hears())
    ours = till.returns[0]
    assert told["return"]["id"] == ours.id
    refunds = [(one["kind"], one["amount"], one["state"]) for one in told["return"]["refunds"]]
    assert refunds == [("wechat", 6000, "accepted"), ("cash", 3500, "success")]
    case = till.counter._ledger.case(SALE_ID)
    assert case is not None
    assert (
        told["returned"]["by"]["0571-03"]["lines"]
        == told["returned"]["lines"]
        == [
            {"line": one.line, "quantity": one.quantity, "amount": one.amount, "tax": one.tax}
            for one in case.returned.lines
        ]
    )
    assert told["returned"]["tenders"] == [
        {"position": one.position, "amount": one.amount} for one in case.returned.tenders
    ]
    found = unit.asks(**{"return": ours.short_code})["return"]
    assert found == told["return"]
    assert set(verdicts(unit.delivers(batch))) == {"known"}
    assert dict(unit.hears()) == told


def test_one_record_a_batch_gives_the_same_books(
    office: Office, enrol: Enrol, till_at: MakeTillAt
) -> None:
    shelve(office, groceries())
    unit, till = enrol("0571-03"), till_at("03", groceries())
    till.returns_all(RECEIPT)
    till.confirms()
    seen: list[str] = []
    for one in events(till):
        unit.delivers([one])
    seen += states_of(office).values()
    till.presses(Key.F2, Key.CONFIRM)
    done = len(events(till))
    for one in events(till):
        unit.delivers([one])
    seen += states_of(office).values()
    till.confirms()
    for one in events(till)[done:]:
        unit.delivers([one])
    seen += states_of(office).values()
    assert seen == ["waiting", "confirmed", "refunding"]


def test_two_offline_terminals_give_the_same_goods_back(
    office: Office, enrol: Enrol, till_at: MakeTillAt
) -> None:
    """First to arrive wins; the other is a case, its refund held, and never dropped."""
    sold = one_oil(tenders=(("wechat", "59.90", "零钱"),))
    shelve(office, sold)
    second = till_at("04", sold)
    gives_back(second)
    first = till_at("03", sold)
    gives_back(first)
    four, three = enrol("0571-04"), enrol("0571-03")
    four.delivers(events(second, "0571-04"))
    three.delivers(events(first))
    assert states_of(office) == {"R-0571-04-000001": "refunding", "R-0571-03-000001": "conflict"}
    with office.reading() as session:
        held = {one.refund_no: one.held for one in session.scalars(select(Refund))}
        assert held == {"R-0571-04-000001-0": False, "R-0571-03-000001-0": True}
        assert session.scalars(select(ConflictCase.kind)).all() == ["over"]
    told = dict(three.hears())
    assert told["return"]["state"] == "conflict"
    assert told["return"]["reason"]["zh"] == "原单第 1 行退回的超过售出的"
    assert told["returned"]["lines"][0]["quantity"] == 2000
    assert set(told["returned"]["by"]) == {"0571-03", "0571-04"}
    with office.writing() as tx:
        returns.resolve_conflict(tx, first.returns[0].id, "li", accept=False, reason=NO)
    assert states_of(office)["R-0571-03-000001"] == "declined"


def test_a_sale_that_comes_later_is_checked_against_its_returns(
    office: Office, enrol: Enrol, till_at: MakeTillAt
) -> None:
    sold = one_oil()
    for name in ("03", "04"):
        till = till_at(name, sold)
        gives_back(till)
        enrol(f"0571-{name}").delivers(events(till, f"0571-{name}"))
    assert set(states_of(office).values()) == {"refunded"}
    assert shelve(office, sold) is Kept.ADDED
    assert states_of(office) == {"R-0571-03-000001": "refunded", "R-0571-04-000001": "conflict"}
    assert shelve(office, sold) is Kept.SAME


def test_an_inspected_return_takes_the_place_of_the_first(
    office: Office, enrol: Enrol, till_at: MakeTillAt
) -> None:
    shelve(office, TWO)
    unit, till = enrol("0571-03"), till_at("03", TWO)
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F4)
    till.types("2⏎")
    till.confirms(3)
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    assert "ReturnVoided" in kinds(events(till))
    unit.delivers(events(till))
    assert states_of(office) == {"R-0571-03-000001": "voided", "R-0571-03-000002": "refunded"}
    told = dict(unit.hears())
    assert [one["quantity"] for one in told["returned"]["lines"]] == [2000]


def test_a_voided_return_is_as_if_it_had_not_been(
    office: Office, enrol: Enrol, till_at: MakeTillAt
) -> None:
    shelve(office, TWO)
    unit, till = enrol("0571-03"), till_at("03", TWO)
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.CANCEL, Key.CONFIRM)
    unit.delivers(events(till))
    assert states_of(office) == {"R-0571-03-000001": "voided"}
    assert dict(unit.hears())["returned"]["lines"] == []
