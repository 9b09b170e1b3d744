"""What is kept of, and asked about, the people of a unit: records and asks beside effects.py.

Law of the file: `by` is who did it: a staff number, or `command:` and the login of the shell. No
record holds a secret; `held` is the name under which the register holds its hash.
"""

from msgspec import Struct

from terminal.core.people import Staff

# Records.


class AboutStaff(Struct, frozen=True):
    """What happened to `staff`; it changes the register in the transaction that keeps it."""

    staff: Staff
    by: str


class StaffAdded(AboutStaff, frozen=True):
    held: str


class PinChanged(AboutStaff, frozen=True):
    held: str


class BadgeChanged(AboutStaff, frozen=True):
    held: str  # empty: none any more


class StaffUnlocked(AboutStaff, frozen=True):
    """The wait after wrong PINs was ended."""


class StaffLeft(AboutStaff, frozen=True):
    """Has left the company: on file for ever, and opens nothing any more."""


class StaffRejoined(AboutStaff, frozen=True):
    held: str


class OverrideGranted(Struct, frozen=True):
    """Kept even where the return is dropped afterwards; `sale_id` is what it was for."""

    by: Staff
    cashier: Staff
    reason: str
    sale_id: str


class TrainingOpened(Struct, frozen=True):
    by: Staff


class TrainingClosed(Struct, frozen=True):
    by: Staff


StaffRecord = StaffAdded | PinChanged | BadgeChanged | StaffUnlocked | StaffLeft | StaffRejoined


# Asks.


class ListStaff(Struct, frozen=True):
    ask: str


class HoldPin(Struct, frozen=True):
    ask: str
    pin: str

    def __repr__(self) -> str:
        return f"HoldPin(ask={self.ask!r}, pin=***)"


class RepeatPin(Struct, frozen=True):
    """The same PIN once more; `first` is the ask that it was held under."""

    ask: str
    first: str
    pin: str

    def __repr__(self) -> str:
        return f"RepeatPin(ask={self.ask!r}, first={self.first!r}, pin=***)"


class HoldBadge(Struct, frozen=True):
    ask: str
    token: str

    def __repr__(self) -> str:
        return f"HoldBadge(ask={self.ask!r}, token=***)"


StaffAsk = ListStaff | HoldPin | RepeatPin | HoldBadge
