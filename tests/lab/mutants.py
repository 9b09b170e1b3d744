"""`make lab-mutants`: a product broken on purpose must fail the scenario that guards it, and why.

    python -m tests.lab.mutants [word ...]     only mutants whose name has one of the words

Law of the file: a guard that fails for another reason than the mutant's own proves nothing, nor
does one that fails with the product as it is: each is run unbroken first. A mutant is the installed
program with a few characters changed, on a disk over that of the machine at work.
"""

import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.lab import cashier, faults, needs, office, restarts, rootfs
from tests.lab.full import bench
from tests.lab.kernel import CACHE, LAB
from tests.lab.qmp import QmpFault
from tests.lab.unit import Bench, Missed, fresh, memory_of, powered_on

_PROGRAM = "/opt/returns-terminal/lib/python3.11/site-packages"
_UNITS = "/usr/lib/systemd/system"
KEPT = LAB / "mutants"
Guard = Callable[[Bench], str]


@dataclass(frozen=True, slots=True)
class Mutant:
    """`old` stands once in `file` of the repository and becomes `new`; then `guard` must fail with
    a sentence in which `because` is found.
    """

    name: str
    file: str
    old: str
    new: str
    guard: Guard
    because: str

    @property
    def installed(self) -> str:
        folder, _, name = self.file.partition("/")
        return f"{_UNITS}/{name}" if folder == "systemd" else f"{_PROGRAM}/{self.file}"


MUTANTS = (
    Mutant(
        "a slip is printed before its commit",
        "terminal/counter.py",
        "            try:\n                self._commit(step)\n",
        "            self._perform(tuple(effects.SendSlip(ask.job, one.ret)"
        " for one in step.records if isinstance(one, effects.ReturnRecorded)"
        " for ask in step.asks if isinstance(ask, effects.PrepareSlip)))\n"
        "            try:\n                self._commit(step)\n",
        restarts.disk_full,
        "nothing was printed|slips came out",
    ),
    Mutant(
        "devices are not grabbed",
        "drivers/input_nodes.py",
        "self._device.grab()",
        "pass",
        faults.keys_stay_with_the_terminal,
        "was not restarted|reboot: Restarting system|in front",
    ),
    Mutant(
        "what the kernel dropped is not noticed",
        "drivers/hid_keys.py",
        "event.code == SYN_DROPPED",
        "event.code == -1",
        faults.scan_faster_than_its_reader,
        re.escape(cashier.AGAIN),
    ),
    Mutant(
        "the text console is not restored",
        "systemd/returns-terminal.service",
        "\nExecStopPost=",
        "\n#ExecStopPost=",
        restarts.text_console_after_every_end,
        "the console is text",
    ),
    Mutant(
        "the state is not taken up again",
        "terminal/ledger/ledger.py",
        "text = self._store.load_state()",
        "text = None",
        restarts.restarted_at_the_slip,
        re.escape(cashier.WAITING),
    ),
    Mutant(
        "the courier is given the devices",
        "systemd/returns-courier.service",
        "DevicePolicy=closed\nPrivateDevices=yes\n",
        "",
        office.delivered_to_the_office,
        "the courier may open",
    ),
)


def broken(whole: Bench, mutant: Mutant) -> Bench:
    """Machines with the mutant at work, signed on. Missed when it cannot be made."""
    folder = fresh("mutants/machine")
    disk = whole.ready(folder)
    with powered_on(folder, disk, restore="ready") as unit:
        change = (
            "import pathlib\n"
            f"p, old, new = pathlib.Path({mutant.installed!r}), {mutant.old!r}, {mutant.new!r}\n"
            "assert p.read_text().count(old) == 1, 'the mutant does not fit'\n"
            "p.write_text(p.read_text().replace(old, new))"
        )
        unit.sh(f"cat >/tmp/change.py <<'END'\n{change}\nEND\npython3 /tmp/change.py && sync")
        before = unit.sh(restarts._PID).strip()
        unit.sh("systemctl daemon-reload; systemctl kill -s KILL returns-terminal")
        another = f"systemctl is-active returns-terminal && test $({restarts._PID}) -ne {before}"
        unit.until("it runs", another)
        if unit.see_one(cashier.READY, cashier.SIGN_ON) == cashier.SIGN_ON:
            cashier.sign_on(unit)
        unit.listens()
        memory_of(disk).unlink()  # a link to the whole product's
        unit.machine.save(memory_of(disk))
        unit.machine.cut_power()

    def ready(other: Path) -> Path:
        own = rootfs.over(disk, other / "disk.qcow2")
        memory_of(own).symlink_to(memory_of(disk))
        return own

    return Bench(disk, ready, ready)


def _kept(name: str) -> Path:
    return KEPT / name.replace(" ", "_")


@contextmanager
def evidence(guard: Guard, name: str) -> Iterator[None]:
    """What the guard leaves goes to var/lab/mutants/<name>; that of the lab's own run stays."""
    usual, aside = LAB / guard.__name__, LAB / f"{guard.__name__}.aside"
    if usual.exists():
        usual.rename(aside)
    try:
        yield
    finally:
        kept = _kept(name)
        shutil.rmtree(kept, ignore_errors=True)
        KEPT.mkdir(parents=True, exist_ok=True)
        if usual.exists():
            usual.rename(kept)
        for disk in [*kept.glob("*.qcow2"), *kept.glob("*.memory")]:
            disk.unlink()
        if aside.exists():
            aside.rename(usual)


def verdict(mutant: Mutant, whole: Bench) -> tuple[bool, str]:
    """Whether the guard holds for the product and catches the mutant, and what it said."""
    guard = mutant.guard.__name__.replace("_", " ")
    try:
        with evidence(mutant.guard, f"without {mutant.name}"):
            mutant.guard(whole)
    except (Missed, OSError, QmpFault) as fault:
        return False, f"{guard} fails without it: {fault}"
    try:
        it = broken(whole, mutant)
    except (Missed, OSError, QmpFault) as fault:
        return False, f"could not be made: {fault}"
    try:
        with evidence(mutant.guard, mutant.name):
            proof = mutant.guard(it)
    except (Missed, OSError, QmpFault) as fault:
        said = f"{str(fault).splitlines()[0]}{_last_words(mutant)}"
        said = said.replace(str(LAB / mutant.guard.__name__), str(_kept(mutant.name)))
        if re.search(mutant.because, said):
            return True, f"caught by {guard}: {said}"
        return False, f"{guard} fails for another reason than {mutant.because!r}: {said}"
    return False, f"{guard} held all the same: {proof}"


def _last_words(mutant: Mutant) -> str:
    """What the kernel said last on its console; empty when it said nothing."""
    console = _kept(mutant.name) / "lines" / "console.log"
    lines = console.read_text(errors="replace").splitlines() if console.exists() else []
    return f" (console: {lines[-1].strip()})" if lines else ""


def main(words: list[str]) -> int:
    """0 when every mutant was caught for its own reason."""
    needs.check()
    kept = os.environ.get("LAB_DISK")  # as of `make lab`
    whole = bench(Path(kept) if kept else rootfs.disk(rootfs.source(CACHE / "source")))
    failed = 0
    for mutant in MUTANTS:
        if words and not any(word in mutant.name for word in words):
            continue
        began = time.monotonic()
        caught, said = verdict(mutant, whole)
        failed += not caught
        _say(f"{'✓' if caught else '✗'} {mutant.name}: {said} ({time.monotonic() - began:.0f} s)")
    return 1 if failed else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
