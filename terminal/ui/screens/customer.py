"""The customer's part, the cash, and a return looked at again."""

from terminal.core import states
from terminal.core.returns import Return, ReturnLine
from terminal.core.short_code import grouped
from terminal.ui import formats
from terminal.ui.screen import (
    Amount,
    Block,
    Busy,
    Column,
    Entry,
    Fact,
    Facts,
    Headline,
    Panel,
    Qr,
    Row,
    Sentences,
    Side,
    Table,
    Tone,
)
from terminal.ui.screens import kinds
from terminal.ui.screens.draft import tender_name
from terminal.ui.screens.shop import waiting
from terminal.ui.screens.stand import as_of, moves, standing
from terminal.ui.view import View
from terminal.ui.words import N_, Words

Content = tuple[str, int, tuple[Block, ...]]
Here = (
    states.WaitingForCustomer
    | states.Inspecting
    | states.TakingSignature
    | states.PayingCash
    | states.ConfirmingVoid
    | states.FindingReturn
    | states.ShowingReturn
)


def content(state: Here, view: View) -> Content:
    words = view.words
    match state:
        case states.WaitingForCustomer():
            return words(N_("Let the customer scan")), 5, _waiting(state, view)
        case states.Inspecting():
            busy = Busy(words(N_("Looking for the sale")), view.since)
            return words(N_("Inspection · {number}"), number=state.ret.number), 5, (busy,)
        case states.TakingSignature():
            return words(N_("Without a phone")), 5, _signature(state, words)
        case states.PayingCash():
            take = state.ret.settlement.to_pay
            return (
                words(N_("Take the cash") if take else N_("Hand over the cash")),
                6,
                _cash(state, view),
            )
        case states.ConfirmingVoid():
            return words(N_("Void this return?")), 5, _void(state, words)
        case states.FindingReturn():
            busy = Busy(words(N_("Looking for the return")), view.since)
            title = words(N_("Return")) if state.signed else _numbered(state.code, words)
            return title, 0, (busy,)
        case states.ShowingReturn():
            return _numbered(state.ret.number, words), -1, _shown(state, words)


def returned(line: ReturnLine, words: Words) -> str:
    """How much of a line came back; of one whose goods stay with the customer, why it is here."""
    if not line.quantity:
        return words(N_("overcharged"))
    return formats.quantity(line.quantity, line.unit)


def _numbered(number: str, words: Words) -> str:
    return words(N_("Return {number}"), number=number)


def _money(minor: int, ret: Return) -> str:
    return formats.with_symbol(minor, ret.currency)


def _waiting(state: states.WaitingForCustomer, view: View) -> tuple[Block, ...]:
    words, ret = view.words, state.ret
    facts = Facts(
        (
            Fact(words(N_("Return")), ret.number, large=True),
            Fact(words(N_("Amount")), _money(ret.settlement.refund, ret), large=True),
            Fact(words(N_("Short code")), grouped(ret.short_code), large=True),
        ),
        stacked=True,
    )
    panel = waiting(ret, view)
    if view.editor.text:
        panel = Panel((Entry(words(N_("Short code")), view.editor.text),), Tone.WAITING)
    return (Side((Qr(view.qr_of(ret)),), (facts, panel), 40),)


def _signature(state: states.TakingSignature, words: Words) -> tuple[Block, ...]:
    ret = state.ret
    return (
        Panel((Amount(words(N_("This refund")), _money(ret.settlement.refund, ret)),)),
        Sentences(
            (
                words(N_("Show the customer the goods and the amount on the slip.")),
                words(N_("Let them sign the shop's copy, and keep it.")),
                words(N_("Then press Confirm.")),
            ),
            numbered=True,
        ),
    )


def _cash(state: states.PayingCash, view: View) -> tuple[Block, ...]:
    words, ret = view.words, state.ret
    if ret.settlement.to_pay:
        return kinds.take_cash(ret, words)
    cash = sum(one.amount for one in ret.settlement.refunds if one.kind == "cash")
    others = tuple(
        Fact(tender_name(one.kind, one.masked, words), _money(one.amount, ret))
        for one in ret.settlement.refunds
        if one.kind != "cash" and one.amount
    )
    blocks: tuple[Block, ...] = (
        Panel((Amount(words(N_("Cash to the customer")), _money(cash, ret)),), Tone.HERE),
        Sentences((words(N_("The drawer is open. Count it out, close the drawer, confirm.")),)),
    )
    if others:
        blocks = (*blocks, Panel((Facts(others),), title=words(N_("Goes back by itself"))))
    return blocks


def _void(state: states.ConfirmingVoid, words: Words) -> tuple[Block, ...]:
    ret = state.ret
    return (
        Panel(
            (
                Headline(words(N_("Void return {number}?"), number=ret.number), Tone.STOP),
                Amount(words(N_("This refund")), _money(ret.settlement.refund, ret)),
                Sentences(
                    (
                        words(N_("Give the goods back to the customer, and take back every slip.")),
                        words(N_("It stays on file as voided; its goods can be returned again.")),
                    ),
                    numbered=True,
                ),
            ),
            Tone.STOP,
        ),
    )


def _shown(state: states.ShowingReturn, words: Words) -> tuple[Block, ...]:
    ret = state.ret
    text, tone = standing(ret)
    mark = kinds.mark(ret.kind, words)
    columns = (
        Column(words(N_("Article")), 60),
        Column(words(N_("Returned")), 15, right=True),
        Column(words(N_("Amount")), 20, right=True),
    )
    rows = tuple(
        Row(
            (
                one.name,
                returned(one, words),
                formats.amount(one.amount, ret.currency),
            )
        )
        for one in ret.settlement.lines
    )
    facts = Facts(
        (
            Fact(words(N_("Receipt")), ret.receipt_no),
            Fact(words(N_("Recorded")), ret.recorded_at[:16].replace("T", " ")),
            Fact(words(N_("Refund")), _money(ret.settlement.refund, ret), large=True),
        )
    )
    panel = Panel(
        (Headline(words(text), tone), *_said(ret, words, asked=bool(state.ask))), tone, mark
    )
    return (Side((Table(columns, rows),), (panel, facts), 55),)


def _said(ret: Return, words: Words, *, asked: bool) -> tuple[Block, ...]:
    """What the shop and the rails said of it, and when; or that the shop is being asked."""
    why = ret.declined.say(words.language) if ret.declined else ""
    lines = [words(N_("Reason: {reason}"), reason=why)] if why else []
    for tender, how, what in moves(ret, words).values():
        stands = f"{how} · {what}" if what else how
        lines.append(words(N_("{tender}: {stands}"), tender=tender, stands=stands))
    when = words(N_("asking the office")) if asked else as_of(ret, words)
    lines += [when] if when and (ret.handed_on or lines or asked) else []
    return (Sentences(tuple(lines)),) if lines else ()
