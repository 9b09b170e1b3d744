"""What can happen to somebody on the staff register: one change, one statement.

Law of the file: nobody is ever deleted, for the journal speaks of them; who leaves the company
signs on no more. A secret comes here only as the register keeps it: a hash.
"""

import sqlite3
from enum import Enum
from typing import assert_never

from msgspec import Struct


class What(Enum):
    ADDED = "added"
    PIN = "pin"  # a new PIN, which also ends a delay
    BADGE = "badge"  # a new badge, or none
    UNLOCKED = "unlocked"
    LEFT = "left"  # the badge may be given to somebody else
    BACK = "back"  # who had left, with a new PIN


class StaffChange(Struct, frozen=True):
    """`held` names the secret that the register was given before (StaffRegister.hold_*)."""

    what: What
    number: str
    held: str = ""
    name: str = ""
    role: str = ""


def apply(db: sqlite3.Connection, change: StaffChange, secret: "str | bytes | None") -> None:
    """Within the caller's transaction.

    Raises KeyError when nobody has the number, sqlite3.IntegrityError when it or a badge is taken.
    """
    number = change.number
    match change.what:
        case What.ADDED:
            values = (number, change.name, change.role, secret)
            db.execute("INSERT INTO staff VALUES (?, ?, ?, ?, NULL, 0, 0, 0)", values)
            return
        case What.PIN:
            done = db.execute(
                "UPDATE staff SET pin = ?, tries = 0, locked_until_ms = 0 WHERE number = ?",
                (secret, number),
            )
        case What.BADGE:
            done = db.execute("UPDATE staff SET badge = ? WHERE number = ?", (secret, number))
        case What.UNLOCKED:
            done = db.execute(
                "UPDATE staff SET tries = 0, locked_until_ms = 0 WHERE number = ?", (number,)
            )
        case What.LEFT:
            done = db.execute("UPDATE staff SET gone = 1, badge = NULL WHERE number = ?", (number,))
        case What.BACK:
            done = db.execute(
                "UPDATE staff SET gone = 0, pin = ?, tries = 0, locked_until_ms = 0"
                " WHERE number = ?",
                (secret, number),
            )
        case _:
            assert_never(change.what)
    if done.rowcount == 0:
        raise KeyError(number)
