"""Ends of the program, and what the system may do to it: restart, hang, disk full, clock back."""

import re

from tests.lab import cashier, checks
from tests.lab.cashier import NUMBER, WAITING, Step, W, whole_return
from tests.lab.faults import UNIT, at_ready_screen, done
from tests.lab.rootfs import WATCHDOG
from tests.lab.unit import Bench, Unit

_TEXT, _GRAPHICS = "0", "1"
_MODE = (
    "/opt/returns-terminal/bin/python -c 'import fcntl; "
    'print(fcntl.ioctl(open("/dev/tty1"), 0x4B3B, bytes(8))[0])\''
)
_ENDED = f"systemctl show -p ActiveState --value {UNIT} | grep -qE '^(inactive|failed)$'"
_PID = f"systemctl show -p MainPID --value {UNIT}"


def _console(unit: Unit) -> str:
    """The mode of the unit's console as the kernel has it: 0 text, 1 graphics."""
    return unit.sh(_MODE).strip()


def restarted_at_the_slip(bench: Bench) -> str:
    """`systemctl restart` and a kill -9 while the customer is waited for: the same screen again."""
    with at_ready_screen(bench, "restarted_at_the_slip") as unit:

        def end(step: Step) -> None:
            if step is not cashier.sign:
                return
            for how in (f"systemctl restart {UNIT}", f"systemctl kill -s KILL {UNIT}"):
                before = unit.sh(_PID).strip()
                unit.sh(how)
                another = f"systemctl is-active {UNIT} && test $({_PID}) -ne {before}"
                unit.until("another process is at work", another)
                said = unit.see_one(WAITING, cashier.SIGN_ON, cashier.READY)
                checks.holds(f"after {how} not {WAITING}: {said}", holds=said == WAITING)
                unit.see(WAITING, NUMBER)
                unit.listens()

        whole_return(unit, between=end)
        done(unit)
    return "the waiting screen came back after each; nothing was printed again"


def hang_is_ended_by_the_watchdog(bench: Bench) -> str:
    with at_ready_screen(bench, "hang_is_ended_by_the_watchdog") as unit:
        checks.holds("pictures have the console", holds=_console(unit) == _GRAPHICS)
        cashier.open_receipt(unit)
        cashier.choose_goods(unit)
        unit.sh(f"systemctl kill -s STOP {UNIT}")
        unit.until(
            "systemd saw the hang",
            f"journalctl -u {UNIT} | grep -q 'Watchdog timeout'",
            3 * WATCHDOG,
        )
        unit.until("the unit is back", f"systemctl is-active {UNIT}")
        unit.listens()
        for step in cashier.STEPS[2:]:
            step(unit, "wedge")
        done(unit)
        unit.sh(f"systemctl stop {UNIT}")
        checks.holds("the console is text again", holds=_console(unit) == _TEXT)
        unit.look("stopped")
    return f"killed after {WATCHDOG} s, back on the screen it hung on, and the return went on"


def text_console_after_every_end(bench: Bench) -> str:
    """Stop, kill -9 and a crash: text again by the unit's own hand; graphics with the next start.

    Neither systemd's reset of the console nor the login prompt's may help: not every system has it.
    """
    with at_ready_screen(bench, "text_console_after_every_end") as unit:
        unit.sh("mkdir -p /run/systemd/system/returns-terminal.service.d")
        unit.sh(
            "systemctl mask --runtime getty@tty1; printf '[Service]\\nRestart=no\\nTTYReset=no\\n' "
            ">/run/systemd/system/returns-terminal.service.d/lab.conf; systemctl daemon-reload"
        )
        for how in ("systemctl stop", "systemctl kill -s KILL", "systemctl kill -s SEGV"):
            unit.until("it runs", f"systemctl start {UNIT} && systemctl is-active {UNIT}")
            checks.holds(f"graphics before {how}", holds=_console(unit) == _GRAPHICS)
            unit.sh(f"{how} {UNIT}")
            unit.until("it has ended, and what comes after it, too", _ENDED)
            checks.holds(f"the console is text after {how}", holds=_console(unit) == _TEXT)
            unit.look(f"after-{how}")
        said = unit.sh(f"systemd-analyze security {UNIT} --no-pager")
        (unit.folder / "security.txt").write_text(said)
        score = float(re.findall(r"exposure level for \S+: ([0-9.]+)", said)[-1])
        checks.holds(f"exposure {score} is above 1.0", holds=score <= 1.0)
    return f"after stop, SIGKILL and SIGSEGV; systemd-analyze security says {score}"


# Nothing is left to anybody but root: the room at once, its last pieces by the terminal's user.
_FILL = (
    "fallocate -l $(df --output=avail -B1 /var/lib | tail -n1) /var/lib/fill; "
    "runuser -u returns -- dd if=/dev/zero of=/var/lib/returns-terminal/fill bs=4k; sync"
)


def disk_full(bench: Bench) -> str:
    with at_ready_screen(bench, "disk_full") as unit:

        def fill(step: Step) -> None:
            if step is not cashier.confirm_amounts:
                return
            unit.sh(_FILL, fails=True)
            unit.press("ret")
            unit.see(W("Could not be saved, so nothing was done. Call the shift leader."))
            unit.sh("sleep 5")  # what was on its way would be out by now
            checks.holds("nothing was printed", holds=not unit.slips.pages)
            unit.sh("rm /var/lib/fill /var/lib/returns-terminal/fill; sync")

        whole_return(unit, between=fill)
        done(unit)
    return "told that nothing was done; with room again the return went on"


def clock_set_back(bench: Bench) -> str:
    with at_ready_screen(bench, "clock_set_back") as unit:

        def back(step: Step) -> None:
            if step is cashier.confirm_amounts:
                unit.sh('date -s "@$(($(date +%s) - 3600))"')

        whole_return(unit, between=back)
        done(unit)
    return "an hour back in the middle: one return, its chain whole"


RESTARTS = (
    hang_is_ended_by_the_watchdog,
    restarted_at_the_slip,
    text_console_after_every_end,
    disk_full,
    clock_set_back,
)
