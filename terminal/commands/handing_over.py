"""A file for the running terminal, which alone may write: put into its watched folder."""

import os
import shutil
from argparse import Namespace
from pathlib import Path

from storage.faults import InUse
from terminal.commands.places import CommandFault
from terminal.core.words import Told, sentence
from terminal.settings import Settings
from terminal.spoken.system_words import system


def handed_over(args: Namespace, settings: Settings, what: str, fault: InUse) -> Told:
    """The sentence that says where its fate will be told. Raises `fault` where there is no folder.

    Like a POS that knows the rules: the file is complete before it has its name.
    """
    watch = settings.imports.watch
    if watch is None or settings.training:
        raise fault
    place = watch / args.file.name
    sign = place.with_name(place.name + ".done")
    draft = place.with_name(f".{place.name}.part")
    if place.exists() or sign.exists():
        raise CommandFault(
            "{place}: is waiting there already; try again when it is gone.", place=place
        )
    said = [f'what = "{what}"', *([f'map = "{args.map}"'] if args.map else [])]
    said += ["keep_going = true"] if args.keep_going else []
    try:
        shutil.copyfile(args.file, draft)
        _sync(draft)
        sign.write_text("\n".join(said) + "\n", "utf-8")
        draft.rename(place)
    except OSError as error:
        raise CommandFault(
            "{filename}: {why}. Nothing was handed over.",
            filename=error.filename or args.file,
            why=system(error),
        ) from error
    finally:
        draft.unlink(missing_ok=True)
        if not place.exists():  # a sign alone would refuse the next try
            sign.unlink(missing_ok=True)
    return sentence(
        "The terminal is running and takes it in between its cashiers' steps. Its fate will be in"
        " {watch}/done or {watch}/refused: {name}.report.csv.",
        watch=watch,
        name=place.name,
    )


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
