"""A refund shared over the means of payment it came from (原路退回).

Law of the file: no tender gets more than it gave. Only cash knows coins: what they cannot pay stays
owed on that tender, and the last part pays it.
"""

from collections.abc import Callable, Sequence

from terminal.core.case import Case
from terminal.core.money import largest_remainder, round_down_to_coin
from terminal.core.returns import Refund
from terminal.core.sale import SaleTender

CASH = "cash"
EXCHANGE = "exchange"  # goods were paid with goods that came back
CREDIT = "credit"  # 退货券, given at this unit

Way = Callable[[str], str]  # from the kind of a tender to the kind it is paid back as


def usual(kind: str) -> str:
    """原路退回: as it was paid."""
    return kind


def split_refund(refund: int, remaining: Sequence[int]) -> tuple[int, ...]:
    """Share `refund` over what each tender may still get, by largest remainder, minor units.

    On the remaining amounts, not on the cumulative total: that one can go backwards.
    """
    assert 0 <= refund <= sum(remaining), (refund, remaining)
    return largest_remainder(refund, remaining)


def unpaid(case: Case) -> int:
    """What earlier returns granted and no tender has got; below zero, what it got too much.

    Derived each time from what went back, so a voided return takes its owed coins with it.
    """
    returned = case.returned
    return returned.amount - returned.kept - sum(one.amount for one in returned.tenders)


def owed_by_tender(case: Case) -> tuple[int, ...]:
    """The unpaid coins of earlier parts, on the cash tenders in their order."""
    rest = max(unpaid(case), 0)
    owed = []
    for position, tender in enumerate(case.sale.tenders):
        room = tender.amount - case.returned.of_tender(position)
        share = min(rest, max(room, 0)) if tender.kind == CASH else 0
        owed.append(share)
        rest -= share
    return tuple(owed)


def room(case: Case) -> tuple[int, ...]:
    """What each tender may still get, beside the coins that are owed to it."""
    owed = owed_by_tender(case)
    return tuple(
        max(tender.amount - case.returned.of_tender(position) - owed[position], 0)
        for position, tender in enumerate(case.sale.tenders)
    )


def refund_tenders(
    case: Case, due: int, coin: int, *, last: bool, way: Way = usual
) -> tuple[Refund, ...]:
    """One Refund for each tender that gets something or is owed something.

    `due` is what this return grants; `last` says that nothing can come back afterwards, so that
    what is owed from before is paid as well, as far as coins can.
    """
    owed = owed_by_tender(case)
    shares = split_refund(due, room(case))
    refunds = (
        _refund(position, tender, shares[position], owed[position], coin, last=last, way=way)
        for position, tender in enumerate(case.sale.tenders)
    )
    return tuple(one for one in refunds if one.amount or one.owed or one.owed_before)


def _refund(
    position: int, tender: SaleTender, share: int, owed: int, coin: int, *, last: bool, way: Way
) -> Refund:
    """Coins are a matter of cash: credit pays to the last unit, with what is owed."""
    kind = way(tender.kind)
    if tender.kind != CASH:
        return Refund(position, kind, tender.masked if kind == tender.kind else "", share)
    if kind != CASH:
        return Refund(position, kind, "", share + owed, 0, owed)
    payable = share + owed if last else share
    amount = round_down_to_coin(payable, coin)
    return Refund(position, tender.kind, tender.masked, amount, share + owed - amount, owed)
