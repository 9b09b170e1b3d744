"""What may be asked of `returns-terminal` about the unit itself: its devices, its card."""

import argparse
from pathlib import Path

from terminal.arguments.page import Add, examples, prose
from terminal.spoken.spoken import spoken
from terminal.ui.words import Words


def unit(command: Add, words: Words) -> None:
    for one in (_check, _learn_keys, _learn_scanner, _cashier_card, _enrol):
        one(command, words)


def _check(command: Add, words: Words) -> None:
    told = words(
        "One line each: ✓ or ✗ with what to do. Nothing is changed, and it may run beside the"
        " terminal."
    )
    calls = examples(
        words("examples:"),
        (
            ("check", ""),
            ("check --scan 15", words("waits for a scan and says what it is taken for")),
            ("check --print-test-slip", words("Chinese, columns, QR and cut on paper")),
        ),
    )
    line = words("try every device, the disk and the database; say what to do")
    parser = command("check", line, prose(told) + calls)
    parser.add_argument(
        "--scan", type=seconds, metavar=words("SECONDS"), help=words("wait for one scan")
    )
    parser.add_argument(
        "--print-test-slip", action="store_true", help=words("print a slip to look at")
    )


def _learn_keys(command: Add, words: Words) -> None:
    told = words(
        "The screen asks for one key after another; what is learned becomes a key map. The terminal"
        " must be stopped meanwhile: systemctl stop returns-terminal"
    )
    calls = examples(words("examples:"), (("learn-keys counter-2", ""),))
    parser = command(
        "learn-keys", words("teach the unit its keypad, key by key"), prose(told) + calls
    )
    parser.add_argument(
        "name", metavar=words("NAME"), help=words("of the key map: config/keymaps/NAME.toml")
    )


def _learn_scanner(command: Add, words: Words) -> None:
    told = words(
        "The screen shows a code: scan it. The device it arrives from is the scanner, whatever its"
        " kind; what to put under [scanner] in terminal.toml is said, and where the default profile"
        " does not fit, one is written to config/scanners/NAME.toml. Cancel or Ctrl-C stops. The"
        " terminal must be stopped meanwhile: systemctl stop returns-terminal"
    )
    calls = examples(
        words("examples:"), (("learn-scanner", ""), ("learn-scanner counter-2 --seconds 120", ""))
    )
    line = words("find the unit's scanner by a code on its screen")
    parser = command("learn-scanner", line, prose(told) + calls)
    parser.add_argument(
        "name",
        nargs="?",
        default="learned",
        metavar=words("NAME"),
        help=words("of the profile, if one is needed"),
    )
    parser.add_argument(
        "--seconds",
        type=seconds,
        default=60.0,
        metavar=words("SECONDS"),
        help=words("without a scan, 60"),
    )


def _cashier_card(command: Add, words: Words) -> None:
    told = words(
        "In the terminal's language, on its own printer. The terminal must not be printing"
        " meanwhile."
    )
    calls = examples(
        words("examples:"), (("cashier-card", ""), ("cashier-card --png card.png", ""))
    )
    line = words("how a return goes, on one slip for the counter")
    parser = command("cashier-card", line, prose(told) + calls)
    parser.add_argument(
        "--png", type=Path, metavar=words("FILE"), help=words("draw it instead of printing")
    )


def _enrol(command: Add, words: Words) -> None:
    told = words(
        "The office makes a code for this terminal; it works once, for an hour. Two keys are made"
        " here and stay here: one for the network, one that signs slips. The terminal must be"
        " stopped meanwhile: systemctl stop returns-terminal"
    )
    call = "enrol 7K2M9Q4XCTH.ABCDEFGHIJKLMNOP --url https://office.example.cn"
    line = words("make this terminal known to the back office, by a one-time code")
    parser = command("enrol", line, prose(told) + examples(words("examples:"), ((call, ""),)))
    parser.add_argument("code", metavar=words("CODE"), help=words("as the back office shows it"))
    parser.add_argument(
        "--url", required=True, metavar="URL", help=words("of the back office: https://...")
    )
    parser.add_argument(
        "--state",
        type=Path,
        default=Path("/var/lib/returns-courier"),
        metavar=words("FOLDER"),
        help=words("where the courier keeps its keys"),
    )


def seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 600:
        words = spoken()
        raise argparse.ArgumentTypeError(
            words("{text!r} must be a number above 0 and at most 600", text=text)
        )
    return seconds
