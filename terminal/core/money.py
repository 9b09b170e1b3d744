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


def after_reductions(nets: Sequence[int], reduction: int) -> tuple[int, ...]:
    """What was paid for each line once order-level reductions are spread by line net."""
    shares = largest_remainder(reduction, nets)
    return tuple(net - share for net, share in zip(nets, shares, strict=True))


def part_of_rest(amount: int, given: int, before: int, now: int, whole: int) -> int:
    """What `now` is worth when `given` of `amount` went back with the first `before` of `whole`.

    By the cumulative rule while `given` is what that rule gave. Otherwise (an overcharge was paid
    back, or another system split it differently) the rest is shared over the quantity still out,
    so that the last of it takes exactly what is left. Never negative, never above the rest.
    """
    assert 0 < now <= whole - before, (before, now, whole)
    if given == entitlement(amount, before, whole):
        return part(amount, before, now, whole)
    return entitlement(max(amount - given, 0), now, whole - before)


def round_down_to_coin(amount: int, coin: int) -> int:
    """The most of `amount` that can be paid in coins of `coin` minor units."""
    assert amount >= 0, amount
    assert coin > 0, coin
    return amount - amount % coin


def fee_on(amount: int, rate: int) -> int:
    """A fee of `rate` parts per million; the remainder is the customer's, so it rounds down."""
    assert 0 <= rate <= PPM, rate
    return amount * rate // PPM


def decimal_text(amount: int, digits: int) -> str:
    """Minor units as people write them, no symbol: 4535 with 2 digits is "45.35"."""
    sign = "-" if amount < 0 else ""
    whole, rest = divmod(abs(amount), 10**digits)
    return f"{sign}{whole}.{rest:0{digits}d}" if digits else f"{sign}{whole}"
