"""Inside the machine: run the checks, say a line of each; exit code 1 when one of them failed."""

import importlib
import re
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.lab.bench import ftdi, hid_pos, keypad, printer, screen, serial, together, wedge

CHECKS: tuple[Callable[[], str], ...] = (
    wedge.keeps_the_contract,
    wedge.is_grabbed_whole,
    wedge.is_found_by_name_vendor_and_path,
    wedge.long_burst_arrives_whole,
    wedge.late_reader_rejects_what_the_kernel_dropped,
    wedge.second_reader_is_told_it_is_busy,
    wedge.pulled_in_the_middle_of_a_code,
    keypad.keys_arrive_and_nothing_reaches_the_console,
    keypad.held_key_repeats_only_where_harmless,
    hid_pos.is_found_by_what_it_says_it_is,
    hid_pos.keeps_the_contract,
    hid_pos.is_named_by_the_udev_rule,
    hid_pos.long_code_of_many_reports_arrives_whole,
    hid_pos.late_reader_refuses_what_may_have_been_dropped,
    hid_pos.second_reader_is_told_it_is_busy,
    serial.keeps_the_contract,
    ftdi.keeps_the_contract,
    serial.comes_back_under_its_own_number,
    serial.burst_of_300_characters_arrives_whole,
    together.two_kinds_are_read_at_once,
    printer.answers_over_the_back_channel,
    printer.slip_is_confirmed,
    printer.drawer_opens_each_time,
    printer.paper_out_is_told_before_the_slip,
    printer.paper_runs_out_within_a_slip,
    printer.pulled_within_a_slip,
    printer.takes_nothing,
    printer.is_busy_for_a_second_program,
    printer.tells_paper_by_its_port_alone,
    screen.shows_each_colour_where_it_belongs,
    screen.writes_only_what_changed,
    screen.console_is_hidden_and_comes_back,
)


def main() -> int:
    said = re.search(r"lab\.only=(\S*)", Path("/proc/cmdline").read_text())
    wanted = said[1].split(",") if said and said[1] else []
    for slow in ("evdev", "serial"):  # seconds in here, and no check is to wait for it
        importlib.import_module(slow)
    failed = 0
    for check in CHECKS:
        name = f"{check.__module__.rpartition('.')[2]}: {check.__name__.replace('_', ' ')}"
        if wanted and not any(word in name.replace(" ", "_") for word in wanted):
            continue
        began = time.monotonic()
        try:
            proof = check()
        except Exception:  # noqa: BLE001 - the bench goes on and says what failed
            failed += 1
            _say(f"✗ {name}\n{traceback.format_exc()}")
        else:
            _say(f"✓ {name}: {proof} ({time.monotonic() - began:.1f} s)")
    return 1 if failed else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
