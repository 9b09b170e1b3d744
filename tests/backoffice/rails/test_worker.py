"""The worker over a real database: what it asks, what it leaves alone, a crash at every step."""

import pytest

from backoffice.db.tables import Return, Todo
from backoffice.office import Office
from backoffice.rails import acts
from backoffice.rails.book import LEASE_MS, NEVER, NOT_SET_UP, OVER
from backoffice.rails.chosen import Rails
from backoffice.rails.decide import QUIET_MS
from backoffice.rails.manual import Manual
from backoffice.rails.moves import NOT_ON_FILE
from backoffice.rails.worker import Worker
from backoffice.returns import find, open_case, resolve_conflict
from backoffice.words import Refused, Worded
from tests.backoffice.conftest import TestClock
from tests.backoffice.made import RETURN_ID
from tests.backoffice.rails.books import (
    a_refund,
    a_sale,
    moves_of,
    next_due,
    rails_of,
    refund_of,
    return_state,
    until_due,
    work,
)
from tests.fakes.rail import WHY, PlayedRail, Way

NO = Worded("商品已使用", "The goods were used")
MINUTE = 60_000


def test_a_refund_is_asked_once_and_polled_until_it_arrives(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker
) -> None:
    assert work(worker) == 1
    assert refund_of(office).state == "processing"
    assert return_state(office) == "refunding"
    assert work(worker) == 0  # not due yet
    until_due(office, clock)
    work(worker)
    rail.standing[f"{RETURN_ID}-0"] = "success"
    until_due(office, clock)
    work(worker)
    done = refund_of(office)
    assert (done.state, done.actual, done.due_at, done.tries) == ("success", 4155, NEVER, 1)
    assert return_state(office) == "refunded"
    assert ([one.refund_no for one in rail.asked], len(rail.queried)) == ([f"{RETURN_ID}-0"], 2)
    (asked,) = rail.asked
    assert (asked.amount, asked.paid, asked.currency, asked.part) == (4155, 10000, "CNY", 1)
    (move,) = moves_of(office)
    assert (move.todo, move.arrived_at, move.arrived_where) == ("nothing", clock.at_ms, "零钱")


@pytest.mark.parametrize("way", [Way(answered=False), Way(taken=False, answered=False)])
def test_no_answer_is_queried_first_and_the_same_number_goes_again_if_it_never_arrived(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker, way: Way
) -> None:
    rail.ways.append(way)
    work(worker)
    assert refund_of(office).state == "processing"
    assert len(rail.asked) == 1
    for _ in range(3):
        until_due(office, clock)
        work(worker)
    assert rail.queried
    assert rail.moved() == 4155
    assert {one.refund_no for one in rail.asked} == {f"{RETURN_ID}-0"}
    assert len(rail.asked) == (1 if way.taken else 2)


def test_silence_backs_off_and_the_office_reads_of_it(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker
) -> None:
    rail.ways.append(Way(answered=False))
    rail.deaf = 12
    waits = []
    for _ in range(12):
        work(worker)
        due = next_due(office)
        assert due is not None
        waits.append((due - clock.at_ms) // 1000)
        clock.at_ms = due
        told = refund_of(office).why_en
        assert told == ("" if len(waits) < 3 else WHY.en)
    assert waits == [10, 20, 40, 80, 160, 320, 640, 1280, 1800, 1800, 1800, 1800]


@pytest.mark.parametrize("after", ["claim", "ask"])
def test_a_crash_between_any_two_steps_pays_once(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker, after: str
) -> None:
    task = worker.claim()
    assert task is not None
    (move,) = moves_of(office)
    assert move.todo == Todo.QUERY  # written before the rail is called
    if after == "ask":
        worker.ask(task)
    # the worker is gone; another one starts
    other = Worker(office, rails_of(rail))
    assert work(other) == 0
    clock.at_ms += LEASE_MS
    asked = len(rail.asked)
    work(other)
    assert (len(rail.asked), len(rail.queried)) == (asked, 1)
    until_due(office, clock)
    work(other)
    assert rail.moved() == 4155
    assert len(rail.asked) == 1


def test_an_answer_that_comes_after_its_time_is_dropped(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker
) -> None:
    slow = worker.claim()
    assert slow is not None
    answer = worker.ask(slow)
    assert answer is not None
    clock.at_ms += LEASE_MS
    rail.standing[f"{RETURN_ID}-0"] = "success"
    assert work(Worker(office, rails_of(rail))) == 1
    assert refund_of(office).state == "success"
    assert not worker.settle(slow, answer)
    assert refund_of(office).state == "success"


def test_a_held_refund_is_not_touched(office: Office, rail: PlayedRail, worker: Worker) -> None:
    with office.writing() as tx:
        open_case(tx, find(tx, RETURN_ID), "over", {}, NO)
    assert work(worker) == 0
    with office.writing() as tx:
        resolve_conflict(tx, RETURN_ID, "li", accept=True)
    assert work(worker) == 1
    assert rail.moved() == 4155


def test_a_conflict_that_was_declined_pays_nothing(
    office: Office, rail: PlayedRail, worker: Worker
) -> None:
    with office.writing() as tx:
        open_case(tx, find(tx, RETURN_ID), "over", {}, NO)
    with office.writing() as tx:
        resolve_conflict(tx, RETURN_ID, "li", accept=False, reason=NO)
    assert work(worker) == 0
    with office.writing() as tx, pytest.raises(Refused):
        acts.give_up(tx, rails_of(rail), RETURN_ID, 0, "li", "manual")


def test_a_voided_return_pays_nothing(office: Office, rail: PlayedRail, worker: Worker) -> None:
    with office.writing() as tx:
        find(tx, RETURN_ID).voided_at = tx.now
    assert work(worker) == 0
    assert rail.asked == []
    assert (refund_of(office).state, refund_of(office).why_en) == ("closed", OVER.en)


@pytest.mark.parametrize("how", ["cash", "credit"])
def test_cash_and_credit_go_to_no_rail(
    office: Office, rail: PlayedRail, worker: Worker, how: str
) -> None:
    with office.writing() as tx:
        tx.session.merge(refund_of(office)).how = how
    assert work(worker) == 0
    assert rail.asked == []


def test_parts_of_one_payment_wait_for_each_other(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker
) -> None:
    rail.gap_ms = MINUTE
    with office.writing() as tx:
        a_refund(tx, 1, amount=100)
        a_refund(tx, 2, amount=50)
    assert work(worker) == 1
    clock.at_ms += MINUTE - 1
    work(worker)
    assert len(rail.asked) == 1
    clock.at_ms += 1
    work(worker)
    clock.at_ms += MINUTE
    work(worker)
    assert [(one.amount, one.part) for one in rail.asked] == [(4155, 1), (100, 2), (50, 3)]


def test_a_tender_that_is_not_on_file_waits_for_its_sale(
    office: Office, clock: TestClock, rail: PlayedRail
) -> None:
    worker = Worker(office, rails_of(rail))
    with office.writing() as tx:
        a_refund(tx)
    assert work(worker) == 0
    assert (refund_of(office).state, refund_of(office).why_en) == ("abnormal", NOT_ON_FILE.en)
    with office.writing() as tx:
        a_sale(tx)
    until_due(office, clock)
    assert work(worker) == 1
    assert rail.moved() == 4155


def test_a_rail_that_is_set_up_no_more_is_told(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker
) -> None:
    work(worker)
    until_due(office, clock)
    assert work(Worker(office, Rails({"manual": Manual()}, {}))) == 0
    assert (refund_of(office).state, refund_of(office).why_en) == ("abnormal", NOT_SET_UP.en)
    until_due(office, clock)
    rail.standing[f"{RETURN_ID}-0"] = "success"
    work(worker)
    assert refund_of(office).state == "success"


def test_a_fault_of_a_rail_holds_up_no_other_refund(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker
) -> None:
    with office.writing() as tx:
        a_refund(tx, 1, amount=100)

    def break_once() -> None:
        rail.during = lambda: None
        raise RuntimeError("a rail with a bug")

    rail.during = break_once
    with pytest.raises(RuntimeError):
        worker.run_once()
    assert work(worker) == 1
    assert rail.moved() == 100
    clock.at_ms += LEASE_MS
    work(worker)
    until_due(office, clock)
    work(worker)
    assert rail.moved() == 4255


def test_the_return_is_asked_for_in_its_currency(office: Office, rail: PlayedRail) -> None:
    with office.writing() as tx:
        a_sale(tx)
        a_refund(tx)
        tx.session.get_one(Return, RETURN_ID).currency = "KWD"
    work(Worker(office, rails_of(rail)))
    assert rail.asked[0].currency == "KWD"


def test_a_worker_that_hung_asks_nothing_any_more(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker
) -> None:
    """Its refund may have gone another way meanwhile, and both would pay."""
    hung = worker.claim()
    assert hung is not None
    clock.at_ms += LEASE_MS
    rail.ways.append(Way(refused="failed"))
    while refund_of(office).state != "closed":
        work(worker)
        clock.at_ms += MINUTE
    clock.at_ms += QUIET_MS
    with office.writing() as tx:
        acts.give_up(tx, rails_of(rail), RETURN_ID, 0, "li")
    work(worker)
    assert worker.ask(hung) is None
    assert rail.moved() == 4155


def test_a_final_no_waits_for_a_request_that_may_still_be_under_way(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker
) -> None:
    rail.ways += [Way(late=True), Way(refused="failed")]
    work(worker)
    until_due(office, clock)
    work(worker)  # nothing is known of it yet: it is asked for again, and refused
    until_due(office, clock)
    work(worker)
    assert (refund_of(office).state, len(rail.asked)) == ("processing", 2)
    rail.arrive()
    clock.at_ms += QUIET_MS
    work(worker)
    assert (refund_of(office).state, rail.moved()) == ("processing", 4155)
    assert len(rail.asked) == 2


def test_a_final_no_is_over_once_the_rail_still_knows_nothing(
    office: Office, clock: TestClock, rail: PlayedRail, worker: Worker
) -> None:
    rail.ways += [Way(taken=False, answered=False), Way(refused="failed")]
    for _ in range(3):
        work(worker)
        until_due(office, clock)
    assert refund_of(office).state == "processing"
    clock.at_ms += QUIET_MS
    work(worker)
    assert (refund_of(office).state, refund_of(office).due_at) == ("closed", NEVER)
    assert (len(rail.asked), rail.moved()) == (2, 0)
