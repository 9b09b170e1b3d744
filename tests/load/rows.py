"""Records by the thousand: one whole return as a real till recorded it, told again by others.

Law of the file: only names change (the return's id and number, its sale and receipt), so that the
office reads what tills write, however many there are.
"""

import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from drivers.values import Key
from terminal.core.sale import Sale
from terminal.courier.protocol import Record
from tests.backoffice.chains import genesis, record
from tests.backoffice.till_rows import Event
from tests.flows.cashier import Till
from tests.flows.shelf import one_oil

TILL = "0571-03"
ORDER = ("id", "number", "sale_id", "receipt_no")  # of a return's names


class Fact(NamedTuple):
    """A record before it has its place in a chain."""

    kind: str
    body: str
    personal: str


class Mould:
    """A bottle of oil that came back: recorded, printed, signed for and paid out in cash."""

    def __init__(self, folder: Path) -> None:
        sold = one_oil()
        till = Till(folder, [sold])
        till.encodes = False
        till.signs_on()
        before = till.store.journal_head()[0]
        till.returns_all(sold.receipt_no)
        till.confirms()
        till.presses(Key.F2, Key.CONFIRM, Key.CONFIRM)
        self._facts = [Fact(row.kind, row.body, row.personal) for row in till.store.journal(before)]
        (ret,) = till.returns
        self._names = [str(getattr(ret, name)) for name in ORDER]
        till.switch_off()

    def cast(self, terminal: str, number: int, sold: Sale) -> list[Fact]:
        """The return of this number at this terminal."""
        id_ = uuid.uuid5(uuid.NAMESPACE_URL, f"{terminal}/{number}")
        new = (str(id_), f"R-{terminal}-{number:06d}", sold.id, sold.receipt_no)
        return [Fact(one.kind, self._renamed(one.body, new), one.personal) for one in self._facts]

    def _renamed(self, text: str, new: Iterable[str]) -> str:
        for old, name in zip(self._names, new, strict=True):
            text = text.replace(f'"{old}"', f'"{name}"')
        return text


def chained(terminal: str, place: int, facts: Iterable[Fact]) -> list[Record]:
    """A terminal's journal from its first record on; `place` tells terminals' ids apart."""
    found: list[Record] = []
    before = genesis()
    for seq, one in enumerate(facts, start=1):
        event = record(
            seq, before, one.kind, one.body, one.personal, number=place, terminal=terminal
        )
        found.append(as_record(event))
        before = event["hash"]
    return found


def as_record(event: Event) -> Record:
    """An event as the courier's socket carries it."""
    data = event["data"]
    kind = event["type"].removeprefix("returns.")
    return Record(
        *(event["seq"], event["id"], kind, event["atms"], event["boot"], event["uptimems"]),
        *(event["origin"], event["prevhash"], event["hash"], event["promise"]),
        *(data["body"], data["salt"], data["personal"]),
    )
