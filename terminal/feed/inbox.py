"""The watched folder: which file is complete, and where it goes when its fate is known.

Law of the file: nothing is deleted but an empty sign (NAME.done), nothing is overwritten, and what
changed since it was read stays where it is, to be read again.
"""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from stat import S_ISREG

from msgspec import Struct

from terminal.feed.values import Fingerprint

DONE, REFUSED = "done", "refused"
COMPANION, REPORT, DRAFT = ".done", ".report.csv", ".part"
NOT_YET = (DRAFT, ".tmp", ".filepart", ".crdownload", "~", COMPANION)  # still being written
LOOKED_AT_MAX = 500  # entries of one look: a folder with more is worked off all the same


class Found(Struct, frozen=True):
    """A complete file. `companion` is there or not."""

    path: Path
    fingerprint: Fingerprint
    companion: Path


class Inbox:
    """One folder. `settle` is how long, in seconds, a file without a sign must stay unchanged."""

    def __init__(self, folder: Path, settle: float) -> None:
        self.folder = folder
        self._settle = settle
        self._since: dict[str, tuple[Fingerprint, float]] = {}  # seen so, unchanged since
        self._left: dict[str, Fingerprint] = {}  # handled, but they could not be moved away

    def next_complete(self, now: float) -> Found | None:
        """The oldest complete file; `now` is monotonic. Raises OSError when there is no folder."""
        seen: dict[str, tuple[Fingerprint, float]] = {}
        complete = []
        for name, mark in self._files():
            if self._left.get(name) == mark:
                continue
            before, since = self._since.get(name, (None, now))
            seen[name] = (mark, since if before == mark else now)
            companion = self.folder / (name + COMPANION)
            still = mark.size > 0 and now - seen[name][1] >= self._settle  # empty: opened, no more
            if still or companion.exists():
                complete.append(Found(self.folder / name, mark, companion))
        self._since = seen
        return min(complete, key=lambda one: (one.fingerprint.changed_ns, one.path), default=None)

    def _files(self) -> Iterator[tuple[str, Fingerprint]]:
        with os.scandir(self.folder) as entries:
            named = (one for one in entries if not _not_yet(one.name))
            for entry in islice(named, LOOKED_AT_MAX):
                try:
                    found = entry.stat(follow_symlinks=False)
                except FileNotFoundError:  # renamed between the two looks
                    continue
                if S_ISREG(found.st_mode):
                    mark = Fingerprint(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
                    yield entry.name, mark

    def report_draft(self, unique: str) -> Path:
        """Where a report is written before its file's fate is known; on the folder's own disk."""
        return self.folder / f".{unique}{DRAFT}"

    def put_away(self, found: Found, report: Path, *, taken: bool) -> Path | None:
        """Move file and report to done/ or refused/; None when the file is another one by now.

        Raises OSError: then the file is left where it is and not looked at again until it changes.
        """
        self._left[found.path.name] = found.fingerprint
        if Fingerprint.of(found.path) != found.fingerprint:
            del self._left[found.path.name]
            return None
        folder = self.folder / (DONE if taken else REFUSED)
        folder.mkdir(exist_ok=True)
        place = _free(folder, found.path.name)
        if report.exists():
            report.rename(place.with_name(place.name + REPORT))
        found.path.rename(place)
        found.companion.unlink(missing_ok=True)
        del self._left[found.path.name]
        return place

    def tidy(self) -> None:
        """Take away the drafts of reports that a power cut left. Raises OSError."""
        for draft in self.folder.glob(f".feed-*{DRAFT}"):
            draft.unlink(missing_ok=True)


def _not_yet(name: str) -> bool:
    return name.startswith(".") or name.endswith(NOT_YET)


def _free(folder: Path, name: str) -> Path:
    """`name` in `folder`, or name-2, name-3 ... before its endings: nothing is overwritten."""
    stem, dot, endings = name.partition(".")
    place, number = folder / name, 1
    while place.exists() or place.with_name(place.name + REPORT).exists():
        number += 1
        place = folder / f"{stem}-{number}{dot}{endings}"
    return place
