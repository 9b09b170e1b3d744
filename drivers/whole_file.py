"""A small file that is there whole or not at all, through a power cut too."""

import os
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """In UTF-8, in place of what was there. OSError when it cannot be written."""
    draft = path.with_name(path.name + ".new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
