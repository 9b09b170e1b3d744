"""Exchange (换货): new goods paid with what comes back, in one settlement.

Law of the file: new goods cost what the price list asks today. What they take of the refund is kept
like a fee, so no tender gets it; what they cost more is paid in cash at this unit. Once the
customer has confirmed, they are a sale like any other, and can come back like any other.
"""

from datetime import date

from msgspec.structs import replace

from terminal.core.happened import Moment
from terminal.core.money import included_tax
from terminal.core.returns import Return
from terminal.core.sale import ReceiptRef, Reduction, Sale, SaleLine, SaleTender
from terminal.core.tenders import CASH, EXCHANGE

SEQUENCES_FROM = 1_000_000  # above any number that a till gives its sales of a day


def number_of(ret: Return) -> str:
    """The receipt number of the new goods, as the slip says it: E-0571-03-000417."""
    return f"E{ret.number[1:]}"


def sale_of(ret: Return, moment: Moment, sequence: int) -> Sale:
    """The sale of the new goods of this return; what coins cannot take of it is let off (抹零)."""
    it, today = ret.settlement, moment.now.date()
    cost = sum(line.net for line in it.bought)
    let_off = cost - it.covered - it.to_pay
    tenders = ((EXCHANGE, it.covered), (CASH, it.to_pay))
    return Sale(
        receipt=_receipt(ret, today, sequence),
        receipt_no=number_of(ret),
        sold_at=moment.now,
        cashier=ret.cashier,
        currency=ret.currency,
        lines=_less(it.bought, let_off),
        reductions=(Reduction("rounding", let_off),) if let_off else (),
        tenders=tuple(SaleTender(kind, amount, "", "") for kind, amount in tenders if amount),
        total=cost - let_off,
    )


def _receipt(ret: Return, day: date, sequence: int) -> ReceiptRef:
    _, business_unit, workstation, _ = ret.number.split("-")
    return ReceiptRef(business_unit, workstation, day, SEQUENCES_FROM + sequence)


def _less(lines: tuple[SaleLine, ...], amount: int) -> tuple[SaleLine, ...]:
    """The last line that is worth it bears what was let off."""
    made = list(lines)
    for at in reversed(range(len(made))):
        if amount and made[at].paid >= amount:
            paid = made[at].paid - amount
            made[at] = replace(made[at], paid=paid, tax=included_tax(paid, made[at].tax_rate))
            break
    return tuple(made)
