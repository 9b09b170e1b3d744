"""Returns without a sale on file: unverified (a receipt) and blind (no receipt at all).

Law of the file: the shop's policy opens the way or does not, before anything is typed. Goods are
scanned or typed, what was paid for them is typed; for a blind return it is no more than the price
list asks today. From the reason on it is a return like any other.
"""

from datetime import date

from msgspec.structs import replace

from terminal.core.declared import Article, Declared, all_of, case_of, unknown
from terminal.core.draft import Draft
from terminal.core.effects import FindArticle, LookUp, Query, Tell
from terminal.core.events import (
    AmountTyped,
    ArticleKnown,
    Cancelled,
    Confirmed,
    DayTyped,
    GoodsScanned,
    Happened,
    KindOpened,
    Moved,
    OneLessChosen,
    OtherScanned,
    Restarted,
    Typed,
    WeighedScanned,
    WithoutSaleChosen,
)
from terminal.core.machine import Step
from terminal.core.refusals import Refusal, Why
from terminal.core.returns import ReturnKind
from terminal.core.sale import QUANTITY_ONE, Unit
from terminal.core.states import (
    AddingGoods,
    ChoosingReason,
    DeclaringDay,
    FindingArticle,
    LookingUp,
    PricingArticle,
    Ready,
    ReceiptUnknown,
)


def without_receipt(state: Ready, event: WithoutSaleChosen) -> Step[LookingUp]:
    return _open(state, Query(kind=ReturnKind.BLIND), event)


def without_sale(state: ReceiptUnknown, event: WithoutSaleChosen) -> Step[LookingUp]:
    """The receipt's number is the one that was looked for; found by day and amount, none."""
    query = Query(receipt_no=state.query.receipt_no, kind=ReturnKind.UNVERIFIED)
    return _open(state, query, event)


def opened(state: LookingUp, event: KindOpened) -> Step[DeclaringDay | AddingGoods | Ready]:
    """Where the policy allows this kind at all."""
    if not event.rules.policy.limits_of(event.kind).allowed:
        refusal = Refusal(Why.KIND_OFF)
        return Step(Ready(state.cashier), asks=(Tell(refusal),))
    today = event.moment.now.date()
    receipt_no = state.query.receipt_no
    declared = Declared(state.cashier, event.kind, event.rules, event.so_far, receipt_no, today)
    if event.kind is ReturnKind.BLIND:
        return Step(AddingGoods(declared, 0))
    return Step(DeclaringDay(declared))


def take_day(state: DeclaringDay, event: DayTyped) -> Step[AddingGoods]:
    return _on(state.declared, event.day)


def take_today(state: DeclaringDay, event: Confirmed) -> Step[AddingGoods]:
    return _on(state.declared, event.moment.now.date())


def scan(state: AddingGoods, event: GoodsScanned) -> Step[AddingGoods | FindingArticle]:
    return _add(state, event.code, event)


def scan_other(
    state: AddingGoods, event: OtherScanned | Typed
) -> Step[AddingGoods | FindingArticle]:
    """A code of no known kind, or a typed one, is the shop's own number of an article."""
    return _add(state, event.text, event)


def scan_weighed(state: AddingGoods, event: WeighedScanned) -> Step[FindingArticle]:
    """Each label is a line of its own: its weight, or the price printed on it."""
    ask = event.moment.id
    finding = FindingArticle(state.declared, event.item, ask, event.weight, event.price)
    return Step(finding, asks=(FindArticle(ask, event.item),))


def find_again(state: FindingArticle, event: Restarted) -> Step[FindingArticle]:
    ask = event.moment.id
    return Step(replace(state, ask=ask), asks=(FindArticle(ask, state.code),))


def price(state: FindingArticle, event: ArticleKnown) -> Step[PricingArticle]:
    """By the piece, unless a label tells its weight; then what was paid for it."""
    article = event.article or unknown(state.code)
    unit = Unit.WEIGHT if state.weight else Unit.EACH
    quantity = state.weight or QUANTITY_ONE
    offered = state.price
    if not offered and article.unit is unit:
        offered = article.worth(quantity)
    article = replace(article, code=state.code, unit=unit)
    return Step(PricingArticle(state.declared, article, quantity, offered))


def take_offered(state: PricingArticle, _: Confirmed) -> Step[PricingArticle | AddingGoods]:
    if not state.offered:
        return Step(state, asks=(Tell(Refusal(Why.AMOUNT_NEEDED)),))
    return _priced(state, state.article, state.offered)


def take_amount(state: PricingArticle, event: AmountTyped) -> Step[PricingArticle | AddingGoods]:
    """Without a receipt nobody knows what was paid: not more than it costs today."""
    blind = state.declared.kind is ReturnKind.BLIND
    if not event.amount or (blind and state.offered and event.amount > state.offered):
        refusal = Refusal(Why.MORE_THAN_PRICE, (state.article.name,))
        return Step(state, asks=(Tell(refusal if event.amount else Refusal(Why.AMOUNT_NEEDED)),))
    return _priced(state, state.article, event.amount)


def one_less(state: AddingGoods, _: OneLessChosen) -> Step[AddingGoods]:
    if not state.declared.goods:
        return Step(state)
    declared = state.declared.without_one(state.cursor)
    return Step(AddingGoods(declared, min(state.cursor, max(len(declared.goods) - 1, 0))))


def move(state: AddingGoods, event: Moved) -> Step[AddingGoods]:
    last = max(len(state.declared.goods) - 1, 0)
    return Step(replace(state, cursor=min(max(state.cursor + event.by, 0), last)))


def done(state: AddingGoods, event: Confirmed) -> Step[AddingGoods | ChoosingReason]:
    """The goods become a sale, and all of it goes back."""
    declared = state.declared
    if not declared.goods:
        return Step(state, asks=(Tell(Refusal(Why.NO_GOODS_CHOSEN)),))
    case = case_of(declared, event.moment.id, event.moment.now)
    draft = Draft(declared.cashier, case, declared.rules, chosen=all_of(case), kind=declared.kind)
    return Step(ChoosingReason(draft, 0))


def goods_again(state: FindingArticle | PricingArticle, _: Cancelled) -> Step[AddingGoods]:
    return Step(AddingGoods(state.declared, max(len(state.declared.goods) - 1, 0)))


def drop(state: DeclaringDay | AddingGoods, _: Cancelled) -> Step[Ready]:
    return Step(Ready(state.cashier))


def _open(state: Ready | ReceiptUnknown, query: Query, event: Happened) -> Step[LookingUp]:
    ask = event.moment.id
    return Step(LookingUp(state.cashier, query, ask), asks=(LookUp(ask, query),))


def _on(declared: Declared, day: date) -> Step[AddingGoods]:
    return Step(AddingGoods(replace(declared, day=day), 0))


def _add(state: AddingGoods, code: str, event: Happened) -> Step[AddingGoods | FindingArticle]:
    """Again the same code: one more, at what one was paid."""
    known = state.declared.line_of(code)
    if known is not None:
        declared = state.declared.with_another(known)
        return Step(AddingGoods(declared, state.declared.goods.index(known)))
    ask = event.moment.id
    return Step(FindingArticle(state.declared, code, ask), asks=(FindArticle(ask, code),))


def _priced(state: PricingArticle, article: Article, amount: int) -> Step[AddingGoods]:
    declared = state.declared.with_one(article, state.quantity, amount)
    return Step(AddingGoods(declared, len(declared.goods) - 1))
