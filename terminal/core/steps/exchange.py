"""Exchange: new goods are scanned, the price list says what they cost."""

from msgspec.structs import replace

from terminal.core.declared import Article
from terminal.core.draft import Draft
from terminal.core.effects import FindArticle, Tell
from terminal.core.events import (
    ArticleKnown,
    Cancelled,
    Confirmed,
    ExchangeChosen,
    GoodsScanned,
    Happened,
    Moved,
    OneLessChosen,
    OtherScanned,
    Restarted,
    Typed,
    WeighedScanned,
)
from terminal.core.machine import Step
from terminal.core.money import included_tax, round_half_up
from terminal.core.refusals import Refusal, Why
from terminal.core.sale import QUANTITY_ONE, SaleLine, Unit
from terminal.core.states import (
    AddingNew,
    AwaitingOverride,
    ConfirmingAmounts,
    Denied,
    FindingNew,
    GivingEvidence,
)
from terminal.core.steps.judging import judge_again

Judged = Step[Denied | GivingEvidence | AwaitingOverride | ConfirmingAmounts]


def start(state: ConfirmingAmounts, _: ExchangeChosen) -> Step[AddingNew]:
    return Step(AddingNew(state.draft, 0))


def scan(state: AddingNew, event: GoodsScanned) -> Step[FindingNew]:
    return _find(state.draft, event.code, event)


def scan_other(state: AddingNew, event: OtherScanned | Typed) -> Step[FindingNew]:
    return _find(state.draft, event.text, event)


def scan_weighed(state: AddingNew, event: WeighedScanned) -> Step[FindingNew]:
    ask = event.moment.id
    finding = FindingNew(state.draft, event.item, ask, event.weight, event.price)
    return Step(finding, asks=(FindArticle(ask, event.item),))


def find_again(state: FindingNew, event: Restarted) -> Step[FindingNew]:
    ask = event.moment.id
    return Step(replace(state, ask=ask), asks=(FindArticle(ask, state.code),))


def add(state: FindingNew, event: ArticleKnown) -> Step[AddingNew]:
    """Goods without a price here cannot be sold here; weighed ones need their label, and a weight
    is no number of pieces.
    """
    article = event.article
    if article is None:
        why = Refusal(Why.NOT_IN_PRICE_LIST, (state.code,))
        return Step(AddingNew(state.draft, 0), asks=(Tell(why),))
    quantity = _labelled(article, state.weight, state.price)
    amount = state.price or article.worth(quantity)
    if not (quantity and amount):
        why = Refusal(Why.NOT_IN_PRICE_LIST, (article.name,))
        return Step(AddingNew(state.draft, 0), asks=(Tell(why),))
    bought = _with(state.draft.bought, article, quantity, amount)
    draft = replace(state.draft, bought=bought)
    return Step(AddingNew(draft, len(bought) - 1))


def one_less(state: AddingNew, _: OneLessChosen) -> Step[AddingNew]:
    bought = list(state.draft.bought)
    if not bought:
        return Step(state)
    line = bought[state.cursor]
    if line.unit is Unit.WEIGHT or line.quantity <= QUANTITY_ONE:
        del bought[state.cursor]
    else:
        bought[state.cursor] = _sized(line, line.quantity - QUANTITY_ONE)
    numbered = tuple(replace(one, line=at) for at, one in enumerate(bought, start=1))
    cursor = min(state.cursor, max(len(numbered) - 1, 0))
    return Step(AddingNew(replace(state.draft, bought=numbered), cursor))


def move(state: AddingNew, event: Moved) -> Step[AddingNew]:
    last = max(len(state.draft.bought) - 1, 0)
    return Step(replace(state, cursor=min(max(state.cursor + event.by, 0), last)))


def done(state: AddingNew, event: Confirmed) -> Judged:
    """Settled together; the policy is asked again, for it may speak of exchanges."""
    return judge_again(state.draft, event.moment)


def no_exchange(state: AddingNew, event: Cancelled) -> Judged:
    return judge_again(replace(state.draft, bought=()), event.moment)


def not_found(state: FindingNew, _: Cancelled) -> Step[AddingNew]:
    return Step(AddingNew(state.draft, 0))


def _labelled(article: Article, weight: int, price: int) -> int:
    """How much the label is for; 0 where it does not fit the goods.

    A price label tells the weight by what a kg costs.
    """
    if article.unit is Unit.EACH:
        return 0 if weight else QUANTITY_ONE
    if weight or not article.price:
        return weight
    return round_half_up(price * QUANTITY_ONE, article.price)


def _find(draft: Draft, code: str, event: Happened) -> Step[FindingNew]:
    ask = event.moment.id
    return Step(FindingNew(draft, code, ask), asks=(FindArticle(ask, code),))


def _with(
    bought: tuple[SaleLine, ...], article: Article, quantity: int, amount: int
) -> tuple[SaleLine, ...]:
    """One more of a line at the same price, or a line of its own."""
    for at, line in enumerate(bought):
        same = line.sku == article.sku and line.unit is Unit.EACH and article.unit is Unit.EACH
        if same and line.net * QUANTITY_ONE == amount * line.quantity:
            more = _sized(line, line.quantity + QUANTITY_ONE)
            return (*bought[:at], more, *bought[at + 1 :])
    line = SaleLine(
        line=len(bought) + 1,
        sku=article.sku,
        gtin=article.gtin,
        name=article.name,
        unit=article.unit,
        quantity=quantity,
        list_price=article.price,
        net=amount,
        paid=amount,
        tax_rate=article.tax_rate,
        tax=included_tax(amount, article.tax_rate),
        category=article.category,
    )
    return (*bought, line)


def _sized(line: SaleLine, quantity: int) -> SaleLine:
    amount = line.net * quantity // line.quantity  # pieces all cost the same
    tax = included_tax(amount, line.tax_rate)
    return replace(line, quantity=quantity, net=amount, paid=amount, tax=tax)
