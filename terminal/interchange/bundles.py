"""A bundle (组合、套装) is sold at one price and comes back in parts.

Law of the file: its price is shared over its components by what they cost apart, by largest
remainder, when the sale is taken in. Each is then a line like any other, at its share; that they
were one bundle is kept, for a shop may take it back whole only.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from terminal.core.money import largest_remainder
from terminal.core.sale import SaleLine
from terminal.interchange.values import BadSale


def shared(net: int, components: Sequence[SaleLine]) -> tuple[SaleLine, ...]:
    """The components with their share of `net` (minor units). Raises BadSale without any price."""
    apart = [line.list_price * line.quantity for line in components]
    if not sum(apart):
        raise BadSale("a bundle's components have no list price to share its price by")
    shares = largest_remainder(net, apart)
    return tuple(replace(line, net=share) for line, share in zip(components, shares, strict=True))
