"""What hangs together in a sale: lines that were one bundle.

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


class StoredTies(Struct, frozen=True):
    bundles: tuple[StoredBundle, ...] = ()

    @property
    def content(self) -> list[object]:
        """What the sale's hash is made of; empty where nothing hangs together."""
        return [[one.sku, one.name, one.lines, one.whole] for one in self.bundles]


NO_TIES = StoredTies()


def insert(db: sqlite3.Connection, key: int, ties: StoredTies) -> None:
    db.executemany(
        "INSERT INTO sale_bundles VALUES (?, ?, ?, ?, ?, ?)",
        [
            (key, place, one.sku, one.name, json.dumps(one.lines), int(one.whole))
            for place, one in enumerate(ties.bundles)
        ],
    )


def of_sale(db: sqlite3.Connection, key: int) -> StoredTies:
    bundles = db.execute(
        "SELECT sku, name, lines, whole FROM sale_bundles WHERE sale = ? ORDER BY position", (key,)
    )
    return StoredTies(
        tuple(
            StoredBundle(sku, name, tuple(json.loads(lines)), bool(whole))
            for sku, name, lines, whole in bundles
        )
    )
