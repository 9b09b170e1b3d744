"""What the limits of a kind say of one return, before the transaction says it again.

Law of the file: a kind that is switched off, or past a limit, is refused in words that name it; a
kind that may be, but is no plain return, says what is not known.
"""

from collections.abc import Iterator

from terminal.core.case import Case
from terminal.core.money import decimal_text
from terminal.core.returns import ReturnKind, Settlement
from terminal.core.rules import Outcome, Rules
from terminal.core.when import Facts
from terminal.core.words import Worded

Answer = tuple[str, Outcome, Worded]  # rule, outcome, the rule in words

KIND_NAMES = {
    ReturnKind.VERIFIED: Worded("退货", "Return"),
    ReturnKind.OFFLINE: Worded("离线退货", "Offline return"),
    ReturnKind.UNVERIFIED: Worded("无原单退货", "Return without its sale"),
    ReturnKind.BLIND: Worded("无小票退货", "Return without a receipt"),
    ReturnKind.EXCHANGE: Worded("换货", "Exchange"),
    ReturnKind.VOID: Worded("整单撤销", "Void of the whole sale"),
}

_UNKNOWN = {
    ReturnKind.OFFLINE: Worded(
        "原单来自 {till}，别处是否已退本机无法得知；联网后核对。",
        "Sold at {till}: what came back elsewhere is not known here; it is settled later.",
    ),
    ReturnKind.UNVERIFIED: Worded(
        "本机没有此小票的原单，金额按小票录入。",
        "The sale of this receipt is not on file; the amounts are as typed from it.",
    ),
    ReturnKind.BLIND: Worded("没有小票，金额按录入。", "No receipt: the amounts are as typed."),
}


def kind_of(case: Case, settlement: Settlement, *, same_day: bool) -> ReturnKind:
    """The kind of this return: a whole sale of ours on its own day is voided, not refunded."""
    if case.kind is ReturnKind.VERIFIED and settlement.bought:
        return ReturnKind.EXCHANGE
    if case.kind is not ReturnKind.VERIFIED or not same_day or not whole(case, settlement):
        return case.kind
    return ReturnKind.VOID


def whole(case: Case, settlement: Settlement) -> bool:
    """Whether this is everything that was sold, at once, with nothing kept of it."""
    sold = {one.line: one.quantity for one in case.sale.lines}
    back = dict.fromkeys(sold, 0)
    for one in settlement.lines:
        back[one.line] += one.quantity
    money = settlement.paid == settlement.this == settlement.refund
    paid_by = case.sale.tenders
    money &= all(one.kind == paid_by[one.position].kind for one in settlement.refunds)
    return untouched(case) and back == sold and money


def untouched(case: Case) -> bool:
    return not case.returned.lines and not case.returned.tenders


def not_taken(rules: Rules) -> tuple[ReturnKind, ...]:
    """The kinds without a sale that the shop has switched off."""
    kinds = (ReturnKind.BLIND, ReturnKind.UNVERIFIED)
    return tuple(kind for kind in kinds if not rules.policy.limits_of(kind).allowed)


def answers(rules: Rules, facts: Facts) -> Iterator[Answer]:
    """What speaks against this kind of return, strict or mild; nothing for a plain one."""
    kind = ReturnKind.VERIFIED if facts.kind is ReturnKind.VOID else facts.kind
    limits, digits = rules.policy.limits_of(kind), rules.currency.digits
    name = KIND_NAMES[kind]
    named = {"zh": name.zh, "en": name.en}
    if not limits.allowed:
        yield f"kind.{kind.value.lower()}.off", Outcome.DENY, _said(_SWITCHED_OFF, named)
        return
    if kind in _UNKNOWN:
        words = _UNKNOWN[kind].fill(till=facts.till)
        yield f"kind.{kind.value.lower()}", Outcome.ALLOW, words
    if limits.override:
        yield f"kind.{kind.value.lower()}.override", Outcome.NEEDS_OVERRIDE, _said(_OVERRIDE, named)
    before, this = facts.so_far, facts.this
    if before.unsold:
        amount = decimal_text(before.unsold, digits)
        yield "kind.unsold", Outcome.NEEDS_OVERRIDE, _UNSOLD.fill(amount=amount)
    for limit, comes_to, rule, words in (
        (limits.amount, before.receipt_amount + this, "amount", _AMOUNT),
        (limits.day_amount, before.day_amount + this, "day_amount", _DAY_AMOUNT),
    ):
        if limit and comes_to > limit:
            amounts = {
                "total": decimal_text(comes_to, digits),
                "limit": decimal_text(limit, digits),
            }
            yield f"kind.{kind.value.lower()}.{rule}", Outcome.DENY, _said(words, named, **amounts)
    if limits.day_count and before.day_count >= limits.day_count:
        said = _said(_DAY_COUNT, named, limit=limits.day_count)
        yield f"kind.{kind.value.lower()}.day_count", Outcome.DENY, said


_UNSOLD = Worded(
    "此小票曾在无原单时退过 {amount}，须先核对，需店长授权。",
    "{amount} came back on this receipt before its sale was on file: a manager must approve.",
)
_SWITCHED_OFF = Worded("{name}：本店不办理。", "{name}: this shop does not do these.")
_OVERRIDE = Worded("{name}：需店长授权。", "{name}: a manager must approve.")
_AMOUNT = Worded(
    "{name}：合计 {total}，超过每张小票上限 {limit}。",
    "{name}: it comes to {total}, above the {limit} for one receipt.",
)
_DAY_AMOUNT = Worded(
    "{name}：本机当日合计 {total}，超过上限 {limit}。",
    "{name}: today's at this till come to {total}, above the limit of {limit}.",
)
_DAY_COUNT = Worded(
    "{name}：本机当日已办 {limit} 笔，达到上限。",
    "{name}: this till has done {limit} today, which is the limit.",
)


def _said(words: Worded, named: dict[str, str], **values: object) -> Worded:
    return Worded(
        words.zh.format(name=named["zh"], **values), words.en.format(name=named["en"], **values)
    )
