"""How a till comes to each state of the day: its figures, and the drawer counted."""

from drivers.values import Key, KeyPress
from tests.flows.cashier import Till
from tests.flows.shelf import RECEIPT
from tests.flows.silence import silently


def reading_day(till: Till) -> None:
    silently(till, KeyPress("keypad", Key.F6))


def showing_day(till: Till) -> None:
    """A cashier's own shift, with a return in it."""
    counting_total(till)
    till.types("500⏎⏎")
    till.cancels()
    till.returns_all(RECEIPT)
    till.confirms()
    till.presses(Key.F2)
    till.confirms(2)
    till.presses(Key.F6)


def counting_pieces(till: Till) -> None:
    till.presses(Key.F6, Key.F1)
    till.types("3⏎2⏎1")


def counting_total(till: Till) -> None:
    till.presses(Key.F6, Key.F1, Key.F1)


def confirming_count(till: Till) -> None:
    showing_day(till)
    till.presses(Key.F1, Key.F1)
    till.types("462⏎")


SCENES = {
    "ReadingDay": reading_day,
    "ShowingDay": showing_day,
    "CountingPieces": counting_pieces,
    "CountingTotal": counting_total,
    "ConfirmingCount": confirming_count,
}
