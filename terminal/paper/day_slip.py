"""A day or a shift on paper: the figures of the screen, the count of the drawer, the patterns.

Law of the file: it says what the sheet says and nothing more, so a copy is the same as the first.
Staff are numbers on paper.
"""

from collections.abc import Iterator
from datetime import datetime

from printer.slip import Columns, Feed, Part, Rule, SignatureLine, Size, Text
from terminal.core.day import DaySheet, Figure, Scope, Shift, report_rows
from terminal.settings.values import Settings
from terminal.ui import formats
from terminal.ui.screens.day import figure_name, returns_of
from terminal.ui.screens.drawer import counted_words, difference_of, shift_name
from terminal.ui.words import N_, Words

HASH_LINE = 32  # hexadecimal digits on a line: the narrowest paper has 32 columns


def body(sheet: DaySheet, settings: Settings, words: Words) -> tuple[Part, ...]:
    """The parts between the head and the cut."""
    return (
        *_facts(sheet, settings, words),
        Rule(),
        *_figures(sheet, words),
        *(part for shift in sheet.shifts for part in (Rule(), *_shift(shift, sheet, words))),
        *_findings(sheet, words),
        Rule(),
        *_foot(sheet, words),
    )


def _facts(sheet: DaySheet, settings: Settings, words: Words) -> Iterator[Part]:
    till = f"{settings.business_unit}-{settings.workstation}"
    yield Columns(words(N_("Day")), formats.day(sheet.day))
    yield Columns(words(N_("Till")), till)
    yield Columns(words(N_("Time")), formats.moment(datetime.fromisoformat(sheet.read_at)))


def _figures(sheet: DaySheet, words: Words) -> Iterator[Part]:
    count, amount = sheet.returned
    yield Columns(words(N_("Returns")), str(count), bold=True)
    total = formats.with_symbol(amount, sheet.currency)
    yield Columns(words(N_("Refund in all")), total, Size.LARGE, bold=True)
    yield Columns(words(N_("Voided")), str(sheet.voided))
    yield Columns(words(N_("Approved by somebody else")), str(sheet.approved))
    yield Columns(words(N_("Copies printed")), str(sheet.copies))
    for row in report_rows(sheet.figures):
        if isinstance(row, Figure):
            name = f"  {figure_name(row, words)} × {row.count}"
            yield Columns(name, formats.amount(row.amount, row.currency))
        else:
            yield Text(row.say(words.language), bold=True)


def _shift(shift: Shift, sheet: DaySheet, words: Words) -> Iterator[Part]:
    def money(minor: int) -> str:
        return formats.amount(minor, sheet.currency)

    end = shift.closing
    yield Text(shift_name(shift, words, shift.by.number), bold=True)
    paid = end.paid if end else sheet.paid
    yield Columns(words(N_("Float")), money(shift.opening.total))
    yield Columns(words(N_("Cash paid out")), money(paid))
    yield Columns(words(N_("Should be in the drawer")), money(shift.expected(paid)))
    if end is None:
        return
    for value, number in end.count.pieces:
        if number:
            yield Columns(f"  {money(value)} × {number}", money(value * number))
    yield Columns(words(N_("Counted")), money(end.count.total), bold=True)
    yield Text(difference_of(shift, sheet.currency, words), bold=True)
    yield Text(counted_words(end, words))
    if sheet.scope is Scope.SHIFT:
        yield SignatureLine(words(N_("Signature")))


def _findings(sheet: DaySheet, words: Words) -> Iterator[Part]:
    if sheet.scope is Scope.SHIFT:
        return
    yield Rule()
    yield Text(words(N_("What stands out")), bold=True)
    for one in sheet.findings:
        yield Text(one.words.say(words.language))
        yield Text(f"  {returns_of(one)}", size=Size.SMALL)
    if not sheet.findings:
        yield Text(words(N_("Nothing stands out")))


def _foot(sheet: DaySheet, words: Words) -> Iterator[Part]:
    """The head of the journal: on paper it proves later that no record was taken away."""
    seq, digest = sheet.head
    yield Columns(words(N_("Records not sent yet")), str(sheet.unsent))
    yield Columns(words(N_("Journal")), str(seq))
    yield Text(digest[:HASH_LINE], size=Size.SMALL)
    yield Text(digest[HASH_LINE:], size=Size.SMALL)
    yield Feed(1)
