"""A courier that hangs: its socket is open, and nothing comes any more."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal.courier.protocol import BEAT_S, Network
from terminal.uplink.desk import SILENT_S
from terminal.uplink.values import LookedUp, NetworkChanged
from tests.uplink.desk import Desk
from tests.uplink.scripted import ScriptedCourier

UP, SILENT = NetworkChanged(up=True), NetworkChanged(up=False, why="silent")
QUERY = {"receipt_no": "1"}


@pytest.fixture(name="passes")
def _passes(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Seconds pass for the terminal at once."""
    ahead, real = [0.0], time.monotonic
    monkeypatch.setattr("terminal.uplink.desk.time.monotonic", lambda: real() + ahead[0])

    def passes(seconds: float) -> None:
        ahead[0] += seconds

    return passes


def test_the_light_goes_out_and_comes_back_with_the_next_word(
    tmp_path: Path, passes: Callable[[float], None]
) -> None:
    socket = tmp_path / "s"
    with ScriptedCourier(socket) as courier, Desk(tmp_path / "data", socket) as desk:
        desk.until(lambda: desk.told == [UP])
        passes(SILENT_S - 5)
        desk.turn()
        assert desk.told == [UP]
        passes(5)
        desk.turn()
        assert desk.told == [UP, SILENT]
        assert not desk.uplink.ask("ask", QUERY), "the cashier waits for a courier that hangs"
        courier.says(Network(up=True))
        desk.until(lambda: desk.told == [UP, SILENT, UP])


def test_every_word_counts_and_the_loop_is_woken_for_the_silence(
    tmp_path: Path, passes: Callable[[float], None]
) -> None:
    socket = tmp_path / "s"
    with ScriptedCourier(socket) as courier, Desk(tmp_path / "data", socket) as desk:
        desk.until(lambda: desk.told == [UP])
        for _ in range(5):  # the light again, and nothing else
            passes(BEAT_S)
            courier.says(Network(up=True))
            heard = desk.uplink._heard_at
            desk.until(lambda before=heard: desk.uplink._heard_at > before)  # type: ignore[misc]  # bound now
        assert desk.told == [UP]
        due = desk.uplink.step()
        assert due is not None
        assert due <= time.monotonic() + SILENT_S


def test_a_look_up_that_was_asked_before_ends_by_its_own_time(
    tmp_path: Path, passes: Callable[[float], None]
) -> None:
    socket = tmp_path / "s"
    with ScriptedCourier(socket), Desk(tmp_path / "data", socket) as desk:
        desk.until(lambda: desk.told == [UP])
        assert desk.uplink.ask("ask", QUERY)
        passes(SILENT_S)
        desk.turn()
        assert desk.told == [UP, LookedUp("ask", fault="offline"), SILENT]
