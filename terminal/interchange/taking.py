"""Taking a file in: the whole of it or nothing, or all that is good of it; every row is counted.

Law of the file: whole means one transaction around the one reading of the file. A fault on its last
line, a full disk or a power cut leaves the store as it was, and no second reading could meet
another file. SQLite writes what passes its cache ahead to the log, so memory stays flat.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Generic, TypeVar

from msgspec import Struct

from terminal.core.words import Told
from terminal.interchange.values import Note, Offered, OfferedPrice

BATCH = 500  # sales or prices in a transaction of --keep-going

OneOffered = TypeVar("OneOffered", bound=Offered | OfferedPrice)
Kept = TypeVar("Kept")


class Tally(Struct):
    """How it went. rows = taken + left_out + refused + unused: every row is in one of them."""

    rows: int = 0
    taken: int = 0  # rows of what is on file now
    left_out: int = 0  # rows that the map leaves out
    refused: int = 0
    unused: int = 0  # good rows of a file that was not taken
    added: int = 0  # sales or prices
    same: int = 0  # that were on file already
    changed: int = 0  # prices in the place of others of the same day
    old: int = 0  # prices that later ones had replaced already
    stored: bool = True


class _NothingTaken(Exception):  # noqa: N818 - rolls the transaction back, never leaves this file
    pass


class Taking(ABC, Generic[OneOffered, Kept]):
    """One import. `tell` hears each note as it is found, `progress` what goes in."""

    def __init__(
        self,
        tell: Callable[[Note], None],
        progress: Callable[[int], None] = lambda _: None,
        tally: Tally | None = None,
    ) -> None:
        self._tell = tell
        self._progress = progress
        self.tally = tally or Tally()

    @abstractmethod
    def _kept(self, one: OneOffered) -> Kept | Told:
        """As the store keeps it, or why it may not go there; asked inside the transaction."""

    @abstractmethod
    def _label(self, one: OneOffered) -> str:
        """What a note calls it."""

    @abstractmethod
    def _add(self, kept: Iterator[Kept]) -> None:
        """One transaction; counts what became of them."""

    def whole(self, found: Iterator[OneOffered | Note]) -> Tally:
        """All of it, or nothing with every fault told. May raise what `found` raises: nothing."""
        self.tally.stored = False
        try:
            self._add(self._all_or_nothing(found))
        except _NothingTaken:
            self.tally.unused, self.tally.taken = self.tally.taken, 0
            return self.tally
        self.tally.stored = True
        return self.tally

    def good_ones(self, found: Iterator[OneOffered | Note]) -> Tally:
        """Each sound one, some hundred a transaction. What was taken before a fault stays."""
        good = self._good(found)
        while first := tuple(islice(good, 1)):
            self._add(chain(first, islice(good, BATCH - 1)))
        return self.tally

    def _all_or_nothing(self, found: Iterator[OneOffered | Note]) -> Iterator[Kept]:
        for one in self._good(found):
            if not self.tally.refused:  # after the first fault only the others are looked for
                yield one
        if self.tally.refused:
            raise _NothingTaken

    def _good(self, found: Iterator[OneOffered | Note]) -> Iterator[Kept]:
        for one in found:
            if isinstance(one, Note):
                self._note(one)
                continue
            kept = self._kept(one)
            if isinstance(kept, Told):
                for row in one.rows:
                    self._note(Note(row, self._label(one), kept))
                continue
            self.tally.rows += len(one.rows)
            self.tally.taken += len(one.rows)
            self._progress(1)
            yield kept

    def _note(self, note: Note) -> None:
        self.tally.rows += 1
        if note.fault:
            self.tally.refused += 1
        else:
            self.tally.left_out += 1
        self._tell(note)
