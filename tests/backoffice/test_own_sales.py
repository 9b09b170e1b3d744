"""A terminal puts sales of its own on file, and no other till's: those are the POS's to bring."""

# ruff: noqa: F811 - the fixtures of test_books

import json

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from backoffice.books.booking import book
from backoffice.db.tables import Sale
from backoffice.office import Office
from backoffice.wire import bodies
from backoffice.wire.batch import read
from backoffice.wire.bodies import body_of
from backoffice.wire.tagged import Unreadable
from tests.backoffice.pos import shelve
from tests.backoffice.test_books import Enrol, MakeTillAt, enrol, till_at  # noqa: F401 - fixtures
from tests.backoffice.till_rows import events
from tests.backoffice.visits import oil_for_milk, oil_without_its_sale
from tests.flows.cashier import Till
from tests.flows.conftest import _make_till as make_till  # noqa: F401 - a fixture
from tests.flows.shelf import one_oil

ANOTHERS = "0571-01-20261128-0001"  # that its POS has yet to ring
WHY = "the sale that it writes is not one of this terminal"


def sales(office: Office) -> int:
    with office.reading() as session:
        return session.scalars(select(func.count()).select_from(Sale)).one()


def booked(office: Office, till: Till) -> set[str]:
    """Why its records were parked, once the sales in them bear another till's name."""
    sent = read(json.dumps(events(till)).encode(), "0571-03")
    records = []
    for one in sent:
        body = body_of(one.event)
        if isinstance(body, bodies.GoodsExchanged):
            body = replace(body, sale=bodies.SaleName(ANOTHERS))
        if isinstance(body, bodies.ReturnRecorded) and body.declared:
            body = replace(body, declared=replace(body.declared, declared=ANOTHERS))
        if body is not None:
            records.append((one.event, body))
    return set(office.write(lambda tx: book(tx, records)).values())


def test_new_goods_are_no_sale_of_another_till(
    office: Office, enrol: Enrol, till_at: MakeTillAt
) -> None:
    shelve(office, one_oil())
    enrol("0571-03")
    till = till_at("03", one_oil())
    oil_for_milk(till)
    before = sales(office)
    assert booked(office, till) == {WHY}
    assert sales(office) == before


def test_nor_are_goods_written_down(office: Office, enrol: Enrol, till_at: MakeTillAt) -> None:
    enrol("0571-03")
    till = till_at("03")
    oil_without_its_sale(till)
    assert WHY in booked(office, till)
    assert sales(office) == 0


def test_a_sale_that_a_till_rang_is_never_goods_written_down(till_at: MakeTillAt) -> None:
    till = till_at("03")
    oil_without_its_sale(till)
    batch = json.dumps(events(till)).replace(till.returns[0].sale_id, ANOTHERS)
    recorded = next(one.event for one in read(batch.encode(), "0571-03")
                    if one.event.kind == "ReturnRecorded")  # fmt: skip
    with pytest.raises(Unreadable):
        body_of(recorded)
