"""What the policy says of goods that hang together or have a number, in plain sentences."""

from collections.abc import Iterator

from terminal.core.bundles import ALL
from terminal.core.rules import Gifts, Policy
from terminal.core.words import Told, both, sentence

_GIFTS = {
    Gifts.ASK: sentence("A gift comes back with the goods that earned it."),
    Gifts.CHARGE: sentence("A gift that is not returned is taken off."),
    Gifts.LEAVE: sentence("The customer keeps a gift."),
}


def tied(policy: Policy) -> Iterator[Told]:
    named = policy.whole_bundles
    if ALL in named:
        yield sentence("Every bundle comes back whole only.")
    elif named:
        yield sentence("Come back whole only: {bundles}.", bundles=both(named))
    if policy.serial_categories:
        names = both(policy.serial_categories)
        yield sentence("By serial number: {categories}.", categories=names)
    recalled = (*policy.recall.batches, *policy.recall.skus)
    if recalled:
        yield sentence("Recalled: {goods}.", goods=both(recalled))
    yield _GIFTS[policy.gifts]
    for kind, gives in policy.coupons:
        yield (
            sentence("{kind}: given back with the whole sale.", kind=kind)
            if gives
            else sentence("{kind}: used up, never given back.", kind=kind)
        )
