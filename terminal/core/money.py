"""Dividing money so that nothing is lost: integers in minor units, no float anywhere near them.

Law of the file: every division here says where its remainder goes. Rules and worked examples come
from the shop's money rules (README, "Money").
"""

from collections.abc import Sequence

PPM = 1_000_000


def round_half_up(numerator: int, denominator: int) -> int:
    """Numerator / denominator to the nearest integer, halves up. Both must be >= 0."""
    assert numerator >= 0, numerator
    assert denominator > 0, denominator
    return (2 * numerator + denominator) // (2 * denominator)


def largest_remainder(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Share `total` over `weights` by the largest remainder, ties to the earlier one.

    The shares sum to `total`, and none exceeds its weight while total <= sum(weights). All weights
    zero is allowed only for a total of zero.
    """
    assert total >= 0, total
    assert all(weight >= 0 for weight in weights), weights
    whole = sum(weights)
    if whole == 0:
        assert total == 0, total
        return tuple(0 for _ in weights)
    shares = [total * weight // whole for weight in weights]
    left = total - sum(shares)
    by_remainder = sorted(
        range(len(weights)), key=lambda index: (-(total * weights[index] % whole), index)
    )
    for index in by_remainder[:left]:
        shares[index] += 1
    return tuple(shares)


def entitlement(amount: int, quantity: int, whole: int) -> int:
    """What the first `quantity` of `whole` are worth out of `amount`: E(q), cumulative."""
    assert 0 <= quantity <= whole, (quantity, whole)
    return round_half_up(amount * quantity, whole)


def part(amount: int, before: int, now: int, whole: int) -> int:
    """What `now` is worth after `before` went back: E(before + now) - E(before).

    However a line is split, its parts sum to exactly `amount`.
    """
    return entitlement(amount, before + now, whole) - entitlement(amount, before, whole)


def included_tax(amount: int, rate: int) -> int:
    """The tax inside a tax-inclusive `amount`; `rate` in parts per million (13 % is 130_000)."""
    return round_half_up(amount * rate, PPM + rate)
