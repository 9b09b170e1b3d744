"""What may be asked of `returns-terminal` about the unit itself: its devices, its card."""

import argparse
from pathlib import Path

from terminal.arguments_keeping import PROGRAM, Add


def unit(command: Add) -> None:
    for one in (_check, _learn_keys, _learn_scanner, _cashier_card, _enrol):
        one(command)


def _check(command: Add) -> None:
    parser = command(
        "check",
        "try every device, the disk and the database; say what to do 自检",
        f"""
One line each: ✓ or ✗ with what to do. Nothing is changed, and it may run beside the terminal.

examples:
  {PROGRAM} check
  {PROGRAM} check --scan 15           waits for a scan and says what it is taken for
  {PROGRAM} check --print-test-slip   Chinese, columns, QR and cut on paper
""",
    )
    parser.add_argument("--scan", type=seconds, metavar="SECONDS", help="wait for one scan")
    parser.add_argument("--print-test-slip", action="store_true", help="print a slip to look at")


def _enrol(command: Add) -> None:
    parser = command(
        "enrol",
        "make this terminal known to the back office, by a one-time code 注册终端",
        f"""
The office makes a code for this terminal; it works once, for an hour. Two keys are made here and
stay here: one for the network, one that signs slips. The terminal must be stopped meanwhile:
systemctl stop returns-terminal

examples:
  {PROGRAM} enrol 7K2M9Q4XCTH.ABCDEFGHIJKLMNOP --url https://office.example.cn
""",
    )
    parser.add_argument("code", help="as the back office shows it 注册码")
    parser.add_argument("--url", required=True, help="of the back office: https://... 后台地址")
    parser.add_argument(
        "--state", type=Path, default=Path("/var/lib/returns-courier"), metavar="FOLDER",
        help="where the courier keeps its keys",
    )  # fmt: skip


def _learn_keys(command: Add) -> None:
    parser = command(
        "learn-keys",
        "teach the unit its keypad, key by key 学习键盘",
        f"""
The screen asks for one key after another; what is learned becomes a key map. The terminal must be
stopped meanwhile: systemctl stop returns-terminal

examples:
  {PROGRAM} learn-keys counter-2
""",
    )
    parser.add_argument("name", help="of the key map: config/keymaps/NAME.toml")


def _learn_scanner(command: Add) -> None:
    parser = command(
        "learn-scanner",
        "find the unit's scanner by a code on its screen 查找扫码枪",
        f"""
The screen shows a code: scan it. The device it arrives from is the scanner, whatever its kind; what
to put under [scanner] in terminal.toml is said, and where the default profile does not fit, one is
written to config/scanners/NAME.toml. Cancel or Ctrl-C stops. The terminal must be stopped
meanwhile: systemctl stop returns-terminal

examples:
  {PROGRAM} learn-scanner
  {PROGRAM} learn-scanner counter-2 --seconds 120
""",
    )
    parser.add_argument(
        "name", nargs="?", default="learned", help="of the profile, if one is needed"
    )
    parser.add_argument(
        "--seconds", type=seconds, default=60.0, metavar="SECONDS", help="without a scan, 60"
    )


def _cashier_card(command: Add) -> None:
    parser = command(
        "cashier-card",
        "how a return goes, on one slip for the counter 打印速查卡",
        f"""
In the terminal's language, on its own printer. The terminal must not be printing meanwhile.

examples:
  {PROGRAM} cashier-card
  {PROGRAM} cashier-card --png card.png
""",
    )
    parser.add_argument("--png", type=Path, metavar="FILE", help="draw it instead of printing")


def seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 600:
        raise argparse.ArgumentTypeError(f"{text!r} must be a number above 0 and at most 600")
    return seconds
