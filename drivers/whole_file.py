"""A small file that is there whole or not at all, through a power cut too."""

import os
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """In UTF-8, in place of what was there. OSError when it cannot be written.

    It has the rights of what was there, else its folder's: root may write it under any umask, and
    another user reads it.
    """
    draft = path.with_name(path.name + ".new")
    like = (path if path.exists() else path.parent).stat()
    with draft.open("w", encoding="utf-8") as file:
        if os.geteuid() == 0:
            os.fchown(file.fileno(), like.st_uid, like.st_gid)
        os.fchmod(file.fileno(), like.st_mode & 0o666)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
