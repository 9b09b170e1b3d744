"""A return slip scanned again."""

from msgspec import Struct

from terminal.core.people import Staff
from terminal.core.returns import Return


class FindingReturn(Struct, frozen=True):
    """`code` is a number, short code or id; `signed` where a slip's signature stands for it.

    `short_code` is what the slip's QR carried of it; empty where only the number was given.
    """

    cashier: Staff
    code: str
    ask: str
    short_code: str = ""
    signed: bool = False


class ShowingReturn(Struct, frozen=True):
    cashier: Staff
    ret: Return
