"""The day's screen: what came back, who answers for the drawer, what is in it."""

from msgspec import Struct

from terminal.core.day import Count, DaySheet
from terminal.core.people import Staff


class ReadingDay(Struct, frozen=True):
    """The figures are asked for and not here yet."""

    cashier: Staff
    ask: str


class ShowingDay(Struct, frozen=True):
    cashier: Staff
    sheet: DaySheet
    page: int = 0


class CountingPieces(Struct, frozen=True):
    """How many of each note and coin; `numbers` are in the order of `sheet.drawer.pieces`."""

    cashier: Staff
    sheet: DaySheet
    numbers: tuple[int, ...]
    cursor: int = 0


class CountingTotal(Struct, frozen=True):
    """The drawer's cash as one sum."""

    cashier: Staff
    sheet: DaySheet


class ConfirmingCount(Struct, frozen=True):
    """The count is recorded; it opens a shift, or closes the one that is open."""

    cashier: Staff
    sheet: DaySheet
    count: Count
