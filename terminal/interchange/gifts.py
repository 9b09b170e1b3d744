"""Gifts (赠品) as a sale file says them: a line at 0.00, and the lines that earned it.

Law of the file: nothing was paid for a gift, and no gift earns another. Where the file names no
lines, all goods that were paid for earned it.
"""

from msgspec.structs import replace

from terminal.core.sale import Gift, Sale
from terminal.interchange.values import BadSale


def checked(sale: Sale) -> tuple[Gift, ...]:
    """The gifts with the lines that earned each of them. Raises BadSale."""
    given = {one.line for one in sale.gifts}
    paid_for = tuple(one.line for one in sale.lines if one.line not in given)
    nets = {one.line: one.net for one in sale.lines}
    for gift in sale.gifts:
        if nets[gift.line]:
            raise BadSale("line {line} is a gift, but its net_amount is not zero", line=gift.line)
        wrong = next((one for one in gift.earned_by if one not in paid_for), None)
        if wrong is not None or not paid_for:
            number = "" if wrong is None else f" {wrong}"
            raise BadSale(
                "line {line} is a gift for line{number}, which is no goods sold here",
                line=gift.line,
                number=number,
            )
    return tuple(replace(one, earned_by=one.earned_by or paid_for) for one in sale.gifts)
