"""Records into the books: all of a delivery at once, or one by one where one of them is amiss.

Law of the file: what cannot be taken leaves the books as if it had not come.
"""

import logging
from collections.abc import Sequence

from sqlalchemy.exc import OperationalError

from backoffice.books.ahead import look_ahead
from backoffice.books.taking import lock_sales, take
from backoffice.office import Transaction
from backoffice.wire.bodies import Body
from backoffice.wire.event import Event
from backoffice.wire.tagged import Unreadable

LOG = logging.getLogger(__name__)

Records = Sequence[tuple[Event, Body]]


def book(tx: Transaction, records: Records) -> dict[str, str]:
    """Take them in their order. Of each that could not be taken: its id, and why."""
    if not records:
        return {}
    lock_sales(tx, [body for _, body in records])
    try:
        _take(tx, records)
    except OperationalError:
        raise  # the database's own trouble: nothing of the batch is acknowledged
    except Exception:  # noqa: BLE001 - found again one by one, and told there
        refused = {event.id: _alone(tx, event, body) for event, body in records}
        return {id_: why for id_, why in refused.items() if why}
    return {}


def _take(tx: Transaction, records: Records) -> None:
    with tx.attempt():
        ahead = look_ahead(tx, [body for _, body in records])
        for event, body in records:
            take(tx, ahead, event, body)


def _alone(tx: Transaction, event: Event, body: Body) -> str:
    """Empty, or why it could not be taken."""
    try:
        _take(tx, [(event, body)])
    except Unreadable as fault:
        return str(fault)
    except OperationalError:
        raise
    except Exception as fault:  # a bug of ours must not stop a terminal's deliveries
        LOG.exception("a record broke the books", extra={"record": event.id})
        return f"the books failed on it ({type(fault).__name__})"
    return ""
