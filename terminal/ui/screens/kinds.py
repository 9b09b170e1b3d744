"""How screens and slips mark a return that is no plain one."""

from terminal.core import same_day, states
from terminal.core.case import Case
from terminal.core.draft import Draft
from terminal.core.limits import KIND_NAMES
from terminal.core.returns import Return, ReturnKind
from terminal.ui import formats
from terminal.ui.screen import Amount, Block, Headline, Panel, Sentences, Tone
from terminal.ui.words import N_, Words


def mark(kind: ReturnKind, words: Words) -> str:
    """The name of the kind; empty for a plain return."""
    return "" if kind is ReturnKind.VERIFIED else KIND_NAMES[kind].say(words.language)


def goods_title(case: Case, words: Words) -> str:
    number = case.sale.receipt_no
    if case.kind is ReturnKind.VERIFIED:
        return words(N_("Return · receipt {number}"), number=number)
    name = mark(case.kind, words)
    return words(N_("{kind} · receipt {number}"), kind=name, number=number)


def confirm_title(kind: ReturnKind, words: Words) -> str:
    if kind is ReturnKind.VERIFIED:
        return words(N_("Confirm the refund"))
    return words(N_("Confirm: {kind}"), kind=mark(kind, words))


def offer_void(state: states.OfferingVoid, words: Words) -> tuple[Block, ...]:
    sale = state.draft.case.sale
    paid = formats.with_symbol(sale.total, sale.currency)
    tomorrow = same_day.told(state.draft.rules, sale)
    how = (
        words(N_("Confirm voids everything on this receipt and gives it all back.")),
        words(N_("Ring the right goods up anew at the till.")),
        words(N_("F2 takes back the chosen goods only; the rest of the sale stands.")),
        *(one.say(words.language) for one in tomorrow),
    )
    return (
        Panel(
            (
                Headline(words(N_("Sold today: the whole sale can be voided")), Tone.WAITING),
                Amount(words(N_("Paid in all")), paid),
                Sentences(how, centred=True),
            ),
            Tone.WAITING,
        ),
    )


def take_cash(ret: Return, words: Words) -> tuple[Block, ...]:
    """An exchange for dearer goods: the difference goes into the drawer."""
    amount = formats.with_symbol(ret.settlement.to_pay, ret.currency)
    put = words(N_("The drawer is open. Take the money, give change, close the drawer, confirm."))
    return (
        Panel((Amount(words(N_("Cash from the customer")), amount),), Tone.HERE),
        Sentences((put,)),
    )


def offer_exchange(draft: Draft, words: Words) -> tuple[str, ...]:
    """Where a reason says so, before money goes back."""
    offers = any(draft.rules.reason(one.reason).offer_exchange for one in draft.chosen)
    if not offers or draft.bought:
        return ()
    return (words(N_("Ask first whether an exchange would do: F5.")),)
