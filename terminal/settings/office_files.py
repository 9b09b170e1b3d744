"""Rules that the back office sent, in the place of the folder's own: where they lie.

Law of the file: what the office sent is in force from the next idle screen on, once it was found
sound together with everything else. Should it not be sound any more at a start (terminal.toml was
changed), the unit starts with the folder's own files: a till that does not start helps nobody.
"""

import json
import logging
from pathlib import Path

from terminal.core.rules import Recall

log = logging.getLogger("terminal")
OFFICE = "office"  # a folder within the unit's data
RECALL = "recall.json"


def sent(data: Path, name: str) -> Path | None:
    """The office's file of that name, if one is in force."""
    file = data / OFFICE / name
    return file if file.is_file() else None


def with_recalls(data: Path, ours: Recall) -> Recall:
    """What the policy recalls and what the office does; a list that cannot be read is passed over.

    It was checked when it came, and whoever keeps goods safe has the policy's own list as well.
    """
    file = sent(data, RECALL)
    if file is None:
        return ours
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        batches, skus = (tuple(map(str, said[key])) for key in ("batches", "skus"))
    except (OSError, ValueError, KeyError, TypeError):
        log.warning("the office's list of recalls cannot be read")
        return ours
    return Recall(
        batches=tuple(dict.fromkeys((*ours.batches, *batches))),
        skus=tuple(dict.fromkeys((*ours.skus, *skus))),
    )
