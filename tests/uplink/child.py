"""A terminal's uplink in a process of its own, to be killed: it records, sends, says how far."""

import sys
import time
from pathlib import Path

from tests.uplink.desk import Desk


def main() -> None:
    data, socket, seconds = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
    with Desk(data, socket) as desk:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            desk.records(1)
            sys.stdout.write(f"{desk.store.journal_head()[0]}\n")  # committed: it must arrive
            sys.stdout.flush()
            desk.turn(0.01)
        desk.until(lambda: desk.store.unsent_count() == 0, seconds=60)


if __name__ == "__main__":
    main()
