"""A backup of the database took its place: what the world knows meanwhile, and the office forgot.

Law of the file: nothing is given twice. Cursors go on above any that a terminal may have heard of,
and a rail is asked how a number stands before it is asked for money under it.
"""

from sqlalchemy import update

from backoffice.audit import audit
from backoffice.db.tables import FeedHead, RefundMove, Todo
from backoffice.office import Transaction

BEYOND = 1_000_000  # more items than an office writes between two backups


def went_on(tx: Transaction, who: str) -> int:
    """To be done once, before anything is served; the cursor from which the feed goes on."""
    cursor = tx.session.scalars(
        update(FeedHead).values(cursor=FeedHead.cursor + BEYOND).returning(FeedHead.cursor)
    ).one()
    tx.session.execute(
        update(RefundMove).where(RefundMove.todo == Todo.ASK).values(todo=Todo.QUERY)
    )
    audit(tx, who, "restored", "", str(cursor))
    return cursor
