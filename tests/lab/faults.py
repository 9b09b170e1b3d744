"""Faults in the middle of a return at the keypad, the scanner's reader and the console.

Each begins at the ready screen of a signed-on unit (a snapshot) and ends with the books audited.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from tests.lab import cashier, checks
from tests.lab.cashier import READY, Step, W, whole_return
from tests.lab.unit import Bench, Unit, fresh, powered_on

UNIT = "returns-terminal"
_CTRL_ALT, _F2 = 0x05, 0x3B  # as a keyboard reports them
_UNKNOWN = W("Receipt not found")
_OTHER_GOODS = W("{0} is not on this receipt. Nothing was changed.").partition("}")[2]
KEYPAD_LOST = W("Keypad unplugged: plug it in again.")


@contextmanager
def at_ready_screen(bench: Bench, scenario: str) -> Iterator[Unit]:
    folder = fresh(scenario)
    with powered_on(folder, bench.ready(folder), restore="ready") as unit:
        unit.see(READY)
        yield unit


def done(unit: Unit, slips: int = 3) -> None:
    """The return is there once, on paper and in the books."""
    kinds, _ = checks.books(unit)
    checks.recorded_once(kinds)
    checks.paper(unit, slips)


def _in_front(unit: Unit) -> str:
    return unit.sh("cat /sys/class/tty/tty0/active").strip()


def _switch_to(console: int) -> str:
    """What chvt does, without waiting for it: the kernel may refuse."""
    call = f'fcntl.ioctl(open("/dev/tty0"), 0x5606, {console})'
    return f"python3 -c 'import fcntl; {call}'"


def keypad_pulled(bench: Bench) -> str:
    with at_ready_screen(bench, "keypad_pulled") as unit:
        qmp = unit.machine.qmp

        def pull(step: Step) -> None:
            if step not in {cashier.say_why, cashier.pay_cash}:
                return
            qmp.run("device_del", id="keypad")
            unit.see(KEYPAD_LOST)
            qmp.run("device_add", driver="usb-kbd", id="keypad", bus="usb.0")
            unit.see_no_more(KEYPAD_LOST)

        whole_return(unit, between=pull)
        done(unit)
    return "told twice, taken up again twice, and the return went on"


def long_burst(bench: Bench) -> str:
    """300 characters while the screen draws: refused in words, or whole; never a part of it."""
    with at_ready_screen(bench, "long_burst") as unit:
        for code in ("9" * 300, cashier.receipt(), "8" * 300):
            unit.scan(code)
        unit.rests()
        after = unit.look("after-the-burst")
        told = after.says(cashier.AGAIN) or after.says(_OTHER_GOODS)
        checks.holds(f"the last one is told of; see {after.path}", holds=told)
        _, kept = checks.books(unit)
        codes = re.findall(r"\b(9{2,}|8{2,})\b", checks.state(kept))
        parts = [code for code in codes if len(code) != 300]
        checks.holds(f"no part of the burst became a code: {parts}", holds=not parts)
        while not unit.look().says(READY):  # what stands there depends on what came whole
            unit.press("esc")
            unit.rests()
        cashier.take_note(unit)
        whole_return(unit)
        done(unit)
    return "three scans in a row, 300 characters and a receipt; the return after them is whole"


def console_stays_in_front(bench: Bench) -> str:
    """The kernel lets nobody switch away from a console in graphics mode, or text would be drawn
    over our pictures; once the terminal is stopped, an engineer may.
    """
    with at_ready_screen(bench, "console_stays_in_front") as unit:
        unit.sh(f"systemctl start getty@tty2; {_switch_to(2)}; sleep 2", fails=True)
        checks.holds("console 1 is in front", holds=_in_front(unit) == "tty1")
        unit.plug("keyboard")  # an engineer's, which the terminal does not take
        unit.until("it is there", "ls /dev/input/by-id/*keyboard*event-kbd")
        unit.ask("chord", "keyboard", _CTRL_ALT, _F2)
        unit.sh("sleep 1")
        checks.holds("console 1 is in front", holds=_in_front(unit) == "tty1")
        whole_return(unit)
        done(unit)
        unit.sh(f"systemctl stop {UNIT}; {_switch_to(2)}")
        unit.until("console 2 is in front", "grep -q tty2 /sys/class/tty/tty0/active")
        unit.look("second-console")
        unit.sh(f"{_switch_to(1)}; systemctl start {UNIT}")
        unit.see(READY)
    return "no switch while it runs; after a stop it goes, and the next start has the screen"


def scan_faster_than_its_reader(bench: Bench) -> str:
    """The program is held while a long code comes: the kernel drops its beginning."""
    with at_ready_screen(bench, "scan_faster_than_its_reader") as unit:
        unit.sh(f"systemctl kill -s STOP {UNIT}")
        unit.scan("1234567890" * 3)
        unit.sh(f"systemctl kill -s CONT {UNIT}")
        said = unit.see_one(cashier.AGAIN, _UNKNOWN)
        checks.holds(f"not {cashier.AGAIN}: {said}", holds=said == cashier.AGAIN)
        cashier.take_note(unit)
        whole_return(unit)
        done(unit)
    return "asked to scan again; the tail was no code"


def keys_stay_with_the_terminal(bench: Bench) -> str:
    """Ctrl-Alt-Del would restart the machine, Alt-F2 would show another console."""
    with at_ready_screen(bench, "keys_stay_with_the_terminal") as unit:
        began = unit.sh("cat /proc/sys/kernel/random/boot_id")
        for keys in (("ctrl", "alt", "delete"), ("ctrl", "alt", "f2")):
            unit.chord(*keys)
        unit.see(READY)
        checks.holds("console 1 is in front", holds=_in_front(unit) == "tty1")
        whole_return(unit)
        done(unit)
        same = unit.sh("cat /proc/sys/kernel/random/boot_id") == began
        checks.holds("the machine was not restarted", holds=same)
    return "neither Ctrl-Alt-Del nor Ctrl-Alt-F2 reached the system"


FAULTS = (
    keypad_pulled,
    long_burst,
    scan_faster_than_its_reader,
    keys_stay_with_the_terminal,
    console_stays_in_front,
)
