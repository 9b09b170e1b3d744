"""A file for the running terminal, which alone may write: put into its watched folder."""

import os
import shutil
from argparse import Namespace
from pathlib import Path

from storage.faults import InUse
from terminal.commands.places import CommandFault
from terminal.settings import Settings


def handed_over(args: Namespace, settings: Settings, what: str, fault: InUse) -> str:
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
            f"{place}: is waiting there already; try again when it is gone. / 同名文件等待中。"
        )
    said = [f'what = "{what}"', *([f'map = "{args.map}"'] if args.map else [])]
    said += ["keep_going = true"] if args.keep_going else []
    try:
        shutil.copyfile(args.file, draft)
        _sync(draft)
        sign.write_text("\n".join(said) + "\n", "utf-8")
        draft.rename(place)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise CommandFault(
            f"{error.filename or args.file}: {error.strerror or error}. Nothing was handed over."
            " / 未能交给终端。"
        ) from error
    return (
        f"The terminal is running and takes it in between its cashiers' steps. Its fate will be in"
        f" {watch}/done or {watch}/refused: {place.name}.report.csv."
        f" / 终端正在运行，已放入其导入目录，结果见 done 或 refused 中的报告。"
    )


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
