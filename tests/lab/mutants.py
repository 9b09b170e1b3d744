"""`make lab-mutants`: a product broken on purpose must fail the scenario that guards it.

Each mutant is the installed program with a few characters changed, in a unit of its own.
"""

import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.lab import cashier, faults, restarts, rootfs
from tests.lab.full import bench
from tests.lab.kernel import CACHE
from tests.lab.unit import Bench, Missed, fresh, powered_on

_PROGRAM = "/opt/returns-terminal/lib/python3.11/site-packages"
_UNIT = "/lib/systemd/system/returns-terminal.service"


@dataclass(frozen=True, slots=True)
class Mutant:
    """`old` stands once in `file` and becomes `new`; `guard` must fail then."""

    name: str
    file: str
    old: str
    new: str
    guard: Callable[[Bench], str]


MUTANTS = (
    Mutant(
        "a slip is printed before its commit",
        f"{_PROGRAM}/terminal/counter.py",
        "            try:\n                self._commit",
        "            self._perform(step.asks)\n            try:\n                self._commit",
        restarts.disk_full,
    ),
    Mutant(
        "devices are not grabbed",
        f"{_PROGRAM}/drivers/input_nodes.py",
        "self._device.grab()",
        "pass",
        faults.keys_stay_with_the_terminal,
    ),
    Mutant(
        "what the kernel dropped is not noticed",
        f"{_PROGRAM}/drivers/hid_keys.py",
        "event.code == SYN_DROPPED",
        "event.code == -1",
        faults.scan_faster_than_its_reader,
    ),
    Mutant(
        "the text console is not restored",
        _UNIT,
        "ExecStopPost=",
        "#ExecStopPost=",
        restarts.text_console_after_every_end,
    ),
    Mutant(
        "the state is not taken up again",
        f"{_PROGRAM}/terminal/ledger.py",
        "text = self._store.load_state()",
        "text = None",
        restarts.restarted_at_the_slip,
    ),
)


def broken(whole: Bench, mutant: Mutant) -> Bench:
    """The unit with the mutant at work, signed on, as a snapshot. Missed when it cannot be made."""
    folder = fresh("mutant")
    disk = whole.ready(folder)
    with powered_on(folder, disk, restore="ready") as unit:
        change = (
            "import pathlib\n"
            f"p, old, new = pathlib.Path({mutant.file!r}), {mutant.old!r}, {mutant.new!r}\n"
            "assert p.read_text().count(old) == 1, 'the mutant does not fit'\n"
            "p.write_text(p.read_text().replace(old, new))"
        )
        unit.ask("sh", f"cat >/tmp/change.py <<'END'\n{change}\nEND")
        unit.sh("python3 /tmp/change.py && systemctl daemon-reload")
        unit.sh("systemctl kill -s KILL returns-terminal; sleep 3")
        unit.until("it runs", "systemctl is-active returns-terminal", 240)
        if not unit.look().says(cashier.READY):
            cashier.sign_on(unit)
        unit.listens()
        unit.machine.qmp.human("savevm ready")
        unit.machine.cut_power()

    def ready(other: Path) -> Path:
        return Path(shutil.copy2(disk, other / "disk.qcow2"))

    return Bench(disk, ready, ready)


def main(words: list[str]) -> int:
    """0 when every mutant was caught."""
    whole = bench(rootfs.disk(rootfs.source(CACHE / "source")))
    lived = 0
    for mutant in MUTANTS:
        if words and not any(word in mutant.name for word in words):
            continue
        began = time.monotonic()
        guard = mutant.guard.__name__.replace("_", " ")
        it = broken(whole, mutant)
        try:
            proof = mutant.guard(it)
        except Missed as fault:
            _say(f"✓ {mutant.name}: caught by {guard}: {str(fault).splitlines()[0]}")
        else:
            lived += 1
            _say(f"✗ {mutant.name}: {guard} held all the same: {proof}")
        _say(f"  ({time.monotonic() - began:.0f} s)")
    return 1 if lived else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
