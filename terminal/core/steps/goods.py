"""Choosing what goes back: by scanning it, by keys, all of it."""

from terminal.core.effects import Tell
from terminal.core.events import (
    AllChosen,
    Cancelled,
    Confirmed,
    GoodsScanned,
    Moved,
    OtherScanned,
    QuantityTyped,
    ReceiptScanned,
    SlipScanned,
    WeighedScanned,
)
from terminal.core.machine import Step
from terminal.core.refusals import Refusal, Why
from terminal.core.sale import QUANTITY_ONE, SaleLine, Unit
from terminal.core.settlement import available
from terminal.core.states import (
    CheckingLines,
    ChoosingGoods,
    ChoosingReason,
    Denied,
    DraftState,
    Ready,
)

Here = Step[ChoosingGoods]


def scan(state: ChoosingGoods, event: GoodsScanned) -> Here:
    """Each scan adds one: to the first line of this product that has one left."""
    return _scan(state, event.code)


def scan_other(state: ChoosingGoods, event: OtherScanned) -> Here:
    """A code of no known kind may still be the shop's own number of an article."""
    return _scan(state, event.text)


def scan_weighed(state: ChoosingGoods, event: WeighedScanned) -> Here:
    """A weighed label enters its weight; a price label names a line, it is never multiplied.

    The line of just this weight comes first; of goods sold by the piece, a price label is one.
    """
    fitting = [line for line in _lines_labelled(state, event) if _fits(line, event)]
    if not fitting:
        return _no(state, Why.NOT_ON_RECEIPT, event.item)
    for line in sorted(fitting, key=lambda one: one.quantity != event.weight):
        room = _left(state, line) - _chosen(state, line)
        wanted = event.weight
        if event.price:
            wanted = room if line.unit is Unit.WEIGHT else QUANTITY_ONE
        if 0 < wanted <= room:
            return _set(state, line, _chosen(state, line) + wanted)
    return _no(state, Why.NONE_LEFT_OF_LINE, fitting[0].name)


def scan_denied(
    state: Denied, event: GoodsScanned | OtherScanned | WeighedScanned
) -> Step[Denied | ChoosingGoods]:
    """What is missing is scanned where that is said: one more of it, at the goods again."""
    goods = ChoosingGoods(state.draft.undecided(), 0)
    if isinstance(event, WeighedScanned):
        step = scan_weighed(goods, event)
    else:
        step = _scan(goods, event.code if isinstance(event, GoodsScanned) else event.text)
    taken = step.state.draft != goods.draft
    return Step(step.state if taken else state, asks=step.asks)


def type_quantity(state: ChoosingGoods, event: QuantityTyped) -> Here:
    """Keys set the quantity of the line at the cursor; more than is left is refused, not cut."""
    line = state.draft.case.sale.lines[state.cursor]
    left = _left(state, line)
    if line.unit is Unit.EACH and event.quantity % QUANTITY_ONE:
        return _no(state, Why.WHOLE_PIECES_ONLY, line.name)
    if event.quantity > left:
        return _no(state, Why.MORE_THAN_LEFT, line.name, _worded(event.quantity), _worded(left))
    return _set(state, line, event.quantity)


def toggle_all(state: ChoosingGoods, _: AllChosen) -> Here:
    left = available(state.draft.case)
    everything = all(
        _chosen(state, line) == left[line.line] for line in state.draft.case.sale.lines
    )
    draft = state.draft
    for line in state.draft.case.sale.lines:
        draft = draft.with_quantity(line.line, 0 if everything else left[line.line])
    return Step(ChoosingGoods(draft, state.cursor))


def move(state: ChoosingGoods, event: Moved) -> Here:
    last = len(state.draft.case.sale.lines) - 1
    return Step(ChoosingGoods(state.draft, min(max(state.cursor + event.by, 0), last)))


def next_step(
    state: ChoosingGoods, _: Confirmed
) -> Step[ChoosingGoods | ChoosingReason | CheckingLines]:
    if not state.draft.chosen:
        return Step(state, asks=(Tell(Refusal(Why.NO_GOODS_CHOSEN)),))
    if state.draft.replaces and all(one.reason for one in state.draft.chosen):
        return Step(CheckingLines(state.draft, 0))  # inspected: each has its reason already
    return Step(ChoosingReason(state.draft, state.draft.reason_at))


def drop(state: DraftState, _: Cancelled | Confirmed) -> Step[Ready]:
    """Nothing was recorded, so nothing is left behind."""
    return Step(Ready(state.draft.cashier))


def finish_first(state: ChoosingGoods, _: ReceiptScanned | SlipScanned) -> Here:
    return Step(state, asks=(Tell(Refusal(Why.FINISH_FIRST)),))


def _scan(state: ChoosingGoods, code: str) -> Here:
    lines = _lines_of(state, code)
    if not lines:
        return _no(state, Why.NOT_ON_RECEIPT, code)
    for line in lines:
        chosen, left = _chosen(state, line), _left(state, line)
        if line.unit is Unit.WEIGHT:
            return _weigh(state, line, left)
        if chosen + QUANTITY_ONE <= left:
            return _set(state, line, chosen + QUANTITY_ONE)
    return _no(state, Why.NONE_LEFT_OF_LINE, lines[0].name)


def _weigh(state: ChoosingGoods, line: SaleLine, left: int) -> Here:
    """Weighed goods without a label: the cursor goes there and the weight is asked for by keys."""
    at = state.draft.case.sale.lines.index(line)
    why = Why.WEIGHT_NEEDED if left else Why.NONE_LEFT_OF_LINE
    return Step(ChoosingGoods(state.draft, at), asks=(Tell(Refusal(why, (line.name,))),))


def _lines_of(state: ChoosingGoods, code: str) -> tuple[SaleLine, ...]:
    return tuple(
        line
        for line in state.draft.case.sale.lines
        if code and code in (line.gtin.zfill(13) if line.gtin else "", line.gtin, line.sku)
    )


def _lines_labelled(state: ChoosingGoods, event: WeighedScanned) -> tuple[SaleLine, ...]:
    """Tills keep an in-store code as the item, as prefix and item, or as the label they read."""
    return tuple(
        line
        for line in state.draft.case.sale.lines
        if {line.sku, line.gtin} & {event.item, event.stem} - {""}
        or (event.stem and len(line.gtin) == 13 and line.gtin.startswith(event.stem))
    )


def _fits(line: SaleLine, event: WeighedScanned) -> bool:
    """A price names the line (or one piece of it) that was sold at it; a weight, weighed goods."""
    if line.unit is Unit.WEIGHT:
        return not event.price or line.net == event.price
    return bool(event.price) and line.net * QUANTITY_ONE == event.price * line.quantity


def _left(state: ChoosingGoods, line: SaleLine) -> int:
    return available(state.draft.case)[line.line]


def _chosen(state: ChoosingGoods, line: SaleLine) -> int:
    chosen = state.draft.chosen_of(line.line)
    return chosen.quantity if chosen else 0


def _set(state: ChoosingGoods, line: SaleLine, quantity: int) -> Here:
    at = state.draft.case.sale.lines.index(line)
    return Step(ChoosingGoods(state.draft.with_quantity(line.line, quantity), at))


def _no(state: ChoosingGoods, why: Why, *facts: str) -> Here:
    return Step(state, asks=(Tell(Refusal(why, facts)),))


def _worded(quantity: int) -> str:
    whole, part = divmod(quantity, QUANTITY_ONE)
    return f"{whole}.{part:03d}" if part else str(whole)
