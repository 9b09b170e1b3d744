"""What returns of one kind came to, and the most that they may come to. Amounts in minor units."""

from msgspec import Struct


class KindSoFar(Struct, frozen=True):
    """On one receipt, and on one day; voided returns not counted."""

    receipt_amount: int
    day_amount: int
    day_count: int


class KindCaps(Struct, frozen=True):
    """0 is no limit."""

    amount: int = 0  # of one receipt
    day_amount: int = 0
    day_count: int = 0
