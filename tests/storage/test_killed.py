"""A process that dies anywhere: what was acknowledged is there, nothing is there by half."""

import random
import subprocess
import sys
import time
from pathlib import Path

from storage.store import open_store

ROUNDS = 6
COMMITTER = (sys.executable, "-m", "tests.storage.committer")


def test_a_killed_process_loses_no_acknowledged_commit(file: Path) -> None:
    chance = random.Random(7)
    acknowledged = 0
    for _ in range(ROUNDS):
        child = subprocess.Popen([*COMMITTER, str(file)], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        time.sleep(chance.uniform(0.0, 0.15))
        child.kill()
        said = child.stdout.read().split("\n")
        child.stdout.close()
        child.wait()
        acknowledged = max([acknowledged, *(int(word) for word in said if word.isdigit())])
        with open_store(file) as store:  # checks every page and the chain
            recorded = store.next_return_sequence() - 1
            assert acknowledged <= recorded <= acknowledged + 1
            assert store.load_state() == (str(recorded) if recorded else None)
            assert store.journal_head()[0] == recorded
            back = store.returned("big")
            assert sum(one.quantity for one in back.lines) == recorded
            assert sum(one.amount for one in back.tenders) == recorded
        acknowledged = recorded
    assert acknowledged > ROUNDS
