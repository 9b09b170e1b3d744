"""A rail that moves no money: every state, delay and failure, for the demo and for trials.

Law of the file: what happens to a refund follows from the seed and its number alone, or from its
amount where the last two digits ask for it (`BY_AMOUNT`); never from chance, so a trial repeats.
"""

import hashlib
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from backoffice.rails.rail import (
    Abnormal,
    Accepted,
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

SECOND_MS = 1_000
SIMULATED = Worded(
    "这是模拟退款，没有真实款项。",
    "This refund is simulated; there is no real money in it.",
)


class Course(StrEnum):
    """What happens to one refund."""

    SOON = "soon"  # arrives at once
    LATER = "later"  # is under way for a while
    COUPON = "coupon"  # a tenth of it was a coupon: less arrives than was asked
    LOST = "lost"  # the first request never arrives
    SILENT = "silent"  # it is taken, but the answer is lost
    ABNORMAL = "abnormal"  # the customer's card takes no money
    CLOSED = "closed"  # is under way, then closed unpaid
    FAILED = "failed"  # is refused for good


BY_AMOUNT: Mapping[int, Course] = {
    1: Course.LATER,
    2: Course.COUPON,
    3: Course.LOST,
    4: Course.SILENT,
    5: Course.ABNORMAL,
    6: Course.CLOSED,
    7: Course.FAILED,
}


class _Taken(Struct):
    request: RefundRequest
    at_ms: int


class Simulator:
    """A rail with a memory of its own: a restart forgets what it took, and is asked again.

    `delay_ms`: how long a refund that is under way stays so.
    """

    gap_ms = 0

    def __init__(self, seed: int = 0, delay_ms: int = 20 * SECOND_MS) -> None:
        self._seed = seed
        self._delay_ms = delay_ms
        self._taken: dict[str, _Taken] = {}
        self._heard: set[str] = set()

    def course(self, request: RefundRequest) -> Course:
        """What will happen: by the amount's last two digits, or one in eight otherwise troubled."""
        if (named := BY_AMOUNT.get(request.amount % 100)) is not None:
            return named
        digest = hashlib.sha256(f"{self._seed}/{request.refund_no}".encode()).digest()
        if digest[0] >= 32:
            return Course.SOON if digest[0] < 144 else Course.LATER
        return list(Course)[digest[1] % len(Course)]

    @property
    def moved(self) -> Mapping[str, int]:
        """What each refund number has paid out so far, in minor units."""
        return {
            number: _actual(taken.request, self.course(taken.request))
            for number, taken in self._taken.items()
            if self.course(taken.request) not in {Course.ABNORMAL, Course.CLOSED}
        }

    def refund(self, request: RefundRequest, now_ms: int) -> Asked:
        course, first = self.course(request), request.refund_no not in self._heard
        self._heard.add(request.refund_no)
        if course is Course.FAILED:
            return Failed(SIMULATED)
        if course is Course.LOST and first:
            return Unknown(SIMULATED)
        self._taken.setdefault(request.refund_no, _Taken(request, now_ms))
        return Unknown(SIMULATED) if course is Course.SILENT and first else Accepted()

    def query(self, request: RefundRequest, now_ms: int) -> Found:
        taken = self._taken.get(request.refund_no)
        if taken is None:
            return Missing()
        course = self.course(taken.request)
        ripe_ms = taken.at_ms + (0 if course is Course.SOON else self._delay_ms)
        if now_ms < ripe_ms:
            return Processing()
        match course:
            case Course.ABNORMAL:
                return Abnormal(SIMULATED)
            case Course.CLOSED:
                return Closed(SIMULATED)
            case _:
                return Success(_actual(taken.request, course), ripe_ms, "simulator")

    def poll_ms(self, age_ms: int) -> int | None:
        """Every second, then every ten: somebody is watching."""
        return SECOND_MS if age_ms < 30 * SECOND_MS else 10 * SECOND_MS


def _actual(request: RefundRequest, course: Course) -> int:
    return request.amount - (request.amount // 10 if course is Course.COUPON else 0)
