"""`learn-scanner`: shows a code, finds the device it arrives from, says what to put down for it."""

import re
import shutil
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from drivers.learned_scanner import HEAD, profile_of, profile_toml, scanner_table
from drivers.scanner_candidates import candidates
from drivers.scanner_listening import listen
from drivers.scanner_verdict import Found, Source
from drivers.values import Key
from drivers.whole_file import write_whole
from terminal import devices
from terminal.commands import LOOK, OK
from terminal.commands.check_devices import terminal_runs
from terminal.commands.places import CommandFault, settings_of
from terminal.core.words import NOTHING, row, sentence
from terminal.displays import TextDisplay
from terminal.facing import Display
from terminal.learn import scanner_words
from terminal.learn.ears import Ears
from terminal.learn.scanner import LINGER_SECONDS, ScannerLearning, find_scanner
from terminal.settings import LinkKind, ScannerKind, ScreenKind, Settings
from terminal.spoken.spoken import give, spoken
from terminal.spoken.system_words import foreign, system
from terminal.ui.words import Words

_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


def serve(args: Namespace) -> int:
    """Raises CommandFault, SettingsFault, OSError where the screen cannot be opened."""
    settings = settings_of(args)
    path = profile_path(settings.folder, args.name)
    if terminal_runs(settings):
        raise CommandFault(
            "The terminal is running and holds the scanner. Stop it first: systemctl stop"
            " returns-terminal"
        )
    scanner = settings.scanner
    ears = Ears(lambda: _sources(settings), listen, scanner.profile.baud)
    with ExitStack() as opened:
        display, inputs = devices.open_all(settings, opened, lambda _: None)
        if settings.screen.kind is ScreenKind.NONE:
            display = _shell()
        learning = ScannerLearning(
            display, Words(settings.language), seconds=args.seconds, cancel=_cancel_keys(settings)
        )
        console = next((one for one in inputs if one.name == "console"), None)
        find_scanner(learning, ears, console, linger=LINGER_SECONDS)
    return outcome(learning, path)


def profile_path(folder: Path, name: str) -> Path:
    """Where its profile goes. Raises CommandFault where a file of the shop's stands."""
    if not _NAME.fullmatch(name):
        raise CommandFault(
            "{name!r} is no name for a profile: letters, digits, dot, hyphen.", name=name
        )
    path = folder / "scanners" / f"{name}.toml"
    keep_what_was_not_learned(path)
    return path


def keep_what_was_not_learned(path: Path) -> None:
    """Raises CommandFault where a file of the shop's stands, or one that came with the program."""
    if path.exists() and not path.read_text("utf-8", "replace").startswith(HEAD):
        raise CommandFault(
            "{path} was not learned and stays as it is: choose another name.", path=path
        )


def outcome(learning: ScannerLearning, path: Path) -> int:
    """Says what came of it; `path` is for the profile. Raises CommandFault."""
    if learning.found is None:
        _say_why(learning)
        return LOOK
    _put_down(learning.found, path)
    return OK


def _sources(settings: Settings) -> Sequence[Source]:
    scanner, printer = settings.scanner, settings.printer
    lines = [scanner.path] if scanner.kind is ScannerKind.SERIAL else []
    leave = [printer.path] if printer.link is LinkKind.SERIAL else []
    return candidates(lines=lines, leave=leave)


def _cancel_keys(settings: Settings) -> list[int]:
    keymap = settings.keypad.keymap
    functions = keymap.functions if keymap is not None else {}
    return [code for code, function in functions.items() if function.key is Key.CANCEL]


def _put_down(found: Found, path: Path) -> None:
    text = profile_toml(profile_of(found))
    if text:
        try:
            write_whole(path, text)
        except OSError as fault:
            raise CommandFault(
                "{path} cannot be written ({why}).", path=path, why=system(fault)
            ) from fault
        give(sentence("Written: {path}", path=path))
    words = spoken()
    facts = scanner_words.facts(words, found) + scanner_words.more_facts(words, found)
    for label, value in facts:
        give(f"  {label}: {value}")
    for line in scanner_words.advice(words, found):
        give(f"  {line}")
    give(sentence("In terminal.toml, in place of [scanner]:\n"))
    give(scanner_table(found, path.stem if text else "default"))
    give(sentence("Then: returns-terminal check --scan 60"))


def _say_why(learning: ScannerLearning) -> None:
    if not learning.over:
        give(sentence("Stopped; nothing was written."))
        return
    give(sentence("No code came; nothing was written."))
    words = spoken()
    for line in scanner_words.CHECKS:
        give(f"  - {words(line)}")
    for node, detail in learning.unopened.items():
        give(row((f"  {node}: ", foreign(detail)), NOTHING))


def _shell() -> Display:
    """Where the unit has no screen: the terminal that this was called from."""
    return TextDisplay(_Lines())


class _Lines:
    """A terminal.displays.TextTarget that writes a screen only when it has changed."""

    def __init__(self) -> None:
        self._last: list[str] = []

    def size(self) -> tuple[int, int]:
        size = shutil.get_terminal_size()
        return size.columns, size.lines

    def show(self, lines: Sequence[str]) -> int:
        if list(lines) == self._last:
            return 0
        self._last = list(lines)
        sys.stderr.write("\n".join([*lines, ""]))
        return len(lines)
