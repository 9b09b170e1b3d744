"""`support-bundle`: one file for whoever helps from afar, with nothing of anybody in it."""

import json
import os
import subprocess
import zipfile
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from storage.inventory import inventory
from terminal.app import database_of
from terminal.commands import OK
from terminal.commands.places import CommandFault, settings_of
from terminal.core.words import ENGLISH, sentence
from terminal.settings import Settings, SettingsFault
from terminal.spoken.spoken import config_folder, give
from terminal.spoken.system_words import system
from terminal.support import disk, log_told, settings_told, versions, vocabulary
from terminal.ui.words import words_of

LOG_LINES = 2000
FILES = ("terminal.toml", "policy.toml", "reasons.toml")
JOURNAL = ("journalctl", "-u", "returns-terminal", "-n", str(LOG_LINES), "-o", "short-iso", "-q")


def serve(args: Namespace) -> int:
    folder = config_folder(args.config)
    try:
        settings, faults = settings_of(args), 0
    except SettingsFault as fault:
        settings, faults = None, len(fault.problems)
    parts: dict[str, Any] = {
        "versions.json": versions(),
        "settings.json": {
            "faults": faults,
            **{name: settings_told(folder / name) for name in FILES},
        },
        "log.txt": "\n".join(log_told(_log(args.log), vocabulary())),
    }
    if settings is not None:
        parts |= _unit(settings)
    _write(args.file, parts)
    give(
        sentence(
            "{file}: {parts}; no personal data is in it.",
            file=args.file,
            parts=", ".join(sorted(parts)),
        )
    )
    return OK


def _unit(settings: Settings) -> dict[str, Any]:
    from terminal.commands.check_devices import DEVICE_CHECKS  # noqa: PLC0415 - only with settings
    from terminal.commands.check_unit import UNIT_CHECKS  # noqa: PLC0415 - likewise

    checks = [check(settings).line(words_of(ENGLISH)) for check in (*DEVICE_CHECKS, *UNIT_CHECKS)]
    return {
        "store.json": inventory(database_of(settings)),
        "disk.json": disk(settings.data),
        "check.txt": "\n".join(log_told(checks, vocabulary())),
    }


def _log(file: Path | None) -> Iterator[str]:
    """The unit's own log from journald, or a file of it."""
    if file is not None:
        yield from file.read_text("utf-8", errors="replace").splitlines()[-LOG_LINES:]
        return
    try:
        done = subprocess.run(JOURNAL, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 - our words
    except (OSError, subprocess.TimeoutExpired):
        return  # no journald here: the bundle says so by an empty log
    yield from done.stdout.splitlines()


def _write(path: Path, parts: dict[str, Any]) -> None:
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        raise CommandFault(
            "{path}: cannot be made ({why}); choose another name.", path=path, why=system(fault)
        ) from fault
    try:
        with os.fdopen(fd, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in parts.items():
                text = content if isinstance(content, str) else json.dumps(content, indent=1)
                made.writestr(name, text)
    except OSError:
        path.unlink(missing_ok=True)  # half a bundle would also keep its name taken
        raise
