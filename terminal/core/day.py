"""A day at the unit as values: its shifts, its figures, and the pages they are read on.

Law of the file: figures are summed from the returns themselves. A voided return is named and
counted in nothing else, and what was only accepted is never called refunded.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import Enum
from itertools import groupby

from msgspec import Struct

from terminal.core.people import Staff
from terminal.core.returns import Return, Status
from terminal.core.sale import Currency
from terminal.core.watch import Finding
from terminal.core.words import Worded

CASH = "cash"
HOURS = 24
PAGE_ROWS = 6  # figures and their titles on one page: as many as 800x480 shows
PAGE_FINDINGS = 3
TITLES = {
    "returns": Worded("退货", "Returns"),
    "status": Worded("按状态", "By status"),
    "kind": Worded("按退货种类", "By kind"),
    "tender": Worded("按支付方式", "By tender"),
    "reason": Worded("按退货原因（行）", "By reason (lines, goods before fees)"),
    "cashier": Worded("按收银员", "By cashier"),
    "approver": Worded("按授权人", "Approved by"),
    "kept": Worded("店方留存", "Kept by the shop"),
    "taken": Worded("换货补差收款", "Paid by customers for new goods"),
}


class Drawer(Struct, frozen=True):
    """How cash is counted. `pieces` are the notes and coins in minor units, largest first."""

    pieces: tuple[int, ...] = ()
    by_piece: bool = False  # otherwise one total is asked for first
    shift_needed: bool = False  # no return before a shift is open


class Count(Struct, frozen=True):
    """What a person counted in the drawer: pieces (value and how many), or only their sum."""

    total: int
    pieces: tuple[tuple[int, int], ...] = ()


class Closing(Struct, frozen=True):
    """How a shift ended: `paid` is the cash that left the drawer for returns in it.

    `until` is the return number that the next return would have got.
    """

    at: str
    by: Staff
    paid: int
    count: Count
    until: int


class Shift(Struct, frozen=True):
    """班次: one person answers for the drawer. `first` is the number its first return would get."""

    id: str
    opened_at: str  # ISO 8601 with offset
    by: Staff
    opening: Count
    first: int
    closing: Closing | None = None

    def expected(self, paid: int) -> int:
        """What should be in the drawer when `paid` has left it."""
        return self.opening.total - paid

    @property
    def difference(self) -> int:
        """Counted less expected; below zero something is missing. 0 while it is open."""
        if self.closing is None:
            return 0
        return self.closing.count.total - self.expected(self.closing.paid)


class Figure(Struct, frozen=True):
    """One line of the report: how many, and how much in minor units."""

    section: str
    code: str
    words: Worded
    count: int
    amount: int
    currency: Currency


class Scope(Enum):
    """Whose figures: the whole day, or one's own shift."""

    DAY = "day"
    SHIFT = "shift"


class DaySheet(Struct, frozen=True):
    """All that the day's screen and its report say. `shift` is the open one, `paid` its cash.

    `hours` has a count of returns for each hour of the day. `printed` is how many times this report
    was printed before. `head` is where the journal stood: number and hash of its last record.
    """

    scope: Scope
    day: date
    read_at: str  # ISO 8601 with offset
    currency: Currency
    figures: tuple[Figure, ...]
    hours: tuple[int, ...]
    approved: int
    voided: int
    copies: int
    shifts: tuple[Shift, ...]
    shift: Shift | None
    paid: int
    findings: tuple[Finding, ...]
    unsent: int
    head: tuple[int, str]
    drawer: Drawer
    printed: int = 0

    def of(self, section: str) -> tuple[Figure, ...]:
        return tuple(one for one in self.figures if one.section == section)

    @property
    def returned(self) -> tuple[int, int]:
        """How many returns stand, and what they came to in the unit's own currency."""
        found = [one for one in self.of("returns") if one.currency == self.currency]
        return sum(one.count for one in found), sum(one.amount for one in found)


class PageKind(Enum):
    SUMMARY = "summary"
    FIGURES = "figures"
    CHART = "chart"
    FINDINGS = "findings"


Rows = tuple[Figure | Worded, ...]


class Page(Struct, frozen=True):
    """One screenful: a chapter of the figures with their titles, or some of the findings."""

    kind: PageKind
    rows: Rows = ()
    findings: tuple[Finding, ...] = ()


def pages(sheet: DaySheet) -> tuple[Page, ...]:
    """The pages of a sheet in order; chart and patterns are for who sees the whole day."""
    figures = tuple(Page(PageKind.FIGURES, rows) for rows in _chapters(sheet.figures))
    if sheet.scope is Scope.SHIFT:
        return (Page(PageKind.SUMMARY), *figures)
    found = sheet.findings
    starts = range(0, max(len(found), 1), PAGE_FINDINGS)
    looked_at = tuple(
        Page(PageKind.FINDINGS, findings=found[at : at + PAGE_FINDINGS]) for at in starts
    )
    return (Page(PageKind.SUMMARY), Page(PageKind.CHART), *looked_at, *figures)


def _chapters(figures: Sequence[Figure]) -> tuple[Rows, ...]:
    """Sections share a page while they fit; one that is too long has its title on each page."""
    filled: list[Rows] = []
    for section, group in groupby(figures, key=lambda one: one.section):
        rows: Rows = tuple(group)
        if section == "returns":
            continue
        if filled and len(filled[-1]) + 1 + len(rows) <= PAGE_ROWS:
            filled[-1] = (*filled[-1], TITLES[section], *rows)
            continue
        starts = range(0, len(rows), PAGE_ROWS - 1)
        filled += [(TITLES[section], *rows[at : at + PAGE_ROWS - 1]) for at in starts]
    return tuple(filled)


def report_rows(figures: Sequence[Figure]) -> Rows:
    """All figures with a title before each section; the sum of all needs none."""
    rows: list[Figure | Worded] = []
    for section, group in groupby(figures, key=lambda one: one.section):
        if section != "returns":
            rows += [TITLES[section], *group]
    return tuple(rows)


def standing(returns: Iterable[Return]) -> tuple[Return, ...]:
    return tuple(one for one in returns if one.status is not Status.VOIDED)


def hours_of(returns: Iterable[Return]) -> tuple[int, ...]:
    """How many returns were recorded in each hour of the shop's clock, voided ones left out."""
    counts = [0] * HOURS
    for ret in standing(returns):
        counts[datetime.fromisoformat(ret.recorded_at).hour] += 1
    return tuple(counts)
