"""What stands around the demo's terminal: back office and courier, each a process of its own.

The terminal is let in as any unit is: by a one-time code, over TLS with certificates of the
office's own CA. All of it listens on loopback and ends with the demo.
"""

import contextlib
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import date
from pathlib import Path

from terminal import demo_shop
from terminal.settings.values import Settings

CLERK, PASSWORD = "Chen", "demo desk password"
READY_S = 30.0

_OFFICE = """\
state_dir = "{folder}"
[database]
url = "sqlite:///{folder}/office.db"
[shop]
name = {{ zh = "示例百货", en = "Example Store" }}
phone = "0571-00000000"
[public]
url = "http://127.0.0.1:{public}/"
slip_url = "HTTP://127.0.0.1:{public}/"
listen = "127.0.0.1:{public}"
[terminals]
listen = "127.0.0.1:{terminals}"
spread_s = 0
[operations]
listen = "127.0.0.1:{operations}"
[review]
above = 0
[rails.kinds]
wechat = "simulator"
alipay = "simulator"
card = "simulator"
[rails.simulator]
delay_s = 1
"""


class Around:
    """`start` brings both up and enrols the terminal; `close` ends them."""

    def __init__(self, folder: Path, config: Path) -> None:
        self._folder = folder
        self._config = config
        self._office = folder / "office"
        self._courier = folder / "courier"
        self._ports = dict(zip(("public", "terminals", "operations"), _free(3), strict=True))
        self._processes: list[subprocess.Popen[bytes]] = []
        self.socket = folder / "courier.sock"
        self.page = f"http://127.0.0.1:{self._ports['public']}/"
        self.desk = f"{self.page}desk"
        self.database = self._office / "office.db"

    def start(self, name: str) -> None:
        """Everything up to the courier's socket. Raises CalledProcessError, TimeoutError."""
        self._office.mkdir(parents=True, exist_ok=True)
        self._courier.mkdir(exist_ok=True)
        file = self._office / "backoffice.toml"
        new = not self.database.exists()
        file.write_text(_OFFICE.format(folder=self._office, **self._ports), "utf-8")
        self._run("migrate")
        if new:
            self._run("user", "add", CLERK, "manager", typed=f"{PASSWORD}\n")
        sales = self._office / "sales.jsonl"
        sales.write_text("".join(demo_shop.sale_lines(_today())), "utf-8")
        self._run("import-sales", str(sales))
        self._spawn("office", "backoffice", "--config", str(file), "serve")
        self._until(lambda: _answers(f"http://127.0.0.1:{self._ports['operations']}/readyz"))
        code = re.search(r"[0-9A-Z*~$=]{11}\.[A-Z2-7]{16}", self._run("enrol-code", name))
        assert code is not None, "the office prints a code"
        self._enrol(code[0])
        self._spawn(
            "courier", "terminal.courier", "--socket", str(self.socket), "--state",
            str(self._courier),
        )  # fmt: skip
        self._until(self.socket.exists)

    def close(self) -> None:
        for process in reversed(self._processes):
            process.terminate()
        for process in self._processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _enrol(self, code: str) -> None:
        """The terminal's own command, on a copy of its settings that names the demo's folder."""
        subprocess.run(
            [sys.executable, "-m", "terminal.cli", "--config", str(self._config), "enrol", code,
             "--url", f"https://127.0.0.1:{self._ports['terminals']}", "--state",
             str(self._courier)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip

    def _run(self, *words: str, typed: str = "") -> str:
        config = ("--config", str(self._office / "backoffice.toml"))
        done = subprocess.run(
            [sys.executable, "-m", "backoffice", *config, *words],
            input=typed, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout

    def _spawn(self, name: str, *module: str) -> None:
        log = (self._folder / f"{name}.log").open("ab")
        with log:
            command = [sys.executable, "-m", *module]
            self._processes.append(subprocess.Popen(command, stdout=log, stderr=log))

    def _until(self, done: Callable[[], bool]) -> None:
        due = time.monotonic() + READY_S
        while not done():
            ended = [one for one in self._processes if one.poll() is not None]
            if ended or time.monotonic() > due:
                logs = ", ".join(map(str, self._folder.glob("*.log")))
                raise TimeoutError(f"back office or courier did not come up: see {logs}")
            time.sleep(0.05)


def config_for(folder: Path, source: Path, settings: dict[str, object]) -> Path:
    """A copy of the settings' folder whose terminal.toml says `settings` (one of [terminal])."""
    copy = folder / "config"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(source, copy)
    file = copy / "terminal.toml"
    lines = file.read_text("utf-8").splitlines()
    for key, value in settings.items():
        at = next(n for n, line in enumerate(lines) if line.startswith(f"{key} ="))
        lines[at] = f'{key} = "{value}"'
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return copy


def name_of(settings: Settings) -> str:
    return f"{settings.business_unit}-{settings.workstation}"


def _today() -> date:
    return date.today()


def _answers(url: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:
        return bool(answer.status == 200)
    return False


def _free(count: int) -> list[int]:
    """Ports that nobody listens on now."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports
