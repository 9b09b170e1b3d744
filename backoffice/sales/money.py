"""Decimal texts to minor units and back, and reductions spread over lines; integers only.

Rules as the shop has them: an order-level reduction is spread by largest remainder on line net,
ties to the earlier line; tax-inclusive tax is round_half_up(paid * rate / (1 + rate)).
"""

import re
from collections.abc import Sequence

PPM = 1_000_000
DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "KWD": 3, "BHD": 3, "JOD": 3, "OMR": 3, "TND": 3}

_DECIMAL = re.compile(r"(\d{1,15})(?:\.(\d{1,9}))?")


def digits_of(currency: str) -> int:
    """The minor digits of an ISO 4217 currency: CNY 2, JPY 0, KWD 3."""
    return DIGITS.get(currency, 2)


def scaled(text: str, digits: int) -> int:
    """A decimal text in units of 10**-digits. Raises ValueError where it is none or finer."""
    found = _DECIMAL.fullmatch(text)
    if found is None:
        raise ValueError("not a decimal")
    fraction = (found[2] or "").rstrip("0")
    if len(fraction) > digits:
        raise ValueError("finer than its unit")
    return int(found[1] + fraction.ljust(digits, "0"))


def decimal(amount: int, digits: int) -> str:
    """Minor units as text: 4535 with 2 digits is 45.35."""
    sign, (whole, rest) = "-" * (amount < 0), divmod(abs(amount), 10**digits)
    return f"{sign}{whole}.{rest:0{digits}d}" if digits else f"{sign}{whole}"


def shared(total: int, weights: Sequence[int]) -> list[int]:
    """`total` over `weights` by largest remainder, ties to the earlier."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    shares = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in order[: total - sum(shares)]:
        shares[at] += 1
    return shares


def included_tax(paid: int, rate_ppm: int) -> int:
    """The tax within a tax-inclusive amount, halves up."""
    return (2 * paid * rate_ppm + PPM + rate_ppm) // (2 * (PPM + rate_ppm))
