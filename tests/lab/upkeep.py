"""What the shop's engineer does with a unit: commission, read its journal, upgrade, uninstall.

Law of the file: commands are those of docs/COMMISSIONING.md, typed at a root shell.
"""

import json
import subprocess
from pathlib import Path
from typing import Any

from drivers.key_learner import LEARNED
from terminal.ui.words import N_
from tests.lab import cashier, checks
from tests.lab.cashier import READY, W, whole_return
from tests.lab.faults import UNIT, at_ready_screen, done
from tests.lab.rootfs import PIN, RELEASE, WHEELS
from tests.lab.scanners import NAME as SCANNER
from tests.lab.scanners import SCANNER_LOST, SETTINGS, tell
from tests.lab.unit import Bench, Unit, powered_on

_ETC, _DATA = "/etc/returns-terminal", "/var/lib/returns-terminal"
_NAMES = {"confirm": N_("Confirm"), "cancel": N_("Cancel"), "backspace": N_("Correct")}
_ARROWS = {"up": "↑", "down": "↓"}
_KEYS = {"confirm": "ret", "cancel": "esc", "backspace": "backspace", ".": "dot", "00": "tab"}
CARD = "6222021234567894"


def in_background(unit: Unit, command: str, log: str) -> None:
    """A command that waits for people, or takes long; its exit code goes into `log`.rc."""
    unit.sh(f"setsid sh -c '{command} >{log} 2>&1; echo $? >{log}.rc' >/dev/null 2>&1 &")


def ended_well(unit: Unit, log: str) -> str:
    """What the command said; Missed when its exit code is not 0."""
    unit.until("it has ended", f"test -s {log}.rc")
    said = unit.sh(f"cat {log}")
    checks.holds(f"exit code 0:\n{said}", holds=unit.sh(f"cat {log}.rc").strip() == "0")
    return said


def opened(unit: Unit, node: str) -> None:
    """Wait until our program has the device: an emulated CPU needs seconds for it."""
    ours = "for p in $(pgrep -f /opt/returns-terminal); do ls -l /proc/$p/fd 2>/dev/null; done"
    unit.until(f"{node} is open", f"{ours} | grep -q $(readlink -f {node})$")


def commissioned_as_the_page_says(bench: Bench) -> str:
    """Learn the keys, print the test slip, scan its code back: all good; then a return."""
    with at_ready_screen(bench, "commissioned_as_the_page_says") as unit:
        unit.sh(f"systemctl stop {UNIT}")
        in_background(unit, "returns-terminal learn-keys counter-2", "/tmp/learn")
        opened(unit, "/dev/returns/keypad")
        for name in LEARNED:
            shown = _ARROWS.get(name) or W(_NAMES.get(name, name.upper()))
            unit.see(W("Press the key for: {name}", name=shown))
            unit.press(_KEYS.get(name, name))
        ended_well(unit, "/tmp/learn")
        tell(unit, "keypad", keymap="counter-2")
        in_background(unit, "returns-terminal check --print-test-slip", "/tmp/check")
        said = ended_well(unit, "/tmp/check")
        (slip,) = unit.slips.save(unit.folder)
        code = checks.code_of(slip)
        # as at a terminal, where each line is told at once
        in_background(unit, "PYTHONUNBUFFERED=1 returns-terminal check --scan 90", "/tmp/scan")
        unit.until("it asks for a scan", "grep -q 扫任意码 /tmp/scan")
        opened(unit, SCANNER)
        unit.scan(code)
        said += ended_well(unit, "/tmp/scan")
        (unit.folder / "check.txt").write_text(said)
        checks.holds(f"{code} was scanned back:\n{said}", holds=code in said)
        marks = [line[0] for line in said.splitlines() if line and line[0] in "✓✗"]
        checks.holds(f"all is well:\n{said}", holds=bool(marks) and "✗" not in marks)
        unit.sh(f"systemctl start {UNIT}")
        unit.see(READY)
        unit.listens()
        whole_return(unit)
        kinds, _ = checks.books(unit)
        checks.recorded_once(kinds)
    return f"{len(LEARNED)} keys learned, test slip scanned back as {code}, {len(marks)} checks ✓"


def journal_tells_no_secret(bench: Bench) -> str:
    """A card where the receipt should be, a scanner pulled, a return; then the journal is read."""
    with at_ready_screen(bench, "journal_tells_no_secret") as unit:
        _scan_a_card(unit)
        unit.unplug("wedge")
        unit.see(SCANNER_LOST)
        unit.plug("wedge")
        unit.see_no_more(SCANNER_LOST)
        whole_return(unit)
        done(unit)
        lines = journal(unit)
        weights = {line["PRIORITY"] for line in lines}
        checks.holds(f"a loss weighs more than a return: {weights}", holds={"4", "6"} <= weights)
        fields = {"MESSAGE", "PRIORITY", "SYSLOG_IDENTIFIER", "_SYSTEMD_UNIT", "_PID"}
        checks.holds("each has its fields", holds=all(fields <= set(line) for line in lines))
        code = checks.code_of(unit.folder / "printed-001.png").rpartition("/")[2]
        secrets = (CARD, CARD[6:12], PIN, "王芳", code)
        found = [one for one in secrets if any(one in line["MESSAGE"] for line in lines)]
        checks.holds(f"in the journal: {found}", holds=not found)
    return f"{len(lines)} lines of weights {sorted(weights)}: no PIN, name, card or short code"


def _scan_a_card(unit: Unit) -> None:
    unknown = W("Receipt not found")
    refused = W("This code is not one for returns: {0}").partition("{")[0]
    said = cashier.scan(unit, CARD, unknown, refused)
    unit.look("a-card")
    if said == unknown:
        unit.press("esc")
    unit.see(READY)


def journal(unit: Unit) -> list[dict[str, Any]]:
    """The program's own lines."""
    said = unit.sh(f"journalctl -u {UNIT} -o json --no-pager SYSLOG_IDENTIFIER={UNIT}")
    return [json.loads(line) for line in said.splitlines() if line.startswith("{")]


def upgraded_and_uninstalled(bench: Bench) -> str:
    """A new release in the middle of a return; at the end the program goes, the data stays."""
    with at_ready_screen(bench, "upgraded_and_uninstalled") as unit:
        cashier.open_receipt(unit)
        cashier.choose_goods(unit)
        unit.see(W("Why does it come back?"))
        unit.sh(f"sed -i 's/^idle_lock_seconds = 300/idle_lock_seconds = 1800/' {SETTINGS}")
        unit.sh(f"sed -i '1i # a new release' {RELEASE}/config/terminal.toml")
        before = unit.sh("readlink /opt/returns-terminal")
        unit.sh("sync")
        unit.machine.cut_power()
    said = upgrade(unit.disk)
    (unit.folder / "upgrade.txt").write_text(said)
    with powered_on(unit.folder, unit.disk) as unit:
        unit.see(W("Why does it come back?"))
        unit.listens()
        checks.holds("another program", holds=unit.sh("readlink /opt/returns-terminal") != before)
        unit.sh(f"grep -q '^idle_lock_seconds = 1800' {SETTINGS}")
        unit.sh(f"grep -q 'a new release' {SETTINGS}.new")
        for step in cashier.STEPS[2:]:
            step(unit, "wedge")
        done(unit)
        _uninstall(unit)
    return "upgraded in the middle of a return, which went on; removed, data and settings untouched"


def upgrade(disk: Path) -> str:
    """The unit's own disk, as an image on another machine: an emulated CPU needs ten minutes."""
    raw, new = disk.with_suffix(".raw"), disk.with_suffix(".new")
    subprocess.run(("qemu-img", "convert", "-O", "raw", disk, raw), check=True)
    install = (
        'mkdir -p "$1" && mount -o loop "$0" "$1" && cd "$1$2" && '
        './install.sh --root "$1" --no-apt --wheels "$1$3" && cd / && umount "$1"'
    )
    command = ("sh", "-c", install, raw, disk.with_suffix(".root"), RELEASE, WHEELS)
    done = subprocess.run(
        ("unshare", "--mount", *command), capture_output=True, text=True, check=False
    )
    checks.holds(f"{done.stdout}{done.stderr}", holds=done.returncode == 0)
    subprocess.run(("qemu-img", "convert", "-O", "qcow2", raw, new), check=True)
    raw.unlink()
    new.rename(disk)
    return done.stdout


def _uninstall(unit: Unit) -> None:
    unit.sh(f"systemctl stop {UNIT}")
    sums = f"sha256sum {_DATA}/returns.db {_ETC}/*.toml"
    kept = unit.sh(sums)
    in_background(unit, f"{RELEASE}/install.sh --uninstall", "/tmp/uninstall")
    (unit.folder / "uninstall.txt").write_text(ended_well(unit, "/tmp/uninstall"))
    unit.sh("test ! -e /opt/returns-terminal && ! command -v returns-terminal")
    checks.holds("data and settings are as they were", holds=unit.sh(sums) == kept)
    unit.until("there is a login", "systemctl is-active getty@tty1")
    unit.look("login-prompt")


UPKEEP = (commissioned_as_the_page_says, journal_tells_no_secret, upgraded_and_uninstalled)
