"""What customer, office and rails may do to a return, and what its terminal is told."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from backoffice import feed, returns
from backoffice.db.tables import ConflictCase, HistoryEntry, Refund, Return
from backoffice.office import Office
from backoffice.settings import Review
from backoffice.states import RefundState, State
from backoffice.words import Refused, Worded
from tests.backoffice.made import RETURN_ID, TERMINAL, a_refund, a_return

NO = Worded("商品已使用", "The goods were used")


def _told(office: Office) -> dict[str, object]:
    with office.reading() as session:
        (item,) = feed.page(session, TERMINAL, "0571", 0)
    assert item.what == "return"
    told: dict[str, object] = json.loads(item.body)
    return told


def test_a_submitted_return_that_nobody_must_see_is_approved(office: Office) -> None:
    with office.writing() as tx:
        a_return(tx)
        assert returns.submit(tx, RETURN_ID, "page") is State.APPROVED
    told = _told(office)
    assert (told["state"], told["version"]) == ("approved", 2)
    with office.writing() as tx:  # the customer presses again
        assert returns.submit(tx, RETURN_ID, "page") is State.APPROVED
    assert _told(office)["version"] == 2


def test_the_review_rule_sends_it_to_a_person(office: Office) -> None:
    office.settings = replace(office.settings, review=Review(above=6578, kinds=()))
    with office.writing() as tx:
        a_return(tx)
        assert returns.submit(tx, RETURN_ID, "page") is State.SUBMITTED
    with office.writing() as tx:
        returns.decline(tx, RETURN_ID, "li", NO)
    told = _told(office)
    assert (told["state"], told["reason"]) == ("declined", NO._asdict())
    with office.writing() as tx, pytest.raises(Refused):
        returns.approve(tx, RETURN_ID, "li")
    with office.reading() as session:
        entries = session.scalars(select(HistoryEntry).order_by(HistoryEntry.id))
        assert [(one.what, one.who, one.state) for one in entries] == [
            ("submitted", "customer", "submitted"),
            ("declined", "li", "declined"),
        ]


def test_nothing_is_declined_without_a_reason(office: Office) -> None:
    with office.writing() as tx:
        a_return(tx)
        with pytest.raises(Refused):
            returns.decline(tx, RETURN_ID, "li", Worded("原因", " "))


def test_refunds_are_held_in_a_conflict_and_go_on_when_it_is_accepted(office: Office) -> None:
    with office.writing() as tx:
        ret = a_return(tx)
        ret.confirmed_at = ret.finished_at = tx.now
        a_refund(tx)
        returns.open_case(tx, ret, "over", {"line": 1}, Worded("超出", "Too many"))
        assert ret.state == State.CONFLICT
    assert _told(office)["reason"] == {"zh": "超出", "en": "Too many"}
    with office.writing() as tx:
        (refund,) = returns.refunds_of(tx, RETURN_ID)
        assert refund.held
        returns.resolve_conflict(tx, RETURN_ID, "li", accept=True)
        assert not refund.held
    assert _told(office)["state"] == "refunding"
    with office.reading() as session:
        case = session.scalars(select(ConflictCase)).one()
        assert (case.closed_by, case.accepted) == ("li", True)


def test_a_declined_conflict_pays_nothing(office: Office) -> None:
    with office.writing() as tx:
        ret = a_return(tx)
        a_refund(tx)
        returns.open_case(tx, ret, "over", {}, Worded("超出", "Too many"))
        with pytest.raises(Refused):
            returns.resolve_conflict(tx, RETURN_ID, "li", accept=False)
    with office.writing() as tx:
        returns.resolve_conflict(tx, RETURN_ID, "li", accept=False, reason=NO)
    with office.reading() as session:
        assert session.scalars(select(Refund.state)).one() == RefundState.CLOSED
        assert session.scalars(select(Return.state)).one() == State.DECLINED


def test_every_tender_has_to_arrive(office: Office) -> None:
    with office.writing() as tx:
        ret = a_return(tx)
        ret.confirmed_at = ret.finished_at = tx.now
        a_refund(tx, 0)
        a_refund(tx, 1)
        returns.refund_changed(tx, RETURN_ID, 0, RefundState.SUCCESS, actual=4100)
        assert ret.state == State.REFUNDING
        why = Worded("账户已注销", "The account is closed")
        returns.refund_changed(tx, RETURN_ID, 1, RefundState.ABNORMAL, why=why)
        assert ret.state == State.PROBLEM
        returns.refund_changed(tx, RETURN_ID, 1, RefundState.SUCCESS, actual=4155)
        assert ret.state == State.REFUNDED
    version = _told(office)["version"]
    with office.writing() as tx:  # a late answer never takes money back
        returns.refund_changed(tx, RETURN_ID, 1, RefundState.PROCESSING)
    assert _told(office)["version"] == version
    assert _told(office)["state"] == "refunded"


def test_words_about_a_return_that_was_erased_are_to_be_erased_again(office: Office) -> None:
    with office.writing() as tx:
        ret = a_return(tx)
        ret.erased_at = tx.now
        returns.decline(tx, RETURN_ID, "li", NO)
        assert ret.erased_at is None
