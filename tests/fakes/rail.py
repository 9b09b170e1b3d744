"""A rail that does and says what it is told to, and counts every cent that it moves.

It keeps the one promise that every rail keeps: a number pays once, however often it is asked.
What it does not do is guard the payment: whoever asks under two numbers pays twice, and is found.
"""

from collections import deque
from collections.abc import Callable

from msgspec import Struct

from backoffice.rails.rail import (
    Abnormal,
    Accepted,
    Answer,
    Asked,
    Closed,
    Failed,
    Found,
    Missing,
    Processing,
    RefundRequest,
    Success,
    Unknown,
)
from backoffice.words import Worded

WHY = Worded("试验", "a trial")


class Way(Struct, frozen=True):
    """How one asking goes: whether the request is taken, and whether its answer comes back.

    `late`: it gets there only when `arrive` is called. `refused`: abnormal or failed, no money.
    """

    taken: bool = True
    answered: bool = True
    late: bool = False
    refused: str = ""


class PlayedRail:
    """`standing`: what a number's refund is now: processing, success, abnormal or closed."""

    def __init__(self, gap_ms: int = 0) -> None:
        self.gap_ms = gap_ms
        self.ways: deque[Way] = deque()
        self.deaf = 0  # queries that will get no answer
        self.standing: dict[str, str] = {}
        self.asked: list[RefundRequest] = []
        self.queried: list[str] = []
        self.underway: list[RefundRequest] = []
        self.during: Callable[[], None] = lambda: None  # what happens while it is called

    def moved(self) -> int:
        """What it paid, or will: money at a closed number came back to the shop."""
        amounts = {one.refund_no: one.amount for one in self.asked}
        paying = ("processing", "success", "abnormal")
        return sum(amounts[number] for number, how in self.standing.items() if how in paying)

    def refund(self, request: RefundRequest, now_ms: int) -> Asked:
        self.during()
        self.asked.append(request)
        way = self.ways.popleft() if self.ways else Way()
        if way.refused and request.refund_no not in self.standing:
            return Failed(WHY) if way.refused == "failed" else Abnormal(WHY)
        if way.late:
            self.underway.append(request)
            return Unknown(WHY)
        if way.taken:
            self.standing.setdefault(request.refund_no, "processing")
        return Accepted() if way.taken and way.answered else Unknown(WHY)

    def arrive(self) -> None:
        """Requests that were on their way get there now."""
        for request in self.underway:
            self.standing.setdefault(request.refund_no, "processing")
        self.underway.clear()

    def query(self, request: RefundRequest, now_ms: int) -> Found:
        self.during()
        self.queried.append(request.refund_no)
        if self.deaf:
            self.deaf -= 1
            return Unknown(WHY)
        found: dict[str | None, Answer] = {
            None: Missing(),
            "processing": Processing(),
            "success": Success(request.amount, now_ms, "零钱"),
            "abnormal": Abnormal(WHY),
            "closed": Closed(WHY),
        }
        answer = found[self.standing.get(request.refund_no)]
        assert not isinstance(answer, Accepted | Failed)
        return answer

    def poll_ms(self, age_ms: int) -> int | None:
        return 60_000
