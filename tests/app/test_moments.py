"""The clock of the unit itself: how long a screen has stood there."""

from collections.abc import Callable

import pytest

from terminal.core.machine import SEEN_MS
from terminal.moments import Moments


@pytest.fixture(name="wait")
def _wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lets milliseconds pass on the clock that counts from the start of the system."""
    running = [3_600_000]
    monkeypatch.setattr("terminal.moments.time.monotonic_ns", lambda: running[0] * 1_000_000)

    def wait(ms: int) -> None:
        running[0] += ms

    return wait


def test_time_is_counted_from_the_first_appearance(wait: Callable[[int], None]) -> None:
    made = Moments("R-", lambda: 1)
    made.shown("cash")
    wait(200)
    made.shown("cash")  # a minute, a device's light: the same screen
    wait(50)
    assert made.now().seen_ms == 250
    made.shown("ready")
    assert made.now().seen_ms == 0


def test_a_clock_that_is_set_changes_nothing(
    wait: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Moments("R-", lambda: 1)
    made.shown("cash")
    wait(SEEN_MS)
    monkeypatch.setattr("terminal.moments.time.time_ns", lambda: 0)
    assert made.now().seen_ms == SEEN_MS


def test_a_return_that_is_played_has_no_reader(wait: Callable[[int], None]) -> None:
    made = Moments("R-", lambda: 1)
    made.watched = False
    made.shown("cash")
    wait(1)
    assert made.now().seen_ms > SEEN_MS
