"""`returns-terminal learn-scanner`: the device that the shown code arrives from is the scanner.

Law of the file: as docs/COMMISSIONING.md tells it. What the search prints is put down as it stands.
"""

import re

from tests.lab import checks
from tests.lab.cashier import READY, SILENCE, W, whole_return
from tests.lab.faults import UNIT, at_ready_screen, done
from tests.lab.scanners import NAME, SETTINGS
from tests.lab.unit import Bench, Unit
from tests.lab.upkeep import ended_well, in_background, opened

ASKED, FOUND = W("Scan this code now"), W("This is the scanner")
OTHER = W("This is not the code shown: {got}").partition("{")[0]
PREFIX = "ab"  # nobody told the terminal of it
# Each by the name that the lab has for it, the kind that is to be found, and where its node is.
SCANNERS = (
    ("reporter", "hid-pos", "/dev/returns/hid-pos-scanner"),
    ("serial", "serial", "/dev/serial/by-id/*cdc*"),
    ("keyboard", "hid", "/dev/input/by-id/*keyboard*event-kbd"),  # of a maker no rule knows
)


def learn_scanner(bench: Bench) -> str:
    """One of each kind; the last types a prefix, too, and the return is made with it."""
    with at_ready_screen(bench, "learn_scanner") as unit:
        unit.unplug("wedge")
        unit.sh(f"systemctl stop {UNIT}")
        unit.ask("configure", "keyboard", PREFIX)
        table = ""
        for name, kind, node in SCANNERS:
            unit.plug(name)
            unit.until(f"{name} is there", f"test -c $(readlink -f {node})")
            table = _search(unit, name, node)
            checks.holds(f"not {kind}:\n{table}", holds=f'kind = "{kind}"' in table)
            if name != "keyboard":
                unit.unplug(name)
        unit.until("no scanner has the name", f"test ! -e {NAME}")
        _put_down(unit, table)
        profile = unit.sh("cat /etc/returns-terminal/scanners/learned.toml")
        checks.holds(f"no prefix in:\n{profile}", holds=f'prefix = "{PREFIX}"' in profile)
        unit.sh(f"systemctl start {UNIT}")
        unit.see(READY)
        unit.listens()
        whole_return(unit, by="keyboard")
        done(unit)
    kinds = ", ".join(kind for _, kind, _ in SCANNERS)
    return f"{kinds} found by the code on the screen; a return with the last, prefix {PREFIX!r}"


def _search(unit: Unit, name: str, node: str) -> str:
    """What stands for [scanner] from now on."""
    log = f"/tmp/learn-{name}"
    in_background(unit, "returns-terminal learn-scanner", log)
    (code,) = unit.see(ASKED).codes()
    opened(unit, node)
    unit.scan("6901234567892", by=name)
    unit.see(OTHER)
    for _ in range(3):  # an emulated bus may pause inside a code, which then is none
        unit.scan(code, by=name)
        if unit.saw(FOUND, seconds=SILENCE):
            break
    unit.see(FOUND)
    said = ended_well(unit, log)
    (unit.folder / f"learn-{name}.txt").write_text(said)
    (table,) = re.findall(r"(?ms)^\[scanner\]\n.*?^$", said)
    return str(table)


def _put_down(unit: Unit, table: str) -> None:
    """In place of the table that is there."""
    old = unit.sh(f"cat {SETTINGS}")
    new, count = re.subn(r"(?ms)^\[scanner\]\n.*?(?=^\[)", lambda _: f"{table}\n", old)
    checks.holds("one table [scanner]", holds=count == 1)
    unit.sh(f"cat >{SETTINGS} <<'END'\n{new}END")
