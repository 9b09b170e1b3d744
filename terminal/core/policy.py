"""The shop's policy applied to one return: allow, contingent, needs override or deny, and why.

Law of the file: the strictest ruling wins and every ruling is kept, in words, with its values; an
ALLOW says why as well. Only a rule that says so takes another away. Nothing here is a number of its
own: all of them come with Rules.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from terminal.core import bundles, gifts, recalls, same_day
from terminal.core.case import Case
from terminal.core.limits import answers
from terminal.core.money import decimal_text
from terminal.core.recalls import free_of_window, recalled
from terminal.core.returns import Chosen, ReturnKind, Settlement
from terminal.core.rules import CONDITION_WORDS, Evidence, Exclusion, Outcome, Reason, Rules
from terminal.core.rulings import Ruling, merged, own, without
from terminal.core.when import Facts, LineFacts
from terminal.core.words import Worded

# What is said of lines that hang together; the goods' screen says it beforehand.
TIES = (recalls.rulings, bundles.rulings, gifts.rulings)


class Decision(Struct, frozen=True):
    """PolicyDecision under one version of the policy; rulings strictest first."""

    outcome: Outcome
    rulings: tuple[Ruling, ...]
    version: str

    @property
    def why(self) -> Worded:
        """The sentence of the ruling that decided."""
        return self.rulings[0].words

    @property
    def needs(self) -> tuple[Evidence, ...]:
        """Everything that must be shown, each once."""
        return tuple(dict.fromkeys(one for ruling in self.rulings for one in ruling.needs))


def decide(
    rules: Rules,
    case: Case,
    chosen: tuple[Chosen, ...],
    settlement: Settlement,
    today: date,
    kind: ReturnKind = ReturnKind.VERIFIED,
) -> Decision:
    """What the policy says of this return on `today`, the shop's business day."""
    facts = facts_of(rules, case, chosen, settlement, today, kind)
    tied = (one for check in TIES for one in check(rules, case, chosen))
    return answer(rules, facts, tuple(tied))


def facts_of(
    rules: Rules,
    case: Case,
    chosen: tuple[Chosen, ...],
    settlement: Settlement,
    today: date,
    kind: ReturnKind,
) -> Facts:
    """A return as the policy sees it."""
    receipt = case.sale.receipt
    sold = {line.line: line for line in case.sale.lines}
    return Facts(
        kind=kind,
        sold_on=receipt.business_day,
        today=today,
        amount=settlement.before + settlement.this,
        tenders=tuple(dict.fromkeys(one.kind for one in settlement.refunds if one.granted > 0)),
        earlier=case.earlier,
        this=settlement.this,
        so_far=case.so_far,
        till=f"{receipt.business_unit}-{receipt.workstation}",
        over=max(-settlement.left, 0),
        lines=tuple(
            LineFacts(
                *(one.line, sold[one.line].category, one.reason, one.condition),
                amount_only=one.amount is not None,
                recalled=recalled(rules, sold[one.line]),
            )
            for one in chosen
        ),
    )


def answer(rules: Rules, facts: Facts, tied: tuple[Ruling, ...] = ()) -> Decision:
    """What the policy says of these facts; `tied` is what it says of lines that hang together.

    A ruling on the whole return is lifted only by rules that together speak of every line of it.
    """
    assert facts.lines, "nothing is chosen"
    policy = rules.policy
    owns = [own(policy, facts, line) for line in facts.lines]
    common = set(owns[0].lifts).intersection(*(one.lifts for one in owns))
    of_all = (*same_day.rulings(rules, facts), *_amount(rules, facts), *tied)
    rulings = [*_over_returned(rules, facts), *_clock(facts), *without(of_all, common)]
    rulings += [Ruling(*one) for one in answers(rules, facts)]
    for line, ours in zip(facts.lines, owns, strict=True):
        rulings += [*without(_of_line(rules, facts, line), ours.lifts), *ours.rulings]
    ordered = merged(rulings)
    return Decision(ordered[0].outcome, ordered, policy.version)


def notice_sentences(rules: Rules) -> tuple[Worded, ...]:
    """What customers are told of the policy: the slip's sentence, what is excluded, the notice."""
    policy = rules.policy
    return (slip_sentence(rules), *(one.words for one in policy.exclusions), *policy.notice)


def slip_sentence(rules: Rules) -> Worded:
    """The one sentence of policy on the slip, its values filled in."""
    policy = rules.policy
    return policy.sentence.fill(
        free_days=policy.window.free_days,
        approval_days=policy.window.approval_days,
        version=policy.version,
    )


def _of_line(rules: Rules, facts: Facts, line: LineFacts) -> Iterator[Ruling]:
    reason = rules.reason(line.reason)
    if facts.kind.dated:
        yield from _window(rules, facts.days, line, reason)
    yield from _excluded(rules, line, reason)
    yield from _reason(line, reason)


def _clock(facts: Facts) -> Iterator[Ruling]:
    if facts.days < 0:
        words = Worded(
            "本机日期 {today} 早于原单日期 {day}，请核对时钟；期限无法判断，需店长授权。",
            "This unit's date {today} is before the sale's day {day}. Check the clock; the return "
            "window cannot be judged, so a manager must approve.",
        )
        filled = words.fill(today=facts.today, day=facts.sold_on)
        yield Ruling("clock", Outcome.NEEDS_OVERRIDE, filled)


def _over_returned(rules: Rules, facts: Facts) -> Iterator[Ruling]:
    """Tills that were offline together took one line back twice. The transaction that would reserve
    the number refuses it; what is paid here is the office's to say, once it knows which was right.
    """
    if facts.over:
        words = Worded(
            "本单各款台退货将超出实付 {over}，疑有重复退货，后台正在处理。处理完之前不再退，"
            "商品请留给顾客。",
            "With this, all tills took back {over} more than was paid: a line came back twice, and "
            "the office is on it. Nothing more until it has decided; the customer keeps the goods.",
        )
        filled = words.fill(over=decimal_text(facts.over, rules.currency.digits))
        yield Ruling("over_returned", Outcome.DENY, filled)


def _amount(rules: Rules, facts: Facts) -> Iterator[Ruling]:
    """Over all parts of the sale: a limit that splitting could pass under would be none."""
    limit, total = rules.policy.amount_limit, facts.amount
    if limit and total > limit:
        words = Worded(
            "本单累计退货 {total}，超过 {limit}，需店长授权。",
            "Returns of this sale come to {total}, above {limit}: a manager must approve.",
        )
        digits = rules.currency.digits
        filled = words.fill(total=decimal_text(total, digits), limit=decimal_text(limit, digits))
        yield Ruling("amount", Outcome.NEEDS_OVERRIDE, filled)


def _window(rules: Rules, days: int, line: LineFacts, reason: Reason) -> Iterator[Ruling]:
    if days < 0:
        return  # the clock's own ruling speaks
    if free_of_window(rules, reason, line_recalled=line.recalled):
        words = Worded("{reason}不受退货期限限制。", "{reason}: no time limit applies.")
        filled = Worded(
            words.zh.format(reason=reason.words.zh), words.en.format(reason=reason.words.en)
        )
        yield Ruling("window.none", Outcome.ALLOW, filled, lines=(line.line,))
        return
    free, approval = rules.policy.window_for(line.category).days(fault=reason.fault)
    if days <= free:
        rule, outcome, words = _FREE
    elif days <= approval:
        rule, outcome, words = _APPROVAL
    else:
        rule, outcome, words = _REFUSED
    since = Worded(
        f"购买后第 {days} 天" if days else "购买当天",
        f"Day {days} after the purchase" if days else "The day of the purchase",
    )
    filled = Worded(
        since.zh + words.zh.format(free=free, approval=approval),
        since.en + words.en.format(free=free, approval=approval),
    )
    yield Ruling(rule, outcome, filled, lines=(line.line,))


_FREE = (
    "window.free",
    Outcome.ALLOW,
    Worded("，{free} 天内凭小票可退。", ": with the receipt, returns are free up to day {free}."),
)
_APPROVAL = (
    "window.approval",
    Outcome.NEEDS_OVERRIDE,
    Worded(
        "，已过 {free} 天，{approval} 天内需店长授权。",
        ": past day {free}; up to day {approval} a manager must approve.",
    ),
)
_REFUSED = (
    "window.refused",
    Outcome.DENY,
    Worded(
        "，已超过 {approval} 天的退货期限，不能退货。",
        ": the return window ended on day {approval}; it cannot be returned.",
    ),
)


def _excluded(rules: Rules, line: LineFacts, reason: Reason) -> Iterator[Ruling]:
    for exclusion in rules.policy.exclusions:
        if line.category in exclusion.categories and not _spared(exclusion, reason, line):
            rule = f"excluded.{exclusion.id}"
            yield Ruling(rule, exclusion.outcome, exclusion.words, lines=(line.line,))


def _spared(exclusion: Exclusion, reason: Reason, line: LineFacts) -> bool:
    """An overcharge is given back for any goods, for they stay with the customer."""
    return line.amount_only or (exclusion.unless_fault and reason.fault)


def _reason(line: LineFacts, reason: Reason) -> Iterator[Ruling]:
    zh, en, lines = reason.words.zh, reason.words.en, (line.line,)
    if reason.needs_manager:
        words = Worded(f"{zh}：需店长授权。", f"{en}: a manager must approve.")
        yield Ruling("reason.manager", Outcome.NEEDS_OVERRIDE, words, lines=lines)
    if reason.evidence:
        shown = Worded(
            "、".join(need.words.zh for need in reason.evidence),
            " and ".join(need.words.en for need in reason.evidence),
        )
        words = Worded(f"{zh}：请提供{shown.zh}。", f"{en}: please provide {shown.en}.")
        yield Ruling("reason.evidence", Outcome.CONTINGENT, words, reason.evidence, lines)
    if reason.conditions and line.condition not in reason.conditions and not reason.amount_only:
        yield Ruling("reason.condition", reason.otherwise, _condition_words(reason), lines=lines)


def _condition_words(reason: Reason) -> Worded:
    allowed = [CONDITION_WORDS[one] for one in reason.conditions]
    zh, en = "、".join(one.zh for one in allowed), " or ".join(one.en for one in allowed)
    if reason.otherwise is Outcome.DENY:
        end = Worded("不能退货", "otherwise it cannot be returned")
    else:
        end = Worded("否则需店长授权", "otherwise a manager must approve")
    return Worded(
        f"{reason.words.zh}：商品须{zh}，{end.zh}。",
        f"{reason.words.en}: the goods must be {en}, {end.en}.",
    )
