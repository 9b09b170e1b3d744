"""New goods for those that come back."""

from terminal.core import states
from terminal.core.settlement import granted
from terminal.ui import formats
from terminal.ui.screen import Block, Busy, Column, Entry, Headline, Row, Table, Total
from terminal.ui.view import View
from terminal.ui.words import N_

Here = states.AddingNew | states.FindingNew


def content(state: Here, view: View) -> tuple[str, int, tuple[Block, ...]]:
    words = view.words
    title = words(N_("Exchange: the new goods"))
    match state:
        case states.FindingNew():
            return title, 4, (Busy(words(N_("Looking for the price")), view.since),)
        case states.AddingNew():
            return title, 4, _new_goods(state, view)


def _new_goods(state: states.AddingNew, view: View) -> tuple[Block, ...]:
    words, draft = view.words, state.draft
    currency = draft.case.sale.currency
    back = granted(draft.case, draft.settling, draft.rules)
    cost = sum(one.net for one in draft.bought)
    entry = Entry(words(N_("or type their number")), view.editor.text)
    label = N_("Back to the customer") if back >= cost else N_("To pay")
    total = Total(
        words(N_("Comes back: {amount}"), amount=formats.amount(back, currency)),
        words(label),
        formats.with_symbol(abs(back - cost), currency),
    )
    if not draft.bought:
        return (Headline(words(N_("Scan the new goods"))), entry, total)
    columns = (
        Column(words(N_("Article")), 60),
        Column(words(N_("How many")), 18, right=True),
        Column(words(N_("Price")), 22, right=True),
    )
    rows = tuple(
        Row((one.name, formats.quantity(one.quantity, one.unit), formats.amount(one.net, currency)))
        for one in draft.bought
    )
    hint = words(N_("Scan the new goods"))
    return (Table(columns, rows, state.cursor, hint), entry, total)
