"""A reconnect storm in numbers: counted in virtual time, so the same on every machine."""

from collections.abc import Iterator

from tests.bench.measure import Row
from tests.courier.storm import CAPACITY, TERMINALS, WINDOW_S, storm


def storm_rows() -> Iterator[Row]:
    """Requests until all got through, and the fullest second; jitter alone beside them."""
    ours, alone = storm(WINDOW_S, seed=1), storm(0.0, seed=1)
    yield Row(
        f"requests of {TERMINALS:,} terminals after an outage",
        ours.requests,
        alone.requests,
        ours.requests / TERMINALS,
        "<= 1.1 each; beside: jitter alone",
        ours.requests <= 1.1 * TERMINALS,
        None,
        "",
    )
    yield Row(
        "the fullest second of them",
        ours.peak,
        alone.peak,
        ours.peak / CAPACITY,
        f"<= {CAPACITY:,} a second",
        ours.peak <= CAPACITY,
        None,
        "",
    )
