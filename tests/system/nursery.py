"""Forks units from a warm process, so that a thousand starts cost milliseconds each.

The nursery has one thread and no store; a unit opens everything after its fork, and is a process
of its own that SIGKILL hits. `python -m tests.system.nursery FD` serves orders on a socket.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from tests.system.unit_child import Order, run_unit, warm_up

ROOT = Path(__file__).parents[2]


class Nursery:
    """The parent's side: `start` gives a running unit and its line."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.system.nursery", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                cwd=ROOT,
            )
        self._line = ours
        assert self._line.recv(64) == b'"warm"', "the nursery did not come up"

    def start(self, order: Order, errors: Path) -> "Child":
        """`errors` gets what the unit writes to its standard error."""
        ours, theirs = socket.socketpair()
        with theirs, errors.open("ab") as log:
            said = json.dumps(asdict(order)).encode()
            socket.send_fds(self._line, [said], [theirs.fileno(), log.fileno()])
        return Child(int(json.loads(self._line.recv(64))), ours, self)

    def reap(self, pid: int) -> int:
        """Wait for the unit; its exit code, or minus the signal that ended it."""
        self._line.send(json.dumps({"reap": pid}).encode())
        return int(json.loads(self._line.recv(64)))

    def close(self) -> None:
        self._line.close()
        self._process.wait(10)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Child:
    """A running unit. Its pid stays its own until `bury`, so a late kill hits nobody else."""

    def __init__(self, pid: int, line: socket.socket, nursery: Nursery) -> None:
        self.pid = pid
        self.line = line
        self._nursery = nursery
        self._buried: int | None = None

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def bury(self) -> int:
        """Wait for its end; how it ended."""
        if self._buried is None:
            self._buried = self._nursery.reap(self.pid)
        return self._buried


def serve(line: socket.socket) -> None:
    warm_up()
    line.send(b'"warm"')
    while True:
        said, fds, _, _ = socket.recv_fds(line, 4096, 2)
        if not said:
            return
        order = json.loads(said)
        if "reap" in order:
            _, status = os.waitpid(order["reap"], 0)
            line.send(json.dumps(os.waitstatus_to_exitcode(status)).encode())
            continue
        pid = os.fork()
        if pid == 0:
            _be_a_unit(line, order, fds)
        for fd in fds:
            os.close(fd)
        line.send(json.dumps(pid).encode())


def _be_a_unit(line: socket.socket, order: dict[str, Any], fds: list[int]) -> None:
    """Never returns."""
    code = 1
    try:
        line.close()
        os.dup2(fds[1], 2)
        with socket.socket(fileno=fds[0]) as told:
            run_unit(Order(**order), told)
        code = 0
    except BaseException:  # noqa: BLE001 - the process ends here, whatever it was; the file tells it
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
