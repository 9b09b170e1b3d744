"""A file's report, NAME.report.csv: its fate first, then each of its rows with its own.

Law of the file: a row's fate is written only when the whole file's is known; until then rows wait
in a file of their own, so that a file of any length takes the same memory.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from terminal.core.upkeep import FileHandled
from terminal.core.words import Told, sentence
from terminal.feed.values import PRICES
from terminal.interchange.sheet import Table
from terminal.interchange.values import Note
from terminal.ui.words import in_both

Row = tuple[int, str, str, str, str]  # row, label, verdict, reason in English and in Chinese
Why = tuple[str, str] | None  # in English and in Chinese
GOOD, SAME = "good", "same"
_ON_FILE = sentence("on file already")
_VERDICTS: dict[tuple[str, bool], tuple[str, Told]] = {
    (GOOD, True): ("taken", ""),
    (GOOD, False): ("not taken", sentence("good, but the file was refused")),
    (SAME, True): ("same", _ON_FILE),
    (SAME, False): ("same", _ON_FILE),
}


class Rows:
    """The rows of one file, in the order in which they were understood."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("w", encoding="utf-8")

    def add(self, row: int, label: str, verdict: str, en: str = "", zh: str = "") -> None:
        self._file.write(json.dumps((row, label, verdict, en, zh)) + "\n")

    def note(self, note: Note) -> None:
        verdict = "refused" if note.fault else "left out"
        self.add(note.row, note.receipt, verdict, *in_both(note.words))

    def written(self, report: Path, record: FileHandled, why: Why) -> None:
        """The report, whole and synced; `why` tells of the whole file. Raises OSError."""
        self._file.close()
        _write(report, record, why, self._kept())

    def _kept(self) -> Iterator[Row]:
        with self._path.open(encoding="utf-8") as lines:
            for line in lines:
                row, label, verdict, en, zh = json.loads(line)
                yield row, label, verdict, en, zh

    def close(self) -> None:
        self._file.close()


def alone(report: Path, record: FileHandled, why: Why) -> None:
    """The report of a file of which not one row could be read. Raises OSError."""
    _write(report, record, why, ())


def _write(report: Path, record: FileHandled, why: Why, rows: Iterable[Row]) -> None:
    with report.open("w", encoding="utf-8-sig", newline="") as file:
        table = Table(file)
        label_of = "sku" if record.what == PRICES else "receipt"
        table.row("row", label_of, "verdict", "reason", "原因")
        table.row("", record.name, *summary(record, why))
        for row, label, verdict, en, zh in rows:
            known = _VERDICTS.get((verdict, record.taken))
            told = (known[0], *in_both(known[1])) if known else (verdict, en, zh)
            table.row(row, label, *told)
        file.flush()
        os.fsync(file.fileno())


def summary(record: FileHandled, why: Why) -> tuple[str, str, str]:
    """The whole file's verdict, and why, in both languages."""
    if why is not None:
        return "refused", *why
    counts = sentence(
        "{rows} rows: {good} good, {left_out} left out, {refused} refused; sha256 {sha256}.",
        rows=record.rows,
        good=record.good,
        left_out=record.left_out,
        refused=record.refused,
        sha256=record.sha256,
    )
    if record.taken:
        return "taken", *in_both(counts)
    end = sentence("{counts} Nothing was taken: correct the file and drop it again.", counts=counts)
    return "refused", *in_both(end)


@contextmanager
def rows_in(path: Path) -> Iterator[Rows]:
    rows = Rows(path)
    try:
        yield rows
    finally:
        rows.close()
