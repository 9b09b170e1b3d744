"""What the policy says of goods that hang together or have a number, in plain sentences."""

from collections.abc import Iterator

from terminal.core.bundles import ALL
from terminal.core.rules import Gifts, Policy
from terminal.core.words import Worded
from terminal.policies.asking import listed

_GIFTS = {
    Gifts.ASK: Worded("赠品须随商品一并退回。", "A gift comes back with the goods that earned it."),
    Gifts.CHARGE: Worded("赠品未退的，按标价扣减。", "A gift that is not returned is taken off."),
    Gifts.LEAVE: Worded("赠品由顾客留下。", "The customer keeps a gift."),
}


def tied(policy: Policy) -> Iterator[Worded]:
    named = policy.whole_bundles
    if ALL in named:
        yield Worded("所有组合须整套退回。", "Every bundle comes back whole only.")
    elif named:
        yield Worded(
            f"须整套退回：{listed(named)}。", f"Come back whole only: {listed(named, 'and')}."
        )
    if policy.serial_categories:
        names = policy.serial_categories
        yield Worded(f"须扫序列号：{listed(names)}。", f"By serial number: {listed(names, 'and')}.")
    recalled = (*policy.recall.batches, *policy.recall.skus)
    if recalled:
        yield Worded(f"已召回：{listed(recalled)}。", f"Recalled: {listed(recalled, 'and')}.")
    yield _GIFTS[policy.gifts]
    for kind, gives in policy.coupons:
        yield (
            Worded(f"{kind}：整单退回时退还。", f"{kind}: given back with the whole sale.")
            if gives
            else Worded(f"{kind}：用后不退还。", f"{kind}: used up, never given back.")
        )
