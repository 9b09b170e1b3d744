"""The demo shop of the training room: a database of its own, made afresh for each drill.

Law of the file: it makes and deletes files of one name only, in the folder of the unit's data.
"""

from datetime import date, datetime, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from drivers.values import Key, KeyPress, Scan
from storage.lock import fault_of_os
from storage.pins import HashCost
from storage.store import Store, open_store
from terminal import demo_shop
from terminal.core.returns import Condition
from terminal.core.rules import Reason, Rules
from terminal.core.sale import ReceiptRef, Sale
from terminal.demo_shop import DemoSale
from terminal.interchange.jsonlines import found_in
from terminal.interchange.source import Line
from terminal.interchange.values import Offered
from terminal.ledger.stored import stored_sale
from terminal.settings.values import Settings
from terminal.training.drills import DRILLS, Drill, Sold

FILE = "training-room.db"
OTHER_TILL = "T9"
GOODS = (demo_shop.OIL, demo_shop.TISSUE)


class Practice(Struct, frozen=True):
    """What the trainee is given: the sale, and the number on its practice receipt."""

    sale: Sale

    @property
    def receipt(self) -> str:
        return self.sale.receipt_no


def practice(sold: Sold, settings: Settings, today: date) -> Practice:
    """The drill's sale, of an age that the shop's own policy answers as the drill wants it."""
    free, approval = _days(settings.rules)
    age, sequence = {
        Sold.FRESH: (min(1, free), 1234),
        Sold.LATE: (free + 1, 2345),
        Sold.OLD: (max(approval, free) + 1, 3456),
        Sold.OTHER_TILL: (min(1, free), 4567),
    }[sold]
    made = DemoSale(sequence, age, GOODS, (), (("cash", "75.40", ""),))
    (text,) = demo_shop.sale_lines(today, (made,))
    found = found_in(Line(1, text.encode()))
    assert isinstance(found, Offered), found
    till = OTHER_TILL if sold is Sold.OTHER_TILL else settings.workstation
    ref = ReceiptRef(settings.business_unit, till, today - timedelta(days=age), sequence)
    return Practice(replace(found.sale, receipt=ref, currency=settings.currency))


def drills_for(rules: Rules) -> tuple[Drill, ...]:
    """Those that this shop's policy knows: not where nothing late is ever approved."""
    free, approval = _days(rules)
    return tuple(one for one in DRILLS if one.sold is not Sold.LATE or approval > free)


def _days(rules: Rules) -> tuple[int, int]:
    """The last free day and the last day with approval, for the goods of the practice receipts."""
    windows = [rules.policy.window_for(one.category) for one in GOODS]
    return max(one.free_days for one in windows), max(one.approval_days for one in windows)


def database(folder: Path) -> Path:
    return folder / FILE


def opened(folder: Path, sale: Sale, *, fresh: bool, cost: HashCost | None = None) -> Store:
    """The room's store with this sale and the demo's staff. Raises StorageFault."""
    file = database(folder)
    if fresh:
        try:
            for old in folder.glob(f"{FILE}*"):
                old.unlink()
        except OSError as error:
            raise fault_of_os(file, error) from error
    store = open_store(file, cost=cost)
    if fresh:
        store.add_sales([stored_sale(sale)])
        for number, name, role, pin, badge in demo_shop.STAFF:
            store.staff.add(number, name, role, pin, badge)
    return store


def today() -> date:
    return datetime.now().astimezone().date()


def whole_return(receipt: str, rules: Rules) -> tuple[KeyPress | Scan, ...]:
    """The keys of a return of everything, left for another day once it is recorded."""
    at = next((place for place, one in enumerate(rules.reasons, 1) if _plain(one)), 1)
    keys = (Key.F1, Key.CONFIRM, str(at), "1", Key.CONFIRM, Key.CANCEL, Key.F1)
    return (
        Scan("training", receipt),
        *(
            KeyPress("training", Key.CHARACTER, one)
            if isinstance(one, str)
            else KeyPress("training", one)
            for one in keys
        ),
    )


def _plain(reason: Reason) -> bool:
    """A reason that asks for nobody and nothing, of goods that are unopened."""
    special = reason.fault or reason.needs_manager or reason.amount_only or reason.void_same_day
    fits = not reason.conditions or Condition.UNOPENED in reason.conditions
    return fits and not special and not reason.evidence
