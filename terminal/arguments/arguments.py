"""What may be asked of `returns-terminal`, and the help that says so.

Law of the file: nothing of the product is imported but its words; every command has a line, a page
and examples.
"""

import argparse
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

from terminal.arguments.keeping import keeping
from terminal.arguments.page import PROGRAM, Add, examples, prose
from terminal.arguments.shop import shop
from terminal.arguments.unit import unit
from terminal.ui.words import LANGUAGES, Words


def parser_of(words: Words) -> ArgumentParser:
    """The whole command line. --config, --data and --language stand before or after the command."""
    common = _common(words)
    parser = ArgumentParser(
        PROGRAM,
        description=words("Scan-to-return terminal."),
        epilog=_main(words),
        formatter_class=RawDescriptionHelpFormatter,
        parents=[common],
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar=words("COMMAND"))

    def command(name: str, line: str, more: str) -> ArgumentParser:
        return commands.add_parser(
            name,
            help=line,
            description=line,
            epilog=more + (_exit(words) if name not in {"run", "demo"} else ""),
            formatter_class=RawDescriptionHelpFormatter,
            parents=[common] if name != "demo" else [],
            add_help=name != "demo",  # it has arguments and a help of its own
        )

    _run(command, words)
    shop(command, common, words)
    unit(command, words)
    keeping(command, words)
    return parser


def _common(words: Words) -> ArgumentParser:
    common = ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    folder = words("FOLDER")
    common.add_argument(
        "--config",
        type=Path,
        metavar=folder,
        help=words("settings: terminal.toml, policy.toml, ..."),
    )
    common.add_argument(
        "--data",
        type=Path,
        metavar=folder,
        help=words("database folder, in place of terminal.toml's"),
    )
    common.add_argument(
        "--language",
        choices=LANGUAGES,
        help=words("of what is said here; without it the unit's, else the shell's"),
    )
    return common


def _exit(words: Words) -> str:
    told = words(
        "exit codes: 0 all is well; 1 done, but something needs a look; 2 not begun (arguments,"
        " settings, files, store), nothing was changed."
    )
    return "\n" + prose(told)


def _main(words: Words) -> str:
    calls = examples(
        words("examples:"),
        (
            ("demo", words("a demo shop at this terminal, no hardware")),
            ("--config /etc/returns-terminal run", words("what systemd starts")),
            ("check", words("is this unit fit to serve?")),
            ("staff add 1007 Li --role manager", words("who may sign on")),
        ),
    )
    where = words(
        "settings are looked for in --config, then $RETURNS_CONFIG, /etc/returns-terminal,"
        " ./config."
    )
    return calls + "\n" + prose(where) + _exit(words)


def _run(command: Add, words: Words) -> None:
    run = command(
        "run",
        words("serve cashiers with the devices of terminal.toml"),
        prose(
            words(
                "Takes up the step it was stopped in. Under systemd: systemctl start"
                " returns-terminal"
            )
        )
        + "\n"
        + prose(
            words(
                "--training: a demo shop on these devices, in a database of its own (training.db):"
                " screens and slips are marked, numbers begin with T, the drawer stays closed."
                " Cashier 1007 PIN 1234, manager 2001 PIN 4321; the drills are behind F4."
            )
        ),
    )
    run.add_argument(
        "--training", action="store_true", help=words("nothing is real; no return is made")
    )
    command(
        "demo",
        words("a demo shop at this terminal, without hardware"),
        prose(
            words(
                "Keys, pasted codes and screens are this terminal's; slips are drawn as pictures."
            )
        ),
    )
