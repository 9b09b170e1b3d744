"""Finds the sale: our own copy first, then the back office through the courier.

Law of the file: what the office answers is put on file before the flow hears of it, so that the
flow knows one way to a sale. Without an answer all goes on as in a unit without a network.
"""

import logging
from collections.abc import Mapping
from typing import Protocol

from storage.faults import SaleDamaged
from terminal.core import events
from terminal.core.effects import LookUp, Query
from terminal.core.events import Moment
from terminal.core.returns import ReturnKind
from terminal.core.rules import Rules
from terminal.ledger.ledger import Ledger
from terminal.uplink.values import LookedUp

log = logging.getLogger("terminal")
NO_QUESTION = "refused"  # the office heard it: nothing is called so there


class Shop(Protocol):
    """The way to the back office, as far as the performer asks of it."""

    @property
    def there(self) -> bool:
        """Whether this unit has a back office at all, reached or not."""

    @property
    def name(self) -> str:
        """This terminal's, as the office knows it."""

    def ask(self, ask: str, query: Mapping[str, str | int]) -> bool:
        """Send a look-up (docs/WIRE.md); False where nobody can be asked now."""


class NoShop:
    """A unit without a back office."""

    there, name = False, ""

    def ask(self, ask: str, query: Mapping[str, str | int]) -> bool:  # noqa: ARG002 - nobody is asked
        return False


class Finding:
    """Look-ups of one unit."""

    def __init__(self, ledger: Ledger, rules: Rules, shop: Shop) -> None:
        self._ledger, self._rules, self._shop = ledger, rules, shop

    def look_up(self, ask: LookUp, moment: Moment) -> events.Event | None:
        """The answer, or None where the office was asked: it comes as a LookedUp.

        It is asked for what is not on file, and for another till's sale: what came back of it
        elsewhere is only known there.
        """
        found = self._on_file(ask.ask, ask.query, moment)
        if isinstance(found, events.NothingFound):
            if self._shop.ask(ask.ask, asked(ask.query)):
                return None
            return events.NothingFound(self._shop.there, ask=ask.ask, moment=moment)
        if isinstance(found, events.SaleFound) and found.case.kind is ReturnKind.OFFLINE:
            sent = self._shop.ask(ask.ask, {"sale_id": found.case.sale.id})
            return None if sent else found
        return found

    def answered(self, answer: LookedUp, query: Query, moment: Moment) -> events.Event:
        """What the office said, taken in; or, where it could not say, what is on file."""
        known = self._taken(answer, moment)
        found = self._on_file(answer.ask, query, moment, known)
        if isinstance(found, events.NothingFound):
            unasked = answer.fault not in ("", NO_QUESTION)
            return events.NothingFound(unasked, ask=answer.ask, moment=moment)
        return found

    def _taken(self, answer: LookedUp, moment: Moment) -> frozenset[str]:
        """Put on file what was found; the sales of which the office has just spoken."""
        if not answer.sales:
            return frozenset()
        from terminal.uplink.answer import take  # noqa: PLC0415 - after the first screen

        return take(self._ledger, answer.sales, self._shop.name, moment.now.date())

    def _on_file(
        self, ask: str, query: Query, moment: Moment, known: frozenset[str] = frozenset()
    ) -> events.Event:
        """A sale, several, one of our own returns typed where a receipt was asked for, or none."""
        day = moment.now.date()
        if query.kind is not None:
            so_far = self._ledger.so_far(query.kind, query.receipt_no, day)
            return events.KindOpened(query.kind, self._rules, so_far, ask=ask, moment=moment)
        try:
            heads = self._ledger.look_up(query)
            if len(heads) > 1:
                return events.SeveralFound(heads, ask=ask, moment=moment)
            first = heads[0].id if heads else ""
            case = self._ledger.case(first, day, settled=first in known) if first else None
        except SaleDamaged as fault:
            log.error("%s", fault)  # noqa: TRY400 - the fault says it all
            return events.SaleUnreadable(ask=ask, moment=moment)
        if case is not None:
            waiting = self._ledger.open_return(case.sale.id)
            return events.SaleFound(case, self._rules, waiting, ask=ask, moment=moment)
        ret = self._ledger.find_return(query.receipt_no) if query.receipt_no else None
        if ret is not None:
            return events.ReturnFound(ret, ask=ask, moment=moment)
        return events.NothingFound(ask=ask, moment=moment)


def asked(query: Query) -> dict[str, str | int]:
    """The question as docs/WIRE.md has it."""
    day: dict[str, str | int] = {"day": query.day.isoformat()} if query.day else {}
    if query.sale_id:
        return {"sale_id": query.sale_id}
    if query.tail:
        return {**day, "tail": query.tail}
    if query.goods:
        return {**day, "goods": query.goods}
    if query.day is not None:
        return {**day, "total": query.amount}
    return {"receipt_no": query.receipt_no}
