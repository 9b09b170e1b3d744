"""The shop's price list: what goods cost from which day on.

Law of the file: an article has one price a day of coming into force, and the latest of them that is
not in the future is the price. Nothing of it reaches a sale, whose prices are those that were paid.
"""

import sqlite3
from collections.abc import Iterable
from datetime import date, timedelta
from operator import attrgetter
from pathlib import Path

from msgspec import Struct

from storage.faults import told

KEPT = timedelta(days=31)  # how long a replaced price stays: a clock may be wrong for a while


class StoredPrice(Struct, frozen=True):
    """`price` of one piece or one kg in minor units, tax included; `tax_rate` in ppm.

    `gtin` has 13 digits (14 for a carton), or is empty; `valid_from` is an ISO day.
    """

    sku: str
    valid_from: str
    gtin: str
    name: str
    unit: str
    price: int
    currency: str
    digits: int
    tax_rate: int
    category: str


class PriceReport(Struct, frozen=True):
    """What became of the prices of one call; `old` had been replaced before they came."""

    added: int = 0
    changed: int = 0  # another price from the same day on: the later file is right
    same: int = 0
    old: int = 0


_FIELDS = attrgetter(*StoredPrice.__struct_fields__)
_COLUMNS = ", ".join(StoredPrice.__struct_fields__)
OF_DAY = f"SELECT {_COLUMNS} FROM prices WHERE sku = ? AND valid_from = ?"  # noqa: S608 - our names
IN_FORCE = (
    f"SELECT {_COLUMNS} FROM prices WHERE sku = ? AND valid_from <= ?"  # noqa: S608 - our names
    " ORDER BY valid_from DESC LIMIT 1"
)
OF_CODE = "SELECT ?1 UNION SELECT sku FROM prices WHERE gtin = ?2 AND gtin <> '' ORDER BY 1"
FORGET = """
DELETE FROM prices WHERE sku = ?1 AND valid_from <
    (SELECT max(valid_from) FROM prices WHERE sku = ?1 AND valid_from <= ?2)
"""


def same_goods(gtin: str) -> str:
    """A GTIN as scanners give it here: 13 digits, or 14 for a carton."""
    padded = gtin.zfill(14) if gtin.isascii() and gtin.isdigit() else gtin
    return padded.removeprefix("0") if len(padded) == 14 else gtin


def add(db: sqlite3.Connection, prices: Iterable[StoredPrice], today: str) -> PriceReport:
    """Inside the caller's transaction; twice changes nothing."""
    added = changed = same = old = 0
    long_ago = (date.fromisoformat(today) - KEPT).isoformat()
    for one in prices:
        known = db.execute(OF_DAY, (one.sku, one.valid_from)).fetchone()
        if known == _FIELDS(one):
            same += 1
            continue
        newer = in_force(db, one.sku, long_ago)
        if newer is not None and newer.valid_from > one.valid_from:
            old += 1
            continue
        marks = ", ".join("?" * len(StoredPrice.__struct_fields__))
        db.execute(f"INSERT OR REPLACE INTO prices VALUES ({marks})", _FIELDS(one))  # noqa: S608 - marks
        db.execute(FORGET, (one.sku, long_ago))
        added += known is None
        changed += known is not None
    return PriceReport(added, changed, same, old)


def in_force(db: sqlite3.Connection, sku: str, day: str) -> StoredPrice | None:
    """The latest price of an article that is not after `day`."""
    row = db.execute(IN_FORCE, (sku, day)).fetchone()
    return StoredPrice(*row) if row else None


def of_code(db: sqlite3.Connection, code: str, day: str) -> tuple[StoredPrice, ...]:
    """Each article with this number or GTIN, at its price of `day`.

    A GTIN counts only while the price in force bears it: it may have gone to other goods.
    """
    gtin = same_goods(code)
    found = []
    for (sku,) in db.execute(OF_CODE, (code, gtin)).fetchall():
        price = in_force(db, sku, day)
        if price is not None and (price.sku == code or price.gtin == gtin):
            found.append(price)
    return tuple(found)


class PriceShelf:
    """What a reader of the store says of prices."""

    file: Path
    _db: sqlite3.Connection

    def price_of(self, code: str, day: str) -> StoredPrice | None:
        """What the goods of this article number or GTIN cost on `day`; None also when in doubt."""
        found = self.prices_of(code, day)
        return found[0] if len(found) == 1 else None

    def prices_of(self, code: str, day: str) -> tuple[StoredPrice, ...]:
        """Every article that bears the code, at its price in force on `day` (ISO), by number."""
        with told(self.file):
            return of_code(self._db, code, day)

    def price_in_force(self, sku: str, day: str) -> StoredPrice | None:
        with told(self.file):
            return in_force(self._db, sku, day)
