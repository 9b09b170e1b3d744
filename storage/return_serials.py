"""Pieces that came back by their serial number, each once: checked where the number is reserved.

Law of the file: derived from returns that are not voided, in the transaction that records the next
one, whatever a screen showed. The text is compared without regard to case, as people type it.
"""

import sqlite3
from collections.abc import Iterable

from storage.sale_ties import StoredMark
from storage.values import Cap, CapExceeded, NewReturn, ReturnedOfLine

BACK = """
SELECT i.line, i.serial FROM returns AS r JOIN return_serials AS i ON i.return = r.sequence
WHERE r.sale = ? AND r.status <> 'voided' ORDER BY r.sequence, i.place
"""


def returned(db: sqlite3.Connection, key: int) -> tuple[StoredMark, ...]:
    return tuple(StoredMark(*row) for row in db.execute(BACK, (key,)))


def named(
    db: sqlite3.Connection, key: int, lines: Iterable[ReturnedOfLine]
) -> tuple[StoredMark, ...]:
    """The pieces that came back elsewhere, by the numbers of the sale that is on file here.

    A piece is told by its place, from 0, among the numbers of its line in ascending order, case
    folded (docs/WIRE.md). What names none, and a line without numbers, is passed over.
    """
    found = []
    for line, pieces in ((one.line, one.pieces) for one in lines if one.pieces):
        rows = db.execute(
            "SELECT serial FROM sale_serials WHERE sale = ? AND line = ?", (key, line)
        )
        serials = sorted((serial for (serial,) in rows), key=str.casefold)
        found += [StoredMark(line, serials[at]) for at in pieces if 0 <= at < len(serials)]
    return tuple(found)


def check(db: sqlite3.Connection, key: int, before: tuple[StoredMark, ...], new: NewReturn) -> None:
    """Raises CapExceeded for a piece that was not sold on its line, or came back, or stands twice.

    A line whose sale has no numbers on file takes any, each once.
    """
    wanted = [(one.line, serial) for one in new.lines for serial in one.serials]
    if not wanted:
        return
    sold: dict[int, set[str]] = {}
    for line, serial in db.execute("SELECT line, serial FROM sale_serials WHERE sale = ?", (key,)):
        sold.setdefault(line, set()).add(serial.casefold())
    gone = {(one.line, one.number.casefold()) for one in before}
    for line, serial in wanted:
        piece = (line, serial.casefold())
        if piece in gone or (line in sold and piece[1] not in sold[line]):
            raise CapExceeded(Cap.SERIAL, line, 1, 0)
        gone.add(piece)


def insert(db: sqlite3.Connection, new: NewReturn) -> None:
    pieces = [(one.line, serial) for one in new.lines for serial in one.serials]
    db.executemany(
        "INSERT INTO return_serials VALUES (?, ?, ?, ?)",
        [(new.sequence, place, *piece) for place, piece in enumerate(pieces)],
    )
