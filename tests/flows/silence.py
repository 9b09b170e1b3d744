"""A world that takes every ask and answers none: how a till is caught while it waits."""

from drivers.values import KeyPress, Scan
from terminal.core.effects import Ask
from terminal.core.events import Moment
from terminal.performer import Performer
from tests.flows.cashier import Till


class Silence(Performer):
    """Between the commit and the answer."""

    def __init__(self) -> None:
        """Knows nobody to ask."""

    def perform(self, ask: Ask, moment: Moment) -> None:
        """No answer comes."""


def silently(till: Till, *values: KeyPress | Scan) -> None:
    """The last step, with the world silent: no ask is answered any more."""
    heard = till.counter._performer
    till.counter._performer = Silence()
    for value in values:
        till.counter.handle(value)
    till.counter._performer = heard
