"""Rows for a person's spreadsheet: CSV whose text no sheet runs as a formula."""

import csv
from typing import TextIO


class Table:
    """Rows of a CSV. Text that a spreadsheet would run as a formula is given as text."""

    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file)

    def row(self, *cells: object) -> None:
        self._writer.writerow([_harmless(str(cell)) for cell in cells])


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "@", "\t")) else cell
