"""Fifty SIGKILLs at random moments; `python -m tests.system.kill --rounds 1000` does a thousand."""

import json
import random

import pytest

from tests.system.kill import ROUNDS_OF_LIFE, live, report, tasks
from tests.system.restart import SIGNED_OFF, could_follow, wrong_start
from tests.system.till_roll import Printed, read_page

RETURN_SLIP = """Example Store
RETURN
{copy}Return                          R-0571-03-000001
Customer's copy
"""


def test_killed_at_random_moments_it_loses_and_doubles_nothing() -> None:
    seed = random.randrange(10**6)
    (task,) = tasks(ROUNDS_OF_LIFE, seed)
    outcome = live(task)
    assert not outcome.fault, outcome.fault
    count = outcome.count
    assert count.rounds == ROUNDS_OF_LIFE
    assert count.returns >= 5, f"too little happened to prove anything\n{report(count, 0)}"
    assert count.whole >= 10, f"too little was printed to prove anything\n{report(count, 0)}"
    assert len(count.killed_in) >= 4, f"killed in too few states\n{report(count, 0)}"


def test_a_state_that_hears_no_restart_must_come_back_unchanged() -> None:
    kept = json.dumps({"$": "Ready", "cashier": "1007", "done": None})
    assert wrong_start(kept, kept) == ""
    assert wrong_start(kept, SIGNED_OFF)
    assert wrong_start(kept, json.dumps({"$": "Ready", "cashier": "1008", "done": None}))


def test_a_slip_that_was_leaving_must_come_back_in_doubt() -> None:
    facts = {"cashier": "1007", "job": "a", "ret": None}
    sending = json.dumps({"$": "SendingSlip", **facts})
    assert wrong_start(sending, json.dumps({"$": "SlipUncertain", **facts})) == ""
    assert wrong_start(sending, json.dumps({"$": "PreparingSlip", **facts}))
    assert wrong_start(sending, json.dumps({"$": "SlipUncertain", **facts, "job": "b"}))


def test_a_file_behind_the_screen_is_noticed() -> None:
    seen, kept = json.dumps({"$": "PayingCash"}), json.dumps({"$": "ConfirmingAmounts"})
    assert not could_follow(seen, kept, steps=1)
    assert could_follow(kept, json.dumps({"$": "PreparingSlip"}), steps=1)
    assert not could_follow(kept, json.dumps({"$": "PreparingSlip"}), steps=0)


@pytest.mark.parametrize("copy", [0, 2])
def test_a_slip_is_told_by_its_words(copy: int) -> None:
    lines = RETURN_SLIP.format(copy=f"   COPY {copy}\n" if copy else "").splitlines()
    slip = Printed("RETURN", "R-0571-03-000001", copy, "customer", whole=True)
    assert read_page(lines) == [slip]
    torn = Printed("RETURN", "R-0571-03-000001", copy, "", whole=False)
    assert read_page(lines[:-1], cut=False) == [torn]
    assert read_page([*lines[:-1], *lines]) == [torn, slip]
