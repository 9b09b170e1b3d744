"""Naming the pieces that come back, by scanning or typing their serial numbers.

Law of the file: a number names a piece and is never a quantity. A scan on the goods' screen that is
a number of this sale chooses that piece; every other piece is asked for before it is looked at.
"""

from terminal.core.draft import Draft
from terminal.core.effects import Tell
from terminal.core.events import Cancelled, OneLessChosen, SerialScanned, Typed
from terminal.core.machine import Step
from terminal.core.refusals import Refusal, Why
from terminal.core.sale import QUANTITY_ONE, SaleLine
from terminal.core.serials import line_of, on_file, pieces, refused, wanting
from terminal.core.settlement import available
from terminal.core.states import CheckingLines, ChoosingCondition, ChoosingGoods, ScanningSerials


def before_condition(draft: Draft) -> Step[ScanningSerials | ChoosingCondition]:
    """Which pieces they are; then how they look."""
    one = wanting(draft)
    return Step(ScanningSerials(draft, one.line) if one else ChoosingCondition(draft, 0))


def take(
    state: ScanningSerials, event: SerialScanned | Typed
) -> Step[ScanningSerials | ChoosingCondition | CheckingLines]:
    """One more piece: of the line that was sold with this number, if that line waits for it."""
    draft, line = state.draft, line_of(state.draft, state.line)
    found = on_file(draft, event.text)
    text = found[1] if found else event.text
    if found and _waits(draft, found[0]):
        line = found[0]
    no = refused(draft, line, text)
    if no is not None:
        return Step(state, asks=(Tell(no),))
    draft = _with(draft, line, text)
    one = wanting(draft)
    if one is not None:
        return Step(ScanningSerials(draft, one.line))
    looked_at = all(
        it.condition is not None or draft.rules.reason(it.reason).amount_only for it in draft.chosen
    )
    return Step(CheckingLines(draft, 0) if looked_at else ChoosingCondition(draft, 0))


def take_back(state: ScanningSerials, _: OneLessChosen) -> Step[ScanningSerials]:
    """The number that was named last is not the right one."""
    chosen = state.draft.chosen_of(state.line)
    named = chosen.serials if chosen else ()
    return Step(ScanningSerials(state.draft.with_line(state.line, serials=named[:-1]), state.line))


def goods_again(state: ScanningSerials, _: Cancelled) -> Step[ChoosingGoods]:
    at = state.draft.case.sale.lines.index(line_of(state.draft, state.line))
    return Step(ChoosingGoods(state.draft, at))


def choose_piece(state: ChoosingGoods, event: SerialScanned) -> Step[ChoosingGoods]:
    """The piece with this number comes back: one more, unless it was chosen by its article."""
    found = on_file(state.draft, event.text)
    if found is None:
        return Step(state, asks=(Tell(Refusal(Why.NOT_ON_RECEIPT, (event.text,))),))
    line, text = found
    no = refused(state.draft, line, text)
    chosen = state.draft.chosen_of(line.line)
    quantity = chosen.quantity if chosen else 0
    draft = state.draft
    if no is None and (chosen is None or len(chosen.serials) == pieces(chosen)):
        quantity += QUANTITY_ONE
        if quantity > available(draft.case)[line.line]:
            no = Refusal(Why.NONE_LEFT_OF_LINE, (line.name,))
    if no is not None:
        return Step(state, asks=(Tell(no),))
    draft = _with(draft.with_quantity(line.line, quantity), line, text)
    return Step(ChoosingGoods(draft, draft.case.sale.lines.index(line)))


def _waits(draft: Draft, line: SaleLine) -> bool:
    chosen = draft.chosen_of(line.line)
    return chosen is not None and len(chosen.serials) < pieces(chosen)


def _with(draft: Draft, line: SaleLine, text: str) -> Draft:
    chosen = draft.chosen_of(line.line)
    assert chosen is not None, line
    return draft.with_line(line.line, serials=(*chosen.serials, text))
