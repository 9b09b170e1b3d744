"""Nobody signed on yet."""

from msgspec import Struct


class SignedOff(Struct, frozen=True):
    """Nobody is at the unit."""


class EnteringPin(Struct, frozen=True):
    number: str


class CheckingStaff(Struct, frozen=True):
    """`number` is empty when a badge was scanned."""

    ask: str
    number: str = ""
