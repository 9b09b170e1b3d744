"""The whole policy in plain sentences, Chinese and English."""

from collections.abc import Iterator

from terminal.core.limits import KIND_NAMES
from terminal.core.money import PPM, decimal_text
from terminal.core.rules import (
    CONDITION_WORDS,
    Evidence,
    Outcome,
    Policy,
    Reason,
    Rules,
    ShopRule,
    Window,
)
from terminal.core.tenders import CREDIT
from terminal.core.words import Worded
from terminal.policies.asking import asked, listed
from terminal.policies.tied import tied

OUTCOMES = {
    Outcome.ALLOW: Worded("可退", "allowed"),
    Outcome.CONTINGENT: Worded("须先出示凭据", "something must be shown first"),
    Outcome.NEEDS_OVERRIDE: Worded("需店长授权", "a manager must approve"),
    Outcome.DENY: Worded("不能退货", "refused"),
}
Sections = Iterator[tuple[Worded, tuple[Worded, ...]]]


def explain(rules: Rules) -> Sections:
    """Heading and sentences, section by section; what the policy does not have is left out."""
    policy = rules.policy
    sections = (
        (Worded("退货期限", "Return windows"), _windows(policy)),
        (Worded("不退或限制的商品", "Goods that do not simply come back"), _exclusions(policy)),
        (Worded("组合、赠品、序列号", "Bundles, gifts, serial numbers"), tied(policy)),
        (Worded("原因", "Reasons"), _reasons(rules)),
        (Worded("本店规则", "The shop's own rules"), _own(rules)),
        (Worded("退货种类", "Kinds of return"), _kinds(rules)),
        (Worded("金额与费用", "Amounts and fees"), _money(rules)),
        (Worded("退款方式", "Ways of refund"), _refunds(policy)),
        (Worded("商品去向", "Where the goods go"), _stock(policy)),
    )
    for heading, sentences in sections:
        found = tuple(sentences)
        if found:
            yield heading, found


def _windows(policy: Policy) -> Iterator[Worded]:
    yield _window(Worded("一般商品", "All goods"), policy.window)
    for name, window in policy.category_windows:
        yield _window(Worded(f"类别 {name}", f"Category {name}"), window)


def _window(what: Worded, window: Window) -> Worded:
    plain, fault = _stages(*window.days(fault=False)), _stages(*window.days(fault=True))
    if plain == fault:
        return Worded(f"{what.zh}：{plain.zh}。", f"{what.en}: {plain.en}.")
    return Worded(
        f"{what.zh}：{plain.zh}；质量问题：{fault.zh}。",
        f"{what.en}: {plain.en}. Quality faults: {fault.en}.",
    )


def _stages(free: int, approval: int) -> Worded:
    first = Worded(f"{free} 天内可退", f"free up to day {free}")
    if not free:
        first = Worded("仅当天可退", "free on the day of the sale")
    if approval == free:
        return Worded(f"{first.zh}，之后不退", f"{first.en}, then refused")
    return Worded(
        f"{first.zh}，至第 {approval} 天需店长授权，之后不退",
        f"{first.en}, up to day {approval} a manager must approve, then refused",
    )


def _exclusions(policy: Policy) -> Iterator[Worded]:
    for one in policy.exclusions:
        answer = OUTCOMES[one.outcome]
        spared = Worded("；质量问题除外", ", quality faults excepted")
        spare = spared if one.unless_fault else Worded("", "")
        yield Worded(
            f"{one.id}：{listed(one.categories)}，{answer.zh}{spare.zh}。“{one.words.zh}”",
            f"{one.id}: {listed(one.categories, 'and')}: {answer.en}{spare.en}. “{one.words.en}”",
        )


def _reasons(rules: Rules) -> Iterator[Worded]:
    for one in rules.reasons:
        said = tuple(_reason(one))
        if said:
            yield Worded(
                f"{one.words.zh}（{one.code}）：{'；'.join(it.zh for it in said)}。",
                f"{one.words.en} ({one.code}): {'; '.join(it.en for it in said)}.",
            )


def _reason(reason: Reason) -> Iterator[Worded]:
    if reason.fault:
        yield Worded("属质量问题", "counts as a quality fault")
    if reason.no_window:
        yield Worded("不受期限限制", "no time limit")
    if reason.amount_only:
        yield Worded("只退差额，商品不退回", "money only, the goods stay with the customer")
    if reason.needs_manager:
        yield OUTCOMES[Outcome.NEEDS_OVERRIDE]
    if reason.evidence:
        yield _shown(reason.evidence)
    if reason.conditions:
        zh = listed(CONDITION_WORDS[one].zh for one in reason.conditions)
        en = listed((CONDITION_WORDS[one].en for one in reason.conditions), "or")
        answer = OUTCOMES[reason.otherwise]
        yield Worded(f"商品须{zh}，否则{answer.zh}", f"goods must be {en}, otherwise {answer.en}")


def _shown(evidence: tuple[Evidence, ...]) -> Worded:
    return Worded(
        f"须出示{listed(one.words.zh for one in evidence)}",
        f"{listed((one.words.en for one in evidence), 'and')} must be shown",
    )


def _own(rules: Rules) -> Iterator[Worded]:
    for one in rules.policy.rules:
        when, then = asked(one.when, rules), _then(one)
        yield Worded(
            f"{one.id}：{when.zh}：{then.zh}。“{one.words.zh}”",
            f"{one.id}: {when.en}: {then.en}. “{one.words.en}”",
        )


def _then(rule: ShopRule) -> Worded:
    answer = OUTCOMES[rule.outcome]
    if rule.evidence:
        shown = _shown(rule.evidence)
        answer = (
            shown
            if rule.outcome is Outcome.CONTINGENT
            else Worded(f"{answer.zh}，{shown.zh}", f"{answer.en}, and {shown.en}")
        )
    if not rule.lifts:
        return answer
    return Worded(
        f"{answer.zh}，{listed(rule.lifts)} 不再适用",
        f"{answer.en}, and {listed(rule.lifts, 'and')} does not count",
    )


def _kinds(rules: Rules) -> Iterator[Worded]:
    digits = rules.currency.digits
    for kind, limits in rules.policy.limits:
        name = KIND_NAMES[kind]
        if not limits.allowed:
            yield Worded(f"{name.zh}：本店不办理。", f"{name.en}: this shop does not do these.")
            continue
        said = [OUTCOMES[Outcome.NEEDS_OVERRIDE if limits.override else Outcome.ALLOW]]
        for amount, zh, en in (
            (limits.amount, "每张小票至多", "for one receipt at most"),
            (limits.day_amount, "本机每天至多", "in a day at this till at most"),
        ):
            if amount:
                text = decimal_text(amount, digits)
                said.append(Worded(f"{zh} {text}", f"{en} {text}"))
        if limits.day_count:
            count = limits.day_count
            said.append(
                Worded(f"本机每天至多 {count} 笔", f"at most {count} in a day at this till")
            )
        if limits.tenders:
            said.append(
                Worded(
                    f"只退到 {listed(limits.tenders)}", f"only to {listed(limits.tenders, 'or')}"
                )
            )
        yield Worded(
            f"{name.zh}：{'；'.join(one.zh for one in said)}。",
            f"{name.en}: {'; '.join(one.en for one in said)}.",
        )


def _money(rules: Rules) -> Iterator[Worded]:
    policy, digits = rules.policy, rules.currency.digits
    if policy.amount_limit:
        limit = f"{rules.currency.code} {decimal_text(policy.amount_limit, digits)}"
        yield Worded(
            f"一单各次退货合计超过 {limit}：需店长授权。",
            f"Returns of one sale above {limit} in all: a manager must approve.",
        )
    fee = policy.restocking
    rates = [(Worded("一般商品", "all goods"), fee.rate)]
    rates += [(Worded(name, name), rate) for name, rate in fee.categories]
    for what, rate in rates:
        if rate:
            percent = f"{rate * 100 / PPM:g} %"
            yield Worded(
                f"手续费：{what.zh} {percent}，质量问题不收。",
                f"Restocking fee: {what.en} {percent}; never for a quality fault.",
            )
    if policy.rerate:
        yield Worded(
            "部分退货后不满足满减的，留下的商品重新计价。",
            "Where a part return breaks a promotion, what stays is priced again.",
        )


def _refunds(policy: Policy) -> Iterator[Worded]:
    for tender, ways in policy.refund_to:
        yield Worded(
            f"{tender} 退至 {listed(ways)}。", f"{tender} goes back to {listed(ways, 'or')}."
        )
    days = policy.credit_days
    if any(CREDIT in ways for _, ways in policy.refund_to):
        yield Worded(f"退货券 {days} 天内有效。", f"Store credit may be used for {days} days.")
    if policy.arrival.zh:
        yield policy.arrival


def _stock(policy: Policy) -> Iterator[Worded]:
    if policy.never_to_stock:
        yield Worded(
            f"不再上架：{listed(policy.never_to_stock)}。",
            f"Never back on the shelf: {listed(policy.never_to_stock, 'and')}.",
        )
