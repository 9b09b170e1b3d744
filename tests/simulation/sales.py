"""A few small sales, of one till or another, paid by wallet, by cash or by both."""

import random
from functools import lru_cache

from msgspec.structs import replace

from terminal.core.sale import Sale
from tests.flows.shelf import MILK, OIL, Sold, sale

# Three for 30.12: a piece is 10.04, and of 4 fen the simulated rail is silent at first.
OILS = Sold("金龙鱼 大豆油 5L", "30.12", "3", gtin=OIL)
MILKS = Sold("蒙牛 纯牛奶 250ml×12", "39.90", "2", gtin=MILK)


@lru_cache(maxsize=1)
def every() -> tuple[Sale, ...]:
    made = (
        sale((OILS,), (("wechat", "30.12", "零钱"),), number=1),
        sale((OILS, MILKS), (("wechat", "40.00", "零钱"), ("cash", "30.02", "")), number=2),
        sale((MILKS,), number=3, workstation="04"),
        sale((MILKS,), (("alipay", "39.90", "139****8000"),), number=4, workstation="04"),
    )
    return tuple(_with_references(one) for one in made)


def _with_references(one: Sale) -> Sale:
    """Each wallet's payment has its number at the rail."""
    return replace(
        one,
        tenders=tuple(
            replace(it, reference=f"42{one.receipt_no}{at}") if it.kind != "cash" else it
            for at, it in enumerate(one.tenders)
        ),
    )


def shelf(chance: random.Random) -> tuple[Sale, ...]:
    """Few, so that terminals meet over them."""
    return tuple(chance.sample(every(), chance.choice((1, 1, 2, 3))))
