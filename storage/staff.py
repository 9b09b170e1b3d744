"""Staff: who may sign on, by PIN or badge, and how guessing is slowed.

Law of the file: a try is counted and synced before it is judged, so that pulling the plug does not
give tries back. Five tries, then a delay that doubles to its cap; the right PIN sets it back.
Recording who tried is the caller's: it has the terminal's journal entry to write. A new secret is
held here as its hash until the step that wants it is committed with its record: PINs are in no ask
twice, and in no state, record or log at all.
"""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path

from msgspec import Struct

from storage.faults import told
from storage.pins import HashCost, Keeper, load_pepper
from storage.staff_changes import StaffChange, What, apply
from storage.transaction import Transaction

TRIES = 5
DELAY_FIRST_MS = 30_000
DELAY_CAP_MS = 15 * 60_000
PIN_DIGITS_MIN = 4
PIN_DIGITS_MAX = 12


class Staff(Struct, frozen=True):
    number: str
    name: str
    role: str


class Entry(Struct, frozen=True):
    """One line of the register; `locked_until_ms` 0 where nothing is locked."""

    staff: Staff
    has_badge: bool
    locked_until_ms: int
    gone: bool


class Held(Enum):
    """What became of a new secret that was offered."""

    HELD = auto()
    NO_PIN = auto()  # not 4 to 12 digits
    GUESSED_FIRST = auto()
    DIFFERS = auto()  # typed again, it was another
    BADGE_TAKEN = auto()


class PinAccepted(Struct, frozen=True):
    staff: Staff


class PinWrong(Struct, frozen=True):
    tries_left: int


class PinLocked(Struct, frozen=True):
    until_ms: int


class StaffUnknown(Struct, frozen=True):
    """No such number or badge. Show it as a wrong PIN, so that numbers cannot be tried out."""


PinVerdict = PinAccepted | PinWrong | PinLocked | StaffUnknown


class StaffTaken(Exception):  # noqa: N818 - named for what happened, like the other refusals
    """The number or the badge belongs to somebody already."""


class StaffRegister:
    """`Store.staff`. Times are milliseconds of the wall clock, given by the caller."""

    def __init__(
        self, file: Path, db: sqlite3.Connection, transaction: Transaction, cost: HashCost
    ) -> None:
        self._file = file
        self._db = db
        self._transaction = transaction
        self._cost = cost
        self._kept: Keeper | None = None
        self._held: dict[str, str | bytes] = {}  # a new secret, hashed, until it is committed

    @property
    def _keeper(self) -> Keeper:
        """Made at the first PIN: start-up need not wait for argon2."""
        if self._kept is None:
            with told(self._file):
                known = self._db.execute("SELECT 1 FROM staff WHERE gone = 0 LIMIT 1").fetchone()
            pepper = load_pepper(self._file, may_create=known is None)
            self._kept = Keeper(pepper, self._cost)
        return self._kept

    def add(self, number: str, name: str, role: str, pin: str, badge: str | None = None) -> None:
        """Raises StaffTaken, or ValueError when the PIN is not 4 to 12 digits."""
        _check_pin_form(pin)
        secret = self._keeper.pin_hash(pin)
        with self._transaction, _taken(number):
            apply(self._db, StaffChange(What.ADDED, number, name=name, role=role), secret)
            if badge is not None:
                digest = self._keeper.badge_digest(badge)
                apply(self._db, StaffChange(What.BADGE, number), digest)

    def set_pin(self, number: str, pin: str) -> None:
        """A new PIN; it also ends a delay. Raises KeyError when nobody has the number."""
        _check_pin_form(pin)
        secret = self._keeper.pin_hash(pin)
        with self._transaction:
            apply(self._db, StaffChange(What.PIN, number), secret)

    def set_badge(self, number: str, badge: str | None) -> None:
        """A new badge, or none (lost). Raises KeyError or StaffTaken."""
        digest = None if badge is None else self._keeper.badge_digest(badge)
        with self._transaction, _taken(number):
            apply(self._db, StaffChange(What.BADGE, number), digest)

    def hold_pin(self, key: str, pin: str) -> Held:
        """Take a new PIN in under `key`; only the last secret that came in is held."""
        found = pin_fault(pin)
        if found is Held.HELD:
            self._held = {key: self._keeper.pin_hash(pin)}
        return found

    def repeat_pin(self, key: str, pin: str) -> Held:
        """The same PIN once more. One that differs, or none held: nothing is held any more."""
        stored = self._held.get(key)
        if isinstance(stored, str) and self._keeper.pin_fits(stored, pin):
            return Held.HELD
        self._held.clear()
        return Held.DIFFERS

    def hold_badge(self, key: str, badge: str) -> Held:
        """Take a new badge in under `key`, unless somebody has it."""
        digest = self._keeper.badge_digest(badge)
        with told(self._file):
            taken = self._db.execute("SELECT 1 FROM staff WHERE badge = ?", (digest,)).fetchone()
        if taken is not None:
            return Held.BADGE_TAKEN
        self._held = {key: digest}
        return Held.HELD

    def apply(self, change: StaffChange) -> None:
        """Within the store's own transaction. Raises KeyError or StaffTaken."""
        secret = self._held[change.held] if change.held else None
        with _taken(change.number):
            apply(self._db, change, secret)
        self._held.clear()

    def all(self) -> tuple[Staff, ...]:
        """Who may sign on, by number."""
        return tuple(one.staff for one in self.entries() if not one.gone)

    def entries(self) -> tuple[Entry, ...]:
        """Everybody who ever was on the register, by number."""
        with told(self._file):
            found = self._db.execute(
                "SELECT number, name, role, badge IS NOT NULL, locked_until_ms, gone FROM staff"
                " ORDER BY number"
            )
            return tuple(
                Entry(Staff(*row[:3]), bool(row[3]), row[4], bool(row[5])) for row in found
            )

    def check_pin(self, number: str, pin: str, now_ms: int) -> PinVerdict:
        """Judge one try. Takes as long for an unknown number as for a wrong PIN."""
        keeper = self._keeper
        counted = self._count_try(number, now_ms)
        if isinstance(counted, PinLocked):
            return counted
        if counted is None:
            keeper.pin_fits(keeper.nobody, pin)
            return StaffUnknown()
        staff, stored, tries, until_ms = counted
        if keeper.pin_fits(stored, pin):
            fresh = keeper.pin_hash(pin) if keeper.is_outdated(stored) else stored
            with self._transaction:
                apply(self._db, StaffChange(What.PIN, number), fresh)
            return PinAccepted(staff)
        return PinLocked(until_ms) if tries >= TRIES else PinWrong(TRIES - tries)

    def check_badge(self, token: str, now_ms: int) -> PinVerdict:
        """A badge is too long to guess; but while its owner is locked it does not open either."""
        with told(self._file):
            row = self._db.execute(
                "SELECT number, name, role, locked_until_ms FROM staff"
                " WHERE badge = ? AND gone = 0",
                (self._keeper.badge_digest(token),),
            ).fetchone()
        if row is None:
            return StaffUnknown()
        if row[3] > now_ms:
            with self._transaction:
                return PinLocked(self._held_until(row[0], row[3], now_ms))
        return PinAccepted(Staff(*row[:3]))

    def _count_try(
        self, number: str, now_ms: int
    ) -> tuple[Staff, str, int, int] | PinLocked | None:
        """Count the try before it is judged: (who, PIN hash, tries, locked until if wrong)."""
        with self._transaction:
            row = self._db.execute(
                "SELECT name, role, pin, tries, locked_until_ms FROM staff"
                " WHERE number = ? AND gone = 0",
                (number,),
            ).fetchone()
            if row is None:
                self._db.execute("UPDATE meta SET unknown_tries = unknown_tries + 1")
                return None
            name, role, stored, tries, locked_ms = row
            if locked_ms > now_ms:
                return PinLocked(self._held_until(number, locked_ms, now_ms))
            tries += 1
            until_ms = now_ms + _delay_ms(tries)
            self._db.execute(
                "UPDATE staff SET tries = ?, locked_until_ms = ? WHERE number = ?",
                (tries, until_ms, number),
            )
            return Staff(number, name, role), stored, tries, until_ms

    def _held_until(self, number: str, locked_ms: int, now_ms: int) -> int:
        """A clock set back must not lock somebody out for longer than the longest delay.

        Kept, within the caller's transaction: else that delay would begin anew at each try.
        """
        longest = now_ms + DELAY_CAP_MS
        if locked_ms <= longest:
            return locked_ms
        self._db.execute("UPDATE staff SET locked_until_ms = ? WHERE number = ?", (longest, number))
        return longest


def _delay_ms(tries: int) -> int:
    """Nothing before the fifth try; then 30 s, 60 s, 120 s ... to the cap."""
    if tries < TRIES:
        return 0
    return int(min(DELAY_CAP_MS, DELAY_FIRST_MS << min(tries - TRIES, 16)))


def pin_fault(pin: str) -> Held:
    """HELD for a PIN that will do; NO_PIN, or GUESSED_FIRST for 1111, 2345, 8765 and their like."""
    if not (pin.isascii() and pin.isdigit() and PIN_DIGITS_MIN <= len(pin) <= PIN_DIGITS_MAX):
        return Held.NO_PIN
    if len(set(pin)) == 1 or pin in "01234567890123456789" or pin in "98765432109876543210":
        return Held.GUESSED_FIRST
    return Held.HELD


def _check_pin_form(pin: str) -> None:
    if pin_fault(pin) is Held.NO_PIN:
        raise ValueError(f"A PIN has {PIN_DIGITS_MIN} to {PIN_DIGITS_MAX} digits")


@contextmanager
def _taken(number: str) -> Generator[None, None, None]:
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise StaffTaken(number) from error
