"""A return slip scanned again."""

from msgspec import Struct

from terminal.core.people import Staff
from terminal.core.returns import Return
from terminal.core.shop import ShopState


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
    """`ask` is how the shop was asked about it just now; empty where nobody could be asked."""

    cashier: Staff
    ret: Return
    ask: str = ""


class AskingShop(Struct, frozen=True):
    """A slip that is not on file here: the shop is asked how that return stands."""

    cashier: Staff
    code: str
    ask: str
    signed: bool = False


class ShowingElsewhere(Struct, frozen=True):
    """A return of another till, as the shop says it stands."""

    cashier: Staff
    shop: ShopState
