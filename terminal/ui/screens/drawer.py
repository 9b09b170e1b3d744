"""The drawer: counting it, what the count came to, and whose shift it is."""

from collections.abc import Callable
from datetime import datetime

from terminal.core import states
from terminal.core.day import Closing, Shift
from terminal.core.sale import Currency
from terminal.ui import formats
from terminal.ui.screen import (
    Amount,
    Block,
    Column,
    Entry,
    Headline,
    Panel,
    Row,
    Sentences,
    Table,
    Tone,
    Total,
)
from terminal.ui.view import View
from terminal.ui.words import N_, Words

Content = tuple[str, int, tuple[Block, ...]]
Here = states.CountingPieces | states.CountingTotal | states.ConfirmingCount
TYPED_MAX = 6


def content(state: Here, view: View) -> Content:
    words = view.words
    title = words(N_("Open a shift") if state.sheet.shift is None else N_("Close the shift"))
    match state:
        case states.CountingPieces():
            return title, -1, _pieces(state, view)
        case states.CountingTotal():
            hint = words(N_("All the cash in the drawer, like 500.00"))
            entry = Entry(words(N_("In the drawer")), view.editor.text, hint)
            return title, -1, (Headline(words(N_("How much is in the drawer?"))), entry)
        case states.ConfirmingCount():
            return title, -1, _confirming(state, words)


def _pieces(state: states.CountingPieces, view: View) -> tuple[Block, ...]:
    words, currency = view.words, state.sheet.currency
    pairs = tuple(zip(state.sheet.drawer.pieces, state.numbers, strict=True))
    columns = (
        Column(words(N_("Note or coin")), 34),
        Column(words(N_("Number")), 30, right=True),
        Column(words(N_("Amount")), 36, right=True),
    )

    def row(at: int, value: int, number: int) -> Row:
        typed = view.editor.text if at == state.cursor else ""
        shown = f"{typed[-TYPED_MAX:]}_" if typed else str(number)
        amount = formats.amount(value * number, currency)
        marked = 1 if typed or number else -1
        return Row((formats.amount(value, currency), shown, amount), marked=marked)

    rows = tuple(row(at, *pair) for at, pair in enumerate(pairs))
    hint = words(N_("Type how many there are of each, and confirm"))
    total = sum(value * number for value, number in pairs)
    foot = Total("", words(N_("In the drawer")), formats.with_symbol(total, currency))
    return Table(columns, rows, state.cursor, hint), foot


def _confirming(state: states.ConfirmingCount, words: Words) -> tuple[Block, ...]:
    sheet, shift = state.sheet, state.sheet.shift
    money = money_of(sheet.currency)
    amount = formats.with_symbol(state.count.total, sheet.currency)
    if shift is None:
        kept = words(N_("You answer for this drawer until you close the shift."))
        return Panel((Amount(words(N_("Float")), amount),)), Sentences((kept,), centred=True)
    note = words(
        N_("float {opening} − paid out {paid} = {expected}"),
        opening=money(shift.opening.total),
        paid=money(sheet.paid),
        expected=money(shift.expected(sheet.paid)),
    )
    difference = state.count.total - shift.expected(sheet.paid)
    tone = Tone.GOOD if difference == 0 else Tone.STOP if difference < 0 else Tone.WAITING
    said = Headline(_difference(difference, sheet.currency, words), tone)
    kept = words(N_("This count is on record, also when you count again."))
    return (
        Panel((Amount(words(N_("Counted")), amount, note),)),
        Panel((said, Sentences((kept,), centred=True)), tone),
    )


def shift_name(shift: Shift, words: Words, who: str = "") -> str:
    """Whose shift it is, and from when to when; `who` in place of the name."""
    opened = datetime.fromisoformat(shift.opened_at)
    values = {"name": who or shift.by.name or shift.by.number, "start": formats.clock(opened)}
    if shift.closing is None:
        return words(N_("Shift of {name}, open since {start}"), **values)
    end = formats.clock(datetime.fromisoformat(shift.closing.at))
    return words(N_("Shift of {name}, {start} to {end}"), **values, end=end)


def difference_of(shift: Shift, currency: Currency, words: Words) -> str:
    return _difference(shift.difference, currency, words)


def counted_words(end: Closing, words: Words) -> str:
    """Who counted, for paper: by number."""
    at = formats.moment(datetime.fromisoformat(end.at))
    return words(N_("Counted by {name}, {time}"), name=end.by.number, time=at)


def _difference(difference: int, currency: Currency, words: Words) -> str:
    amount = formats.with_symbol(abs(difference), currency)
    if difference == 0:
        return words(N_("The drawer is exactly right"))
    short = words(N_("{amount} is missing"), amount=amount)
    return short if difference < 0 else words(N_("{amount} too much"), amount=amount)


def money_of(currency: Currency) -> Callable[[int], str]:
    """Amounts of one currency, without its sign."""
    return lambda minor: formats.amount(minor, currency)
