"""`make lab`: the installed product on a real kernel; one line a scenario with what it proved.

    python -m tests.lab.full [word ...]     only scenarios whose name has one of the words

Each scenario's evidence is in var/lab/<scenario>/: screens, slips, journal, the unit's log, data.
"""

import os
import shutil
import sys
import time
import traceback
from pathlib import Path

from tests.lab import cashier, rootfs
from tests.lab.kernel import CACHE, LAB
from tests.lab.scenarios import SCENARIOS
from tests.lab.unit import Bench, fresh, powered_on


def bench(disk: Path) -> Bench:
    """The disk and its snapshot; the snapshot is made by the first scenario that wants it."""

    def copy(folder: Path) -> Path:
        return Path(shutil.copy2(disk, folder / "disk.qcow2"))

    def ready(folder: Path) -> Path:
        return Path(shutil.copy2(_snapshot(disk), folder / "disk.qcow2"))

    return Bench(disk, ready, copy)


def _snapshot(disk: Path) -> Path:
    """The disk with a machine at work on it: signed on, the first screen, all devices plugged."""
    made = disk.with_name(disk.name.replace("unit-", "ready-"))
    if not made.exists():
        folder = fresh("snapshot")
        part = Path(shutil.copy2(disk, made.with_suffix(".part")))
        with powered_on(folder, part) as unit:
            unit.see(cashier.SIGN_ON, seconds=240)
            cashier.sign_on(unit)
            said = unit.machine.qmp.human("savevm ready")
            if said.strip():
                raise RuntimeError(f"savevm: {said}")
            unit.machine.cut_power()
        part.rename(made)
    return made


def main(words: list[str]) -> int:
    """0 when every scenario held."""
    began = time.monotonic()
    _say("building the unit's disk (kept in var/lab/cache)")
    kept = os.environ.get("LAB_DISK")  # for whoever writes scenarios: no new disk each time
    it = bench(Path(kept) if kept else rootfs.disk(rootfs.source(CACHE / "source")))
    _say(f"the disk is {it.disk.name} after {time.monotonic() - began:.0f} s")
    failed = 0
    for scenario in SCENARIOS:
        name = scenario.__name__
        if words and not any(word in name for word in words):
            continue
        started = time.monotonic()
        try:
            proof = scenario(it)
        except Exception as fault:  # noqa: BLE001 - the others are to be seen, too
            failed += 1
            _say(f"✗ {name.replace('_', ' ')}: {fault}")
            (LAB / name / "fault.txt").write_text(traceback.format_exc())
        else:
            _say(f"✓ {name.replace('_', ' ')}: {proof} ({time.monotonic() - started:.0f} s)")
        for disk in (LAB / name).glob("*.qcow2"):
            disk.unlink()
    _say(f"{'✗' if failed else '✓'} {time.monotonic() - began:.0f} s in all")
    return 1 if failed else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
