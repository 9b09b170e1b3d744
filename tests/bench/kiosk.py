"""The peer for memory and wake-ups: a Chromium kiosk with a still page, where it is installed."""

import shutil
import subprocess
import time
from pathlib import Path

from tests.bench.processes import memory, switches

SETTLE_S, WATCH_S = 8.0, 8.0
PAGE = "data:text/html,<h1>退货 Returns</h1><p>请扫描小票 Scan the receipt"


def kiosk(folder: Path) -> tuple[float, float, float] | None:
    """Rss and Pss in MB and wake-ups a second of all its processes; None where there is none."""
    program = shutil.which("chromium")
    if program is None:
        return None
    options = ("--headless", "--no-sandbox", "--no-first-run", f"--user-data-dir={folder}/kiosk")
    child = subprocess.Popen(
        [program, *options, "--remote-debugging-port=0", "--window-size=1024,600", PAGE],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(SETTLE_S)
        family = _family(child.pid)
        before = sum(map(switches, family))
        time.sleep(WATCH_S)
        woken = (sum(map(switches, family)) - before) / WATCH_S
        rss, pss = (sum(memory(pid, kind) for pid in family) for kind in ("Rss", "Pss"))
    finally:
        child.terminate()
        child.wait()
    return rss, pss, woken


def _family(pid: int) -> list[int]:
    """The process and its descendants."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found
