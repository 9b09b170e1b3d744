"""Two hundred seeds hold, each plays the same again, and a broken product is found by them."""

import os
import subprocess
import sys
from collections import Counter

import pytest

from tests.simulation.happenings import Broken, Sabotage
from tests.simulation.world import play

SEEDS = 200
CHUNK = 10
EVERYDAY = {
    "recorded", "signed offline", "delivered", "fed", "looked up", "sold", "asked", "cut off",
    "terminal dies", "courier dies", "dies", "clock jumps", "net lost", "net twice", "net slow",
    "net torn", "net mute", "net old", "net late_error", "net portal",
}  # fmt: skip


@pytest.mark.parametrize("first", range(1, SEEDS + 1, CHUNK))
def test_every_promise_holds(first: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        seen += play(seed).seen
    assert not EVERYDAY - seen.keys()


def test_a_seed_plays_the_same_again_in_this_process_and_in_another() -> None:
    here = [play(3).digest for _ in range(2)]
    command = "from tests.simulation.world import play; print(play(3).digest)"
    there = subprocess.run(
        [sys.executable, "-c", command],
        env=os.environ | {"PYTHONHASHSEED": "1"},
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    assert {*here, there} == {here[0]}


def test_another_seed_is_another_day() -> None:
    assert play(3).digest != play(4).digest


@pytest.mark.parametrize("sabotage", [one for one in Sabotage if one is not Sabotage.NONE])
def test_a_broken_product_does_not_get_past_two_hundred_seeds(sabotage: Sabotage) -> None:
    with pytest.raises(Broken):
        _play_all(sabotage)


def _play_all(sabotage: Sabotage) -> None:
    for seed in range(1, SEEDS + 1):
        play(seed, sabotage)
