"""No two of a run's servers are given one port."""

import os
import socket
import subprocess
import sys

from tests.backoffice.ports import free_port


def test_none_twice() -> None:
    some = [free_port() for _ in range(500)]
    assert len(set(some)) == 500


def test_none_that_is_taken() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", free_port()))
        taken = held.getsockname()[1]
        assert taken not in {free_port() for _ in range(20_000)}


def test_no_process_of_the_run_has_one_of_another() -> None:
    first, second = (every_port_of(worker) for worker in ("gw0", "gw1"))
    assert first
    assert not first & second


def every_port_of(worker: str) -> set[str]:
    program = "from tests.backoffice.ports import *; [print(free_port()) for _ in range(9000)]"
    told = {"PYTEST_XDIST_WORKER": worker, "PYTEST_XDIST_WORKER_COUNT": "2"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | told, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(done.stdout.split())
