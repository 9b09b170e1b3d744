"""Goods, reasons, the policy's answer and the amounts: a return that is not recorded yet."""

from terminal import cards
from terminal.core import states
from terminal.core.coupons import fates
from terminal.core.policy import Decision
from terminal.core.returns import Condition, CouponFate, Settlement
from terminal.core.rules import Evidence, Outcome
from terminal.core.sale import Currency
from terminal.ui import formats
from terminal.ui.screen import (
    Amount,
    Block,
    Busy,
    Choice,
    Column,
    Entry,
    Fact,
    Facts,
    Headline,
    Option,
    Panel,
    Row,
    Sentences,
    Side,
    Table,
    Tone,
)
from terminal.ui.screens import kinds
from terminal.ui.screens.goods import goods
from terminal.ui.screens.people import pin_blocks
from terminal.ui.screens.serials import serials
from terminal.ui.view import View
from terminal.ui.words import N_, Words

Content = tuple[str, int, tuple[Block, ...]]
Here = (
    states.ChoosingGoods | states.ChoosingReason | states.ChoosingCondition
    | states.EnteringDifference | states.CheckingLines | states.ChangingReason
    | states.ChangingCondition | states.Denied | states.GivingEvidence | states.AwaitingOverride
    | states.EnteringOverridePin | states.CheckingOverride | states.ChoosingOverrideReason
    | states.ConfirmingAmounts | states.OfferingVoid | states.ScanningSerials
)  # fmt: skip
CONDITIONS = {
    Condition.UNOPENED: N_("Unopened"),
    Condition.OPENED: N_("Opened"),
    Condition.USED: N_("Used"),
    Condition.DAMAGED: N_("Damaged"),
    Condition.SPOILED: N_("Spoiled"),
    Condition.INCOMPLETE: N_("Incomplete"),
}
_OUTCOMES = {
    Outcome.ALLOW: (N_("Allowed"), Tone.GOOD),
    Outcome.CONTINGENT: (N_("Allowed, once seen"), Tone.WAITING),
    Outcome.NEEDS_OVERRIDE: (N_("Needs approval"), Tone.WAITING),
    Outcome.DENY: (N_("Not allowed"), Tone.STOP),
}
_DIGITS = (*"1234567890", *([""] * 30))  # the rest by arrows: a keypad has no letters


def content(state: Here, view: View) -> Content:
    words = view.words
    match state:
        case states.ChoosingGoods():
            return goods(state, view)
        case states.ChoosingReason():
            return words(N_("Why does it come back?")), 2, (_reasons(state, view),)
        case states.ChangingReason():
            return line_title(state, words), 2, (_reasons(state, view),)
        case states.ChoosingCondition():
            return words(N_("How do the goods look?")), 2, (_conditions(state.cursor, words),)
        case states.ChangingCondition():
            return line_title(state, words), 2, (_conditions(state.cursor, words),)
        case states.ScanningSerials():
            return words(N_("Which pieces come back?")), 2, serials(state, view)
        case states.EnteringDifference():
            return words(N_("How much too much was paid?")), 2, _difference(state, view)
        case states.CheckingLines():
            return words(N_("Line by line")), 2, (_lines(state, view),)
        case states.Denied():
            return words(N_("Not allowed")), 3, _denied(state, view)
        case states.GivingEvidence():
            return words(N_("Something to see first")), 3, _evidence(state, view)
        case states.AwaitingOverride():
            return words(N_("Another person must approve")), 3, _override(state, view)
        case states.EnteringOverridePin():
            return words(N_("Another person must approve")), 3, pin_blocks(state.number, view)
        case states.CheckingOverride():
            busy = Busy(words(N_("Checking the PIN")), view.since)
            return words(N_("Another person must approve")), 3, (busy,)
        case states.ChoosingOverrideReason():
            return words(N_("Why is it approved?")), 3, (_override_reasons(state, words),)
        case states.ConfirmingAmounts():
            return kinds.confirm_title(state.draft.kind, words), 4, _amounts(state, view)
        case states.OfferingVoid():
            return words(N_("Void the whole sale?")), 2, kinds.offer_void(state, words)


def line_title(state: states.ChangingReason | states.ChangingCondition, words: Words) -> str:
    line = next(one for one in state.draft.case.sale.lines if one.line == state.line)
    return words(N_("This line: {name}"), name=line.name)


def _reasons(state: states.ChoosingReason | states.ChangingReason, view: View) -> Choice:
    said = (one.words.say(view.words.language) for one in state.draft.rules.reasons)
    options = tuple(Option(_DIGITS[at], text) for at, text in enumerate(said))
    return Choice(options, state.cursor)


def _conditions(cursor: int, words: Words) -> Choice:
    options = tuple(Option(_DIGITS[at], words(CONDITIONS[one])) for at, one in enumerate(Condition))
    return Choice(options, cursor)


def _difference(state: states.EnteringDifference, view: View) -> tuple[Block, ...]:
    words, sale = view.words, state.draft.case.sale
    line = next(one for one in sale.lines if one.line == state.line)
    rest = line.paid - state.draft.case.returned.of_line(line.line).amount
    return (
        Headline(line.name),
        Facts((Fact(words(N_("Paid for it")), formats.with_symbol(rest, sale.currency)),)),
        Entry(words(N_("Give back")), view.editor.text, words(N_("like 80.54"))),
        Sentences((words(N_("The goods stay with the customer.")),), Tone.MUTED),
    )


def _override_reasons(state: states.ChoosingOverrideReason, words: Words) -> Choice:
    said = (one.words.say(words.language) for one in state.draft.rules.override_reasons)
    options = tuple(Option(_DIGITS[at], text) for at, text in enumerate(said))
    return Choice(options, state.cursor)


def _lines(state: states.CheckingLines, view: View) -> Table:
    words, draft = view.words, state.draft
    lines = {one.line: one for one in draft.case.sale.lines}
    columns = (
        Column(words(N_("Article")), 38),
        Column(words(N_("Returning")), 14, right=True),
        Column(words(N_("Reason")), 28),
        Column(words(N_("Condition")), 20),
    )
    rows = tuple(
        Row(
            (
                lines[one.line].name,
                formats.quantity(one.quantity, lines[one.line].unit)
                if one.amount is None
                else formats.amount(one.amount, draft.case.sale.currency),
                draft.rules.reason(one.reason).words.say(words.language),
                words(CONDITIONS[one.condition]) if one.condition else "—",
            )
        )
        for one in draft.chosen
    )
    return Table(columns, rows, state.cursor)


def _rulings(decision: Decision, words: Words, least: Outcome) -> Sentences:
    return Sentences(
        tuple(
            one.words.say(words.language)
            for one in decision.rulings
            if one.outcome.strictness >= least.strictness
        )
    )


def _denied(state: states.Denied, view: View) -> tuple[Block, ...]:
    words = view.words
    assert state.draft.decision is not None
    headline = Headline(words(N_("This return is not allowed")), Tone.STOP)
    why = _rulings(state.draft.decision, words, Outcome.DENY)
    nothing = Sentences((words(N_("Nothing was recorded.")),), Tone.MUTED)
    return (Panel((headline, why, nothing), Tone.STOP, _version(state.draft.decision, words)),)


def _version(decision: Decision, words: Words) -> str:
    return words(N_("Return policy, version {version}"), version=decision.version)


def _evidence(state: states.GivingEvidence, view: View) -> tuple[Block, ...]:
    words = view.words
    assert state.draft.decision is not None
    wanted = Evidence(state.wanted).words.say(words.language)
    headline = Headline(words(N_("Ask to see: {wanted}"), wanted=wanted), Tone.WAITING)
    why = _rulings(state.draft.decision, words, Outcome.CONTINGENT)
    return (Panel((headline, why), Tone.WAITING, _version(state.draft.decision, words)),)


def _override(state: states.AwaitingOverride, view: View) -> tuple[Block, ...]:
    words = view.words
    assert state.draft.decision is not None
    why = _rulings(state.draft.decision, words, Outcome.NEEDS_OVERRIDE)
    return (
        Panel((why,), Tone.WAITING, _version(state.draft.decision, words)),
        Headline(words(N_("Shift leader or manager: scan your badge"))),
        Entry(words(N_("or type your staff number")), view.editor.text),
    )


def _amounts(state: states.ConfirmingAmounts, view: View) -> tuple[Block, ...]:
    words, it = view.words, state.settlement
    currency = state.draft.case.sale.currency

    def money(minor: int) -> str:
        return formats.amount(minor, currency)

    note = words(
        N_("Paid {paid} = returned before {before} + this return {this} + still returnable {left}"),
        paid=money(it.paid), before=money(it.before), this=money(it.this), left=money(it.left),
    )  # fmt: skip
    kept = tuple(Fact(words(label), money(-minor)) for label, minor in kept_of(it))
    tenders = tuple(
        Fact(tender_name(one.kind, one.masked, words), money(one.amount))
        for one in it.refunds
        if one.amount
    )
    owed = sum(one.owed for one in it.refunds)
    if owed:
        kept = (*kept, Fact(words(N_("Owed, too small for coins")), money(owed)))
    decision = state.draft.decision
    assert decision is not None
    text, tone = _OUTCOMES[decision.outcome]
    verdict = (
        words(N_("Approved by {name}"), name=state.draft.approver.name)
        if state.draft.approver
        else words(text)
    )
    tone = Tone.GOOD if state.draft.approver else tone
    said = Sentences(
        (*kinds.offer_exchange(state.draft, words),
         *(coupon_words(one, currency, words)
           for one in fates(state.draft.rules, state.draft.case, it.lines)),
         *(one.words.say(words.language) for one in decision.rulings[:2]))
    )  # fmt: skip
    right = Panel((Headline(verdict, tone), said), tone, _version(decision, words))
    left = Panel((Facts((*tenders, *kept)),), title=words(N_("Back to")))
    label, minor = (N_("To pay"), it.to_pay) if it.to_pay else (N_("This refund"), it.refund)
    amount = formats.with_symbol(minor, currency)
    return (
        Panel((Amount(words(label), amount, note),)),
        Side((left,), (right,)),
    )


def kept_of(it: Settlement) -> tuple[tuple[str, int], ...]:
    """What the shop keeps of this return, each with its msgid; below zero it is given back."""
    promotion = (
        N_("Promotion no longer reached") if it.shortfall > 0 else N_("Promotion kept before")
    )
    gifts = N_("Gifts not returned") if it.gifts > 0 else N_("Gifts paid for before")
    named = (
        (N_("Restocking fee"), it.fee),
        (promotion, it.shortfall),
        (gifts, it.gifts),
        (N_("Refunded too much before"), it.overpaid),
        (N_("Set against the new goods"), it.covered),
    )
    return tuple((label, minor) for label, minor in named if minor)


def coupon_words(one: CouponFate, currency: Currency, words: Words) -> str:
    """What became of a coupon, for the cashier and on the slips."""
    said = (
        N_("{coupon} {amount}: given back, for the whole sale came back.")
        if one.given_back
        else N_("{coupon} {amount}: used up, it is not given back.")
    )
    amount = formats.amount(one.amount, currency)
    return words(said, coupon=tender_name(one.kind, "", words), amount=amount)


TENDERS = {
    "cash": N_("Cash"),
    "card": N_("Card"),
    "wechat": N_("WeChat Pay"),
    "alipay": N_("Alipay"),
    "voucher": N_("Voucher"),
    "credit": N_("Store credit"),
    "account": N_("Customer account"),
    "coupon": N_("Coupon"),
}


def tender_name(kind: str, masked: str, words: Words) -> str:
    """A means of payment in words, with the tail that was kept of it and nothing more.

    A whole card number is kept nowhere; should one come here all the same, it is cut once more.
    """
    name = words(TENDERS[kind]) if kind in TENDERS else kind
    return f"{name} {cards.masked(masked)}".strip()
