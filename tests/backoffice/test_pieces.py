"""序列号 over two tills and the office: the piece that came back at one is refused at the other."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from backoffice.books.returned import returned
from backoffice.db.tables import ConflictCase, Return
from backoffice.office import Office
from drivers.values import Key
from storage.office import CameDown
from terminal.core import states
from terminal.core.sale import Sale
from terminal.uplink.reading import returned_in
from tests.backoffice.client import Speaker
from tests.backoffice.pos import shelve
from tests.backoffice.till_rows import events, verdicts
from tests.flows.cashier import Till
from tests.flows.conftest import MakeTill
from tests.flows.conftest import _make_till as make_till  # noqa: F401 - a fixture
from tests.flows.shelf import PHONE, Sold, sale, with_serials

FIRST, SECOND, THIRD = "SN-c1", "SN-B2", "SN-a3"
GOODS = (Sold("荣耀 手机 X60", "5997.00", "3", gtin=PHONE, category="mobile", tax="0"),)
PHONES = with_serials(sale(GOODS, number=7), FIRST, SECOND, THIRD)


@pytest.fixture
def till_at(make_till: MakeTill) -> Callable[..., Till]:  # noqa: F811
    """A till of this number, for which the sale is one of its own store."""

    def make(workstation: str, sold: Sale = PHONES) -> Till:
        till = make_till(
            sold,
            signed_on=False,
            terminal__workstation=workstation,
            terminal__takes_back=("*",),
            policy__limit__amount="0",
        )
        till.moments.given = int(workstation) * 100_000
        till.signs_on()
        return till

    return make


def at_the_numbers(till: Till) -> None:
    till.scans(PHONES.receipt_no)
    till.scans(PHONE)
    till.confirms()
    till.picks("拿错/发错")
    till.is_at(states.ScanningSerials)


def gives_back(till: Till, piece: str) -> None:
    at_the_numbers(till)
    till.scans(piece)
    till.picks("未拆封")
    till.confirms()
    till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
    till.is_at(states.Ready)


def told_by(office: Office) -> dict[str, Any]:
    with office.reading() as session:
        found: dict[str, Any] = json.loads(json.dumps(returned(session, PHONES.id)))
    return found


def hears(till: Till, body: dict[str, Any], us: str = "0571-04") -> None:
    told = returned_in(body, us, "2026-11-24")
    till.store.take_down(CameDown("2026-11-24", returned=(told,)))


def test_the_piece_of_one_till_is_refused_at_another(
    office: Office, till_at: Callable[..., Till]
) -> None:
    shelve(office, PHONES)
    here, there = till_at("03"), till_at("04")
    gives_back(here, SECOND)
    assert set(verdicts(Speaker(office, "0571-03").delivers(events(here)))) == {"stored"}
    body = told_by(office)
    assert body["lines"] == [
        {"line": 1, "quantity": 1000, "amount": 199900, "tax": 0, "pieces": [1]}
    ]
    assert SECOND not in json.dumps(body), "a number went over the wire in clear"
    hears(there, body)
    at_the_numbers(there)
    there.scans(SECOND.lower())
    there.is_told(f"{SECOND} 已经退过")
    there.is_at(states.ScanningSerials)
    there.scans(FIRST)
    there.is_at(states.ChoosingCondition)


def test_a_till_with_the_same_pieces_in_another_order_means_the_same_one(
    office: Office, till_at: Callable[..., Till]
) -> None:
    shelve(office, PHONES)
    here, there = till_at("03"), till_at("04", with_serials(PHONES, THIRD, SECOND, FIRST))
    gives_back(here, THIRD)
    Speaker(office, "0571-03").delivers(events(here))
    hears(there, told_by(office))
    at_the_numbers(there)
    there.scans(THIRD)
    there.is_told(f"{THIRD} 已经退过")


def test_one_piece_at_two_offline_tills_is_a_conflict(
    office: Office, till_at: Callable[..., Till]
) -> None:
    """Three were sold and two came back, so no quantity tells it."""
    shelve(office, PHONES)
    for name in ("03", "04"):
        till = till_at(name)
        gives_back(till, SECOND)
        Speaker(office, f"0571-{name}").delivers(events(till, f"0571-{name}"))
    with office.reading() as session:
        states_ = {one.number: one.state for one in session.scalars(select(Return))}
        (case,) = session.scalars(select(ConflictCase))
        loser = session.scalars(select(Return).where(Return.id == case.return_id)).one()
    assert states_ == {"R-0571-03-000001": "refunded", "R-0571-04-000001": "conflict"}
    assert json.loads(case.found) == [
        {"what": "piece", "at": 1, "sold": 1000, "before": 1000, "now": 1000}
    ]
    assert (loser.reason_zh, loser.number) == (
        "原单第 1 行有一件（按序列号）已经退过",
        "R-0571-04-000001",
    )


def test_another_piece_at_another_till_is_none(
    office: Office, till_at: Callable[..., Till]
) -> None:
    shelve(office, PHONES)
    for name, piece in (("03", FIRST), ("04", SECOND)):
        till = till_at(name)
        gives_back(till, piece)
        Speaker(office, f"0571-{name}").delivers(events(till, f"0571-{name}"))
    with office.reading() as session:
        assert not session.scalars(select(ConflictCase)).all()


def test_its_own_pieces_are_not_told_to_a_till_again(
    office: Office, till_at: Callable[..., Till]
) -> None:
    shelve(office, PHONES)
    here = till_at("03")
    gives_back(here, THIRD)
    Speaker(office, "0571-03").delivers(events(here))
    hears(here, told_by(office), us="0571-03")
    assert [one.number for one in here.store.returned(PHONES.id).serials] == [THIRD]


def test_an_office_that_tells_no_pieces_counts_as_before(till_at: Callable[..., Till]) -> None:
    """And a voided return gives its piece free: the office tells the sums without it."""
    there = till_at("04")
    sums = {
        "lines": [{"line": 1, "quantity": 1000, "amount": 199900, "tax": 0}],
        "tenders": [{"position": 0, "amount": 199900}],
        "fees": 0,
        "shortfall": 0,
    }
    hears(there, {"sale_id": PHONES.id, "version": 1, **sums, "by": {"0571-03": sums}})
    at_the_numbers(there)
    there.scans(SECOND)
    there.is_at(states.ChoosingCondition)
    assert there.store.returned(PHONES.id).lines[0].quantity == 1000


def test_a_return_of_an_older_terminal_is_told_without_its_pieces(
    office: Office, till_at: Callable[..., Till]
) -> None:
    shelve(office, PHONES)
    here = till_at("03")
    gives_back(here, SECOND)
    Speaker(office, "0571-03").delivers(events(here))
    with office.writing() as tx:
        (ret,) = tx.session.scalars(select(Return))
        assert ',"pieces":[1]' in ret.body
        ret.body = ret.body.replace(',"pieces":[1]', "")
    line = {"line": 1, "quantity": 1000, "amount": 199900, "tax": 0}
    assert told_by(office)["lines"] == [line]
