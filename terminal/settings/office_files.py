"""Rules that the back office sent, in the place of the folder's own: where they lie.

Law of the file: what the office sent is in force from the next start on, once it was found sound
together with everything else. Should it not be sound any more by then (terminal.toml was changed),
the unit starts with the folder's own files: a till that does not start helps nobody.
"""

from pathlib import Path

OFFICE = "office"  # a folder within the unit's data
RECALL = "recall.json"


def sent(data: Path, name: str) -> Path | None:
    """The office's file of that name, if one is in force."""
    file = data / OFFICE / name
    return file if file.is_file() else None
