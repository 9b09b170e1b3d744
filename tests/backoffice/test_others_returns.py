"""A terminal speaks of its own returns alone, and of each of them once."""

# ruff: noqa: F811 - the fixtures of test_books

from typing import Any

import pytest
from sqlalchemy import select

from backoffice import returns
from backoffice.db.tables import ConflictCase, Refund, Terminal
from backoffice.office import Office
from drivers.values import Key
from tests.backoffice.chains import genesis, record
from tests.backoffice.pos import shelve
from tests.backoffice.test_books import NO, Enrol, MakeTillAt, enrol, states_of, till_at  # noqa: F401 - fixtures
from tests.backoffice.till_rows import Event, events, kinds, verdicts
from tests.flows.conftest import _make_till as make_till  # noqa: F401 - a fixture
from tests.flows.shelf import RECEIPT, one_oil

WECHAT = (("wechat", "59.90", "零钱"),)
ABOUT = "the return that it speaks of was recorded by another terminal"
NUMBER = "the return's number is not one of this terminal"
TAKEN = "a return of this id or number is on file already"


@pytest.fixture
def till(office: Office, till_at: MakeTillAt) -> Any:
    """Its customer waits at the counter."""
    sold = one_oil(tenders=WECHAT)
    shelve(office, sold)
    found = till_at("03", sold)
    found.returns_all(RECEIPT)
    found.confirms()
    return found


def said_by(name: str, event: Event, seq: int = 1, before: str = "") -> Event:
    """The same words as a record of this terminal."""
    kind, data = event["type"].removeprefix("returns."), event["data"]
    return record(
        seq, before or genesis(), kind, data["body"], data["personal"], number=7, terminal=name
    )


def why(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["verdict"], one["why"]) for one in answer["verdicts"]]


def the(kind: str, batch: list[Event]) -> Event:
    return batch[kinds(batch).index(kind)]


def test_nobody_ends_the_return_of_another_terminal(
    office: Office, enrol: Enrol, till: Any
) -> None:
    enrol("0571-03").delivers(events(till))
    till.presses(Key.CANCEL, Key.CONFIRM)
    voided = the("ReturnVoided", events(till))
    other = enrol("0571-04")
    assert why(other.delivers([said_by(other.name, voided)])) == [("parked", ABOUT)]
    assert states_of(office) == {"R-0571-03-000001": "waiting"}


def test_nobody_records_a_return_under_anothers_number(
    office: Office, enrol: Enrol, till: Any
) -> None:
    other = enrol("0571-04")
    made = the("ReturnRecorded", events(till))
    assert why(other.delivers([said_by(other.name, made)])) == [("parked", NUMBER)]
    assert states_of(office) == {}


def test_nobody_replaces_the_return_of_another_terminal(
    office: Office, enrol: Enrol, till: Any
) -> None:
    batch = events(till)
    enrol("0571-03").delivers(batch)
    made = the("ReturnRecorded", batch)
    body = made["data"]["body"].replace("R-0571-03-000001", "R-0571-04-000001")
    body = body.replace(till.returns[0].id, "01a21e0f-aed1-73bc-8d81-8d8b540ebf21")
    assert body.count('"replaces":""') == 1
    body = body.replace('"replaces":""', '"replaces":"R-0571-03-000001"')
    other = enrol("0571-04")
    answer = other.delivers([said_by(other.name, made | {"data": made["data"] | {"body": body}})])
    assert why(answer) == [("stored", "")]
    assert states_of(office)["R-0571-03-000001"] == "waiting"


def test_a_return_is_recorded_once_and_its_number_is_taken(
    office: Office, enrol: Enrol, till: Any
) -> None:
    unit, batch = enrol("0571-03"), events(till)
    unit.delivers(batch)
    last = batch[-1]
    again = said_by(unit.name, the("ReturnRecorded", batch), last["seq"] + 1, last["hash"])
    assert why(unit.delivers([again | {"origin": last["origin"]}])) == [("parked", TAKEN)]
    with office.reading() as session:
        assert session.get_one(Terminal, unit.name).numbers_after == 1


def test_a_tender_is_handed_on_once_and_as_it_was_settled(
    office: Office, enrol: Enrol, till: Any
) -> None:
    unit = enrol("0571-03")
    till.presses(Key.F2, Key.CONFIRM)
    batch = events(till)
    unit.delivers(batch)
    last, accepted = batch[-1], the("RefundAccepted", batch)
    twice = said_by(unit.name, accepted, last["seq"] + 1, last["hash"])
    more = accepted["data"]["body"].replace('"amount":5990,"how"', '"amount":5991,"how"')
    assert more != accepted["data"]["body"]
    other = accepted | {"data": accepted["data"] | {"body": more}}
    wrong = said_by(unit.name, other, last["seq"] + 2, twice["hash"])
    answer = unit.delivers([one | {"origin": last["origin"]} for one in (twice, wrong)])
    assert why(answer) == [
        ("parked", "this tender of the return was handed on before"),
        ("parked", "it is not a refund that its return was recorded with"),
    ]
    with office.reading() as session:
        assert session.scalars(select(Refund.amount)).all() == [5990]


def test_a_terminal_that_heeds_the_offices_no_makes_no_case(
    office: Office, enrol: Enrol, till: Any
) -> None:
    unit = enrol("0571-03")
    unit.delivers(events(till))
    office.write(lambda tx: returns.decline(tx, till.returns[0].id, "li", NO))
    till.presses(Key.CANCEL, Key.CONFIRM)
    assert verdicts(unit.delivers(events(till)))[-1] == "stored"
    assert states_of(office) == {"R-0571-03-000001": "voided"}
    with office.reading() as session:
        assert session.scalars(select(ConflictCase)).all() == []
