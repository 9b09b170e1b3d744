"""`make lab`: the installed product on a real kernel; one line a scenario with what it proved.

    python -m tests.lab.full [word ...]     only scenarios whose name has one of the words

Each scenario's evidence is in var/lab/<scenario>/: screens, slips, journal, the unit's log, data.
"""

import os
import sys
import time
import traceback
from pathlib import Path

from tests.lab import cashier, rootfs
from tests.lab.kernel import CACHE, LAB
from tests.lab.scenarios import SCENARIOS
from tests.lab.unit import Bench, fresh, memory_of, powered_on


def bench(disk: Path) -> Bench:
    """The disk and its machine at work, which the first scenario that wants it makes."""

    def copy(folder: Path) -> Path:
        return rootfs.over(disk, folder / "disk.qcow2")

    def ready(folder: Path) -> Path:
        own = rootfs.over(_at_work(disk), folder / "disk.qcow2")
        memory_of(own).symlink_to(memory_of(_at_work(disk)))
        return own

    return Bench(disk, ready, copy)


def _at_work(disk: Path) -> Path:
    """The disk of a machine at work (signed on, the first screen, all devices plugged), with its
    memory beside it.
    """
    made = disk.with_name(disk.name.replace("unit-", "ready-"))
    if not memory_of(made).exists():
        folder = fresh("snapshot")
        part = rootfs.over(disk, made)
        with powered_on(folder, part) as unit:
            unit.see(cashier.SIGN_ON, seconds=240)
            cashier.sign_on(unit)
            unit.machine.save(memory_of(made).with_suffix(".part"))
            unit.machine.cut_power()
        memory_of(made).with_suffix(".part").rename(memory_of(made))
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
