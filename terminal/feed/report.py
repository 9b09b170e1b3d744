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
from terminal.feed.values import PRICES
from terminal.interchange.sheet import Table
from terminal.interchange.values import Note

Row = tuple[int, str, str, str, str]  # row, label, verdict, reason in English and in Chinese
GOOD, SAME = "good", "same"
_VERDICTS = {
    (GOOD, True): ("taken", "", ""),
    (GOOD, False): ("not taken", "good, but the file was refused", "正确，但整个文件未导入"),
    (SAME, True): ("same", "on file already", "已存在"),
    (SAME, False): ("same", "on file already", "已存在"),
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
        self.add(note.row, note.receipt, verdict, note.words.en, note.words.zh)

    def written(self, report: Path, record: FileHandled) -> None:
        """The report, whole and synced. Raises OSError."""
        self._file.close()
        _write(report, record, self._kept())

    def _kept(self) -> Iterator[Row]:
        with self._path.open(encoding="utf-8") as lines:
            for line in lines:
                row, label, verdict, en, zh = json.loads(line)
                yield row, label, verdict, en, zh

    def close(self) -> None:
        self._file.close()


def alone(report: Path, record: FileHandled) -> None:
    """The report of a file of which not one row could be read. Raises OSError."""
    _write(report, record, ())


def _write(report: Path, record: FileHandled, rows: Iterable[Row]) -> None:
    with report.open("w", encoding="utf-8-sig", newline="") as file:
        table = Table(file)
        label_of = "sku" if record.what == PRICES else "receipt"
        table.row("row", label_of, "verdict", "reason", "原因")
        table.row("", record.name, *summary(record))
        for row, label, verdict, en, zh in rows:
            table.row(row, label, *_VERDICTS.get((verdict, record.taken), (verdict, en, zh)))
        file.flush()
        os.fsync(file.fileno())


def summary(record: FileHandled) -> tuple[str, str, str]:
    """The whole file's verdict, and why, in both languages."""
    if record.why:
        en, _, zh = record.why.partition(" / ")
        return "refused", en, zh or en
    verdict = "taken" if record.taken else "refused"
    en = (
        f"{record.rows} rows: {record.good} good, {record.left_out} left out, {record.refused}"
        f" refused; sha256 {record.sha256}"
    )
    zh = f"共 {record.rows} 行：正确 {record.good}，跳过 {record.left_out}，拒绝 {record.refused}"
    if not record.taken:
        en += ". Nothing was taken: correct the file and drop it again"
        zh += "。未导入任何内容：请更正后重新放入"
    return verdict, en, zh


@contextmanager
def rows_in(path: Path) -> Iterator[Rows]:
    rows = Rows(path)
    try:
        yield rows
    finally:
        rows.close()
