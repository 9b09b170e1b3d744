"""Finding the sale."""

from datetime import date

from msgspec import Struct

from terminal.core.case import Case
from terminal.core.effects import Query
from terminal.core.people import Staff
from terminal.core.returns import Return
from terminal.core.sale import SaleSummary


class Ready(Struct, frozen=True):
    """Waiting for a receipt. `done` is the return that was just finished, to show how it ended."""

    cashier: Staff
    done: Return | None = None


class EnteringDay(Struct, frozen=True):
    cashier: Staff


class EnteringAmount(Struct, frozen=True):
    cashier: Staff
    day: date


class EnteringTail(Struct, frozen=True):
    """The last four digits of the customer's card or phone; `day` None: whenever it was."""

    cashier: Staff
    day: date | None


class LookingUp(Struct, frozen=True):
    """The receipt is named, its lines are not here yet."""

    cashier: Staff
    query: Query
    ask: str


class ChoosingSale(Struct, frozen=True):
    """Several sales fit: the cashier chooses."""

    cashier: Staff
    sales: tuple[SaleSummary, ...]
    cursor: int


class ReceiptUnknown(Struct, frozen=True):
    """`unasked`: it may be on file at the back office, which could not be asked."""

    cashier: Staff
    query: Query
    unasked: bool = False


class NothingLeft(Struct, frozen=True):
    """Everything on this receipt went back before, or waits in a return that is still open."""

    cashier: Staff
    case: Case
    open_return: Return | None = None
