"""The receipt: scanned, typed, searched, or not to be found."""

from terminal.core import states
from terminal.core.effects import Query
from terminal.core.returns import Return, ReturnKind
from terminal.core.sale import Sale
from terminal.ui import formats
from terminal.ui.screen import (
    Block,
    Busy,
    Column,
    Entry,
    Fact,
    Facts,
    Headline,
    Panel,
    Row,
    Sentences,
    Table,
    Tone,
)
from terminal.ui.screens.stand import standing
from terminal.ui.view import View
from terminal.ui.words import N_, Words

Content = tuple[str, int, tuple[Block, ...]]
Here = (
    states.Ready
    | states.EnteringDay
    | states.EnteringAmount
    | states.EnteringTail
    | states.LookingUp
    | states.ChoosingSale
    | states.ReceiptUnknown
    | states.NothingLeft
)


def content(state: Here, view: View) -> Content:
    words = view.words
    match state:
        case states.Ready():
            return _ready(state, view)
        case states.EnteringDay():
            return (
                words(N_("Find a sale")),
                0,
                (
                    Headline(words(N_("On which day was it bought?"))),
                    _or_scan(words),
                    Entry(
                        words(N_("Day")),
                        view.editor.text,
                        words(N_("1120 or 20261120; empty is today")),
                    ),
                ),
            )
        case states.EnteringAmount():
            return (
                words(N_("Find a sale")),
                0,
                (
                    Headline(words(N_("How much was paid in all?"))),
                    Facts((Fact(words(N_("Day")), state.day.isoformat()),)),
                    _or_scan(words),
                    Entry(words(N_("Amount")), view.editor.text, words(N_("like 80.54"))),
                ),
            )
        case states.EnteringTail():
            return words(N_("Find a sale")), 0, _tail(state, view)
        case states.LookingUp():
            number = formats.short(state.query.receipt_no)
            return (
                words(N_("Receipt {number}"), number=number) if number else words("Find a sale"),
                0,
                (Busy(words(N_("Looking for the sale")), view.since),),
            )
        case states.ChoosingSale():
            return words(N_("Several sales fit")), 0, (_sales(state, view),)
        case states.ReceiptUnknown():
            return words(N_("Receipt not found")), 0, _unknown(state, view)
        case states.NothingLeft():
            return words(N_("Nothing left to return")), 0, _nothing_left(state, view)


def _or_scan(words: Words) -> Sentences:
    return Sentences((words(N_("Or scan one of the articles.")),))


def _tail(state: states.EnteringTail, view: View) -> tuple[Block, ...]:
    words = view.words
    day = state.day.isoformat() if state.day else words(N_("any"))
    return (
        Headline(words(N_("The last four digits of the card or the phone?"))),
        Facts((Fact(words(N_("Day")), day),)),
        _or_scan(words),
        Entry(words(N_("Last four digits")), view.editor.text, words(N_("like 4321"))),
    )


def _ready(state: states.Ready, view: View) -> Content:
    words = view.words
    done: tuple[Block, ...] = ()
    if state.done is not None:
        done = (done_panel(state.done, words),)
    title = words(N_("Returns · {name}"), name=state.cashier.name)
    entry = Entry(words(N_("or type its number")), view.editor.text)
    return title, -1, (Headline(words(N_("Scan the receipt"))), entry, *done)


def done_panel(ret: Return, words: Words) -> Panel:
    """How the last return ended."""
    text, tone = standing(ret)
    it = ret.settlement
    label, minor = N_("Refund"), it.refund
    if it.to_pay:
        label, minor = N_("Paid by the customer"), it.to_pay
    return Panel(
        (
            Facts(
                (
                    Fact(words(N_("Return")), ret.number),
                    Fact(words(label), formats.with_symbol(minor, ret.currency), large=True),
                )
            ),
        ),
        tone,
        words(text),
    )


def _sales(state: states.ChoosingSale, view: View) -> Table:
    words = view.words
    columns = (
        Column(words(N_("Shop and till")), 24),
        Column(words(N_("Bought")), 26),
        Column(words(N_("First article")), 34),
        Column(words(N_("Total")), 16, right=True),
    )
    rows = tuple(
        Row(
            (
                f"{one.receipt.business_unit}-{one.receipt.workstation}",
                f"{one.sold_at:%Y-%m-%d %H:%M}",
                one.first_goods,
                formats.amount(one.total, one.currency),
            )
        )
        for one in state.sales
    )
    return Table(columns, rows, state.cursor, words(N_("Which of these is the customer's?")))


def _unknown(state: states.ReceiptUnknown, view: View) -> tuple[Block, ...]:
    words, query = view.words, state.query
    asked = _asked(query, view)
    unasked = (
        (Sentences((words(N_("The office could not be asked: the network is away.")),)),)
        if state.unasked
        else ()
    )
    return (
        Panel(
            (
                Headline(words(N_("No sale on file for {asked}"), asked=asked), Tone.WAITING),
                *unasked,
                Sentences(_then(view), numbered=True),
            ),
            Tone.WAITING,
        ),
        Entry(words(N_("Receipt number")), view.editor.text),
    )


def _then(view: View) -> tuple[str, ...]:
    words = view.words
    found = (
        words(N_("Scan the code on the receipt again, or type its number.")),
        words(N_("Find it with F1: day and amount, card or phone, or goods.")),
    )
    taken = ReturnKind.UNVERIFIED not in view.not_taken
    return (*found, words(N_("Still not found: F3, without its sale."))) if taken else found


def _asked(query: Query, view: View) -> str:
    """What was looked for, as the cashier said it."""
    words = view.words
    day = query.day.isoformat() if query.day else words(N_("any day"))
    if query.tail:
        return words(N_("{day}, card or phone ending in {tail}"), day=day, tail=query.tail)
    if query.goods:
        return words(N_("{day}, article {code}"), day=day, code=query.goods)
    return formats.short(query.receipt_no) or words(
        N_("{day}, {amount}"), day=day, amount=formats.with_symbol(query.amount, view.currency)
    )


def _nothing_left(state: states.NothingLeft, view: View) -> tuple[Block, ...]:
    words, case = view.words, state.case
    sale = case.sale
    refunded = formats.with_symbol(case.returned.amount, sale.currency)
    return (
        Panel(
            (
                Headline(words(N_("Everything on this receipt was returned already")), Tone.STOP),
                Facts(
                    (
                        Fact(words(N_("Receipt")), sale.receipt_no),
                        Fact(words(N_("Bought")), sold_at(sale)),
                        Fact(words(N_("Returned before")), refunded, large=True),
                    )
                ),
                Sentences((_where_it_stands(state.open_return, words),)),
            ),
            Tone.STOP,
        ),
    )


def _where_it_stands(waiting: Return | None, words: Words) -> str:
    if waiting is None:
        return words(N_("Scan the customer's return slip to see how it ended."))
    return words(N_("Return {number} is still open: F2 shows it."), number=waiting.number)


def sold_at(sale: Sale) -> str:
    return f"{sale.sold_at:%Y-%m-%d %H:%M}"
