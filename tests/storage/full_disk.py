"""A child that fills its disk, is told so, and goes on once there is room again.

`python -m tests.storage.full_disk FOLDER`, where FOLDER is a small disk of its own. It prints
"held" when every acknowledged commit was there after the reopen; an AssertionError says what not.
"""

import sys
from pathlib import Path

from storage.faults import DiskFault, DiskFull, StorageFault, StoreUnusable
from storage.store import Store, open_store
from tests.storage.committer import say
from tests.storage.samples import big_sale, one_screw, step

BODY = '{"note":"' + "x" * 3000 + '"}'


def commit_until_full(store: Store) -> tuple[int, StorageFault]:
    """(the last acknowledged sequence, what ended it)."""
    done = store.next_return_sequence() - 1
    try:
        while True:
            store.commit(step(done + 1, one_screw(done + 1), state=str(done + 1), body=BODY))
            done += 1
    except StorageFault as fault:
        return done, fault


def refuses(store: Store) -> bool:
    try:
        store.commit(step(0))
    except StoreUnusable:
        return True
    return False


def main(folder: Path) -> None:
    file = folder / "terminal.db"
    ballast = folder / "ballast"
    ballast.write_bytes(b"\0" * 1_000_000)
    store = open_store(file)
    store.add_sales([big_sale()])
    done, fault = commit_until_full(store)
    say(f"{done} {type(fault).__name__}")
    assert done > 0
    assert isinstance(fault, DiskFull | DiskFault), fault
    assert refuses(store)
    assert store.load_state() == str(done), "reading goes on"
    try:
        store.close()
    except StorageFault as closing:
        say(f"close: {type(closing).__name__}")
    ballast.unlink()
    with open_store(file) as again:
        assert again.next_return_sequence() == done + 1
        assert again.load_state() == str(done)
        again.commit(step(done + 1, one_screw(done + 1)))
    say("held")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
