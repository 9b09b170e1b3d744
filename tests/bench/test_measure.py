"""The table's figures are what their names say."""

from tests.bench.measure import Pairs, in_turns, spread, table


def test_ours_and_the_peer_take_turns() -> None:
    calls: list[str] = []

    def sample(name: str) -> float:
        calls.append(name)
        return 1.0

    pairs = in_turns(lambda: sample("ours"), lambda: sample("peer"), rounds=3, warm=1)
    assert calls == ["ours", "peer"] * 4
    assert len(pairs.ours) == len(pairs.peer) == 3


def test_the_ratio_is_the_median_of_neighbours_and_not_of_the_whole() -> None:
    """A machine that slows down half way slows both."""
    row = Pairs((1.0, 1.0, 10.0), (2.0, 2.0, 20.0)).row("x", "<= 1x", lambda _, ratio: ratio <= 1)
    assert (row.ratio, row.held, row.spread) == (0.5, True, (0.5, 0.5))


def test_speed_is_the_peers_time_over_ours() -> None:
    row = Pairs((4.0,), (1.0,)).row_of_speed("x", ">= 0.8", lambda _, speed: speed >= 0.8)
    assert (row.ratio, row.held) == (0.25, False)
    assert "NO" in table([row])


def test_spread_is_of_values_that_were_measured() -> None:
    assert spread(list(range(20))) == (2, 17)
