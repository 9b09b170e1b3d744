"""Sales into the store: the whole file or nothing, or all that is good of it.

Law of the file: whole means one transaction around the one reading of the file. A fault on its last
line, a full disk or a power cut leaves the store as it was, and no second reading could meet
another file. A sale on file is never overwritten: the same again changes nothing, another under its
id is a fault. SQLite writes what passes its cache ahead to the log, so memory stays flat.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from msgspec import Struct

from storage.store import Store
from storage.values import StoredSale
from terminal.core.words import Worded
from terminal.interchange.values import Found, Note, Offered
from terminal.stored import stored_sale

BATCH_SALES = 500  # a transaction of --keep-going


class Tally(Struct):
    """How it went. rows = taken + left_out + refused + unused: every row is in one of them."""

    rows: int = 0
    taken: int = 0  # rows of sales that are on file now
    left_out: int = 0  # rows that the map calls no sale
    refused: int = 0
    unused: int = 0  # good rows of a file that was not taken
    added: int = 0  # sales
    same: int = 0  # sales that were on file already
    stored: bool = True


class _NothingTaken(Exception):  # noqa: N818 - rolls the transaction back, never leaves this file
    pass


class TakeIn:
    """One import. `tell` hears each note as it is found, `progress` the sales as they go in."""

    def __init__(
        self,
        store: Store,
        tell: Callable[[Note], None],
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._store = store
        self._tell = tell
        self._progress = progress
        self.tally = Tally()

    def whole(self, found: Iterator[Found]) -> Tally:
        """All of it, or nothing with every fault told. May raise what `found` raises: nothing."""
        self.tally.stored = False
        try:
            report = self._store.add_sales(self._all_or_nothing(found))
        except _NothingTaken:
            self.tally.unused, self.tally.taken = self.tally.taken, 0
            return self.tally
        self.tally.added, self.tally.same, self.tally.stored = report.added, report.same, True
        return self.tally

    def good_ones(self, found: Iterator[Found]) -> Tally:
        """Each sound sale, some hundred a transaction. What was taken before a fault stays."""
        good = self._good(found)
        while batch := tuple(islice(good, 1)):
            report = self._store.add_sales(_after(batch, islice(good, BATCH_SALES - 1)))
            self.tally.added += report.added
            self.tally.same += report.same
        return self.tally

    def _all_or_nothing(self, found: Iterator[Found]) -> Iterator[StoredSale]:
        for sale in self._good(found):
            if not self.tally.refused:  # after the first fault only the others are looked for
                yield sale
        if self.tally.refused:
            raise _NothingTaken

    def _good(self, found: Iterator[Found]) -> Iterator[StoredSale]:
        for one in found:
            match one:
                case Note():
                    self._note(one)
                case Offered():
                    sale = stored_sale(one.sale)
                    if self._contradicts(one, sale):
                        continue
                    self.tally.rows += len(one.rows)
                    self.tally.taken += len(one.rows)
                    self._progress(1)
                    yield sale

    def _contradicts(self, one: Offered, sale: StoredSale) -> bool:
        """Looked up inside the transaction, so that it sees the sales of this file, too."""
        known = self._store.sale(sale.id)
        if known is None or known == sale:
            return False
        words = Worded(
            f"原单 {sale.id} 已存在且内容不同，保留已有的",
            f"sale {sale.id} is on file with other content; the one on file was kept",
        )
        for row in one.rows:
            self._note(Note(row, sale.receipt_no, words))
        return True

    def _note(self, note: Note) -> None:
        self.tally.rows += 1
        if note.fault:
            self.tally.refused += 1
        else:
            self.tally.left_out += 1
        self._tell(note)


def _after(first: tuple[StoredSale, ...], rest: Iterator[StoredSale]) -> Iterator[StoredSale]:
    yield from first
    yield from rest
