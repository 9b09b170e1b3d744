"""Random rails, crashes, delays and people: no more moves than was asked, and success pays once.

One refund, so that a short story gets deep; that refunds keep apart is shown elsewhere.
"""

import contextlib
import os
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from backoffice.db.migrate import migrate
from backoffice.office import Office
from backoffice.rails import acts
from backoffice.rails.book import LEASE_MS, Task
from backoffice.rails.rail import Answer
from backoffice.rails.worker import Worker
from backoffice.settings import Settings
from backoffice.states import RefundState
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
    work,
)
from tests.fakes.rail import PlayedRail, Way

AMOUNT = 4155
UNDER_WAY_MS = 60_000  # no request reaches a rail later than this after it was sent
WAYS = {
    "well": Way(),
    "lost": Way(taken=False, answered=False),
    "silent": Way(answered=False),
    "late": Way(late=True),
    "abnormal": Way(refused="abnormal"),
    "failed": Way(refused="failed"),
}
WORK = st.tuples(
    st.sampled_from([*sorted(WAYS), "late", "failed", "failed"]),
    st.sampled_from([""] * 8 + ["claimed", "asked"]),  # where the worker stops
    st.sampled_from([0] * 8 + [1]),  # queries without an answer
)
WORLD = st.sampled_from(["arrive", "success", "abnormal", "closed", "second", "hour", "revive"])
OFFICE = st.sampled_from(["anew", "anew", "anew", "wallet", "manual", "look", "paid", "not paid"])
STORY = st.lists(st.one_of(WORK, WORK, OFFICE, WORLD), min_size=25, max_size=50)

Story = list[str | tuple[str, str, int]]
GO, DEAF = ("well", "", 0), ("well", "", 1)
LATE: Story = [("late", "", 0), GO, ("failed", "", 0), "anew", GO, GO, "arrive"]
HUNG: Story = [("well", "claimed", 0), GO, ("failed", "", 0), "anew", GO, GO, "revive"]
KEPT_BY_THE_RAIL: Story = [GO, "abnormal", GO, "anew", GO, GO]
NO_ANSWER_TO_GIVING_UP: Story = [GO, "abnormal", GO, "anew", DEAF, DEAF, GO]
STALE_ANSWER: Story = [GO, "closed", ("well", "asked", 0), GO, "anew", GO, GO, GO, "revive"]


@cache
def migrated() -> bytes:
    """An empty database, made once."""
    with tempfile.TemporaryDirectory(prefix="returns-rails-") as folder:
        place = Path(folder)
        office = Office(Settings(f"sqlite:///{place / 'office.db'}", place))
        migrate(office.engine)
        office.close()
        return (place / "office.db").read_bytes()


class Shop:
    """A refund, workers that may die or hang between any two steps, and an office that acts."""

    def __init__(self, place: Path) -> None:
        self.clock = TestClock()
        (place / "office.db").write_bytes(migrated())
        self.office = Office(Settings(f"sqlite:///{place / 'office.db'}", place), self.clock)
        self.rail = PlayedRail()
        self.rails = rails_of(self.rail)
        self.hung: list[tuple[Task, Answer | None]] = []
        self.by_hand = 0
        with self.office.writing() as tx:
            a_sale(tx)
            a_refund(tx, amount=AMOUNT)

    def work_when_due(self, way: str, stops: str, deaf: int) -> None:
        """A worker's turn, once the refund is due; it may stop after its claim or its asking."""
        due = next_due(self.office)
        if due is None:
            return
        self.pass_time(max(0, due - self.clock.at_ms))
        self.rail.ways.clear()
        self.rail.ways.append(WAYS[way])
        self.rail.deaf = deaf
        worker = Worker(self.office, self.rails)
        task = worker.claim()
        if task is None:
            return
        answer = None if stops == "claimed" else worker.ask(task)
        if stops:
            self.hung.append((task, answer))
        elif answer is not None:
            worker.settle(task, answer)

    def world_goes_on(self, what: str) -> None:
        """Requests arrive, refunds end, time passes. What is abnormal may still succeed."""
        match what:
            case "arrive":
                self.rail.arrive()
            case "second":
                self.pass_time(1_000)
            case "hour":
                self.pass_time(60 * UNDER_WAY_MS)
            case "revive":
                self.revive()
            case _:
                for number, how in self.rail.standing.items():
                    if how == "processing" or (how == "abnormal" and what == "success"):
                        self.rail.standing[number] = what

    def pass_time(self, ms: int) -> None:
        self.clock.at_ms += ms
        if ms > UNDER_WAY_MS:
            self.rail.arrive()

    def revive(self) -> None:
        """A worker that hung goes on where it was, however late that is."""
        if self.hung:
            task, answer = self.hung.pop(0)
            worker = Worker(self.office, self.rails)
            answer = worker.ask(task) if answer is None else answer
            self.pass_time(LEASE_MS // 4)
            if answer is not None:
                worker.settle(task, answer)

    def office_acts(self, what: str) -> None:
        with contextlib.suppress(Refused), self.office.writing() as tx:
            match what:
                case "look":
                    acts.look_again(tx, RETURN_ID, 0)
                case "paid":
                    acts.mark_paid(tx, RETURN_ID, 0, "li", "T-1")
                    self.by_hand += AMOUNT
                case "not paid":
                    acts.mark_failed(tx, RETURN_ID, 0, "li", Worded("没有现金", "No cash"))
                case _:
                    rail = "" if what == "anew" else what
                    acts.give_up(tx, self.rails, RETURN_ID, 0, "li", rail)

    def check(self) -> None:
        refund, moved = refund_of(self.office), self.moved()
        assert moved <= AMOUNT
        if refund.state == RefundState.SUCCESS:
            assert (moved, refund.actual) == (AMOUNT, AMOUNT)
        if refund.state == RefundState.CLOSED and not self.rail.underway:
            assert moved == 0

    def moved(self) -> int:
        return self.rail.moved() + self.by_hand

    def come_to_rest(self) -> None:
        """Every trouble ends: unless a person has to decide, the money arrives, once."""
        self.rail.ways.clear()
        self.rail.deaf = 0
        for _ in range(30):
            self.rail.arrive()
            self.world_goes_on("success")
            due = next_due(self.office)
            if due is None:
                break
            self.clock.at_ms = max(self.clock.at_ms, due)
            work(Worker(self.office, self.rails))
            self.check()
        else:
            raise AssertionError("the refund never comes to rest")
        state = refund_of(self.office).state
        by_hand = state == RefundState.PROCESSING and not self.moved()
        assert by_hand or state in (RefundState.SUCCESS, RefundState.CLOSED), state
        event(f"{len(moves_of(self.office))} numbers, {state}")


@example(story=LATE)
@example(story=HUNG)
@example(story=KEPT_BY_THE_RAIL)
@example(story=NO_ANSWER_TO_GIVING_UP)
@example(story=STALE_ANSWER)
@given(story=STORY)
@settings(
    max_examples=int(os.environ.get("REFUND_STORIES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_money_moves_exactly_once(story: Story) -> None:
    with tempfile.TemporaryDirectory(prefix="returns-rails-") as folder:
        shop = Shop(Path(folder))
        try:
            for one in story:
                if isinstance(one, tuple):
                    shop.work_when_due(*one)
                elif one in ("anew", "wallet", "manual", "look", "paid", "not paid"):
                    shop.office_acts(one)
                else:
                    shop.world_goes_on(one)
                shop.check()
            shop.come_to_rest()
        finally:
            shop.office.close()
