"""Gifts (赠品): goods at 0.00 that others earned, and what becomes of them when those come back.

Law of the file: a gift is earned by what is kept. Without a threshold it is earned in proportion to
the quantity kept (buy one get one: one for each), with one only while what is kept is worth so
much. What a missing gift costs is a line of its own, never netted into a price, and it is a
function of what is out alone: a gift that comes back after all gives its value back, and no part
costs more than its goods are worth.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from terminal.core.case import Case
from terminal.core.money import decimal_text, entitlement, round_half_up
from terminal.core.returns import Chosen
from terminal.core.rules import Gifts, Outcome, Rules
from terminal.core.rulings import Ruling
from terminal.core.sale import QUANTITY_ONE, Gift, Sale, SaleLine, Unit
from terminal.core.words import Worded, named


def rulings(rules: Rules, case: Case, chosen: tuple[Chosen, ...]) -> Iterator[Ruling]:
    """What is said of gifts that this return leaves unearned: their price, or a DENY."""
    before = Counter({one.line: one.quantity for one in case.returned.lines})
    after = before.copy()
    for one in chosen:
        after[one.line] += one.quantity
    known = dict(unearned(case.sale, before))
    newly = tuple(
        line for line, missing in unearned(case.sale, after) if missing > known.get(line, 0)
    )
    if not newly or rules.policy.gifts is Gifts.LEAVE:
        return
    names = named(one.name for one in newly)
    if rules.policy.gifts is Gifts.ASK:
        said = Worded(_ASKED.zh.format(names.zh), _ASKED.en.format(names.en))
        yield Ruling("gift", Outcome.DENY, said)
        return
    worth = max(due(rules, case, after) - case.returned.gifts, 0)
    amount = decimal_text(worth, case.sale.currency.digits)
    said = Worded(_CHARGED.zh.format(names.zh, amount), _CHARGED.en.format(names.en, amount))
    yield Ruling("gift_value", Outcome.ALLOW, said)


def due(rules: Rules, case: Case, back: Mapping[int, int]) -> int:
    """What the gifts still out and not earned any more cost, once `back` came back of each line.

    Where the shop asks nothing for them, what an older policy kept is given back with its gift.
    """
    worth = sum(stated(line, missing) for line, missing in unearned(case.sale, back))
    return worth if rules.policy.gifts is Gifts.CHARGE else min(worth, case.returned.gifts)


def unearned(sale: Sale, back: Mapping[int, int]) -> Iterator[tuple[SaleLine, int]]:
    """Each gift of which too much is out, with that quantity in thousandths."""
    lines = {one.line: one for one in sale.lines}
    for gift in sale.gifts:
        line = lines[gift.line]
        by = tuple(lines[number] for number in gift.earned_by)
        out = line.quantity - min(back.get(line.line, 0), line.quantity)
        missing = out - _earned(gift, line, by, back)
        if missing > 0:
            yield line, missing


def stated(line: SaleLine, quantity: int) -> int:
    """The value that the sale states for this much of a gift, in minor units."""
    return round_half_up(line.list_price * quantity, QUANTITY_ONE)


def _earned(gift: Gift, line: SaleLine, by: tuple[SaleLine, ...], back: Mapping[int, int]) -> int:
    if gift.threshold:
        worth = sum(
            one.net - entitlement(one.net, min(back.get(one.line, 0), one.quantity), one.quantity)
            for one in by
        )
        return line.quantity if worth >= gift.threshold else 0
    sold = sum(one.quantity for one in by)
    kept = sold - sum(min(back.get(one.line, 0), one.quantity) for one in by)
    earned = line.quantity * kept // sold
    return earned - earned % QUANTITY_ONE if line.unit is Unit.EACH else earned


_ASKED = Worded("赠品须一并退回：{}。", "The gift must come back as well: {}.")
_CHARGED = Worded(
    "赠品未退：{}，按标价 {} 从退款中扣减。",
    "Gift not returned: {}; its stated value of {} is taken off.",
)
