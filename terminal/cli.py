"""`returns-terminal`: from a command line to the command that serves it.

Law of the file: nothing is imported before it is known which command is wanted, for the till waits
for its first screen. Expected faults end in a sentence and exit code 2, never in a traceback.
"""

import gc
import logging
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module

from terminal.arguments import parser_of
from terminal.arguments_keeping import PROGRAM


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. argparse exits by itself on --help and wrong arguments."""
    parser = parser_of()
    args, rest = parser.parse_known_args(argv)
    if rest and args.command != "demo":
        parser.error(f"unrecognised arguments: {' '.join(rest)}")
    if args.command == "run":
        gc.disable()  # a start makes no garbage; app.run turns it on after the first screen
    args.config, args.data = getattr(args, "config", None), getattr(args, "data", None)
    try:
        code = _serve(args, rest)
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write("\nstopped / 已中止\n")
        return 130
    except BrokenPipeError:  # `... | head`: the reader has had enough
        sys.stdout = None  # or the interpreter complains of it once more at its end
        return 0
    return code


def _serve(args: Namespace, rest: list[str]) -> int:
    # Faults are known by the modules that raise them, and those are needed by every command.
    from storage.faults import StorageFault  # noqa: PLC0415
    from terminal.codec import Unreadable  # noqa: PLC0415
    from terminal.commands import NOT_BEGUN  # noqa: PLC0415
    from terminal.commands.places import CommandFault  # noqa: PLC0415
    from terminal.settings import SettingsFault  # noqa: PLC0415

    try:
        return _command(args, rest)()
    except (SettingsFault, StorageFault, CommandFault, Unreadable) as fault:
        sys.stderr.write(f"{fault}\n")
        return NOT_BEGUN


def _command(args: Namespace, rest: list[str]) -> Callable[[], int]:
    match args.command:
        case "run":
            import terminal.app  # noqa: F401, PLC0415 - found missing now, not at the first screen

            return lambda: _serve_cashiers(args)
        case "demo":
            from terminal.commands.places import VARIABLE  # noqa: PLC0415
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
    from terminal.app import run  # noqa: PLC0415
    from terminal.commands.places import CommandFault, settings_of  # noqa: PLC0415

    try:
        settings = settings_of(args)
        return run(replace(settings, training=True) if args.training else settings)
    except (OSError, UnusableFramebuffer) as fault:
        logging.getLogger("terminal").debug("run ended", exc_info=True)
        raise CommandFault(
            f"The terminal cannot go on: {fault}. Every return so far is kept. See what to do:"
            f" {PROGRAM} check / 终端无法继续：{fault}。已有退货均已保存，请运行 {PROGRAM} check"
        ) from fault


if __name__ == "__main__":
    sys.exit(main())
