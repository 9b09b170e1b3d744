"""What the two imports have in common: what is said at the shell, the report, the progress bar."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, NoReturn, Self

from terminal.commands.places import table
from terminal.core.words import Told, sentence
from terminal.interchange.taking import Tally
from terminal.interchange.values import Note
from terminal.spoken.spoken import say, spoken
from terminal.ui.words import in_both

if TYPE_CHECKING:
    from tqdm import tqdm

SAID_MAX = 20  # faults shown at the shell; --report has all


@contextmanager
def told(
    notes: "Notes", report: Path | None, what: str
) -> Generator[Callable[[Note], None], None, None]:
    """Where a note goes: to the shell, and into the report; `what` heads its second column."""
    if report is None:
        yield notes.add
        return
    with table(report, ("row", what, "verdict", "reason", "原因")) as sheet:

        def tell(note: Note) -> None:
            notes.add(note)
            verdict = "refused" if note.fault else "left out"
            sheet.row(note.row, note.receipt, verdict, *in_both(note.words))

        yield tell


@contextmanager
def going_on(*, keep_going: bool) -> Generator[None, None, None]:
    """An import that is stopped, or that the system stops, says what becomes of its first part."""
    try:
        yield
    except (KeyboardInterrupt, OSError):
        if keep_going:
            say(sentence("What was taken before is kept; the same file again goes on from there."))
        raise


def rows_of(file: Path, tally: Tally) -> Told:
    """The rows, in numbers that add up."""
    went = tally.taken + tally.left_out + tally.refused + tally.unused
    assert tally.rows == went, f"{tally.rows} rows, {went} accounted for"
    return sentence(
        "{file}: {rows} rows: {taken} taken, {left_out} left out, {refused} refused, {unused} good"
        " but not taken.",
        file=file.name,
        rows=tally.rows,
        taken=tally.taken,
        left_out=tally.left_out,
        refused=tally.refused,
        unused=tally.unused,
    )


class Notes:
    """What is said at the shell: the first faults, and each reason for leaving out with its count.

    Only sentences are kept, and few of them: a file may have a fault in every row.
    """

    def __init__(self) -> None:
        self._faults: list[Note] = []
        self._more = 0
        self._left_out: dict[str, int] = {}

    def add(self, note: Note) -> None:
        if not note.fault:
            why = spoken().say(note.words)
            self._left_out[why] = self._left_out.get(why, 0) + 1
        elif len(self._faults) < SAID_MAX:
            self._faults.append(note)
        else:
            self._more += 1

    def say(self) -> None:
        for one in sorted(self._faults, key=lambda note: note.row):
            receipt = f" ({one.receipt})" if one.receipt else ""
            say(sentence("row {row}{receipt}: {why}", row=one.row, receipt=receipt, why=one.words))
        if self._more:
            say(sentence("... and {more} more; --report FILE writes all", more=self._more))
        for why, count in self._left_out.items():
            say(sentence("left out {count}: {why}", count=count, why=why))


class Bar:
    """A progress bar on a terminal, nothing elsewhere."""

    def __init__(self, path: Path, unit: str, desc: str) -> None:
        self._bars: tuple[tqdm[NoReturn], ...] = ()
        if sys.stderr.isatty() and path.is_file():
            from tqdm import tqdm as bar  # noqa: PLC0415 - 60 ms that only a person at a shell needs

            words = spoken()

            # A serial console tells no size, and tqdm would then show nothing.
            width, height = get_terminal_size()
            read = bar(
                total=path.stat().st_size, unit="B", unit_scale=True, desc=words("read"),
                ncols=width, nrows=height,
            )  # fmt: skip
            taken = bar(unit=unit, desc=desc, ncols=width, nrows=height)
            self._bars = (read, taken)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in reversed(self._bars):
            one.close()

    def bytes(self, count: int) -> None:
        """So many more bytes of the file were read."""
        if self._bars:
            self._bars[0].update(count)

    def taken(self, count: int) -> None:
        """So many more sales or prices went in."""
        if self._bars:
            self._bars[1].update(count)
