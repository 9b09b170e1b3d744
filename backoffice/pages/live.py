"""When a page looks again by itself: often while something is about to happen, then ever less.

Law of the file: never under a form, and never without a word on the page and a way to stop it
(WCAG 2.2.1, 2.2.2). It is the header Refresh, which every browser that phones open codes with
knows; no script runs.
"""

from dataclasses import dataclass

from backoffice.states import State
from backoffice.words import Worded

SECOND_MS = 1000
MINUTE_MS = 60 * SECOND_MS
LIVE = frozenset((
    State.SUBMITTED, State.APPROVED, State.CONFLICT, State.CONFIRMED, State.REFUNDING,
    State.PROBLEM,
))  # fmt: skip
_CALM = (  # while the last change is younger than this: so many seconds
    (2 * MINUTE_MS, 10),
    (10 * MINUTE_MS, 30),
    (60 * MINUTE_MS, 120),
    (24 * 60 * MINUTE_MS, 600),
)


@dataclass(frozen=True)
class Live:
    """`seconds` until the page looks again; 0: it does not any more, or was asked not to."""

    seconds: int
    stopped: bool = False

    @property
    def words(self) -> Worded:
        """What the page says about it."""
        if self.stopped:
            return Worded("自动更新已停止。", "This page no longer updates by itself.")
        if not self.seconds:
            return Worded(
                "很久没有变化，本页不再自动更新。",
                "Nothing has changed for long: this page no longer updates by itself.",
            )
        if self.seconds < 60:
            zh, en = f"{self.seconds} 秒", f"{self.seconds} seconds"
        else:
            minutes = self.seconds // 60
            zh, en = f"{minutes} 分钟", f"{minutes} minutes"
        return Worded(f"本页每 {zh}自动更新一次。", f"This page updates by itself every {en}.")


def live(since_ms: int, now_ms: int, *, still: bool) -> Live:
    """For a page on which something is waited for since `since_ms`; `still`: it was stopped."""
    if still:
        return Live(0, stopped=True)
    age = max(0, now_ms - since_ms)
    return Live(next((seconds for below, seconds in _CALM if age < below), 0))
