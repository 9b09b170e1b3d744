"""The demo at a terminal ends what it began, however its window is closed."""

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

ENDS_S = 90
SIGN_ON = "工号".encode()  # on the first screen


@pytest.mark.timeout(300)
def test_office_and_courier_end_with_the_window(tmp_path: Path) -> None:
    """Under make, which keeps a hang-up's signal for itself, only the line says that it is gone."""
    window, line = os.openpty()
    command = [sys.executable, "-m", "tests.demo.by_hand", "--folder", str(tmp_path / "shop")]
    demo = subprocess.Popen(command, stdin=line, stdout=line, stderr=line)
    os.close(line)
    read_until(window, SIGN_ON)
    assert len(processes_of(tmp_path)) > 2, "terminal, office and courier"
    os.close(window)
    demo.wait(ENDS_S)
    assert processes_of(tmp_path) == []


def read_until(window: int, words: bytes) -> None:
    """Until it shows these words."""
    shown, due = b"", time.monotonic() + ENDS_S
    while words not in shown:
        assert time.monotonic() < due, shown[-2000:].decode(errors="replace")
        if select.select([window], [], [], 1)[0]:
            shown += os.read(window, 65536)


def processes_of(folder: Path) -> list[str]:
    """The command lines that name the folder."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:  # it has just ended
            continue
        if str(folder) in line:
            found.append(line)
    return found
