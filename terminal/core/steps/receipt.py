"""From a scanned or typed receipt to the sale it names."""

from datetime import date

from terminal.core.draft import Draft
from terminal.core.effects import LookUp, Query, Tell
from terminal.core.events import (
    AmountTyped,
    Cancelled,
    Confirmed,
    DayTyped,
    GoodsScanned,
    Happened,
    Moved,
    NothingFound,
    OpenReturnChosen,
    OtherScanned,
    ReceiptScanned,
    Restarted,
    ReturnFound,
    SaleFound,
    SaleUnreadable,
    SearchChosen,
    SeveralFound,
    TailChosen,
    TailTyped,
    Typed,
    WeighedScanned,
)
from terminal.core.machine import Step
from terminal.core.people import Staff
from terminal.core.refusals import Refusal, Why
from terminal.core.settlement import available, must_end_first
from terminal.core.states import (
    ChoosingGoods,
    ChoosingSale,
    EnteringAmount,
    EnteringDay,
    EnteringTail,
    IdleScreen,
    LookingUp,
    NothingLeft,
    Ready,
    ReceiptUnknown,
    Search,
    ShopDecided,
    ShowingReturn,
)
from terminal.core.steps import lookback


def look_up(state: Ready | IdleScreen, event: ReceiptScanned) -> Step[LookingUp]:
    """A receipt scanned on any idle screen opens the return by itself."""
    return _ask(state.cashier, Query(receipt_no=event.receipt_no), event)


def look_up_text(state: Ready | IdleScreen, event: Typed | OtherScanned) -> Step[LookingUp]:
    """A number typed by hand, or a code of a shape no pattern knows: try it as a receipt's."""
    return _ask(state.cashier, Query(receipt_no=event.text), event)


def goods_too_early(state: Ready, _: GoodsScanned | WeighedScanned) -> Step[Ready]:
    return Step(state, asks=(Tell(Refusal(Why.SCAN_RECEIPT_FIRST)),))


def search(state: Ready | ReceiptUnknown, _: SearchChosen) -> Step[EnteringDay]:
    return Step(EnteringDay(state.cashier))


def take_day(state: EnteringDay, event: DayTyped) -> Step[EnteringAmount]:
    return Step(EnteringAmount(state.cashier, event.day))


def take_today(state: EnteringDay, event: Confirmed) -> Step[EnteringAmount]:
    return Step(EnteringAmount(state.cashier, event.moment.now.date()))


def take_amount(state: EnteringAmount, event: AmountTyped) -> Step[LookingUp]:
    return _ask(state.cashier, Query(day=state.day, amount=event.amount), event)


def ask_tail(state: EnteringDay | EnteringAmount, _: TailChosen) -> Step[EnteringTail]:
    """The receipt is lost, but not the card or the phone."""
    return Step(EnteringTail(state.cashier, _day(state)))


def take_tail(state: EnteringTail, event: TailTyped) -> Step[LookingUp]:
    return _ask(state.cashier, Query(day=state.day, tail=event.tail), event)


def look_up_goods(state: Search, event: GoodsScanned) -> Step[LookingUp]:
    """The goods are at the counter, after all."""
    return _ask(state.cashier, Query(day=_day(state), goods=event.code), event)


def look_up_weighed(state: Search, event: WeighedScanned) -> Step[LookingUp]:
    return _ask(state.cashier, Query(day=_day(state), goods=event.item), event)


def day_again(state: EnteringAmount | EnteringTail, _: Cancelled) -> Step[EnteringDay]:
    return Step(EnteringDay(state.cashier))


def show_lines(
    state: LookingUp, event: SaleFound
) -> Step[ChoosingGoods | NothingLeft | ShowingReturn | Ready]:
    """The goods, unless none are left, or an open return must be finished or voided first."""
    case, rules, waiting = event.case, event.rules, event.open_return
    if case.sale.currency != rules.currency:
        return _no(state, Refusal(Why.OTHER_CURRENCY, (case.sale.currency.code,)))
    left = available(case)
    cursor = next((at for at, one in enumerate(case.sale.lines) if left[one.line]), None)
    if cursor is None:
        return Step(NothingLeft(state.cashier, case, waiting))
    if waiting is not None and must_end_first(rules, case.sale, waiting):
        open_first = Tell(Refusal(Why.OPEN_RETURN_FIRST, (waiting.number,)))
        return Step(ShowingReturn(state.cashier, waiting), asks=(open_first,))
    draft = Draft(state.cashier, case, rules, open_return=waiting, kind=case.kind)
    return Step(ChoosingGoods(draft, cursor))


def show_open(state: ChoosingGoods, _: OpenReturnChosen) -> Step[ChoosingGoods | ShowingReturn]:
    """A customer who lost the slip still has the receipt."""
    waiting = state.draft.open_return
    return Step(ShowingReturn(state.draft.cashier, waiting) if waiting else state)


def show_last(state: NothingLeft, _: OpenReturnChosen) -> Step[NothingLeft | ShowingReturn]:
    """All that is left of this receipt stands in a return that is still open."""
    return Step(ShowingReturn(state.cashier, state.open_return) if state.open_return else state)


def show_found(state: LookingUp, event: ReturnFound) -> Step[ShowingReturn | ShopDecided]:
    """What was typed is no receipt, but a return of ours."""
    return lookback.open_up(state.cashier, event.ret, event)


def unreadable(state: LookingUp, _: SaleUnreadable) -> Step[Ready]:
    return _no(state, Refusal(Why.SALE_DAMAGED))


def show_several(state: LookingUp, event: SeveralFound) -> Step[ChoosingSale]:
    return Step(ChoosingSale(state.cashier, event.sales, 0))


def not_found(state: LookingUp, event: NothingFound) -> Step[ReceiptUnknown]:
    return Step(ReceiptUnknown(state.cashier, state.query, event.unasked))


def look_up_again(state: LookingUp, event: Restarted) -> Step[LookingUp]:
    return _ask(state.cashier, state.query, event)


def move(state: ChoosingSale, event: Moved) -> Step[ChoosingSale]:
    cursor = min(max(state.cursor + event.by, 0), len(state.sales) - 1)
    return Step(ChoosingSale(state.cashier, state.sales, cursor))


def choose(state: ChoosingSale, event: Confirmed) -> Step[LookingUp]:
    return _ask(state.cashier, Query(sale_id=state.sales[state.cursor].id), event)


def leave(
    state: EnteringDay | LookingUp | ChoosingSale | ReceiptUnknown | NothingLeft,
    _: Cancelled | Confirmed,
) -> Step[Ready]:
    return Step(Ready(state.cashier))


def _no(state: LookingUp, refusal: Refusal) -> Step[Ready]:
    return Step(Ready(state.cashier), asks=(Tell(refusal),))


def _ask(cashier: Staff, query: Query, event: Happened) -> Step[LookingUp]:
    ask = event.moment.id
    return Step(LookingUp(cashier, query, ask), asks=(LookUp(ask, query),))


def _day(state: Search) -> date | None:
    return None if isinstance(state, EnteringDay) else state.day
