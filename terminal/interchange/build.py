"""From what a file says of a sale to a sale: sums checked, reductions spread, cards masked.

Law of the file: sum(net) - sum(reductions) = total = sum(tenders), or there is no sale. What was
paid for each line is settled here once, by largest remainder on line net, and kept with the sale.
"""

from msgspec.structs import replace

from terminal.cards import masked, tail
from terminal.core.money import after_reductions, decimal_text, included_tax
from terminal.core.sale import QUANTITY_ONE, Sale, SaleLine, Unit
from terminal.interchange import gifts
from terminal.interchange.decimals import WHOLE_DIGITS
from terminal.interchange.values import BadSale


def finished(sale: Sale) -> Sale:
    """The sale with `paid` and `tax` of each line (given as 0) settled. Raises BadSale."""
    _check_lines(sale)
    _check_sums(sale)
    given = gifts.checked(sale)
    reduction = sum(one.amount for one in sale.reductions)
    paid = after_reductions([one.net for one in sale.lines], reduction)
    lines = tuple(
        replace(
            one,
            name=masked(one.name),
            category=masked(one.category),
            paid=amount,
            tax=included_tax(amount, one.tax_rate),
        )
        for one, amount in zip(sale.lines, paid, strict=True)
    )
    tenders = tuple(
        replace(one, reference=masked(one.reference), masked=tail(one.masked))
        for one in sale.tenders
    )
    return replace(
        sale,
        cashier=masked(sale.cashier),
        lines=lines,
        tenders=tenders,
        bundles=tuple(replace(one, name=masked(one.name)) for one in sale.bundles),
        gifts=given,
        phone_tail=tail(sale.phone_tail),
    )


def _check_lines(sale: Sale) -> None:
    if not sale.lines:
        raise BadSale("the sale has no lines")
    seen: set[int] = set()
    for one in sale.lines:
        if one.line in seen:
            raise BadSale("line number {line} is used twice in one sale", line=one.line)
        seen.add(one.line)
        _check_serials(one)


def _check_serials(line: SaleLine) -> None:
    """One for each piece, or none at all."""
    different = {one.casefold() for one in line.serials}
    pieces = line.quantity if line.unit is Unit.EACH else 0
    if line.serials and not len(line.serials) == len(different) == pieces // QUANTITY_ONE:
        raise BadSale(
            "line {line} has {count} different serials for its quantity: it must have one for"
            " each piece",
            line=line.line,
            count=len(different),
        )


def _check_sums(sale: Sale) -> None:
    digits = sale.currency.digits
    nets, reductions, tendered = (
        sum(one.net for one in sale.lines),
        sum(one.amount for one in sale.reductions),
        sum(one.amount for one in sale.tenders),
    )
    due = nets - reductions
    if nets >= 10 ** (WHOLE_DIGITS + digits):
        raise BadSale(
            "the lines come to more than {count} digits before the point", count=WHOLE_DIGITS
        )
    if due == sale.total == tendered and due >= 0:
        return
    net, less, left, total, paid = (
        decimal_text(one, digits) for one in (nets, reductions, due, sale.total, tendered)
    )
    raise BadSale(
        "the sums differ: lines {net} less reductions {less} are {left}, the total says"
        " {total}, the tenders are {paid}",
        net=net,
        less=less,
        left=left,
        total=total,
        paid=paid,
    )
