"""What hangs together in a sale: lines that were one bundle, gifts and what earned them, and the
numbers of pieces and batches.

Law of the file: like the sale's other parts these are written once with it, never changed, told by
its content hash and gone with it.
"""

import json
import sqlite3

from msgspec import Struct


class StoredBundle(Struct, frozen=True):
    """Lines that were sold together at one price; `whole`: they come back together alone."""

    sku: str
    name: str
    lines: tuple[int, ...]
    whole: bool


class StoredGift(Struct, frozen=True):
    """A line that was given, the lines that earned it, and how much of them (0: their quantity)."""

    line: int
    earned_by: tuple[int, ...]
    threshold: int


class StoredMark(Struct, frozen=True):
    """The number of one piece of a line, or of the batch that the line is of."""

    line: int
    number: str


class StoredTies(Struct, frozen=True):
    bundles: tuple[StoredBundle, ...] = ()
    gifts: tuple[StoredGift, ...] = ()
    batches: tuple[StoredMark, ...] = ()
    serials: tuple[StoredMark, ...] = ()  # personal: a phone's number leads to its customer

    @property
    def content(self) -> list[object]:
        """What the sale's hash is made of; empty where nothing hangs together."""
        return [
            *([one.sku, one.name, one.lines, one.whole] for one in self.bundles),
            *([one.line, one.earned_by, one.threshold] for one in self.gifts),
            *([one.line, one.number] for one in self.batches),
        ]

    @property
    def personal(self) -> list[object]:
        """What the sale's seal is made of, and is erased with it."""
        return [[one.line, one.number] for one in self.serials]


NO_TIES = StoredTies()


def insert(db: sqlite3.Connection, key: int, ties: StoredTies) -> None:
    db.executemany(
        "INSERT INTO sale_bundles VALUES (?, ?, ?, ?, ?, ?)",
        [
            (key, place, one.sku, one.name, json.dumps(one.lines), int(one.whole))
            for place, one in enumerate(ties.bundles)
        ],
    )
    db.executemany(
        "INSERT INTO sale_gifts VALUES (?, ?, ?, ?)",
        [(key, one.line, json.dumps(one.earned_by), one.threshold) for one in ties.gifts],
    )
    db.executemany(
        "INSERT INTO sale_batches VALUES (?, ?, ?)",
        [(key, one.line, one.number) for one in ties.batches],
    )
    db.executemany(
        "INSERT INTO sale_serials VALUES (?, ?, ?, ?)",
        [(key, place, one.line, one.number) for place, one in enumerate(ties.serials)],
    )


def of_sale(db: sqlite3.Connection, key: int) -> StoredTies:
    bundles = db.execute(
        "SELECT sku, name, lines, whole FROM sale_bundles WHERE sale = ? ORDER BY position", (key,)
    )
    gifts = db.execute(
        "SELECT line, earned_by, threshold FROM sale_gifts WHERE sale = ? ORDER BY line", (key,)
    )
    batches = db.execute(
        "SELECT line, batch FROM sale_batches WHERE sale = ? ORDER BY line", (key,)
    )
    serials = db.execute(
        "SELECT line, serial FROM sale_serials WHERE sale = ? ORDER BY place", (key,)
    )
    return StoredTies(
        tuple(
            StoredBundle(sku, name, tuple(json.loads(lines)), bool(whole))
            for sku, name, lines, whole in bundles
        ),
        tuple(
            StoredGift(line, tuple(json.loads(earned_by)), threshold)
            for line, earned_by, threshold in gifts
        ),
        tuple(StoredMark(*row) for row in batches),
        tuple(StoredMark(*row) for row in serials),
    )
