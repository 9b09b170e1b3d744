"""A parked record goes into the books later, once, as if it had been understood at once."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from backoffice.archive.chains import walk
from backoffice.archive.parked import open_ones, take_again, take_all
from backoffice.db.tables import AuditEntry, HistoryEntry, ParkedRecord, Refund, Return
from backoffice.office import Office
from backoffice.people import Role
from backoffice.states import State
from backoffice.wire import bodies
from backoffice.words import Refused
from tests.backoffice.chains import chain, genesis, record
from tests.backoffice.client import Speaker
from tests.backoffice.desk.clerks import Clerk
from tests.backoffice.pos import shelve
from tests.backoffice.test_books import MakeTillAt, gives_back
from tests.backoffice.test_books import till_at as till_at  # noqa: PLC0414
from tests.backoffice.test_races import at_once
from tests.backoffice.till_rows import Event, events, kinds, verdicts
from tests.flows.conftest import _make_till as make_till  # noqa: F401 - a fixture
from tests.flows.shelf import one_oil

Upgrade = Callable[[], None]
WECHAT = (("wechat", "59.90", "零钱"),)


@pytest.fixture
def old_version(monkeypatch: pytest.MonkeyPatch) -> Upgrade:
    """A version that knows no ReturnRecorded yet; called, it is upgraded."""
    monkeypatch.delitem(bodies.READ, "ReturnRecorded")
    return monkeypatch.undo


def recorded(till_at: MakeTillAt, office: Office) -> list[Event]:
    """A return's records; its sale is on file."""
    sold = one_oil(tenders=WECHAT)
    shelve(office, sold)
    till = till_at("03", sold)
    gives_back(till)
    return events(till)


def books(office: Office) -> list[Any]:
    with office.reading() as session:
        returns = session.scalars(select(Return)).all()
        refunds = session.scalars(select(Refund)).all()
        history = session.scalars(select(HistoryEntry).order_by(HistoryEntry.id)).all()
        return [
            [(one.number, one.state, one.version, one.refund) for one in returns],
            [(one.refund_no, one.state, one.amount, one.held) for one in refunds],
            [(one.what, one.state) for one in history],
        ]


def chains(office: Office) -> list[Any]:
    with office.reading() as session:
        return [(one.terminal, one.records, one.faults) for one in walk(session)]


def test_after_an_upgrade_the_books_are_as_if_it_had_always_been_known(
    office: Office, till_at: MakeTillAt, old_version: Upgrade
) -> None:
    batch = recorded(till_at, office)
    unit = Speaker(office)
    answer = unit.delivers(batch)
    parked = verdicts(answer).count("parked")
    assert parked >= 3  # what speaks of a return that is not on file is parked, too
    assert books(office) == [[], [], []]
    assert {one.why == "" for one in take_all(office, "Chen")} == {False}  # not upgraded yet
    old_version()
    done = take_all(office, "Chen")
    assert [one.why for one in done] == [""] * parked
    after = books(office)
    assert [one[1] for one in after[0]] == [State.REFUNDING]
    assert [one[2:] for one in after[1]] == [(5990, False)]
    assert chains(office) == [("0571-03", len(batch), ())]
    assert take_all(office, "Chen") == []
    assert verdicts(unit.delivers(batch)) == ["known"] * len(batch)
    assert books(office) == after
    with office.reading() as session:
        rows = session.scalars(select(ParkedRecord)).all()
        assert len(rows) == parked
        assert all(one.taken_at and one.settled_at for one in rows)
        acts = session.scalars(select(AuditEntry.what)).all()
    assert acts.count("parked_taken") == parked
    told = [body for what, body in unit.hears() if what == "return"]
    assert [one["state"] for one in told] == [State.REFUNDING]


def test_taken_at_once_by_two_it_is_in_the_books_once(
    office: Office, till_at: MakeTillAt, old_version: Upgrade
) -> None:
    Speaker(office).delivers(recorded(till_at, office))
    old_version()
    with office.reading() as session:
        first = open_ones(session)[0]
    take = partial(office.write, partial(take_again, record_id=first, who="Chen"))
    at_once(*[take] * 4)
    at_once(*[partial(take_all, office, "Chen")] * 3)
    returns, refunds, history = books(office)
    assert (len(returns), len(refunds)) == (1, 1)
    assert [one[0] for one in history].count("recorded") == 1


def test_a_refund_handed_on_before_a_void_is_not_paid_when_taken_after_it(
    office: Office, till_at: MakeTillAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = recorded(till_at, office)
    at = kinds(batch).index("RefundAccepted")
    voided = record(
        batch[-1]["seq"] + 1, batch[-1]["hash"], "ReturnVoided", batch[at - 1]["data"]["body"],
        batch[at - 1]["data"]["personal"], origin=batch[-1]["origin"],
    )  # fmt: skip
    with monkeypatch.context() as older:
        older.delitem(bodies.READ, "RefundAccepted")
        answer = Speaker(office).delivers([*batch, voided])
    assert verdicts(answer).count("parked") == 1
    assert [one.why for one in take_all(office, "Chen")] == [""]
    returns, refunds, _ = books(office)
    assert [one[1] for one in returns] == [State.VOIDED]
    assert [one[1] for one in refunds] == ["closed"]


def test_what_cannot_be_taken_stays_and_says_why(office: Office) -> None:
    Speaker(office).delivers([record(1, genesis(), "TimeTravelled", "{}")])
    with office.reading() as session:
        [one] = open_ones(session)
        assert open_ones(session, "0571-04") == open_ones(session, "", "Other") == []
    done = office.write(partial(take_again, record_id=one, who="Chen"))
    assert "not known" in done.why
    with office.reading() as session:
        assert open_ones(session) == [one]
        assert session.scalars(select(AuditEntry.what)).all()[-1] == "parked_not_taken"
    with pytest.raises(Refused):
        office.write(partial(take_again, record_id=chain(1, number=9)[0]["id"], who="Chen"))


def test_the_desk_takes_one_again_or_all(
    office: Office, till_at: MakeTillAt, old_version: Upgrade
) -> None:
    Speaker(office).delivers(recorded(till_at, office))
    reviewer, manager = Clerk(office, Role.REVIEWER), Clerk(office)
    assert "Take again" not in reviewer.looks("/aside")
    assert "Still not possible" in manager.presses("/aside", "/all/take")
    old_version()
    with office.reading() as session:
        first = open_ones(session)[0]
    page = manager.presses("/aside", f"/{first}/take")
    assert "Taken into the books: 1." in page
    assert "In the books" in page
    manager.presses("/aside", "/all/take")
    assert [one[1] for one in books(office)[0]] == [State.REFUNDING]
    assert "Nothing to do" in manager.looks()
    key = reviewer.looks().split('name="key" value="')[1].split('"')[0]
    answer = reviewer.http.post(f"/desk/aside/{first}/take", data={"key": key})
    assert answer.status_code == 403
    assert manager.http.post(f"/desk/aside/{first}/take").status_code == 403  # without its key
