"""Goods written down where no sale is on file: nothing is recorded yet."""

from msgspec import Struct

from terminal.core.declared import Article, Declared
from terminal.core.people import Staff


class Declaring(Struct, frozen=True):
    """What all of these states have in common."""

    declared: Declared

    @property
    def cashier(self) -> Staff:
        return self.declared.cashier


class DeclaringDay(Declaring, frozen=True):
    """The day on the receipt, by which the policy judges."""


class AddingGoods(Declaring, frozen=True):
    cursor: int


class FindingArticle(Declaring, frozen=True):
    """A code was scanned or typed; the price list is asked. `weight` and `price` as labelled."""

    code: str
    ask: str
    weight: int = 0
    price: int = 0


class PricingArticle(Declaring, frozen=True):
    """How much was paid for it? `offered` is what the label or the price list says, 0: nothing."""

    article: Article
    quantity: int
    offered: int
