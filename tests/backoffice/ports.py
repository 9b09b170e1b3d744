"""Ports on loopback for the servers that tests start."""

import contextlib
import itertools
import os
import random
import socket
from collections.abc import Iterator

_LOWEST, _ABOVE = 15_000, 32_000


def free_port() -> int:
    """One that nobody has, and that no other call gets, in this process or another of the run.

    Between asking and listening a port is free to all. So they lie below those that the kernel
    gives to connections (ip(7)), each of the run's processes has its own share of them, and none
    is given twice before all were.
    """
    for port in _SHARE:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("an endless share has ended")


def _share() -> Iterator[int]:
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    ports = list(range(_LOWEST + worker, _ABOVE, workers))
    random.SystemRandom().shuffle(ports)  # other runs on this machine begin elsewhere
    return itertools.cycle(ports)


_SHARE = _share()
