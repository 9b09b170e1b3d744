"""The real program, as systemd runs it: ready with its first screen, alive while its loop is."""

import os
import pty
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from fcntl import ioctl
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WATCHDOG = 0.4  # seconds that the service manager allows
# What the installed `returns-terminal` does, on the code of this checkout.
PROGRAM = "import sys; from terminal.cli import main; sys.exit(main())"
FIRST_SCREEN = "Go on to the PIN"


def configured(folder: Path) -> Path:
    """The shipped settings with the devices of this test: a console and a file for the printer."""
    config = folder / "config"
    shutil.copytree(ROOT / "config", config)
    file = config / "terminal.toml"
    text = file.read_text()
    for section, key, value in (
        ("terminal", "language", "en"),
        ("terminal", "data", str(folder / "data")),
        ("scanner", "kind", "none"),
        ("keypad", "kind", "none"),
        ("screen", "kind", "console"),
        ("printer", "link", "file"),
        ("printer", "path", str(folder / "slips")),
    ):
        line = re.compile(rf"(^\[{section}\]$(?:(?!^\[).*\n)*?^{key} *= *)\S+", re.MULTILINE)
        text, changed = line.subn(rf'\1"{value}"', text, count=1)
        assert changed == 1, (section, key)
    file.write_text(text)
    (folder / "data").mkdir()
    return config


class Service:
    """The program with a console of its own and a manager that listens."""

    def __init__(self, folder: Path) -> None:
        config = configured(folder)
        self._manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._manager.bind(str(folder / "notify"))
        self.screen, line = pty.openpty()
        ioctl(line, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.log = folder / "log"
        with self.log.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, "--config", str(config), "run"],
                stdin=line,
                stdout=line,
                stderr=errors,
                cwd=ROOT,
                env={
                    **os.environ,
                    "NOTIFY_SOCKET": str(folder / "notify"),
                    "WATCHDOG_USEC": str(int(WATCHDOG * 1_000_000)),
                },
            )
        os.close(line)

    def told(self, seconds: float) -> str:
        """The next word to the manager; empty when none came in time."""
        if not select.select([self._manager], [], [], seconds)[0]:
            return ""
        return self._manager.recv(4096).decode()

    def wait_for(self, word: str, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (said := self.told(max(0.0, end - time.monotonic()))) != word:
            assert said, f"no {word} within {seconds} s: {self.log.read_text()}"

    def shown(self) -> str:
        """What is on the console now."""
        seen = b""
        while select.select([self.screen], [], [], 0)[0]:
            try:
                seen += os.read(self.screen, 65536)
            except OSError:  # the program has closed its end
                break
        return seen.decode()

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        self._manager.close()
        os.close(self.screen)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    one = Service(tmp_path)
    yield one
    one.close()


def test_ready_comes_with_the_first_screen_and_an_orderly_stop_is_said(service: Service) -> None:
    assert service.told(20) == "READY=1", service.log.read_text()
    assert FIRST_SCREEN in service.shown(), "ready was said before anything was shown"
    service.process.send_signal(signal.SIGTERM)
    service.wait_for("STOPPING=1", 5)
    assert service.process.wait(10) == 0, service.log.read_text()


def test_the_loop_feeds_the_watchdog_in_time_and_a_hung_one_does_not(service: Service) -> None:
    service.wait_for("READY=1", 20)
    service.wait_for("WATCHDOG=1", 5)
    for _ in range(3):
        assert service.told(WATCHDOG) == "WATCHDOG=1"
    service.process.send_signal(signal.SIGSTOP)
    time.sleep(0.05)
    while service.told(0):
        continue  # what was said before it hung
    assert service.told(1.5 * WATCHDOG) == "", "somebody feeds the watchdog while the loop hangs"
    service.process.send_signal(signal.SIGCONT)
    service.wait_for("WATCHDOG=1", 2)
