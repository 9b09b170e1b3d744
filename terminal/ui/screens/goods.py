"""The goods of a sale: sold, returned, still returnable, and what goes back now."""

from terminal.core import states
from terminal.core.policy import TIES
from terminal.core.sale import SaleLine
from terminal.core.settlement import available, worth
from terminal.ui import formats
from terminal.ui.screen import Block, Column, Row, Table, Total
from terminal.ui.screens import kinds
from terminal.ui.view import View
from terminal.ui.words import N_

TYPED_MAX = 9  # characters; more than any quantity of a sale


def goods(state: states.ChoosingGoods, view: View) -> tuple[str, int, tuple[Block, ...]]:
    words, draft = view.words, state.draft
    sale = draft.case.sale
    left = available(draft.case)
    amounts = {
        line.line: worth(line, draft.case.returned.of_line(line.line), one.quantity)[0]
        if one.amount is None
        else one.amount
        for line in sale.lines
        if (one := draft.chosen_of(line.line)) is not None
    }
    columns = (
        Column(words(N_("Article")), 44),
        Column(words(N_("Sold")), 11, right=True),
        Column(words(N_("Returned")), 11, right=True),
        Column(words(N_("Left")), 11, right=True),
        Column(words(N_("Now")), 11, right=True),
        Column(words(N_("Refund")), 14, right=True),
    )
    rows = tuple(
        _row(line, left[line.line], amounts, state, view, here=at == state.cursor)
        for at, line in enumerate(sale.lines)
    )
    paid = words(
        N_("{till} · {time} · paid {amount}"),
        till=f"{sale.receipt.business_unit}-{sale.receipt.workstation}",
        time=f"{sale.sold_at:%Y-%m-%d %H:%M}",
        amount=formats.amount(sale.total, sale.currency),
    )
    tied = (one for check in TIES for one in check(draft.rules, draft.case, draft.settling))
    usual = (
        words(N_("Type how many of it are accepted; 0 takes it off"))
        if draft.replaces
        else words(N_("Scan the goods that come back; each scan adds one"))
    )
    hint = next((one.words.say(words.language) for one in tied), usual)
    total = Total(
        words.plural("{n} line chosen", "{n} lines chosen", n=len(draft.chosen)),
        words(N_("Refund in all")),
        formats.with_symbol(sum(amounts.values()), sale.currency),
    )
    title = kinds.goods_title(draft.case, words)
    if draft.replaces:
        title = words(N_("Inspection · {number}"), number=draft.replaces.number)
    return title, 1, (Table(columns, rows, state.cursor, hint, paid), total)


def _row(
    line: SaleLine,
    left: int,
    amounts: dict[int, int],
    state: states.ChoosingGoods,
    view: View,
    *,
    here: bool,
) -> Row:
    chosen = state.draft.chosen_of(line.line)
    now = formats.quantity(chosen.quantity, line.unit) if chosen else "—"
    if here and view.editor.text:
        now = _typed(view.editor.text)
    amount = amounts.get(line.line)
    given = line.line in {one.line for one in state.draft.case.sale.gifts}
    cells = (
        view.words(N_("Gift: {name}"), name=line.name) if given else line.name,
        formats.quantity(line.quantity, line.unit),
        formats.quantity(line.quantity - left, line.unit),
        formats.quantity(left, line.unit),
        now,
        formats.amount(amount, state.draft.case.sale.currency) if amount is not None else "",
    )
    return Row(cells, muted=left == 0, marked=4 if chosen or (here and view.editor.text) else -1)


def _typed(text: str) -> str:
    """The end of what is typed: figures are never cut, and these may be of any length."""
    return f"{text}_" if len(text) <= TYPED_MAX else f"…{text[-TYPED_MAX:]}_"
