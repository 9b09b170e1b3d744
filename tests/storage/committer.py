"""A child process that commits one return a step and says so, until it is stopped.

`python -m tests.storage.committer FILE [STEPS [SYNCHRONOUS]]`: prints "open", each step's number
after its commit, and the name of a fault when one stops it. SYNCHRONOUS is for controls only.
"""

import sys
from pathlib import Path

from storage.faults import StorageFault
from storage.store import Store, open_store
from tests.storage.samples import big_sale, one_screw, step


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def run(store: Store, steps: int, body: str = "{}") -> None:
    if store.sale("big") is None:
        store.add_sales([big_sale()])
    say("open")
    first = store.next_return_sequence()
    for sequence in range(first, first + steps):
        store.commit(step(sequence, one_screw(sequence), state=str(sequence), body=body))
        say(str(sequence))
        store.checkpoint_if_due()


def main(file: Path, steps: int, synchronous: str) -> int:
    store = open_store(file)
    if synchronous != "FULL":
        store._db.execute(f"PRAGMA synchronous = {synchronous}")
    try:
        run(store, steps)
    except StorageFault as fault:
        say(type(fault).__name__)
        try:
            store.commit(step(0))
        except StorageFault as after:
            say(type(after).__name__)
        return 3
    store.close()
    return 0


if __name__ == "__main__":
    given = dict(enumerate(sys.argv))
    sys.exit(main(Path(given[1]), int(given.get(2, "1000000")), given.get(3, "FULL")))
