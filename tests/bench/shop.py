"""Shops of 1,000, 100,000 and 1,000,000 sales: made once, kept under var/bench, never changed.

The file's name is a hash of the schema and of how the sales are made: an older one is never used.
Rows are what `Store.add_sales` would write, content hash included; only the way there is shorter.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from msgspec.structs import astuple

from storage import migrations, sales
from storage.sales import clues, content_hash, seal
from storage.store import open_store
from storage.values import StoredLine, StoredSale, StoredTender

FOLDER = Path(__file__).parents[2] / "var" / "bench"
A_DAY = 2_000
FIRST_DAY = date(2024, 1, 1)
_GOODS = (("金龙鱼 大豆油 5L", 5990), ("蒙牛 纯牛奶 250ml×12", 3990), ("清风 抽纸 3包", 1550))


def sale(number: int) -> StoredSale:
    """Two lines and one tender; the same number is always the same sale."""
    day = (FIRST_DAY + timedelta(days=number // A_DAY)).isoformat()
    sequence = number % A_DAY + 1
    lines = tuple(_line(at, number + at) for at in (1, 2))
    total = sum(one.paid for one in lines)
    return StoredSale(
        id=f"0571-03-{day.replace('-', '')}-{sequence:07d}",
        business_unit="0571",
        workstation="03",
        business_day=day,
        sequence=sequence,
        receipt_no=receipt_no(number),
        sold_at=f"{day}T10:03:22+08:00",
        cashier="1003",
        currency="CNY",
        digits=2,
        total=total,
        lines=lines,
        reductions=(),
        tenders=(StoredTender("card", total, "", f"{number * 7919 % 10_000:04d}"),),
    )


def receipt_no(number: int) -> str:
    day = FIRST_DAY + timedelta(days=number // A_DAY)
    return f"057103{day:%y%m%d}{number % A_DAY + 1:05d}"


def _line(at: int, turn: int) -> StoredLine:
    name, price = _GOODS[turn % len(_GOODS)]
    gtin = f"69{turn % 10**11:011d}"
    return StoredLine(
        *(at, f"{turn % 100_000:06d}", gtin, name, "each", 1000),
        *(price, price, price, 130_000, price * 13 // 113, "grocery"),
    )


def recipe() -> str:
    """Another one for every change of the tables, or of what is put into them here."""
    sources = (migrations.__file__, sales.__file__, __file__)
    return sha256(b"".join(Path(one).read_bytes() for one in sources)).hexdigest()[:10]


def shop_of(count: int) -> Path:
    """The file with `count` sales; making a million of them takes a minute or two."""
    file = FOLDER / f"sales-{count}-{recipe()}.db"
    if file.exists():
        return file
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob(f"sales-{count}-*"):
        old.unlink()
    draft = file.with_suffix(".draft")
    open_store(draft).close()
    with closing(sqlite3.connect(draft, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -200000")
        db.execute("BEGIN")
        _fill(db, count)
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode = WAL")
    for beside in FOLDER.glob(f"{draft.name}*"):
        beside.rename(beside.with_name(beside.name.replace(draft.name, file.name)))
    return file


def _fill(db: sqlite3.Connection, count: int) -> None:
    for first in range(0, count, 10_000):
        keyed = [(key + 1, sale(key)) for key in range(first, min(first + 10_000, count))]
        db.executemany(f"INSERT INTO sales VALUES ({_holes(15)})", map(_head, keyed))
        db.executemany(f"INSERT INTO sale_lines VALUES ({_holes(13)})", _lines(keyed))
        db.executemany(
            "INSERT INTO sale_clues VALUES (?, ?, ?)",
            [(clue, one.business_day, key) for key, one in keyed for clue in clues(one)],
        )
        db.executemany(f"INSERT INTO sale_tenders VALUES ({_holes(6)})", _tenders(keyed))


def _holes(count: int) -> str:
    return ", ".join("?" * count)


def _head(keyed: tuple[int, StoredSale]) -> tuple[object, ...]:
    key, one = keyed
    return (
        *(key, one.id, one.business_unit, one.workstation, one.business_day, one.sequence),
        *(one.receipt_no, one.sold_at, one.cashier, one.currency, one.digits, one.total),
        one.phone_tail,
        content_hash(one),
        seal(one),
    )


def _lines(keyed: list[tuple[int, StoredSale]]) -> Iterator[tuple[object, ...]]:
    return ((key, *_values(line)) for key, one in keyed for line in one.lines)


def _values(line: StoredLine) -> tuple[object, ...]:
    return (
        *(line.line, line.sku, line.gtin, line.name, line.unit, line.quantity, line.list_price),
        *(line.net, line.paid, line.tax_rate, line.tax, line.category),
    )


def _tenders(keyed: list[tuple[int, StoredSale]]) -> Iterator[tuple[object, ...]]:
    return ((key, 0, *astuple(one.tenders[0])) for key, one in keyed)
