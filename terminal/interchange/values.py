"""What reading a file gives: sales or prices to take, and rows that are none, each with its reason.

Law of the package: every row of a file ends in exactly one Offered or one Note; nothing is lost
silently, and one sale is in memory at a time.
"""

from msgspec import Struct

from storage.prices import StoredPrice
from terminal.core.sale import Sale
from terminal.core.words import Told, ToldFault


class Offered(Struct, frozen=True):
    """A sound sale, and the rows of the file it is made of (the first line of a file is 1)."""

    rows: tuple[int, ...]
    sale: Sale


class Note(Struct, frozen=True):
    """A row that becomes no sale, and why.

    `fault` False: the shop's own map says that such rows are no sold goods, and nothing is amiss.
    """

    row: int
    receipt: str
    words: Told
    fault: bool = True


class OfferedPrice(Struct, frozen=True):
    """A sound price and its row; `valid_from` is empty where the file leaves the day to us."""

    rows: tuple[int, ...]
    price: StoredPrice


Found = Offered | Note
FoundPrice = OfferedPrice | Note


class BadSale(ToldFault):
    """This sale cannot be taken; `told` says why, with the sums where sums are wrong."""


class UnreadableFile(ToldFault):
    """The file as a whole cannot be read (any further): a sentence for the installer."""
