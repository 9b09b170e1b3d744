"""One whole return by a unit of its own process, for who watches its system calls.

`python -m tests.system.one_return FOLDER PORT [SYNCHRONOUS]`: a cashier signs on, returns all of
one sale, the customer signs, slips are printed to the port. SYNCHRONOUS is for controls only.
"""

import json
import random
import socket
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from drivers.device import Post
from drivers.values import Key, KeyPress, Scan
from storage.pins import HashCost
from storage.store import open_store
from terminal import devices
from terminal.app import Unit
from terminal.core.machine import SEEN_MS
from terminal.core.sale import Sale
from terminal.core.states import Ready
from terminal.ledger.stored import stored_sale
from tests.system.clerk import CONFIRM, F1, F2, press, typed
from tests.system.shelves import CASHIERS, sales
from tests.system.unit_child import Order, Teller, settings_of

# What is done when a state shows for the first time; what is not here goes on by itself.
NUMBER, NAME, PIN = CASHIERS[0]
BADGE = "1007-7F3A9C"
BADGE_SCAN, SHORT_CODE, NEXT_PIN = "badge", "short code", "pin"  # doings that are more than a key
DOINGS: Mapping[str, Sequence[str]] = {
    "SignedOff": typed(NUMBER).keys,
    "EnteringPin": (NEXT_PIN,),
    "ChoosingGoods": (F1, CONFIRM),
    "ChoosingReason": press(f"{Key.CHARACTER.name} 1").keys,
    "ChoosingCondition": press(f"{Key.CHARACTER.name} 1").keys,
    "ConfirmingAmounts": press(CONFIRM).keys,
    "WaitingForCustomer": press(F2).keys,
    "TakingSignature": press(CONFIRM).keys,
    "PayingCash": press(CONFIRM).keys,
}


class Cashier:
    """An input device that answers each new state; the unit stops when the return is finished."""

    name = "cashier"

    def __init__(
        self,
        unit: Unit,
        told: socket.socket,
        codes: Sequence[str],
        doings: Mapping[str, Sequence[str]] = DOINGS,
        pins: Sequence[str] = (PIN,),
    ) -> None:
        self._unit = unit
        self._told = told
        self._codes = list(codes)
        self._doings = doings
        self._pins = list(pins)

    def start(self, post: Post) -> None:
        threading.Thread(target=self._work, args=(post,), daemon=True).start()

    def close(self) -> None:
        """The line ends with the process."""

    def _states(self) -> Iterator[dict[str, object]]:
        with self._told.makefile("r", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(json.loads(line)["state"])

    def _work(self, post: Post) -> None:
        last: object = ""
        for state in self._states():
            name, last_name, last = state["$"], last, state["$"]
            if name == last_name:
                continue
            ret = state.get("ret")
            short_code = ret["short_code"]["~"] if isinstance(ret, dict) else ""  # personal
            if name == Ready.__name__ and not self._codes:
                self._unit.loop.stop()
                return
            if name == Ready.__name__:
                while self._codes:  # one after the other, whatever the unit thinks of each
                    post(Scan(self.name, self._codes.pop(0)))
            for key in self._doings.get(str(name), ()):
                self._press(key, short_code, post)

    def _press(self, key: str, short_code: str, post: Post) -> None:
        if key == BADGE_SCAN:
            post(Scan(self.name, f"%B{BADGE}"))
            return
        if key == CONFIRM:
            time.sleep(2 * SEEN_MS / 1000)  # told before it is shown, and then read
        text = short_code if key == SHORT_CODE else ""
        if key == NEXT_PIN:
            text = self._pins.pop(0)
        for one in typed(text).keys if text else (key,):
            code, _, char = one.partition(" ")
            post(KeyPress(self.name, Key[code], char))


def stock(folder: Path) -> Sale:
    """A store with one recent sale, small and paid in cash too, and the one cashier."""
    one = next(one for one in sales(random.Random(5), 50) if _easy(one))
    with open_store(folder / "returns.db", cost=HashCost(memory_kib=64, passes=1)) as store:
        store.add_sales([stored_sale(one)])
        store.staff.add(NUMBER, NAME, "cashier", PIN, BADGE)
    return one


def _easy(sale: Sale) -> bool:
    age = (date.today() - sale.receipt.business_day).days
    return age < 7 and sale.total < 40_000 and "cash" in [one.kind for one in sale.tenders]


def main(folder: Path, port: int, synchronous: str) -> int:
    # A unit has no numpy; sqlite-utils would load one that the lab's readers brought.
    sys.modules["numpy"] = None  # type: ignore[assignment]  # the documented way to say so
    sale = stock(folder)
    ours, theirs = socket.socketpair()
    teller = Teller(theirs)
    settings = settings_of(Order(str(folder), port, "/dev/nowhere"))
    unit = Unit(settings, teller)
    teller.unit = unit
    scanner = devices.open_scanner(settings.scanner)  # waits for a scanner that never comes
    assert scanner is not None
    unit.store._db.execute(f"PRAGMA synchronous = {synchronous}")
    unit.run([scanner, Cashier(unit, ours, (sale.receipt_no,))])
    unit.close()
    return 0


if __name__ == "__main__":
    given = dict(enumerate(sys.argv))
    sys.exit(main(Path(given[1]), int(given[2]), given.get(3, "FULL")))
