"""Prices into the store.

Law of the file: a price of a later day takes over on that day, another price of the same day takes
the place of the one on file, and the same again changes nothing. Two prices of one article for one
day in one file are a fault: nobody could say which is meant. A price without a day holds from
today; if it is in force already, it is the same.
"""

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from storage.prices import StoredPrice
from storage.store import Reader, Store
from terminal.core.words import Told, sentence
from terminal.interchange.taking import Taking
from terminal.interchange.values import Note, OfferedPrice


class PriceCheck:
    """The prices of one file against each other; `today` is the unit's day, ISO."""

    def __init__(self, store: Reader, today: str) -> None:
        self._store = store
        self._today = today
        self._seen: dict[tuple[str, str], int] = {}  # some 150 bytes a price: a list is small

    def dated(self, said: StoredPrice) -> StoredPrice | Told:
        """The price with its day, or why it cannot be taken."""
        price = replace(said, valid_from=said.valid_from or self._today)
        content = hash(price)
        if self._seen.setdefault((price.sku, price.valid_from), content) != content:
            return sentence(
                "{sku} has two prices from {valid_from} on in this file",
                sku=price.sku,
                valid_from=price.valid_from,
            )
        if said.valid_from:
            return price
        now = self._store.price_in_force(price.sku, self._today)
        return now if now and replace(now, valid_from=self._today) == price else price


class TakePrices(Taking[OfferedPrice, StoredPrice]):
    """One import of prices."""

    def __init__(
        self,
        store: Store,
        today: str,
        tell: Callable[[Note], None],
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        super().__init__(tell, progress)
        self._store = store
        self._today = today
        self._check = PriceCheck(store, today)

    def _kept(self, one: OfferedPrice) -> StoredPrice | Told:
        return self._check.dated(one.price)

    def _label(self, one: OfferedPrice) -> str:
        return one.price.sku

    def _add(self, kept: Iterator[StoredPrice]) -> None:
        report = self._store.add_prices(kept, self._today)
        self.tally.added += report.added
        self.tally.changed += report.changed
        self.tally.same += report.same
        self.tally.old += report.old
