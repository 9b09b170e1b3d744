"""The sales of a look-up's answer, put on file as an import would.

Law of the file: one that does not fit (wrong sums, other content than the one on file) is told and
left out; it is as if it had not been found.
"""

import logging
from datetime import date
from typing import Any

from storage.office import CameDown
from terminal.ledger.ledger import Ledger
from terminal.uplink.reading import Found, found_in
from terminal.uplink.rulebook import Unfit

log = logging.getLogger("terminal")


def take(ledger: Ledger, sales: tuple[dict[str, Any], ...], us: str, day: date) -> frozenset[str]:
    """The ids of the sales that are on file as the office has them. Raises StorageFault."""
    today = day.isoformat()
    found: list[Found] = []
    for one in sales:
        try:
            found.append(found_in(one, us, today))
        except Unfit as fault:
            log.error("look-up: a sale from the office was not taken: %s", fault)  # noqa: TRY400 - the fault says it all
    came = CameDown(
        today,
        sales=tuple(one.sale for one in found),
        returned=tuple(one.elsewhere for one in found),
    )
    taken = ledger.writer.take_down(came)
    for sale_id in taken.different:
        log.error("look-up: sale %s is on file with other content; that one is kept", sale_id)
    return frozenset(one.sale.id for one in found) - frozenset(taken.different)
