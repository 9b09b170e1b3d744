"""`returns-terminal`: from a command line to the command that serves it.

Law of the file: nothing is imported before it is known which command is wanted, for the till waits
for its first screen. Expected faults end in a sentence in the reader's language and exit code 2,
never in a traceback.
"""

import gc
import logging
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from terminal.arguments.arguments import parser_of
from terminal.arguments.page import PROGRAM
from terminal.spoken.spoken import VARIABLE, language_of, say, speak

if TYPE_CHECKING:
    from drivers.pixel_format import UnusableFramebuffer
    from terminal.core.words import Told


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. argparse exits by itself on --help and wrong arguments."""
    said = sys.argv[1:] if argv is None else list(argv)
    words = speak(language_of(said, os.environ))
    parser = parser_of(words)
    args, rest = parser.parse_known_args(said)
    if rest and args.command != "demo":
        parser.error(words("unrecognized arguments: %s") % " ".join(rest))
    if args.command == "run":
        gc.disable()  # a start makes no garbage; service.run turns it on after the first screen
    args.config, args.data = getattr(args, "config", None), getattr(args, "data", None)
    try:
        code = _serve(args, rest)
    except KeyboardInterrupt:
        say("\n" + words("stopped"))
        return 130
    except BrokenPipeError:  # `... | head`: the reader has had enough
        sys.stdout = None  # or the interpreter complains of it once more at its end
        return 0
    return code


def _serve(args: Namespace, rest: list[str]) -> int:
    # Faults are known by the modules that raise them, and those are needed by every command.
    from drivers.pixel_format import UnusableFramebuffer  # noqa: PLC0415
    from printer.qr import SlipError  # noqa: PLC0415
    from storage.faults import StorageFault  # noqa: PLC0415
    from terminal.commands import NOT_BEGUN  # noqa: PLC0415
    from terminal.core.words import ToldFault, sentence  # noqa: PLC0415
    from terminal.ledger.codec import Unreadable  # noqa: PLC0415
    from terminal.spoken import storage_words  # noqa: PLC0415

    try:
        code = _command(args, rest)()
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except Unreadable as fault:
        say(sentence("What is stored cannot be read by this version ({why}).", why=fault.told))
    except ToldFault as fault:
        say(fault.told)
    except StorageFault as fault:
        say(storage_words.told(fault))
    except SlipError as fault:
        say(sentence(fault.message, **fault.values))
    except (OSError, UnusableFramebuffer) as fault:  # a full disk, a device that is not there
        logging.getLogger("terminal").debug("%s ended", args.command, exc_info=True)
        say(
            sentence(
                "{why}. The command did not come to its end; put this right and type it again.",
                why=_why(fault),
            )
        )
        _give_up_output()
    else:
        return code
    return NOT_BEGUN


def _give_up_output() -> None:
    """What cannot be given out is dropped, or the interpreter complains of it at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        sys.stdout = None


def _command(args: Namespace, rest: list[str]) -> Callable[[], int]:
    match args.command:
        case "run":
            import terminal.app  # noqa: F401, PLC0415 - found missing now, not at the first screen

            return lambda: _serve_cashiers(args)
        case "demo":
            from terminal.demo import main as demo  # noqa: PLC0415

            if args.config is not None:
                os.environ[VARIABLE] = str(args.config)
            return lambda: int(demo(rest))
        case name:
            module = import_module(f"terminal.commands.{name.replace('-', '_')}")
            return lambda: int(module.serve(args))


def _serve_cashiers(args: Namespace) -> int:
    """`run`; a device that cannot be opened at all is a sentence, its traceback for the log."""
    from msgspec.structs import replace  # noqa: PLC0415

    from drivers.pixel_format import UnusableFramebuffer  # noqa: PLC0415
    from terminal.commands.places import CommandFault, settings_of  # noqa: PLC0415
    from terminal.service import run  # noqa: PLC0415

    try:
        settings = settings_of(args)
        return run(replace(settings, training=True) if args.training else settings)
    except (OSError, UnusableFramebuffer) as fault:
        logging.getLogger("terminal").debug("run ended", exc_info=True)
        raise CommandFault(
            "The terminal cannot go on: {why}. Every return so far is kept. See what to do:"
            " {program} check",
            why=_why(fault),
            program=PROGRAM,
        ) from fault


def _why(fault: "OSError | UnusableFramebuffer") -> "Told":
    from terminal.core.words import NOTHING, row, sentence  # noqa: PLC0415
    from terminal.spoken.system_words import system  # noqa: PLC0415

    if isinstance(fault, OSError):
        what = str(fault.filename or "")
        return row((what, ": ", system(fault)), NOTHING) if what else system(fault)
    return sentence(
        "the screen is set to {mode}; it must be 32, 24 or 16 (565) bits of direct colour: set it"
        " with video= on the kernel's command line, or with fbset",
        mode=fault.mode,
    )


if __name__ == "__main__":
    sys.exit(main())
