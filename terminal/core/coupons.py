"""Coupons (券) that took something off a sale, and what becomes of them when all of it came back.

Law of the file: what a coupon took off was spread over the lines when the sale was taken in, and no
money goes back for it. The coupon itself is used up, unless the shop's policy gives its kind back;
nothing is made here, the office puts the coupon back where it came from.
"""

from msgspec import Struct

from terminal.core.case import Case
from terminal.core.returns import CouponFate, Return, ReturnLine
from terminal.core.rules import Rules
from terminal.core.sale import Sale

COUPON = "coupon"


class CouponGivenBack(Struct, frozen=True):
    """The customer has the coupon again; for the office, which knows it by the receipt."""

    ret: Return
    kind: str
    amount: int


def fates(rules: Rules, case: Case, lines: tuple[ReturnLine, ...]) -> tuple[CouponFate, ...]:
    """What is said of each coupon by the return that brings back the last of the sale."""
    back = {one.line: case.returned.of_line(one.line).quantity for one in case.sale.lines}
    for line in lines:
        back[line.line] += line.quantity
    if any(back[one.line] < one.quantity for one in case.sale.lines):
        return ()
    known = {COUPON: False, **dict(rules.policy.coupons)}
    return tuple(
        CouponFate(one.kind, one.amount, given_back=known[one.kind])
        for one in case.sale.reductions
        if one.kind in known and one.amount
    )


def may_come_back(rules: Rules, sale: Sale) -> bool:
    giving = {kind for kind, gives in rules.policy.coupons if gives}
    return any(one.kind in giving for one in sale.reductions)
