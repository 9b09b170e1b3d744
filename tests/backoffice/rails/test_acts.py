"""What a person may do about a refund, and that none of it pays twice."""

import pytest

from backoffice import returns
from backoffice.desk.lists import waiting
from backoffice.office import Office
from backoffice.rails import acts
from backoffice.rails.book import NEVER
from backoffice.rails.decide import QUIET_MS
from backoffice.rails.worker import Worker
from backoffice.words import Refused, Worded
from tests.backoffice.conftest import TestClock
from tests.backoffice.made import RETURN_ID
from tests.backoffice.rails.books import (
    a_refund,
    moves_of,
    rails_of,
    refund_of,
    return_state,
    until_due,
    work,
)
from tests.fakes.rail import WHY, PlayedRail, Way

NO = Worded("商品已使用", "The goods were used")
MINUTE = 60_000


def test_a_refusal_that_a_person_mends_goes_again_under_its_number(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker
) -> None:
    rail.ways.append(Way(refused="abnormal"))
    work(worker)
    assert (refund_of(office).state, return_state(office)) == ("abnormal", "problem")
    assert refund_of(office).why_zh == WHY.zh
    with office.writing() as tx:
        acts.look_again(tx, RETURN_ID, 0)
    work(worker)
    until_due(office, clock)
    work(worker)
    assert [one.refund_no for one in rail.asked] == [f"{RETURN_ID}-0"] * 2
    assert rail.moved() == 4155
    assert refund_of(office).why_zh == ""


@pytest.mark.parametrize("end", ["failed", "closed"])
def test_a_new_number_only_after_a_definite_end_and_linked_to_the_old_one(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker, end: str
) -> None:
    with office.writing() as tx, pytest.raises(Refused):
        acts.give_up(tx, rails_of(rail), RETURN_ID, 0, "li")  # not asked yet
    if end == "failed":
        rail.ways.append(Way(refused="failed"))
    work(worker)
    if end == "closed":
        with office.writing() as tx, pytest.raises(Refused):
            acts.give_up(tx, rails_of(rail), RETURN_ID, 0, "li")  # under way
        rail.standing[f"{RETURN_ID}-0"] = "closed"
        until_due(office, clock)
        work(worker)
    assert (refund_of(office).state, refund_of(office).due_at) == ("closed", NEVER)
    clock.at_ms += QUIET_MS
    queries = len(rail.queried)
    with office.writing() as tx:
        acts.give_up(tx, rails_of(rail), RETURN_ID, 0, "li")
    work(worker)
    assert rail.queried[queries:] == [f"{RETURN_ID}-0"]  # the old one first
    assert [one.refund_no for one in rail.asked] == [f"{RETURN_ID}-0", f"{RETURN_ID}-0-n2"]
    assert rail.moved() == 4155
    old, new = moves_of(office)
    assert (new.replaces, old.todo, new.part) == (old.refund_no, "nothing", 2)
    assert refund_of(office).refund_no == new.refund_no


def test_a_number_is_kept_when_its_rail_knows_better(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker
) -> None:
    rail.ways.append(Way(refused="failed"))
    work(worker)
    rail.standing[f"{RETURN_ID}-0"] = "success"  # a rail that said no, and paid
    with office.writing() as tx:
        acts.give_up(tx, rails_of(rail), RETURN_ID, 0, "li", "manual")
    assert work(worker) == 0  # its last request may still be on its way
    clock.at_ms += QUIET_MS
    work(worker)
    assert (refund_of(office).state, len(moves_of(office))) == ("success", 1)
    assert rail.moved() == 4155


def test_a_rail_that_cannot_be_asked_keeps_the_number(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker
) -> None:
    rail.ways.append(Way(refused="failed"))
    work(worker)
    clock.at_ms += QUIET_MS
    rail.deaf = 5
    with office.writing() as tx:
        acts.give_up(tx, rails_of(rail), RETURN_ID, 0, "li", "manual")
    for _ in range(5):
        work(worker)
        assert len(moves_of(office)) == 1
        until_due(office, clock)
    work(worker)
    assert moves_of(office)[1].rail == "manual"


def test_by_hand_it_waits_for_a_person(office: Office, clock: TestClock, rail: PlayedRail) -> None:
    worker = Worker(office, rails_of(rail))
    with office.writing() as tx:
        a_refund(tx, kind="card")
    with office.writing() as tx, pytest.raises(Refused):
        acts.mark_paid(tx, RETURN_ID, 0, "li", "T-1")  # the worker has not handed it over yet
    assert work(worker) == 1
    assert (refund_of(office).state, refund_of(office).due_at) == ("processing", NEVER)
    with office.writing() as tx, pytest.raises(Refused):
        acts.mark_paid(tx, RETURN_ID, 0, "li", " ")
    with office.writing() as tx:
        acts.mark_paid(tx, RETURN_ID, 0, "li", "T-20261127-1")
    done = refund_of(office)
    assert (done.state, done.actual, done.rail_ref) == ("success", 4155, "T-20261127-1")
    with office.writing() as tx, pytest.raises(Refused):
        acts.mark_paid(tx, RETURN_ID, 0, "li", "T-2")
    clock.at_ms += 1000 * QUIET_MS
    assert work(worker) == 0


def test_what_could_not_be_paid_by_hand_may_go_again(
    office: Office, clock: TestClock, rail: PlayedRail
) -> None:
    worker = Worker(office, rails_of(rail))
    with office.writing() as tx:
        a_refund(tx, kind="card")
    work(worker)
    with office.writing() as tx, pytest.raises(Refused):
        acts.mark_failed(tx, RETURN_ID, 0, "li", Worded("", ""))
    with office.writing() as tx:
        acts.mark_failed(tx, RETURN_ID, 0, "li", NO)
    assert (refund_of(office).state, return_state(office)) == ("closed", "problem")
    with office.writing() as tx, pytest.raises(Refused):
        acts.give_up(tx, rails_of(rail), RETURN_ID, 0, "li", "wallet")  # no payment is known there
    with office.writing() as tx:
        acts.give_up(tx, rails_of(rail), RETURN_ID, 0, "li")
    clock.at_ms += QUIET_MS
    work(worker)
    assert (refund_of(office).state, len(moves_of(office))) == ("processing", 2)
    assert rail.asked == []


def test_a_notification_brings_the_query_forward_and_is_not_believed(
    office: Office, rail: PlayedRail, worker: Worker
) -> None:
    work(worker)
    with office.writing() as tx:
        acts.notified(tx, f"{RETURN_ID}-0")
        acts.notified(tx, "of somebody else")
    assert refund_of(office).state == "processing"
    assert work(worker) == 1
    assert refund_of(office).state == "processing"


def test_a_request_still_on_its_way_keeps_its_number(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker
) -> None:
    """The rail says no to the second request, and the first arrives after that."""
    rail.ways.extend((Way(late=True), Way(refused="failed")))
    while len(rail.asked) < 2:
        work(worker)
        clock.at_ms += 1000
    with office.writing() as tx, pytest.raises(Refused):
        acts.give_up(tx, rails_of(rail), RETURN_ID, 0, "li", "manual")  # not over yet
    work(worker)
    clock.at_ms += MINUTE
    work(worker)
    rail.arrive()
    clock.at_ms += QUIET_MS
    work(worker)
    assert (len(moves_of(office)), rail.moved()) == (1, 4155)
    assert refund_of(office).state == "processing"


def test_the_desk_lists_what_really_waits_to_be_paid_by_hand(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker
) -> None:
    """Whatever its tender would go back by otherwise."""
    rail.ways.append(Way(refused="failed"))
    work(worker)
    with office.reading() as session:
        assert waiting(session).by_hand == []
    with office.writing() as tx:
        acts.give_up(tx, rails_of(rail), RETURN_ID, 0, "li", "manual")
    clock.at_ms += QUIET_MS
    work(worker)
    with office.reading() as session:
        assert [refund.kind for _, refund in waiting(session).by_hand] == ["wechat"]
    with office.writing() as tx:
        acts.mark_paid(tx, RETURN_ID, 0, "li", "T-1")
    with office.reading() as session:
        assert waiting(session).by_hand == []


def test_nobody_is_asked_to_pay_by_hand_what_the_office_declined(
    office: Office, clock: TestClock, rail: PlayedRail
) -> None:
    """The sale arrived after the refund had been handed to a person, and was for less."""
    worker = Worker(office, rails_of(rail))
    with office.writing() as tx:
        a_refund(tx, kind="card")
    work(worker)
    with office.writing() as tx:
        returns.open_case(tx, returns.find(tx, RETURN_ID), "over", [], NO)
    with office.writing() as tx:
        acts.refuse(tx, RETURN_ID, "li", NO)
    with office.reading() as session:
        assert waiting(session).by_hand == []
    with office.writing() as tx, pytest.raises(Refused):
        acts.mark_paid(tx, RETURN_ID, 0, "li", "T-1")
    done = refund_of(office)
    assert (done.state, done.why_zh, return_state(office)) == ("closed", NO.zh, "declined")
    clock.at_ms += QUIET_MS
    assert work(worker) == 0


def test_what_a_rail_may_have_moved_is_asked_for_though_the_office_declined(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker
) -> None:
    work(worker)
    with office.writing() as tx:
        returns.open_case(tx, returns.find(tx, RETURN_ID), "over", [], NO)
    with office.writing() as tx:
        acts.refuse(tx, RETURN_ID, "li", NO)
    rail.standing[f"{RETURN_ID}-0"] = "success"
    until_due(office, clock)
    work(worker)
    assert (refund_of(office).state, return_state(office)) == ("success", "declined")
