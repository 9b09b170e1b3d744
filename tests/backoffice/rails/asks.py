"""Refund requests for the tests of rails."""

import time

from backoffice.rails.rail import RefundRequest

REFERENCE = "4200002026112712345678901234"


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def ask(number: str = "R-0571-03-000417-1", amount: int = 2935, **changes: object) -> RefundRequest:
    """A refund of 29.35 of a payment of 100.00, made an hour ago."""
    fields: dict[str, object] = {
        "refund_no": number,
        "amount": amount,
        "currency": "CNY",
        "paid": 10000,
        "reference": REFERENCE,
        "paid_at_ms": now_ms() - 3_600_000,
    }
    return RefundRequest(**(fields | changes))  # type: ignore[arg-type]
