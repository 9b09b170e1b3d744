"""A day's figures: what its returns come to, by status, kind, tender, reason and person.

Law of the file: the sections add up. Goods (by reason) are refunds, with coins newly owed, and what
is kept; a figure that is paid off from before stands below zero.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from terminal.core.day import Figure, standing
from terminal.core.returns import Return, ReturnKind, Status
from terminal.core.sale import Currency
from terminal.core.tenders import CASH
from terminal.core.words import Worded

STATUS_WORDS = {
    Status.RECORDED: Worded("待顾客确认", "waiting for the customer"),
    Status.CONFIRMED: Worded("已确认，未退款", "confirmed, not refunded"),
    Status.ACCEPTED: Worded("已受理", "accepted, refund under way"),
    Status.PROBLEM: Worded("异常", "a refund in trouble"),
    Status.REFUNDED: Worded("已退款", "refunded"),
    Status.VOIDED: Worded("已作废", "voided"),
}


def figures_of(
    returns: Sequence[Return], reasons: Mapping[str, Worded], kinds: Mapping[ReturnKind, Worded]
) -> tuple[Figure, ...]:
    """Every figure of these returns; `reasons` and `kinds` have the words of the codes.

    By kind only where some return is not the plain one of a sale on file.
    """
    stand = standing(returns)
    kinded = stand if any(one.kind is not ReturnKind.VERIFIED for one in stand) else ()

    def by_kind(ret: Return) -> Shares:
        words = kinds.get(ret.kind, _same(ret.kind.value))
        return ((ret.kind.value, words, ret.settlement.refund),)

    def by_reason(ret: Return) -> Shares:
        for one in ret.settlement.lines:
            yield one.reason, reasons.get(one.reason, _same(one.reason)), one.amount

    return (
        *_summed("returns", stand, _all),
        *_summed("status", returns, _by_status),
        *_summed("kind", kinded, by_kind),
        *_summed("tender", stand, _by_tender),
        *_summed("reason", stand, by_reason),
        *_summed("cashier", stand, lambda ret: _to(ret.cashier, ret)),
        *_summed("approver", stand, lambda ret: _to(ret.approver, ret) if ret.approver else ()),
        *_summed("kept", stand, _kept),
        *_summed("taken", stand, _taken),
    )


Shares = Iterable[tuple[str, Worded, int]]


def _summed(
    section: str, returns: Iterable[Return], of: Callable[[Return], Shares]
) -> Iterator[Figure]:
    sums: dict[tuple[str, Currency], list[int]] = defaultdict(lambda: [0, 0])
    named: dict[str, Worded] = {}
    for ret in returns:
        for code, words, amount in of(ret):
            named[code] = words
            one = sums[code, ret.currency]
            one[0] += 1
            one[1] += amount
    for code, currency in sorted(sums, key=lambda key: (key[0], key[1].code)):
        count, amount = sums[code, currency]
        yield Figure(section, code, named[code], count, amount, currency)


def _same(code: str) -> Worded:
    return Worded(code, code)


def _to(number: str, ret: Return) -> Shares:
    return ((number, _same(number), ret.settlement.refund),)


def _all(ret: Return) -> Shares:
    return (("refund", Worded("退款", "to customers"), ret.settlement.refund),)


def _by_status(ret: Return) -> Shares:
    return ((ret.status.value, STATUS_WORDS[ret.status], ret.settlement.refund),)


def _by_tender(ret: Return) -> Shares:
    for one in ret.settlement.refunds:
        if one.amount:
            yield one.kind, _same(one.kind), one.amount
        if one.owed != one.owed_before:  # each says all that is owed; what it adds is summed
            owed = Worded(f"{one.kind} 零头待付", f"{one.kind} owed in coins")
            yield f"{one.kind} owed", owed, one.owed - one.owed_before


def _kept(ret: Return) -> Shares:
    """Everything of the goods' worth that no tender got: the sections add up with it."""
    it = ret.settlement
    for code, words, amount in (
        ("fee", Worded("手续费", "restocking fees"), it.fee),
        ("shortfall", Worded("满减差额", "promotions no longer reached"), it.shortfall),
        ("gifts", Worded("赠品未退扣款", "gifts not returned"), it.gifts),
        ("exchange", Worded("换货抵新商品", "taken by new goods"), it.covered),
        ("overpaid", Worded("以前多退，已抵扣", "refunded too much before"), it.overpaid),
    ):
        if amount:
            yield code, words, amount


def _taken(ret: Return) -> Shares:
    if ret.settlement.to_pay:
        yield CASH, Worded("现金", "cash"), ret.settlement.to_pay
