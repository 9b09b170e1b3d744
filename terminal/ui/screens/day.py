"""The day: its figures page by page, what stands out, and the count of the drawer."""

from terminal.core import states
from terminal.core.day import (
    DaySheet,
    Figure,
    Page,
    PageKind,
    Scope,
    pages,
)
from terminal.core.health import Link
from terminal.core.watch import Finding
from terminal.ui import formats
from terminal.ui.screen import (
    Bar,
    Block,
    Busy,
    Chart,
    Column,
    Fact,
    Facts,
    Headline,
    Panel,
    Row,
    Sentences,
    Side,
    Table,
    Tone,
)
from terminal.ui.screens import drawer
from terminal.ui.screens.draft import tender_name
from terminal.ui.screens.drawer import difference_of, money_of, shift_name
from terminal.ui.view import View
from terminal.ui.words import N_, Words

Content = tuple[str, int, tuple[Block, ...]]
RETURNS_SHOWN = 8  # return numbers under one pattern; the report of the command has them all
LOOKED_AT = N_(
    "Looked at: returns without a sale, round amounts, one card, voids, own sales, amounts just"
    " below the limit, one approver."
)
REASONS_SHOWN = 7  # bars; the rest is on the pages of figures


def content(state: states.DayState, view: View) -> Content:
    words = view.words
    match state:
        case states.ReadingDay():
            return words(N_("Day and shift")), -1, (Busy(words(N_("Adding up")), view.since),)
        case states.ShowingDay():
            return _showing(state, view)
        case states.CountingPieces() | states.CountingTotal() | states.ConfirmingCount():
            return drawer.content(state, view)


def _showing(state: states.ShowingDay, view: View) -> Content:
    words = view.words
    every = pages(state.sheet)
    page = every[state.page]
    title = words(
        N_("{day} · page {n} of {of}"), day=formats.day(state.sheet.day),
        n=state.page + 1, of=len(every),
    )  # fmt: skip
    return title, -1, _page(page, state.sheet, view)


def _page(page: Page, sheet: DaySheet, view: View) -> tuple[Block, ...]:
    words = view.words
    match page.kind:
        case PageKind.SUMMARY:
            return _summary(sheet, view)
        case PageKind.CHART:
            return _charts(sheet, words)
        case PageKind.FINDINGS:
            return _found(page.findings, words)
        case PageKind.FIGURES:
            return (_figures(page, words),)


# The figures.


def _summary(sheet: DaySheet, view: View) -> tuple[Block, ...]:
    words = view.words
    count, amount = sheet.returned
    total = formats.with_symbol(amount, sheet.currency)
    whole = sheet.scope is Scope.DAY
    figures = Facts(
        (
            Fact(words(N_("Returns")), str(count), large=True),
            Fact(words(N_("Refund in all")), total, large=True),
            Fact(words(N_("Voided")), str(sheet.voided)),
            Fact(words(N_("Approved by somebody else")), str(sheet.approved)),
            Fact(words(N_("Copies printed")), str(sheet.copies)),
            *_network(sheet, view),
        )
    )
    title = words(N_("All cashiers") if whole else N_("Your shift"))
    return (Side((Panel((figures,), title=title),), _shift_panels(sheet, words), 52),)


def _network(sheet: DaySheet, view: View) -> tuple[Fact, ...]:
    """Of a unit that has a back office: whether it is reached, and how much waits."""
    words, health = view.words, view.health
    if health.network is Link.NONE:
        return ()
    up = health.network is Link.GOOD
    said = N_("reached since {time}") if up else N_("away since {time}")
    return (
        Fact(words(N_("Network")), words(said, time=health.network_since)),
        Fact(words(N_("Records not sent yet")), str(sheet.unsent)),
    )


def _shift_panels(sheet: DaySheet, words: Words) -> tuple[Block, ...]:
    """The open shift, and how those before it ended."""
    shift = sheet.shift
    closed = tuple(one for one in sheet.shifts if one.closing)[-3:]
    if shift is None:
        wanted = words(N_("Open one with F1: no return before."))
        free = words(N_("Open one with F1, so that the drawer is accounted for."))
        say = wanted if sheet.drawer.shift_needed else free
        now = Panel((Headline(words(N_("No shift is open"))), Sentences((say,))), Tone.WAITING)
    elif sheet.scope is Scope.SHIFT and shift not in sheet.shifts:
        now = Panel((Sentences((shift_name(shift, words),)),), Tone.HERE)
    else:
        money = money_of(sheet.currency)
        facts = (
            Fact(words(N_("Float")), money(shift.opening.total)),
            Fact(words(N_("Cash paid out")), money(sheet.paid)),
            Fact(words(N_("Should be in the drawer")), money(shift.expected(sheet.paid))),
        )
        now = Panel((Facts(facts),), Tone.HERE, shift_name(shift, words))
    ended = tuple(
        Fact(shift_name(one, words), difference_of(one, sheet.currency, words)) for one in closed
    )
    return (now, Panel((Facts(ended, stacked=True),))) if ended else (now,)


def _figures(page: Page, words: Words) -> Table:
    columns = (
        Column("", 60),
        Column(words(N_("Number")), 14, right=True),
        Column(words(N_("Amount")), 26, right=True),
    )
    rows = tuple(
        Row((figure_name(one, words), str(one.count), formats.amount(one.amount, one.currency)))
        if isinstance(one, Figure)
        else Row((one.say(words.language), "", ""), muted=True)
        for one in page.rows
    )
    return Table(columns, rows)


def figure_name(figure: Figure, words: Words) -> str:
    """What a figure counts, in one language."""
    if figure.section == "tender":
        kind, _, owed = figure.code.partition(" ")
        name = tender_name(kind, "", words)
        return words(N_("{tender}, owed: too small for coins"), tender=name) if owed else name
    return figure.words.say(words.language)


# The manager's pages.


def _charts(sheet: DaySheet, words: Words) -> tuple[Block, ...]:
    if not any(sheet.hours):
        return (Headline(words(N_("No returns on this day"))),)
    reasons = sorted(sheet.of("reason"), key=lambda one: -one.count)[:REASONS_SHOWN]
    by_reason = tuple(
        Bar(one.words.say(words.language), one.count, str(one.count)) for one in reasons
    )
    first = next(hour for hour, count in enumerate(sheet.hours) if count)
    last = max(hour for hour, count in enumerate(sheet.hours) if count)
    by_hour = tuple(
        Bar(str(hour), sheet.hours[hour], str(sheet.hours[hour]) if sheet.hours[hour] else "")
        for hour in range(first, last + 1)
    )
    left = Panel((Chart(words(N_("Lines by reason")), by_reason),))
    right = Panel((Chart(words(N_("Returns by hour")), by_hour, upright=True),))
    return (Side((left,), (right,), 52),)


def _found(findings: tuple[Finding, ...], words: Words) -> tuple[Block, ...]:
    if not findings:
        calm = Headline(words(N_("Nothing stands out")), Tone.GOOD)
        return (calm, Sentences((words(LOOKED_AT),)))
    return tuple(
        Panel((Sentences((one.words.say(words.language), returns_of(one))),), Tone.WAITING)
        for one in findings
    )


def returns_of(finding: Finding) -> str:
    """The numbers of the returns, the newest of them when there are many."""
    left_out = len(finding.returns) - RETURNS_SHOWN
    numbers = " ".join(finding.returns[-RETURNS_SHOWN:])
    return f"(+{left_out}) {numbers}" if left_out > 0 else numbers
