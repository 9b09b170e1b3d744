"""Inspection (验货): the goods of a recorded return are gone through again.

Law of the file: the recorded return stays as it is until what replaces it is recorded; both happen
in one transaction, and the customer confirms the new slip.
"""

from msgspec.structs import replace

from terminal.core.case import Case
from terminal.core.credit import way_of
from terminal.core.draft import Draft
from terminal.core.effects import LookUp, Tell
from terminal.core.events import (
    Cancelled,
    Confirmed,
    InspectChosen,
    NothingFound,
    Restarted,
    SaleFound,
    SaleUnreadable,
)
from terminal.core.machine import Step
from terminal.core.refusals import Refusal, Why
from terminal.core.returns import Chosen, Return, ReturnLine
from terminal.core.rules import Rules
from terminal.core.sale import QUANTITY_ONE
from terminal.core.settlement import available
from terminal.core.states import ChoosingGoods, Inspecting, Ready, WaitingForCustomer
from terminal.core.steps import goods


def inspect(state: WaitingForCustomer, event: InspectChosen) -> Step[Inspecting]:
    return _ask(Inspecting(state.cashier, state.ret, event.moment.id))


def ask_again(state: Inspecting, event: Restarted) -> Step[Inspecting]:
    return _ask(replace(state, ask=event.moment.id))


def go_through(state: Inspecting, event: SaleFound) -> Step[ChoosingGoods | WaitingForCustomer]:
    """The goods as they were recorded: fewer, or in another condition, as they turn out to be.

    Not where money alone was given for goods that all came back in another return meanwhile: there
    is nothing of them to go through.
    """
    ret, rules = state.ret, event.rules
    today = ret.recorded_at[:10] == event.moment.now.date().isoformat()
    so_far = event.case.so_far.without(ret.settlement.this, today=today)
    case = replace(event.case, returned=event.case.returned.without(ret), so_far=so_far)
    left = available(case)
    chosen = tuple(_as_recorded(one, rules, left[one.line]) for one in ret.settlement.lines)
    gone = next((at for at, one in enumerate(chosen) if not one.quantity), None)
    if gone is not None:
        why = Refusal(Why.NONE_LEFT_OF_LINE, (ret.settlement.lines[gone].name,))
        return Step(WaitingForCustomer(state.cashier, ret), asks=(Tell(why),))
    draft = Draft(
        *(state.cashier, case, rules, chosen),
        bought=ret.settlement.bought,
        refund_to=_way(ret, case, rules),
        kind=ret.kind,
        replaces=ret,
    )
    cursor = next(at for at, line in enumerate(case.sale.lines) if line.line == chosen[0].line)
    return Step(ChoosingGoods(draft, cursor))


def not_now(
    state: Inspecting, _: Cancelled | NothingFound | SaleUnreadable
) -> Step[WaitingForCustomer]:
    return Step(WaitingForCustomer(state.cashier, state.ret))


def drop(state: ChoosingGoods, event: Cancelled | Confirmed) -> Step[Ready | WaitingForCustomer]:
    """Back to the return as it was recorded, where one is being inspected."""
    old = state.draft.replaces
    if old is None:
        return goods.drop(state, event)
    return Step(WaitingForCustomer(state.draft.cashier, old))


def _ask(state: Inspecting) -> Step[Inspecting]:
    return Step(state, asks=(LookUp(state.ask, state.query),))


def _way(ret: Return, case: Case, rules: Rules) -> str:
    """How its money was to go back, where that is another way than the usual one of its tender."""
    paid_by = case.sale.tenders
    for one in ret.settlement.refunds:
        if one.kind != way_of(rules, case.kind, paid_by[one.position].kind, ""):
            return one.kind
    return ""


def _as_recorded(line: ReturnLine, rules: Rules, left: int) -> Chosen:
    """Reason and condition too, while the shop still has that reason.

    An amount given back took no goods: the line is chosen as it was then, by a piece of it.
    """
    amount = None if line.quantity else line.amount
    quantity = line.quantity or min(left, QUANTITY_ONE)
    if line.reason not in {one.code for one in rules.reasons}:
        return Chosen(line.line, quantity)
    named = tuple(one for one in line.serials if one)  # none where they were erased
    return Chosen(line.line, quantity, line.reason, line.condition, amount, named)
