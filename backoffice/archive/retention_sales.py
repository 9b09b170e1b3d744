"""Old sales: pruned where nothing came back of them, bare of what is personal otherwise.

Law of the file: a sale that a return speaks of stays, as the caps of the next one rest on it. Each
step holds the books of its sales, so that no return of one arrives meanwhile.
"""

from collections.abc import Sequence

from sqlalchemy import Select, delete, exists, select, update

from backoffice.archive.terms import NEEDED, Terms
from backoffice.books.locks import lock
from backoffice.db.tables import FeedItem, Return, Sale, SaleBook, SaleClue, SaleLine, SaleTender
from backoffice.office import Transaction
from backoffice.sales.erasing import bare_body

SPAN = 300
_RETURNED = exists().where(Return.sale_id == Sale.id)
_NEEDED = exists().where(Return.sale_id == Sale.id, Return.state.in_(NEEDED))


def prune(tx: Transaction, terms: Terms) -> int:
    """Sales past their term, with all that is theirs."""
    due = select(Sale.id).where(Sale.business_day < terms.sales_day, ~_RETURNED)
    ids = _held(tx, due)
    if not ids:
        return 0
    for table in (SaleLine, SaleTender, SaleClue, SaleBook):
        tx.session.execute(delete(table).where(table.sale_id.in_(ids)))
    _untold(tx, ids, ("sale", "returned"))
    tx.session.execute(delete(Sale).where(Sale.id.in_(ids)))
    return len(ids)


def erase(tx: Transaction, terms: Terms) -> int:
    """Tails, payment numbers and serials of sales; those of open returns wait for their end."""
    due = select(Sale.id).where(
        Sale.business_day < terms.personal_day, Sale.erased_at.is_(None), ~_NEEDED
    )
    ids = _held(tx, due)
    if not ids:
        return 0
    for sale in tx.session.scalars(select(Sale).where(Sale.id.in_(ids))):
        sale.body, sale.erased_at = bare_body(sale.body), tx.now
        sale.digest = tx.pepper.of("sale", sale.digest)  # of it no tail can be guessed at
    tx.session.execute(
        update(SaleTender).where(SaleTender.sale_id.in_(ids)).values(reference="", masked="")
    )
    tx.session.execute(delete(SaleClue).where(SaleClue.sale_id.in_(ids), SaleClue.kind == "tail"))
    _untold(tx, ids, ("sale",))
    return len(ids)


def _held(tx: Transaction, due: Select[str]) -> Sequence[str]:
    """The next of them, their books locked, and looked at again behind the locks."""
    ids = tx.session.scalars(due.order_by(Sale.business_day, Sale.id).limit(SPAN)).all()
    if not ids:
        return ids
    lock(tx, ids)
    return tx.session.scalars(due.where(Sale.id.in_(ids))).all()


def _untold(tx: Transaction, ids: Sequence[str], what: tuple[str, ...]) -> None:
    """A till that begins anew finds an old sale by look-up; it is not told of it."""
    tx.session.execute(
        delete(FeedItem).where(
            FeedItem.scope == "store", FeedItem.what.in_(what), FeedItem.about.in_(ids)
        )
    )
