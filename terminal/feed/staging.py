"""Sound sales and prices on their way into the store: told apart from what is on file, staged.

Law of the file: the store is read, never written. What contradicts it, or another part of the same
file, is found here, before anything of the file goes in.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import IO

import msgspec
from msgspec import Struct

from storage.prices import StoredPrice
from storage.sales import content_hash, seal
from storage.store import Reader
from storage.values import StoredSale
from terminal.core.words import Told
from terminal.feed.report import GOOD, SAME, Rows
from terminal.interchange.take_in import contradicts
from terminal.interchange.take_prices import PriceCheck
from terminal.interchange.taking import Taking, Tally
from terminal.interchange.values import Offered, OfferedPrice
from terminal.ledger.stored import stored_sale


class StageSales(Taking[Offered, StoredSale | None]):
    """Sales that are not on file yet, one a line, into `out`."""

    def __init__(self, store: Reader, rows: Rows, out: IO[bytes], tally: Tally) -> None:
        super().__init__(rows.note, tally=tally)
        self._store, self._rows, self._out = store, rows, out
        self._seen: dict[bytes, bytes] = {}  # of id and content: some 150 bytes a sale

    def _kept(self, one: Offered) -> StoredSale | Told | None:
        sale = stored_sale(one.sale)
        known = self._store.on_file(sale)
        content = content_hash(sale)[:16] + seal(sale)
        here = self._seen.setdefault(sha256(sale.id.encode()).digest()[:16], content)
        if known is False or here != content:
            return contradicts(sale.id)
        for row in one.rows:
            self._rows.add(row, sale.receipt_no, SAME if known else GOOD)
        self.tally.same += known is True
        return None if known else sale

    def _label(self, one: Offered) -> str:
        return one.sale.receipt_no

    def _add(self, kept: Iterator[StoredSale | None]) -> None:
        _stage(self._out, kept)


class StagePrices(Taking[OfferedPrice, StoredPrice]):
    """Prices with their days, one a line, into `out`."""

    def __init__(self, store: Reader, today: str, rows: Rows, out: IO[bytes], tally: Tally) -> None:
        super().__init__(rows.note, tally=tally)
        self._rows, self._out = rows, out
        self._check = PriceCheck(store, today)

    def _kept(self, one: OfferedPrice) -> StoredPrice | Told:
        found = self._check.dated(one.price)
        if isinstance(found, StoredPrice):
            for row in one.rows:
                self._rows.add(row, found.sku, GOOD)
        return found

    def _label(self, one: OfferedPrice) -> str:
        return one.price.sku

    def _add(self, kept: Iterator[StoredPrice]) -> None:
        _stage(self._out, kept)


def _stage(out: IO[bytes], kept: Iterable[Struct | None]) -> None:
    encode = msgspec.json.Encoder().encode
    for one in kept:
        if one is not None:
            out.write(encode(one) + b"\n")
