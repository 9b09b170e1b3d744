"""The back office itself, as a process of its own, and its command line."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from backoffice.settings import Settings
from tests.backoffice.ports import free_port


class RealOffice:
    """`with RealOffice(folder) as office`: it serves until the end. `names` are those by which
    terminals reach it, `more` is further text of its settings' file; on SQLite where no database
    is named.
    """

    def __init__(
        self,
        folder: Path,
        names: Sequence[str] = ("localhost", "127.0.0.1"),
        more: str = "",
        database_url: str = "",
    ) -> None:
        self._config = folder / "backoffice.toml"
        self.log = folder / "office.log"
        self.database = folder / "office.db"
        url = database_url or f"sqlite:///{self.database}"
        self._environment = os.environ | {"DATABASE_URL": url}
        self.settings = Settings(database_url=url, state_dir=folder / "office-state")
        self.port, public, self._ops = free_port(), free_port(), free_port()
        self.url = f"https://127.0.0.1:{self.port}"
        self.page = f"http://127.0.0.1:{public}/"
        known = ", ".join(f'"{one}"' for one in names)
        self._config.write_text(
            f'state_dir = "{self.settings.state_dir}"\n'
            f'[terminals]\nlisten = "127.0.0.1:{self.port}"\nnames = [{known}]\n'
            f'[public]\nlisten = "127.0.0.1:{public}"\n'
            f'[operations]\nlisten = "127.0.0.1:{self._ops}"\n{more}'
        )
        self._process: subprocess.Popen[bytes] | None = None

    def runs(self, *arguments: str, typed: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "-m", "backoffice", "--config", str(self._config), *arguments],
            env=self._environment, input=typed, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def __enter__(self) -> Self:
        self.runs("migrate")
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    *("setpriv", "--pdeathsig", "KILL"),  # it goes with who began it
                    *(sys.executable, "-m", "backoffice", "--config", str(self._config), "serve"),
                ],
                env=self._environment, stderr=log,
            )  # fmt: skip
        end = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self._ops}/healthz", timeout=5):
                    return self
            except OSError:
                assert self._process.poll() is None, self.log.read_text()
                assert time.monotonic() < end, "the back office does not answer"
                time.sleep(0.1)

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=30)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """As a machine that is switched off."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
