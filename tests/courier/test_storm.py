"""A hundred thousand terminals after one outage, and the control that must fail."""

from tests.courier.storm import CAPACITY, TERMINALS, WINDOW_S, storm


def test_the_first_try_is_spread_so_that_nobody_is_turned_away() -> None:
    found = storm(WINDOW_S, seed=1)
    assert found.requests <= 1.1 * TERMINALS, found
    assert found.peak <= CAPACITY, found


def test_jitter_alone_would_flood_the_office() -> None:
    """The control: without the spread the same back-off asks several times as often."""
    fewer = TERMINALS // 10
    found = storm(0.0, seed=1, terminals=fewer)
    assert found.requests > 1.1 * fewer, found
    assert found.peak > CAPACITY // 10, found
