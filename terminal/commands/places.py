"""Where a command finds its settings and its data, and how it says what is wrong."""

import os
from argparse import Namespace
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from pwd import getpwuid
from typing import TextIO

from storage.store import Store, open_store
from terminal.app import database_of
from terminal.core.words import ToldFault
from terminal.interchange.sheet import Table
from terminal.settings import Settings, load_settings
from terminal.spoken.spoken import config_folder
from terminal.spoken.system_words import system


class CommandFault(ToldFault):
    """The command cannot be done as asked, in a sentence for the person at the shell."""


def settings_of(args: Namespace) -> Settings:
    """The unit's settings, the data folder as --data says. Raises SettingsFault."""
    overrides: dict[str, object] = {}
    if args.data is not None:
        overrides["terminal.data"] = str(args.data.absolute())
    return load_settings(config_folder(args.config), overrides)


def writer_of(settings: Settings) -> Store:
    """The unit's store for writing. Raises StorageFault (InUse while the terminal runs)."""
    as_owner(settings)
    return open_store(database_of(settings))


def as_owner(settings: Settings) -> None:
    """Root is turned away from a folder that is not root's: the terminal, which runs as that
    folder's owner, could not open what root would leave there. Raises CommandFault.
    """
    folder = settings.data
    owner = folder.stat().st_uid if folder.is_dir() else os.geteuid()
    if os.geteuid() == 0 != owner:
        try:
            name = getpwuid(owner).pw_name
        except KeyError:
            name = f"#{owner}"
        raise CommandFault(
            "{folder} belongs to {name}; run this as that user: sudo -u {name} ...",
            folder=folder,
            name=name,
        )


@contextmanager
def written(path: Path, encoding: str = "utf-8") -> Generator[TextIO, None, None]:
    """A text file that appears whole, under its name, or not at all. Raises CommandFault."""
    if path.exists() and not path.is_file():  # a device as /dev/stdout would give way to a file
        raise CommandFault("{path}: is no file; choose another name.", path=path)
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("w", encoding=encoding, newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as fault:
        raise CommandFault(
            "{path}: cannot be written ({why}). Choose another folder, or free some space.",
            path=path,
            why=system(fault),
        ) from fault
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def table(path: Path, heading: Iterable[str]) -> Generator[Table, None, None]:
    """A CSV that spreadsheets open in Chinese (UTF-8 with BOM)."""
    with written(path, "utf-8-sig") as file:
        found = Table(file)
        found.row(*heading)
        yield found
