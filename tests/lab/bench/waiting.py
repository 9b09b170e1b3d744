"""Waiting for what the kernel does in its own time."""

import time
from collections.abc import Callable


def until(what: str, holds: Callable[[], bool], seconds: float = 10.0) -> None:
    """AssertionError naming `what` when it does not come true in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"not within {seconds:g} s: {what}"
        time.sleep(0.02)
