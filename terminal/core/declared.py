"""Goods written down by a cashier where no sale is on file, and the sale that is made of them.

Law of the file: such a sale is a sale like any other, so that everything after it (reason, policy,
settlement, slip, look-back) is the same; only its id and its unknown till tell that nobody rang it.
"""

from datetime import date, datetime, time

from msgspec import Struct
from msgspec.structs import replace

from terminal.core.case import Case
from terminal.core.kinds import SoFar
from terminal.core.money import included_tax, round_half_up
from terminal.core.people import Staff
from terminal.core.returns import Chosen, Returned, ReturnKind
from terminal.core.rules import Rules
from terminal.core.sale import QUANTITY_ONE, ReceiptRef, Sale, SaleLine, SaleTender, Unit


class Article(Struct, frozen=True):
    """Goods by their code; `price` of one piece or one kg as the price list has it, 0: unknown."""

    code: str
    sku: str
    gtin: str
    name: str
    unit: Unit = Unit.EACH
    price: int = 0
    tax_rate: int = 0
    category: str = ""

    def worth(self, quantity: int) -> int:
        """What the price list asks for this much, in minor units."""
        return round_half_up(self.price * quantity, QUANTITY_ONE)


def unknown(code: str) -> Article:
    """Goods that no price list names: their code is all there is to say."""
    gtin = code if code.isdigit() and len(code) in (13, 14) else ""
    return Article(code, code, gtin, code)


class Written(Struct, frozen=True):
    """One line written down: `amount` is what was paid for all of `quantity` (thousandths)."""

    article: Article
    quantity: int
    amount: int


class Declared(Struct, frozen=True):
    """What the cashier wrote down so far. `day` is the receipt's; of a blind return, today."""

    cashier: Staff
    kind: ReturnKind
    rules: Rules
    so_far: SoFar
    receipt_no: str
    day: date
    goods: tuple[Written, ...] = ()

    @property
    def amount(self) -> int:
        return sum(one.amount for one in self.goods)

    def line_of(self, code: str) -> Written | None:
        """The line of these goods by the piece; weighed goods have a line for each label."""
        pieces = (one for one in self.goods if one.article.unit is Unit.EACH)
        return next((one for one in pieces if one.article.code == code), None)

    def with_one(self, article: Article, quantity: int, amount: int) -> "Declared":
        """These goods on the list, or one more of a line at what one of it was paid."""
        return replace(self, goods=(*self.goods, Written(article, quantity, amount)))

    def with_another(self, line: Written) -> "Declared":
        return self._changed(line, +QUANTITY_ONE)

    def without_one(self, place: int) -> "Declared":
        line = self.goods[place]
        whole = line.article.unit is Unit.WEIGHT or line.quantity <= QUANTITY_ONE
        return self._changed(line, -line.quantity if whole else -QUANTITY_ONE)

    def _changed(self, line: Written, by: int) -> "Declared":
        """Pieces of a line were all paid the same, so its amount is a multiple."""
        quantity = line.quantity + by
        amount = line.amount * quantity // line.quantity
        goods = (replace(line, quantity=quantity, amount=amount) if one is line else one
                 for one in self.goods)  # fmt: skip
        return replace(self, goods=tuple(one for one in goods if one.quantity))


def case_of(declared: Declared, name: str, now: datetime) -> Case:
    """The file on the counter: the sale that these goods make, under `name` (a UUID)."""
    rules = declared.rules
    tender = rules.policy.limits_of(declared.kind).tenders[0]
    lines = tuple(_line(at, one) for at, one in enumerate(declared.goods, start=1))
    sale = Sale(
        receipt=ReceiptRef(rules.business_unit, "", declared.day, 0),
        receipt_no=declared.receipt_no,
        sold_at=datetime.combine(declared.day, time(), now.tzinfo),
        cashier="",
        currency=rules.currency,
        lines=lines,
        reductions=(),
        tenders=(SaleTender(tender, declared.amount, "", ""),),
        total=declared.amount,
        declared=name,
    )
    return Case(sale, Returned(), declared.kind, declared.so_far)


def all_of(case: Case) -> tuple[Chosen, ...]:
    return tuple(Chosen(line.line, line.quantity) for line in case.sale.lines)


def _line(at: int, one: Written) -> SaleLine:
    article = one.article
    return SaleLine(
        line=at,
        sku=article.sku,
        gtin=article.gtin,
        name=article.name,
        unit=article.unit,
        quantity=one.quantity,
        list_price=article.price,
        net=one.amount,
        paid=one.amount,
        tax_rate=article.tax_rate,
        tax=included_tax(one.amount, article.tax_rate),
        category=article.category,
    )
