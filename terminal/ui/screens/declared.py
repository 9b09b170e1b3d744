"""Goods written down where no sale is on file."""

from terminal.core import states
from terminal.core.limits import KIND_NAMES
from terminal.ui import formats
from terminal.ui.screen import (
    Block,
    Busy,
    Column,
    Entry,
    Fact,
    Facts,
    Headline,
    Row,
    Sentences,
    Table,
    Tone,
    Total,
)
from terminal.ui.view import View
from terminal.ui.words import N_

Content = tuple[str, int, tuple[Block, ...]]


def content(state: states.DeclaredState, view: View) -> Content:
    words = view.words
    title = KIND_NAMES[state.declared.kind].say(words.language)
    match state:
        case states.DeclaringDay():
            asked = words(N_("On which day was it bought, by the receipt?"))
            hint = words(N_("1120 or 20261120; empty is today"))
            return title, 0, (
                Headline(asked),
                Entry(words(N_("Day")), view.editor.text, hint),
            )  # fmt: skip
        case states.AddingGoods():
            return _title(state, title, view), 1, _goods(state, view)
        case states.FindingArticle():
            return title, 1, (Busy(words(N_("Looking for the price")), view.since),)
        case states.PricingArticle():
            return title, 1, _pricing(state, view)


def _title(state: states.AddingGoods, title: str, view: View) -> str:
    number = formats.short(state.declared.receipt_no)
    if not number:
        return title
    return view.words(N_("{kind} · receipt {number}"), kind=title, number=number)


def _goods(state: states.AddingGoods, view: View) -> tuple[Block, ...]:
    words, declared = view.words, state.declared
    entry = Entry(words(N_("or type their number")), view.editor.text)
    if not declared.goods:
        limit = Sentences((_limit(state, view),), Tone.MUTED, centred=True)
        return (Headline(words(N_("Scan the goods that come back"))), entry, limit)
    currency = declared.rules.currency
    columns = (
        Column(words(N_("Article")), 60),
        Column(words(N_("How many")), 18, right=True),
        Column(words(N_("Paid")), 22, right=True),
    )
    rows = tuple(
        Row(
            (
                one.article.name,
                formats.quantity(one.quantity, one.article.unit),
                formats.amount(one.amount, currency),
            )
        )
        for one in declared.goods
    )
    hint = words(N_("Scan the goods that come back"))
    total = Total(
        _limit(state, view),
        words(N_("Refund in all")),
        formats.with_symbol(declared.amount, currency),
    )
    return (Table(columns, rows, state.cursor, hint), entry, total)


def _limit(state: states.AddingGoods, view: View) -> str:
    """How much there may be, where there is a limit."""
    declared = state.declared
    limit = declared.rules.policy.limits_of(declared.kind).amount
    if not limit:
        return ""
    rest = max(limit - declared.so_far.receipt_amount, 0)
    return view.words(N_("Up to {amount}"), amount=formats.amount(rest, declared.rules.currency))


def _pricing(state: states.PricingArticle, view: View) -> tuple[Block, ...]:
    words, currency = view.words, state.declared.rules.currency
    article = state.article
    facts: tuple[Fact, ...] = (
        Fact(words(N_("How many")), formats.quantity(state.quantity, article.unit)),
    )
    if state.offered:
        offered = formats.with_symbol(state.offered, currency)
        facts = (*facts, Fact(words(N_("Price today")), offered))
    hint = words(N_("like 80.54"))
    if state.offered:
        hint = words(N_("empty is the price today"))
    return (
        Headline(article.name),
        Facts(facts),
        Entry(words(N_("Paid for it")), view.editor.text, hint),
    )
