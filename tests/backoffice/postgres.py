"""A PostgreSQL server of the tests' own: real, on a free loopback port, gone when they end.

It never runs as root (PostgreSQL refuses to): root's tests run it as the `postgres` user.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.backoffice.ports import free_port

BIN = Path("/usr/lib/postgresql/15/bin")
OWNER = "postgres"  # Debian's user, and the cluster's superuser


class Server:
    """`url(name)` is a database of that name, made afresh by `make`."""

    def __init__(self, port: int) -> None:
        self.port = port

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def make(self, name: str, template: str = "template1") -> str:
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.url(name)

    def drop(self, name: str) -> None:
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        dsn = f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres"
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def server(*options: str) -> Iterator[Server]:
    """A cluster in a folder of its own. `options` are settings, such as fsync=off."""
    place = Path(tempfile.mkdtemp(prefix="returns-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(place, OWNER, OWNER)
    port = free_port()
    data, flags = place / "data", " ".join(f"-c {one}" for one in options)
    listen = f"-c listen_addresses=127.0.0.1 -p {port} -k {place} {flags}"
    try:
        _run(place, "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync",
             "--locale=C.UTF-8")  # fmt: skip
        _run(place, "pg_ctl", "-D", data, "-w", "-l", place / "log", "-o", listen, "start")
        try:
            yield Server(port)
        finally:
            _run(place, "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _run(place: Path, program: str, *arguments: str | Path) -> None:
    owner = OWNER if os.geteuid() == 0 else None
    subprocess.run(
        [BIN / program, *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=place,
        user=owner,
        group=owner,
        extra_groups=() if owner else None,
    )
