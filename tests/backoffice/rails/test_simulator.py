"""The simulated rail: every course can be asked for, and a trial repeats."""

import pytest

from backoffice.office import Office
from backoffice.rails.chosen import Rails
from backoffice.rails.manual import Manual
from backoffice.rails.rail import (
    Abnormal,
    Accepted,
    Closed,
    Failed,
    Missing,
    Processing,
    Success,
    Unknown,
)
from backoffice.rails.simulator import BY_AMOUNT, Course, Simulator
from backoffice.rails.worker import Worker
from tests.backoffice.conftest import TestClock
from tests.backoffice.rails.asks import ask
from tests.backoffice.rails.books import a_refund, a_sale, next_due, refund_of, work

NOW = 1_795_800_000_000


@pytest.mark.parametrize(
    ("ending", "asked", "at_once", "later"),
    [
        (1, Accepted, Processing, Success),
        (2, Accepted, Processing, Success),
        (3, Unknown, Missing, Missing),
        (4, Unknown, Processing, Success),
        (5, Accepted, Processing, Abnormal),
        (6, Accepted, Processing, Closed),
        (7, Failed, Missing, Missing),
    ],
)
def test_the_last_digits_ask_for_a_course(
    ending: int, asked: type, at_once: type, later: type
) -> None:
    rail = Simulator(delay_ms=1000)
    one = ask(amount=2000 + ending)
    assert isinstance(rail.refund(one, NOW), asked)
    assert isinstance(rail.query(one, NOW), at_once)
    assert isinstance(rail.query(one, NOW + 1000), later)
    assert rail.moved == ({one.refund_no: 2002 - 200 if ending == 2 else 2000 + ending}
                          if later is Success else {})  # fmt: skip


def test_a_seed_decides_the_rest_and_repeats() -> None:
    numbers = [ask(f"R-{n}", 2950) for n in range(2000)]
    courses = [Simulator(seed=1).course(one) for one in numbers]
    assert courses == [Simulator(seed=1).course(one) for one in numbers]
    assert courses != [Simulator(seed=2).course(one) for one in numbers]
    assert set(courses) == set(Course)
    fine = sum(one in (Course.SOON, Course.LATER) for one in courses)
    assert fine > 1700


def test_a_number_pays_once() -> None:
    rail = Simulator()
    for _ in range(3):
        rail.refund(ask(amount=2950), NOW)
    assert sum(rail.moved.values()) == 2950


@pytest.mark.parametrize("ending", sorted(BY_AMOUNT))
def test_the_worker_takes_every_course_to_its_end(
    office: Office, clock: TestClock, ending: int
) -> None:
    rail = Simulator()
    with office.writing() as tx:
        a_sale(tx)
        a_refund(tx, amount=2000 + ending)
    worker = Worker(office, Rails({"simulator": rail, "manual": Manual()}, {"wechat": "simulator"}))
    states = []
    for _ in range(40):
        work(worker)
        states.append(refund_of(office).state)
        due = next_due(office)
        if due is None or states[-1] == "abnormal":
            break
        clock.at_ms = due
    ends = {5: "abnormal", 6: "closed", 7: "closed"}
    assert states[-1] == ends.get(ending, "success")
    if states[-1] == "success":
        assert refund_of(office).actual == sum(rail.moved.values())
