"""A sale that is offered to the shelf, wherever it was read, with what was paid for each line."""

from dataclasses import dataclass
from typing import Any

from backoffice.words import Worded


class BadSale(Exception):  # noqa: N818 - named for what happened
    """It is no sale: `words` say why, quoting no more than sums and names of fields."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Worded(zh, en)


@dataclass(frozen=True)
class Line:
    """Amounts in minor units, quantity in thousandths; `paid` after every reduction."""

    line: int
    sku: str
    gtin: str
    name: str
    unit: str
    quantity: int
    paid: int
    tax: int


@dataclass(frozen=True)
class Tender:
    kind: str
    amount: int
    reference: str
    masked: str


@dataclass(frozen=True)
class Offered:
    """`body` is the sale as one object of the interchange format; `told`: its store hears of it."""

    id: str
    store: str
    workstation: str
    business_day: str
    sequence: int
    receipt_no: str
    sold_at: str
    currency: str
    digits: int
    total: int
    lines: tuple[Line, ...]
    tenders: tuple[Tender, ...]
    phone: str
    body: dict[str, Any]
    declared: bool = False
    told: bool = True
