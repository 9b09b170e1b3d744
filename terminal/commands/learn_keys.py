"""`learn-keys`: asks for every key of this unit's keypad and writes its key map."""

import re
from argparse import Namespace
from contextlib import ExitStack

from terminal import devices
from terminal.commands import LOOK, OK
from terminal.commands.check_devices import terminal_runs
from terminal.commands.learn_scanner import keep_what_was_not_learned
from terminal.commands.places import CommandFault, settings_of
from terminal.core.words import sentence
from terminal.learn.keypad import learn
from terminal.settings.values import KeypadKind
from terminal.spoken.spoken import give
from terminal.spoken.system_words import system
from terminal.ui.words import Words

_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


def serve(args: Namespace) -> int:
    """Raises CommandFault, SettingsFault, OSError where the screen cannot be opened."""
    settings = settings_of(args)
    if not _NAME.fullmatch(args.name):
        raise CommandFault(
            "{name!r} is no name for a key map: letters, digits, dot, hyphen.", name=args.name
        )
    if settings.keypad.kind is KeypadKind.NONE:
        raise CommandFault(
            'terminal.toml says [keypad] kind = "none": say which keypad there is first.'
        )
    path = settings.folder / "keymaps" / f"{args.name}.toml"
    keep_what_was_not_learned(path)
    if terminal_runs(settings):
        raise CommandFault(
            "The terminal is running and holds the keypad. Stop it first: systemctl stop"
            " returns-terminal"
        )
    with ExitStack() as opened:
        display, _ = devices.open_all(settings, opened, lambda _: None)
        keypad = devices.open_keypad(settings.keypad)
        assert keypad is not None, "a keypad that is not none"
        try:
            done = learn(keypad, display, Words(settings.language), path)
        except OSError as fault:
            raise CommandFault(
                "{path} cannot be written ({why}).", path=path, why=system(fault)
            ) from fault
    if not done:
        give(sentence("Stopped; nothing was written."))
        return LOOK
    give(
        sentence(
            'Written: {path}. Put keymap = "{name}" under [keypad] in terminal.toml.',
            path=path,
            name=args.name,
        )
    )
    return OK
