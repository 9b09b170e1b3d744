"""整单撤销: a sale rung up wrongly is voided whole on its own day, as acquirers require it.

Law of the file: only an untouched sale of our own, only today, and never unasked.
"""

from msgspec.structs import replace

from terminal.core.draft import Draft
from terminal.core.events import Cancelled, Confirmed, Happened, PartChosen
from terminal.core.limits import untouched
from terminal.core.machine import Step
from terminal.core.returns import Chosen, ReturnKind
from terminal.core.rules import Reason
from terminal.core.states import (
    ChoosingCondition,
    ChoosingReason,
    OfferingVoid,
    ScanningSerials,
)
from terminal.core.steps.serials import before_condition


def offered(draft: Draft, reason: Reason, event: Happened) -> bool:
    """Whether this reason asks for the whole sale, which could be voided and is not chosen yet."""
    case = draft.case
    today = case.sale.receipt.business_day == event.moment.now.date()
    ours = case.kind is ReturnKind.VERIFIED and untouched(case)
    every = all(_whole(draft, one.line) == one.quantity for one in case.sale.lines)
    return reason.void_same_day and today and ours and not every


def void_all(state: OfferingVoid, _: Confirmed) -> Step[ScanningSerials | ChoosingCondition]:
    reason = state.draft.chosen[0].reason
    chosen = tuple(Chosen(one.line, one.quantity, reason) for one in state.draft.case.sale.lines)
    named = {one.line: one.serials for one in state.draft.chosen}
    chosen = tuple(replace(one, serials=named.get(one.line, ())) for one in chosen)
    return before_condition(replace(state.draft, chosen=chosen))


def only_these(state: OfferingVoid, _: PartChosen) -> Step[ScanningSerials | ChoosingCondition]:
    """By amount then: the rest of the sale stands."""
    return before_condition(state.draft)


def reason_again(state: OfferingVoid, _: Cancelled) -> Step[ChoosingReason]:
    return Step(ChoosingReason(state.draft, state.draft.reason_at))


def _whole(draft: Draft, line: int) -> int:
    one = draft.chosen_of(line)
    return one.quantity if one else 0
