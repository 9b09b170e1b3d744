"""Pieces that came back by their serial number, each once: checked where the number is reserved.

Law of the file: derived from returns that are not voided, in the transaction that records the next
one, whatever a screen showed. The text is compared without regard to case, as people type it.
"""

import sqlite3

from storage.sale_ties import StoredMark
from storage.values import Cap, CapExceeded, NewReturn

BACK = """
SELECT i.line, i.serial FROM returns AS r JOIN return_serials AS i ON i.return = r.sequence
WHERE r.sale = ? AND r.status <> 'voided' ORDER BY r.sequence, i.place
"""


def returned(db: sqlite3.Connection, key: int) -> tuple[StoredMark, ...]:
    return tuple(StoredMark(*row) for row in db.execute(BACK, (key,)))


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
