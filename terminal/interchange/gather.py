"""Rows brought together by receipt, however far apart they stand, in memory that stays the same.

An external merge sort: sorted runs of some thousand rows go to unnamed temporary files and are
merged. A window of open receipts would be less to read, but a row beyond it would make half a sale.
"""

import heapq
import json
import tempfile
from collections.abc import Iterator
from itertools import groupby
from typing import IO

from terminal.interchange.csv_rows import Row

Key = tuple[str, ...]
RUN_ROWS = 5_000

_Kept = tuple[Key, Row]


class Gatherer:
    """`add` every row, then `groups` once. OSError where temporary files cannot be written."""

    def __init__(self, run_rows: int = RUN_ROWS) -> None:
        self._run_rows = run_rows
        self._held: list[_Kept] = []
        self._runs: list[IO[str]] = []

    def add(self, key: Key, row: Row) -> None:
        self._held.append((key, row))
        if len(self._held) >= self._run_rows:
            self._spill()

    def groups(self) -> Iterator[tuple[Key, Iterator[Row]]]:
        """Each receipt's rows in the file's order; receipts in the order of their keys."""
        self._held.sort(key=_place)
        sources = [*map(_read, self._runs), iter(self._held)]
        merged = heapq.merge(*sources, key=_place)
        try:
            for key, found in groupby(merged, key=lambda one: one[0]):
                yield key, (row for _, row in found)
        finally:
            for run in self._runs:
                run.close()

    def _spill(self) -> None:
        self._held.sort(key=_place)
        # buffered text, closed by `groups`; unnamed, so nothing is left behind by a power cut
        run = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - outlives this call
        for key, row in self._held:
            run.write(json.dumps((key, row.number, row.cells)) + "\n")
        self._runs.append(run)
        self._held = []


def _place(one: _Kept) -> tuple[Key, int]:
    return one[0], one[1].number


def _read(run: IO[str]) -> Iterator[_Kept]:
    run.seek(0)
    for line in run:
        key, number, cells = json.loads(line)
        yield tuple(key), Row(number, tuple(cells))
