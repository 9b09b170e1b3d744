"""`report`: what one day's returns came to, as text and as CSV; the terminal may go on working.

Law of the file: it says what the day's screen says; staff go by number, their names stay on the
unit.
"""

from argparse import Namespace
from collections.abc import Iterator
from datetime import date, datetime, time

from storage.store import Reader, open_reader
from terminal.app import database_of
from terminal.commands import OK
from terminal.commands.places import CommandFault, settings_of, table
from terminal.core.day import TITLES, DaySheet, Figure, Shift
from terminal.core.money import decimal_text
from terminal.core.words import Told, sentence
from terminal.interchange.fields import day_in_reason
from terminal.interchange.sheet import Table
from terminal.ledger.daybook import day_sheet
from terminal.ledger.ledger import Ledger
from terminal.settings import Settings
from terminal.spoken.spoken import give, spoken
from terminal.ui.wrapping import columns, wrap

WIDTH = 64
Amounts = tuple[tuple[Told, int], ...]


def serve(args: Namespace) -> int:
    settings = settings_of(args)
    day = day_of(args.day)
    with open_reader(database_of(settings)) as reader:
        found = day_report(reader, settings, day)
    if args.csv is not None:
        with table(args.csv, ("day", "section", "what", "count", "amount", "currency")) as file:
            _rows(file, found)
    for line in text(found, settings):
        give(line)
    return OK


def day_of(said: str) -> date:
    """`today`, or a day like 2026-11-20. Raises CommandFault."""
    try:
        return datetime.now().astimezone().date() if said == "today" else day_in_reason(said)
    except ValueError as fault:
        raise CommandFault(
            "--day {said}: must be today or a day like 2026-11-20", said=said
        ) from fault


def day_report(reader: Reader, settings: Settings, day: date) -> DaySheet:
    """The day's figures. Raises StorageFault, codec.Unreadable."""
    noon = datetime.combine(day, time(12)).astimezone()
    return day_sheet(Ledger(reader, settings.rules), settings.rules, noon)


def _rows(file: Table, found: DaySheet) -> None:
    day, code, words = found.day, found.currency.code, spoken()
    for one in found.figures:
        amount = decimal_text(one.amount, one.currency.digits)
        file.row(day, one.section, _what(one), one.count, amount, one.currency.code)
    file.row(day, "approved", "", found.approved, "", "")
    file.row(day, "copies", "", found.copies, "", "")
    for hour, count in enumerate(found.hours):
        if count:
            file.row(day, "hour", f"{hour:02d}", count, "", "")
    for shift in found.shifts:
        for told, minor in _amounts(shift, found):
            money = decimal_text(minor, found.currency.digits)
            file.row(day, "shift", f"{_when(shift)} {words.say(told)}", "", money, code)
    for pattern in found.findings:
        said = f"{words.say(pattern.words)} {' '.join(pattern.returns)}"
        file.row(day, "pattern", said, len(pattern.returns), "", "")
    seq, head = found.head
    file.row(day, "journal", head, seq, "", "")
    file.row(day, "unsent", "", found.unsent, "", "")


def text(found: DaySheet, settings: Settings) -> Iterator[str]:
    """The report as lines of at most WIDTH columns."""
    words = spoken()
    yield words.say(settings.shop.name)
    yield _apart(
        words("Day report {day}", day=found.day),
        f"{settings.business_unit}-{settings.workstation}",
    )
    yield from _figures(found)
    if not found.figures:
        yield words("No returns")
    yield "-" * WIDTH
    yield _apart(words("Approved by somebody else"), str(found.approved))
    yield _apart(words("Copies printed"), str(found.copies))
    yield from _shifts(found)
    yield from _patterns(found)
    seq, head = found.head
    yield "-" * WIDTH
    yield _apart(words("Records not sent yet"), str(found.unsent))
    yield _apart(words("Journal"), f"{seq}")
    yield f"  {head[:32]}"
    yield f"  {head[32:]}"


def _figures(found: DaySheet) -> Iterator[str]:
    section = ""
    for one in found.figures:
        if one.section != section:
            section = one.section
            yield "-" * WIDTH
            yield spoken().say(TITLES[section])
        amount = f"{one.currency.code} {decimal_text(one.amount, one.currency.digits)}"
        yield _apart(f"  {_what(one)}", f"{one.count:>5} {amount:>15}")


def _shifts(found: DaySheet) -> Iterator[str]:
    words = spoken()
    for shift in found.shifts:
        yield "-" * WIDTH
        yield words("Shift {when}", when=_when(shift))
        for told, minor in _amounts(shift, found):
            yield _apart(f"  {words.say(told)}", decimal_text(minor, found.currency.digits))


def _patterns(found: DaySheet) -> Iterator[str]:
    words = spoken()
    yield "-" * WIDTH
    yield words("What stands out")
    for one in found.findings:
        for said in (words.say(one.words), " ".join(one.returns)):
            yield from (f"  {line}" for line in wrap(said, WIDTH - 2, columns))
    if not found.findings:
        yield "  " + words("Nothing stands out")


def _amounts(shift: Shift, found: DaySheet) -> Amounts:
    end = shift.closing
    paid = end.paid if end else found.paid
    begun = (
        (sentence("float"), shift.opening.total),
        (sentence("cash paid out"), paid),
        (sentence("should be in the drawer"), shift.expected(paid)),
    )
    if end is None:
        return begun
    return (
        *begun,
        (sentence("counted"), end.count.total),
        (sentence("too much, or below zero missing"), shift.difference),
    )


def _when(shift: Shift) -> str:
    until = shift.closing.at[11:16] if shift.closing else ""
    return f"{shift.by.number} {shift.opened_at[11:16]}–{until}"


def _what(figure: Figure) -> str:
    """What a figure counts; a reason with its code before it."""
    said = spoken().say(figure.words)
    coded = figure.section == "reason" and said != figure.code
    return f"{figure.code} {said}" if coded else said


def _apart(left: str, right: str) -> str:
    return left + " " * max(1, WIDTH - columns(left) - columns(right)) + right
