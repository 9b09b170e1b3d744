"""Sales into the store.

Law of the file: a sale on file is never overwritten. The same again changes nothing, another under
its id is a fault, also when both are in one file.
"""

from collections.abc import Callable, Iterator

from storage.store import Store
from storage.values import StoredSale
from terminal.core.words import Told, sentence
from terminal.interchange.taking import BATCH, Taking, Tally
from terminal.interchange.values import Note, Offered
from terminal.ledger.stored import stored_sale

BATCH_SALES = BATCH
__all__ = ["BATCH_SALES", "TakeIn", "Tally"]


class TakeIn(Taking[Offered, StoredSale]):
    """One import of sales."""

    def __init__(
        self,
        store: Store,
        tell: Callable[[Note], None],
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        super().__init__(tell, progress)
        self._store = store

    def _kept(self, one: Offered) -> StoredSale | Told:
        """Looked up inside the transaction, so that it sees the sales of this file, too."""
        sale = stored_sale(one.sale)
        return contradicts(sale.id) if self._store.on_file(sale) is False else sale

    def _label(self, one: Offered) -> str:
        return one.sale.receipt_no

    def _add(self, kept: Iterator[StoredSale]) -> None:
        report = self._store.add_sales(kept)
        self.tally.added += report.added
        self.tally.same += report.same


def contradicts(sale_id: str) -> Told:
    return sentence(
        "sale {sale_id} is on file with other content; the one on file was kept", sale_id=sale_id
    )
