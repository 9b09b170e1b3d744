"""Several workers at once: a refund is with one of them at a time, and none waits for another."""

import threading
from collections import Counter

from backoffice.office import Office
from backoffice.rails.worker import Worker
from tests.backoffice.rails.books import a_refund, a_sale, rails_of
from tests.fakes.rail import PlayedRail

RETURNS = [f"01a21e0f-aed1-73bc-8d81-8d8b540ebf{n:02x}" for n in range(4)]
WORKERS = 4


class WatchedRail(PlayedRail):
    """Meets another worker in the first calls: both are inside at once, or it breaks."""

    def __init__(self) -> None:
        super().__init__()
        self.meeting = threading.Barrier(2, timeout=60)
        self.during = self._meet
        self.calls = 0
        self._counting = threading.Lock()

    def _meet(self) -> None:
        with self._counting:
            self.calls += 1
            meets = self.calls <= 2
        if meets:
            self.meeting.wait()


def test_no_two_workers_take_one_refund(office: Office) -> None:
    rail = WatchedRail()
    with office.writing() as tx:
        a_sale(tx)
        for return_id in RETURNS:
            for position in range(3):
                a_refund(tx, position, amount=100, return_id=return_id)
    rails = rails_of(rail)
    claimed: list[str] = []

    def work() -> None:
        worker = Worker(office, rails)
        misses = 0
        while misses < 3:  # where one return is locked, another's may be passed over
            task = worker.claim()
            if task is None:
                misses += 1
                continue
            claimed.append(task.request.refund_no)
            answer = worker.ask(task)
            assert answer is not None
            assert worker.settle(task, answer)

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not rail.meeting.broken
    asked = Counter(one.refund_no for one in rail.asked)
    assert len(asked) == len(RETURNS) * 3
    assert set(asked.values()) == {1}
    assert Counter(claimed) == asked
    assert rail.queried == []


def test_parts_of_a_payment_get_numbers_without_a_gap(office: Office) -> None:
    rail = PlayedRail()
    with office.writing() as tx:
        a_sale(tx)
        for return_id in RETURNS:
            a_refund(tx, amount=100, return_id=return_id)
    rails = rails_of(rail)
    threads = [threading.Thread(target=Worker(office, rails).run_once) for _ in RETURNS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while Worker(office, rails).run_once():
        pass
    assert sorted(one.part for one in rail.asked) == [1, 2, 3, 4]
