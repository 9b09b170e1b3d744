"""What happens at the day's screen, past tense."""

from terminal.core.happened import Happened


class DayChosen(Happened, frozen=True):
    """Look at the day: figures, shift, patterns."""


class ShiftChosen(Happened, frozen=True):
    """Open a shift, or close the one that is open."""


class ReportChosen(Happened, frozen=True):
    """Put the day's report on paper."""


class NumberTyped(Happened, frozen=True):
    """How many pieces of the marked value lie in the drawer."""

    number: int


class OtherWayChosen(Happened, frozen=True):
    """Count piece by piece, or type one total."""
