"""What a return comes to: lines, tax, what the shop keeps, and money for each tender.

Law of the file: whatever the split into parts, everything sums to what was paid. Over all parts,
refunds + owed coins + fees + shortfalls + gifts kept = paid; no part is negative, none exceeds what
is left.
"""

from collections import Counter

from terminal.core import coupons, gifts
from terminal.core.case import Case
from terminal.core.money import entitlement, fee_on, part_of_rest, round_down_to_coin, round_half_up
from terminal.core.returns import Chosen, Condition, Return, ReturnedLine, ReturnLine, Settlement
from terminal.core.rules import Gifts, Rules
from terminal.core.sale import Sale, SaleLine
from terminal.core.tenders import Way, refund_tenders, room, unpaid, usual


def available(case: Case) -> dict[int, int]:
    """Sale line -> quantity still returnable (可退数量) in thousandths, every line named."""
    return {
        line.line: max(line.quantity - case.returned.of_line(line.line).quantity, 0)
        for line in case.sale.lines
    }


def fits(case: Case, chosen: tuple[Chosen, ...]) -> bool:
    """Whether all of it can still come back, whatever else came back since it was chosen."""
    taken = Counter[int]()
    for one in chosen:
        taken[one.line] += one.quantity
    left = available(case)
    if any(quantity > left[line] for line, quantity in taken.items()):
        return False
    paid = {line.line: line.paid for line in case.sale.lines}
    gone = {one.line: one for one in case.returned.lines}
    return not any(
        (one.amount or 0) > paid[one.line] - gone[one.line].amount
        or {*map(str.casefold, one.serials)} & {*map(str.casefold, gone[one.line].serials)}
        for one in chosen
        if one.line in gone
    )


def worth(line: SaleLine, before: ReturnedLine, quantity: int) -> tuple[int, int]:
    """Amount and tax of `quantity` of a line, given what went back of it before."""
    amount = part_of_rest(line.paid, before.amount, before.quantity, quantity, line.quantity)
    tax = part_of_rest(line.tax, before.tax, before.quantity, quantity, line.quantity)
    return amount, tax


def settle(
    case: Case,
    chosen: tuple[Chosen, ...],
    rules: Rules,
    way: Way = usual,
    bought: tuple[SaleLine, ...] = (),
) -> Settlement:
    """The settlement of what is chosen now; quantities must be within `available(case)`.

    Goods need their reason and condition by now; an amount-only line needs only its reason.
    """
    assert chosen, "nothing is chosen"
    lines, after = _settle_lines(case, chosen, rules)
    this = sum(line.amount for line in lines)
    paid, before = case.sale.total, case.returned.amount
    fee = _restocking_fee(case, lines, rules)
    shortfall = min(_shortfall_due(case, after, rules) - case.returned.shortfall, this - fee)
    back = {number: one.quantity for number, one in after.items()}
    kept = min(gifts.due(rules, case, back) - case.returned.gifts, this - fee - shortfall)
    worth_now = this - fee - shortfall - kept
    # Tills that were offline together may have paid more for one line than it was sold for: then
    # the tenders have less left than the goods of another line are worth.
    overpaid = min(max(-unpaid(case), worth_now - sum(room(case)), 0), worth_now)
    left = paid - before - this
    last = left == 0 or all(after[line.line].quantity >= line.quantity for line in case.sale.lines)
    due = worth_now - overpaid
    cost = sum(line.net for line in bought)
    covered = min(cost, max(due, 0))
    due -= covered
    to_pay = round_down_to_coin(cost - covered, rules.cash_coin)
    refunds = refund_tenders(case, due, rules.cash_coin, last=last, way=way)
    return Settlement(
        *(lines, refunds, paid, before, this, left, fee, shortfall, overpaid),
        *(bought, covered, to_pay, kept),
    )


def granted(case: Case, chosen: tuple[Chosen, ...], rules: Rules) -> int:
    """What this return comes to for the customer, before any new goods."""
    return settle(case, chosen, rules).due


def on_all_parts(rules: Rules, sale: Sale) -> bool:
    """Whether a part is judged or settled on what others brought back, so that none of them may be
    undone.
    """
    gifts_count = bool(sale.gifts) and rules.policy.gifts is not Gifts.LEAVE
    return rules.policy.rerate or gifts_count or coupons.may_come_back(rules, sale)


def must_end_first(rules: Rules, sale: Sale, waiting: Return) -> bool:
    """Whether nothing more of this sale may come back before this open return is finished or void.

    Nor while money alone waits to go back: goods that came back for the rest of their price would
    stay so, were that money never paid.
    """
    return on_all_parts(rules, sale) or any(not one.quantity for one in waiting.settlement.lines)


def _settle_lines(
    case: Case, chosen: tuple[Chosen, ...], rules: Rules
) -> tuple[tuple[ReturnLine, ...], dict[int, ReturnedLine]]:
    """The lines of this return, and what has then gone back of every sale line."""
    sold = {line.line: line for line in case.sale.lines}
    after = {number: case.returned.of_line(number) for number in sold}
    given = {one.line for one in case.sale.gifts}
    settled = []
    for one in chosen:
        line, before = sold[one.line], after[one.line]
        amount, tax = _amounts(line, before, one, rules)
        gift = one.line in given
        settled.append(_return_line(line, one, amount, tax, rules, gift=gift))
        after[one.line] = ReturnedLine(
            *(one.line, before.quantity + one.quantity, before.amount + amount, before.tax + tax),
            (*before.serials, *one.serials),
        )
    return tuple(settled), after


def _amounts(line: SaleLine, before: ReturnedLine, one: Chosen, rules: Rules) -> tuple[int, int]:
    if one.amount is None:
        return worth(line, before, one.quantity)
    assert rules.reason(one.reason).amount_only, f"{one.reason} gives no amount without goods"
    rest = line.paid - before.amount
    assert 0 < one.amount <= rest, f"{one.amount} of {rest} left on line {one.line}"
    assert one.quantity == 0, "an amount given back takes no goods"
    tax_rest = max(line.tax - before.tax, 0)
    return one.amount, entitlement(tax_rest, one.amount, rest)


def _return_line(
    line: SaleLine, one: Chosen, amount: int, tax: int, rules: Rules, *, gift: bool
) -> ReturnLine:
    reason = rules.reason(one.reason)
    condition = one.condition
    if condition is None:
        assert reason.amount_only, f"line {one.line} comes back in no known condition"
        condition = Condition.UNOPENED  # no goods come back; a record must hold some condition
    return ReturnLine(
        line=line.line,
        sku=line.sku,
        name=line.name,
        unit=line.unit,
        quantity=one.quantity,
        amount=amount,
        tax=tax,
        reason=one.reason,
        condition=condition,
        disposition=rules.disposition_for(reason, condition, line.category),
        gift=gift,
        serials=one.serials,
        batch=line.batch,
        pieces=line.places_of(one.serials),
    )


def _restocking_fee(case: Case, lines: tuple[ReturnLine, ...], rules: Rules) -> int:
    category = {line.line: line.category for line in case.sale.lines}
    restocking = rules.policy.restocking
    return sum(
        fee_on(line.amount, restocking.rate_for(category[line.line]))
        for line in lines
        if line.condition in restocking.conditions
        and not rules.reason(line.reason).fault
        and not rules.reason(line.reason).amount_only
    )


def _shortfall_due(case: Case, after: dict[int, ReturnedLine], rules: Rules) -> int:
    """How much of the 满减 the goods still out have lost, once this return is done.

    A function of what is kept alone, so that the order of parts does not matter and a sale that
    comes back whole owes nothing. With the option off nothing new is asked; what was kept under an
    older policy is still given back as its goods come back.
    """
    nets = sum(line.net for line in case.sale.lines)
    out = nets - sum(
        entitlement(line.net, min(after[line.line].quantity, line.quantity), line.quantity)
        for line in case.sale.lines
    )
    lost = sum(
        round_half_up(reduction.amount * out, nets)
        for reduction in case.sale.reductions
        if 0 < out < reduction.threshold
    )
    return lost if rules.policy.rerate else min(lost, case.returned.shortfall)
