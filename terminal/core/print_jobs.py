"""What is to be printed once, and what has become of it."""

from enum import Enum

from msgspec import Struct

from terminal.core.day import DaySheet


class SlipKind(Enum):
    """The documents we print."""

    RETURN = "return"  # 退货码小票
    RESULT = "result"  # 退货结果凭证; also of a void
    NOTICE = "notice"  # the shop's policy, and how to return
    HOWTO = "howto"  # the customer's how-to alone
    DAY = "day"  # the report of a day
    SHIFT = "shift"  # the report of one shift


class PrintJob(Struct, frozen=True):
    """One slip to print once. `copy` 0 is the original, from 1 on it is marked 补打 COPY.

    `about` is what a slip says that is about no return; the journal keeps the job without it.
    """

    id: str
    kind: SlipKind
    copy: int = 0
    about: DaySheet | None = None

    @property
    def bare(self) -> "PrintJob":
        return self if self.about is None else PrintJob(self.id, self.kind, self.copy)


class JobStatus(Enum):
    QUEUED = "queued"
    SENDING = "sending"  # from here on never sent again unasked
    PRINTED = "printed"
    UNCERTAIN = "uncertain"
    FAILED = "failed"  # given up: the cashier went on without it
