"""Patterns that a manager should look at, each said in words with the numbers that led to it.

Law of the file: a rule is one small pure function over the returns of the last days. It accuses
nobody and stops nothing: it counts, names the limit it counts against, and lists the returns.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TypeVar

from msgspec import Struct

from terminal.core.money import decimal_text
from terminal.core.returns import Return, ReturnKind, Status
from terminal.core.words import Worded

K = TypeVar("K", bound=Hashable)
TAIL_DIGITS = 4  # what is kept of a card; a word like 零钱 names no card
PERCENT = 100


class Watch(Struct, frozen=True):
    """From how many returns on each pattern is shown; 0 turns it off. Amounts in minor units."""

    days: int = 7  # how many days are looked at, the day itself included
    without_sale: int = 3
    round: int = 5
    round_to: int = 1000
    same_card: int = 3
    voids: int = 3
    own_sales: int = 3
    near_limit: int = 3
    near_percent: int = 5
    same_approver: int = 5


class Seen(Struct, frozen=True):
    """A return as the rules look at it. `sold_by` rang up its sale."""

    ret: Return
    sold_by: str

    @property
    def day(self) -> date:
        return datetime.fromisoformat(self.ret.recorded_at).date()

    @property
    def stands(self) -> bool:
        return self.ret.status is not Status.VOIDED

    @property
    def without_sale(self) -> bool:
        return self.ret.kind in (ReturnKind.UNVERIFIED, ReturnKind.BLIND)

    @property
    def refund(self) -> int:
        return self.ret.settlement.refund


class Finding(Struct, frozen=True):
    """One pattern: what was counted, and the numbers of the returns that were, oldest first."""

    rule: str
    words: Worded
    returns: tuple[str, ...]


class _Look(Struct, frozen=True):
    """What a rule sees: the returns of the window, of the day itself, and the thresholds."""

    seen: tuple[Seen, ...]
    today: tuple[Seen, ...]
    watch: Watch
    limit: int
    digits: int

    def money(self, of: Iterable[Seen]) -> str:
        return decimal_text(sum(one.refund for one in of), self.digits)


Rule = Callable[[_Look], Iterator[Finding]]


def findings(
    seen: Sequence[Seen], day: date, watch: Watch, limit: int, digits: int
) -> tuple[Finding, ...]:
    """The patterns of `day` and the days before it, by rule.

    `limit` is the amount above which a manager approves, 0 for none; `digits` the currency's.
    """
    within = tuple(one for one in seen if 0 <= (day - one.day).days < watch.days)
    look = _Look(within, tuple(one for one in within if one.day == day), watch, limit, digits)
    return tuple(found for rule in RULES for found in rule(look))


def _without_sale(look: _Look) -> Iterator[Finding]:
    words = Worded(
        "收银员 {who} 当日办理了 {n} 笔无原单退货，共 {sum}（{from_} 笔起提示）。",
        "Cashier {who} made {n} returns without a sale on file this day, {sum} in all"
        " (shown from {from_} on).",
    )
    found = [one for one in look.today if one.stands and one.without_sale]
    yield from _by_cashier("without_sale", words, found, look.watch.without_sale, look)


def _round(look: _Look) -> Iterator[Finding]:
    """Prices are seldom round, refunds of made-up goods often are."""
    to = look.watch.round_to
    unit = decimal_text(to, look.digits)
    words = Worded(
        "收银员 {who} 当日有 {n} 笔退款正好是 " + unit + " 的倍数，共 {sum}（{from_} 笔起提示）。",
        "Cashier {who} made {n} refunds this day of exact multiples of " + unit + ", {sum} in all"
        " (shown from {from_} on).",
    )
    found = [one for one in look.today if one.stands and one.refund and one.refund % to == 0]
    yield from _by_cashier("round", words, found, look.watch.round, look)


def _same_card(look: _Look) -> Iterator[Finding]:
    """One card tail, several receipts; parts of one receipt are nothing strange."""
    words = Worded(
        "{days} 天内 {n} 张不同小票退到同一尾号 {who}，共 {sum}（{from_} 张起提示）。",
        "Within {days} days {n} different receipts were refunded to one card tail, {who}:"
        " {sum} in all (shown from {from_} on).",
    )
    by_tail: defaultdict[str, list[Seen]] = defaultdict(list)
    for one in look.seen:
        if one.stands:
            for tail in sorted(_tails(one.ret)):
                by_tail[tail].append(one)
    for tail, group in sorted(by_tail.items()):
        receipts = len({one.ret.sale_id for one in group})
        if _enough(receipts, look.watch.same_card):
            yield _finding("same_card", words, tail, receipts, look.watch.same_card, group, look)


def _voids(look: _Look) -> Iterator[Finding]:
    """Given up at the till; neither declined by the shop nor corrected by an inspection (验货)."""
    words = Worded(
        "收银员 {who} 当日的退货有 {n} 笔被作废，共 {sum}（{from_} 笔起提示）。",
        "{n} returns of cashier {who} were voided this day, {sum} in all (shown from {from_} on).",
    )
    corrected = {one.ret.replaces for one in look.seen}
    found = [
        one
        for one in look.today
        if not one.stands and one.ret.declined is None and one.ret.number not in corrected
    ]
    yield from _by_cashier("voids", words, found, look.watch.voids, look)


def _own_sales(look: _Look) -> Iterator[Finding]:
    words = Worded(
        "{days} 天内收银员 {who} 为自己收的款办理了 {n} 笔退货，共 {sum}（{from_} 笔起提示）。",
        "Within {days} days cashier {who} made {n} returns of sales rung up under the same number,"
        " {sum} in all (shown from {from_} on).",
    )
    found = [one for one in look.seen if one.stands and one.sold_by == one.ret.cashier]
    yield from _by_cashier("own_sales", words, found, look.watch.own_sales, look)


def _near_limit(look: _Look) -> Iterator[Finding]:
    """At most `near_percent` below the limit: as much as needs nobody's approval."""
    if not look.limit:
        return
    limit, share = look.limit, PERCENT - look.watch.near_percent
    low = -(-limit * share // PERCENT)
    edges = f"{decimal_text(low, look.digits)}–{decimal_text(limit, look.digits)}"
    words = Worded(
        "{days} 天内收银员 {who} 有 {n} 笔退款落在免授权限额之下（" + edges + "），共 {sum}"
        "（{from_} 笔起提示）。",
        "Within {days} days cashier {who} made {n} refunds just below the limit for approval ("
        + edges + "), {sum} in all (shown from {from_} on).",
    )  # fmt: skip
    found = [
        one
        for one in look.seen
        if one.stands and not one.ret.approver and low <= one.refund <= limit
    ]
    yield from _by_cashier("near_limit", words, found, look.watch.near_limit, look)


def _same_approver(look: _Look) -> Iterator[Finding]:
    words = Worded(
        "{days} 天内收银员与授权人 {who} 同组 {n} 次，共 {sum}（{from_} 次起提示）。",
        "Within {days} days the same two people, cashier and approver {who}, made {n} returns,"
        " {sum} in all (shown from {from_} on).",
    )
    found = [one for one in look.seen if one.stands and one.ret.approver]
    pairs = _grouped(found, lambda one: f"{one.ret.cashier} + {one.ret.approver}")
    yield from _each("same_approver", words, pairs, look.watch.same_approver, look)


RULES: tuple[Rule, ...] = (
    _without_sale, _round, _same_card, _voids, _own_sales, _near_limit, _same_approver
)  # fmt: skip


def _by_cashier(
    rule: str, words: Worded, found: Iterable[Seen], least: int, look: _Look
) -> Iterator[Finding]:
    yield from _each(rule, words, _grouped(found, lambda one: one.ret.cashier), least, look)


def _each(
    rule: str, words: Worded, groups: dict[str, list[Seen]], least: int, look: _Look
) -> Iterator[Finding]:
    for who, group in sorted(groups.items()):
        if _enough(len(group), least):
            yield _finding(rule, words, who, len(group), least, group, look)


def _finding(
    rule: str, words: Worded, who: str, n: int, least: int, group: Sequence[Seen], look: _Look
) -> Finding:
    said = words.fill(who=who, n=n, sum=look.money(group), from_=least, days=look.watch.days)
    return Finding(rule, said, tuple(one.ret.number for one in group))


def _enough(count: int, least: int) -> bool:
    return 0 < least <= count


def _grouped(found: Iterable[Seen], key: Callable[[Seen], K]) -> dict[K, list[Seen]]:
    groups: defaultdict[K, list[Seen]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    return groups


def _tails(ret: Return) -> set[str]:
    """The card and account tails that this return pays to, as they were kept."""
    return {
        one.masked
        for one in ret.settlement.refunds
        if one.amount and sum(char.isdigit() for char in one.masked) >= TAIL_DIGITS
    }
