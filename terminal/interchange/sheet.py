"""Rows for a person's spreadsheet: CSV whose text no sheet runs as a formula."""

import csv
import re
from typing import TextIO


class Table:
    """Rows of a CSV. Text that a spreadsheet would run as a formula is given as text."""

    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file)

    def row(self, *cells: object) -> None:
        self._writer.writerow([_harmless(str(cell)) for cell in cells])


def _harmless(cell: str) -> str:
    number = re.fullmatch(r"-[0-9]+(\.[0-9]+)?", cell)
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) and not number else cell
