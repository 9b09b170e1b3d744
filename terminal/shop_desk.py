"""What the shop said of returns, until the flow has heard it or it is recorded beside the flow.

Law of the file: a return that the screen holds is the flow's; of every other one the terminal
records by itself what needs nobody's hands, from what is on file at that moment, in one
transaction, once.
"""

import logging
from collections.abc import Iterator
from typing import TypeAlias

from terminal.core import events, states
from terminal.core.draft import Draft
from terminal.core.flow import RETURN
from terminal.core.returns import Return
from terminal.core.shop import ShopState
from terminal.core.steps import shop
from terminal.ledger.codec import Unreadable
from terminal.ledger.ledger import Ledger
from terminal.ledger.refused import NotWritten
from terminal.moments import Moments

log = logging.getLogger("terminal")
Unheard: TypeAlias = events.ShopTold | events.SumsChanged | events.RecordRefused


class ShopDesk:
    """Holds nothing that storage does not hold: `take_up` finds it all again after a start."""

    def __init__(self, moments: Moments) -> None:
        self._moments = moments
        self._said: dict[str, ShopState] = {}

    def take_up(self, ledger: Ledger) -> None:
        """Everything that was said of returns which are not at their end. Raises StorageFault."""
        self._said = {one.id: one for one in ledger.shop_states()}

    def hear(self, said: ShopState) -> None:
        before = self._said.get(said.id)
        if before is None or before.version < said.version:
            self._said[said.id] = said

    def for_the_screen(self, state: states.State, ledger: Ledger) -> Unheard | None:
        """What the flow has not heard yet, and hears now, of the return that it holds, or of the
        sale whose amounts are shown. Raises StorageFault.
        """
        try:
            ledger.check_seen(state)
        except NotWritten as outdated:
            return outdated.event(self._moments.now())
        ret = getattr(state, "ret", None)
        if not isinstance(ret, Return):
            return None
        if ret.decided and ret.shop is not None:
            self.hear(ret.shop)  # whoever leaves it undone leaves it to us
        said = self._said.get(ret.id)
        if said is None or shop.after(ret, said) is ret:
            return None
        told = self._event(said)
        return told if RETURN.hears(state, told) else None

    def beside(self, ledger: Ledger, state: states.State) -> None:
        """Record what can be recorded of returns that no screen holds. Raises StorageFault."""
        held = {one.id for one in _returns(state)}
        for said in tuple(one for one in self._said.values() if one.id not in held):
            ret = _on_file(ledger, said)
            if ret is not None and ret.sale_id == _sale(state):
                continue
            told = self._event(said)
            records = shop.beside(shop.after(ret, said), told) if ret is not None else ()
            if records:
                ids = self._moments.ids(len(records))
                ledger.keep_all(records, ids, self._moments.stamp())
                log.info("the shop's word: %s recorded", ", ".join(_kinds(records)))
            del self._said[said.id]

    def _event(self, said: ShopState) -> events.ShopTold:
        return events.ShopTold(said, moment=self._moments.now())


def _on_file(ledger: Ledger, said: ShopState) -> Return | None:
    """None where it is another till's, or cannot be read."""
    try:
        return ledger.find_return(said.id)
    except Unreadable as fault:
        log.error("return %s: %s", said.number, fault)  # noqa: TRY400 - the fault says it all
        return None


def _returns(state: states.State) -> Iterator[Return]:
    """Those that the screen has, as itself or beside a draft."""
    for name in ("ret", "open_return"):
        held = getattr(state, name, None)
        if isinstance(held, Return):
            yield held


def _sale(state: states.State) -> str:
    """The sale that is being returned: what else came back of it counts in the draft."""
    draft = getattr(state, "draft", None)
    return draft.case.sale.id if isinstance(draft, Draft) else ""


def _kinds(records: tuple[object, ...]) -> Iterator[str]:
    return (type(one).__name__ for one in records)
