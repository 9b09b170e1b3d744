"""A page of the feed, taken in a little at a time, each part in one transaction with its cursor.

Law of the file: what cannot be used is told and passed over, for one bad item must not keep the
next from coming. Files of rules are written before the cursor moves: what comes twice changes
nothing.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct, field

from storage.elsewhere import ReturnedElsewhere
from storage.office import CameDown
from storage.prices import StoredPrice
from storage.values import StoredSale
from terminal.core.shop import ShopState
from terminal.courier.protocol import Item, Page
from terminal.ledger.ledger import Ledger
from terminal.ui.words import in_both
from terminal.uplink.reading import (
    day_of,
    kept_state,
    own_state_in,
    price_in,
    returned_in,
    sale_in,
    state_of,
)
from terminal.uplink.rulebook import Rulebook, Unfit

log = logging.getLogger("terminal")
PART_S = 0.004  # of one transaction, its sync apart: less than drawing a screen
KINDS = ("sale", "returned", "price", "policy", "recall", "return", "numbers")
NUMBERS_MAX = 999_999_999


class Part(Struct):
    """What of a page goes into one transaction."""

    sales: list[StoredSale] = field(default_factory=list)
    returned: list[ReturnedElsewhere] = field(default_factory=list)
    prices: list[StoredPrice] = field(default_factory=list)
    states: list[ShopState] = field(default_factory=list)
    numbers_after: int = 0

    def came(self, today: str, cursor: int) -> CameDown:
        return CameDown(
            today,
            tuple(self.sales),
            tuple(self.returned),
            tuple(self.prices),
            tuple(kept_state(one) for one in self.states),
            self.numbers_after,
            cursor,
        )


class Taking:
    """`us` is this terminal's name; `now` the moment by the unit's clock."""

    def __init__(self, us: str, rulebook: Rulebook, now: Callable[[], datetime]) -> None:
        self._us, self.rulebook, self._now = us, rulebook, now
        self._page: Page | None = None
        self._at = 0
        self.unfit = 0  # items that could not be used, since the start

    def begin(self, page: Page) -> None:
        self._page, self._at = page, 0

    def drop(self) -> None:
        """The connection is gone: the page comes again from the kept cursor."""
        self._page = None

    @property
    def under_way(self) -> bool:
        return self._page is not None

    def some(self, ledger: Ledger) -> tuple[int | None, tuple[ShopState, ...]]:
        """The next part: (the page's cursor once all of it is taken, news of our returns).

        Raises StorageFault and OSError: then nothing moved, and it may be tried again.
        """
        page = self._page
        assert page is not None
        part, at, today = Part(), self._at, day_of(self._now())
        end = time.monotonic() + PART_S
        while at < len(page.items):
            self._add(part, page.items[at], today)
            at += 1
            if time.monotonic() >= end:
                break
        done = at == len(page.items)
        cursor = page.next if done else page.items[at - 1].cursor
        taken = ledger.writer.take_down(part.came(today, cursor))
        self._at = at
        for sale_id in taken.different:
            self._tell("sale", f"{sale_id} is on file with other content; that one is kept")
        if done:
            self._page = None
        return (cursor if done else None), tuple(state_of(one) for one in taken.states)

    def _add(self, part: Part, item: Item, today: str) -> None:
        """Raises OSError, of a file that could not be written."""
        try:
            self._read(part, item, today)
        except Unfit as fault:
            self._tell(item.what, " / ".join(in_both(fault.told)))

    def _read(self, part: Part, item: Item, today: str) -> None:
        body = item.body
        match item.what:
            case "sale":
                part.sales.append(sale_in(body))
            case "returned":
                part.returned.append(returned_in(body, self._us, today))
            case "price":
                part.prices.append(price_in(body, today))
            case "return":
                part.states.append(own_state_in(body, self._us))
            case "numbers":
                after = body.get("after") if isinstance(body, dict) else None
                if not isinstance(after, int) or not 0 <= after <= NUMBERS_MAX:
                    raise Unfit("no number")
                part.numbers_after = max(part.numbers_after, after)
            case "policy" | "recall" if not isinstance(body, dict):
                raise Unfit("no file")
            case "policy":
                self.rulebook.take(body)
            case "recall":
                self.rulebook.recall(body)
            case _:
                log.info("uplink: an item of a kind that is not known yet was passed over")

    def _tell(self, what: str, why: str) -> None:
        self.unfit += 1
        kind = what if what in KINDS else "unknown"
        log.error("uplink: %s from the office was not taken: %s", kind, why)
