"""`make lab`: the installed product on a real kernel; one line a scenario with what it proved.

    python -m tests.lab.full [word ...]     only scenarios whose name has one of the words

Each scenario's evidence is in var/lab/<scenario>/: screens, slips, journal, the unit's log, data.
"""

import os
import resource
import shutil
import sys
import time
import traceback
from pathlib import Path

from tests.lab import cashier, needs, rootfs
from tests.lab.kernel import CACHE, LAB
from tests.lab.scenarios import SCENARIOS
from tests.lab.slips import looks
from tests.lab.unit import Bench, Unit, fresh, memory_of, powered_on

_KEPT = 4  # disks


def bench(disk: Path) -> Bench:
    """The disk and its machine at work, which the first scenario that wants it makes."""

    def copy(folder: Path) -> Path:
        return rootfs.over(disk, folder / "disk.qcow2")

    def ready(folder: Path) -> Path:
        if not memory_of(_at_work(disk)).exists():
            _start(disk)
        own = rootfs.over(_at_work(disk), folder / "disk.qcow2")
        memory_of(own).symlink_to(memory_of(_at_work(disk)))
        return own

    def keep(unit: Unit) -> None:
        if not memory_of(_at_work(disk)).exists():
            _save(unit, _at_work(disk))

    return Bench(disk, ready, copy, keep)


def _at_work(disk: Path) -> Path:
    """The disk of a machine at work (signed on, the first screen, all devices plugged), with its
    memory beside it.
    """
    return disk.with_name(disk.name.replace("unit-", "ready-"))


def _start(disk: Path) -> None:
    """Where no scenario has done it: the machine at work."""
    folder = fresh("snapshot")
    with powered_on(folder, rootfs.over(disk, folder / "disk.qcow2")) as unit:
        unit.see(cashier.SIGN_ON)
        cashier.sign_on(unit)
        _save(unit, _at_work(disk))


def _save(unit: Unit, disk: Path) -> None:
    """As it is now, for all who want to start from here; the unit itself goes on."""
    part = memory_of(disk).with_suffix(".part")
    unit.machine.save(part)
    shutil.copyfile(unit.disk, disk)
    part.rename(memory_of(disk))
    unit.machine.go_on()


def _tidy(disk: Path) -> None:
    """Forget disks of older products, but for a few that somebody may come back to."""
    disk.touch()
    for old in sorted(CACHE.glob("unit-*.qcow2"), key=lambda one: one.stat().st_mtime)[:-_KEPT]:
        for one in (old, _at_work(old), memory_of(_at_work(old))):
            one.unlink(missing_ok=True)


def main(words: list[str]) -> int:
    """0 when every scenario held."""
    began = time.monotonic()
    needs.check()
    _say("building the unit's disk (kept in var/lab/cache)")
    kept = os.environ.get("LAB_DISK")  # for whoever writes scenarios: no new disk each time
    it = bench(Path(kept) if kept else rootfs.disk(rootfs.source(CACHE / "source")))
    _tidy(it.disk)
    _say(f"the disk is {it.disk.name} after {time.monotonic() - began:.0f} s")
    failed = 0
    for scenario in SCENARIOS:
        name = scenario.__name__
        if words and not any(word in name for word in words):
            continue
        started = time.monotonic()
        try:
            proof = f"{scenario(it)}; {looks.held(LAB / name)}"
        except Exception as fault:  # noqa: BLE001 - the others are to be seen, too
            failed += 1
            _say(f"✗ {name.replace('_', ' ')}: {fault}")
            (LAB / name / "fault.txt").write_text(traceback.format_exc())
        else:
            _say(f"✓ {name.replace('_', ' ')}: {proof} ({time.monotonic() - started:.0f} s)")
            for disk in (LAB / name).rglob("*.qcow2"):  # of what failed, the disk is evidence
                disk.unlink()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = f"{time.monotonic() - began:.0f} s in all, {used.ru_utime + used.ru_stime:.0f} s of CPU"
    _say(f"{'✗' if failed else '✓'} {took}")
    return 1 if failed else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
