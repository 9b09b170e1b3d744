"""The world around a unit under measurement: gun, keyboard, printer, and an eye on its screen.

Law of the file: all of it is in the measuring process, so that the unit's memory and wake-ups are
the product's own.
"""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.fakes.printer import Machine, TcpPrinter
from tests.fakes.serial_scanner import ScannerGun

ROOT = Path(__file__).parents[2]
SERVICE = ROOT / "systemd" / "returns-terminal.service"
CACHE = ROOT / "var" / "bench" / "pyc"
PATIENCE_S = 20.0
QUIET_S = 0.03  # the line has fallen silent before the last byte is sent


class Lost(Exception):  # noqa: N818 - named for what happened
    """The unit did not show what was waited for; the row cannot be measured."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame that was written: the state behind it, when, the process' CPU time so far (ns)."""

    state: str
    at: int
    spent: int


def environment() -> dict[str, str]:
    """As on a unit: modules are compiled once. Both sides of a row get it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {"PYTHONPYCACHEPREFIX": str(CACHE), "LC_ALL": "C.UTF-8"}


def of_service() -> dict[str, str]:
    """The allocator's settings as the service has them."""
    lines = SERVICE.read_text().splitlines()
    found = [line.removeprefix("Environment=") for line in lines if line.startswith("Environment=")]
    pairs = [word.partition("=") for line in found for word in line.split()]
    return {name: value for name, _, value in pairs if name.startswith("MALLOC_")}


class DrivenUnit:
    """A unit with `folder/returns.db`; killed or stopped at the end of the `with`."""

    def __init__(self, folder: Path) -> None:
        self._machine = Machine()
        self._printer = TcpPrinter(self._machine)
        self._gun = ScannerGun(folder / "scanner")
        self._keys, self._line = pty.openpty()
        port, keys = str(self._printer.port), os.ttyname(self._line)
        command = [sys.executable, "-m", "tests.bench.unit", str(folder), port, keys]
        self.started = time.monotonic_ns()
        self._child = subprocess.Popen(
            command, stdout=subprocess.PIPE, bufsize=0, env=environment() | of_service(), cwd=ROOT
        )
        self._said = b""

    @property
    def pid(self) -> int:
        return self._child.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._child.terminate()
        try:
            self._child.wait(5)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        assert self._child.stdout is not None
        self._child.stdout.close()
        self._gun.unplug()
        os.close(self._keys)
        os.close(self._line)
        self._printer.close()

    def frame(self, state: str = "", patience: float = PATIENCE_S) -> Frame:
        """The next frame, or the next one of this state. Raises Lost."""
        due = time.monotonic() + patience
        while True:
            while b"\n" not in self._said:
                self._read(due, state)
            line, _, self._said = self._said.partition(b"\n")
            name, at, spent = line.decode().split()
            if not state or name == state:
                return Frame(name, int(at), int(spent))

    def _read(self, due: float, state: str) -> None:
        assert self._child.stdout is not None
        if not select.select([self._child.stdout], [], [], max(0.0, due - time.monotonic()))[0]:
            raise Lost(f"no frame of {state or 'any state'} came")
        data = os.read(self._child.stdout.fileno(), 65536)
        if not data:
            raise Lost(f"the unit ended before a frame of {state or 'any state'}")
        self._said += data

    def press(self, *keys: str) -> None:
        for key in keys:
            os.write(self._keys, key.encode())

    def scan(self, code: str, state: str) -> float:
        """Milliseconds from the last byte of a code until the frame of `state` is written."""
        self._gun.part(code)
        time.sleep(QUIET_S)
        start = time.monotonic_ns()
        self._gun.send(b"\r")
        return (self.frame(state).at - start) / 1e6

    def stop(self) -> Frame:
        """End it in order; its last word."""
        self._child.send_signal(signal.SIGTERM)
        return self.frame("Stopped")
