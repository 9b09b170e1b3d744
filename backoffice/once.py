"""A secret file that is made once: whoever comes first, and never over another's."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def kept_once(file: Path, make: Callable[[], bytes]) -> bytes:
    """What the file holds; made at the first time, readable by its owner alone. Raises OSError."""
    with suppress(FileNotFoundError):
        return file.read_bytes()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = file.with_name(f"{file.name}.{os.getpid()}")
    write_secret(new, make())
    try:
        with suppress(FileExistsError):
            os.link(new, file)
    finally:
        new.unlink()
    _sync(file.parent)
    return file.read_bytes()


def write_secret(file: Path, content: bytes) -> None:
    """A new file in the place of any old one, on the disk when this returns."""
    file.unlink(missing_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
