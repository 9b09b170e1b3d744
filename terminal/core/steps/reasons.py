"""Why the goods come back and how they look: once for all, changeable line by line."""

from msgspec.structs import replace

from terminal.core.effects import Tell
from terminal.core.events import AmountTyped, Cancelled, Confirmed, LinesChosen, Moved, Picked
from terminal.core.machine import Step
from terminal.core.refusals import Refusal, Why
from terminal.core.returns import Condition
from terminal.core.rules import Reason
from terminal.core.serials import wanting
from terminal.core.states import (
    AwaitingOverride,
    ChangingCondition,
    ChangingReason,
    CheckingLines,
    ChoosingCondition,
    ChoosingGoods,
    ChoosingReason,
    ConfirmingAmounts,
    Denied,
    EnteringDifference,
    GivingEvidence,
    OfferingVoid,
    ScanningSerials,
)
from terminal.core.steps import void_sale
from terminal.core.steps.judging import judge
from terminal.core.steps.serials import before_condition

CONDITIONS = tuple(Condition)


def move_reason(state: ChoosingReason, event: Moved) -> Step[ChoosingReason]:
    return Step(ChoosingReason(state.draft, _moved(state.cursor, event, _reasons(state))))


def pick_reason(
    state: ChoosingReason, event: Picked | Confirmed
) -> Step[ChoosingReason | ChoosingCondition | EnteringDifference | OfferingVoid | ScanningSerials]:
    at = _picked(state.cursor, event, _reasons(state))
    if at is None:
        return Step(state)
    reason = _reasons(state)[at]
    draft = state.draft.with_all(reason=reason.code, amount=None, condition=None)
    if reason.amount_only:
        return Step(EnteringDifference(draft, draft.chosen[0].line))
    if void_sale.offered(draft, reason, event):
        return Step(OfferingVoid(draft))
    return before_condition(draft)


def take_difference(
    state: EnteringDifference, event: AmountTyped
) -> Step[EnteringDifference | CheckingLines]:
    """Never more than was paid for the line and not given back yet; then the next such line."""
    draft = state.draft
    line = next(one for one in draft.case.sale.lines if one.line == state.line)
    rest = line.paid - draft.case.returned.of_line(line.line).amount
    if not 0 < event.amount <= rest:
        return Step(state, asks=(Tell(Refusal(Why.MORE_THAN_PAID, (line.name,))),))
    draft = draft.with_line(state.line, amount=event.amount)
    waiting = (
        one.line
        for one in draft.chosen
        if one.amount is None and draft.rules.reason(one.reason).amount_only
    )
    following = next(waiting, None)
    if following is None:
        return Step(CheckingLines(draft, 0))
    return Step(EnteringDifference(draft, following))


def no_difference(state: EnteringDifference, _: Cancelled) -> Step[ChoosingReason]:
    """Another reason, then, for all of them."""
    return Step(ChoosingReason(state.draft.with_all(reason="", amount=None), 0))


def goods_again(state: ChoosingReason, _: Cancelled) -> Step[ChoosingGoods]:
    return Step(ChoosingGoods(state.draft, 0))


def move_condition(state: ChoosingCondition, event: Moved) -> Step[ChoosingCondition]:
    return Step(ChoosingCondition(state.draft, _moved(state.cursor, event, CONDITIONS)))


def pick_condition(
    state: ChoosingCondition, event: Picked | Confirmed
) -> Step[ChoosingCondition | Denied | GivingEvidence | AwaitingOverride | ConfirmingAmounts]:
    at = _picked(state.cursor, event, CONDITIONS)
    if at is None:
        return Step(state)
    return judge(state.draft.with_all(condition=CONDITIONS[at]), event.moment)


def reason_again(state: ChoosingCondition, _: Cancelled) -> Step[ChoosingReason]:
    return Step(ChoosingReason(state.draft, state.draft.reason_at))


def show_lines(state: ConfirmingAmounts, _: LinesChosen) -> Step[CheckingLines]:
    return Step(CheckingLines(state.draft, 0))


def move_line(state: CheckingLines, event: Moved) -> Step[CheckingLines]:
    return Step(CheckingLines(state.draft, _moved(state.cursor, event, state.draft.chosen)))


def change_line(state: CheckingLines, _: LinesChosen) -> Step[ChangingReason]:
    return Step(ChangingReason(state.draft, state.draft.chosen[state.cursor].line, 0))


def lines_done(
    state: CheckingLines, event: Confirmed | Cancelled
) -> Step[Denied | GivingEvidence | AwaitingOverride | ConfirmingAmounts | ScanningSerials]:
    """Policy is asked again: a reason may have changed its answer, or asks for the goods now."""
    unnamed = wanting(state.draft)
    if unnamed is not None:
        return Step(ScanningSerials(state.draft, unnamed.line))
    return judge(state.draft, event.moment)


def move_line_reason(state: ChangingReason, event: Moved) -> Step[ChangingReason]:
    cursor = _moved(state.cursor, event, _reasons(state))
    return Step(ChangingReason(state.draft, state.line, cursor))


def pick_line_reason(
    state: ChangingReason, event: Picked | Confirmed
) -> Step[ChangingReason | ChangingCondition | EnteringDifference]:
    at = _picked(state.cursor, event, _reasons(state))
    if at is None:
        return Step(state)
    reason = _reasons(state)[at]
    if reason.amount_only:
        draft = state.draft.with_line(state.line, reason=reason.code, amount=None, condition=None)
        return Step(EnteringDifference(draft, state.line))
    return Step(ChangingCondition(state.draft, state.line, reason.code, 0))


def move_line_condition(state: ChangingCondition, event: Moved) -> Step[ChangingCondition]:
    cursor = _moved(state.cursor, event, CONDITIONS)
    return Step(replace(state, cursor=cursor))


def pick_line_condition(
    state: ChangingCondition, event: Picked | Confirmed
) -> Step[ChangingCondition | CheckingLines]:
    at = _picked(state.cursor, event, CONDITIONS)
    if at is None:
        return Step(state)
    draft = state.draft.with_line(
        state.line, reason=state.reason, condition=CONDITIONS[at], amount=None
    )
    return Step(CheckingLines(draft, _place(state)))


def lines_again(state: ChangingReason | ChangingCondition, _: Cancelled) -> Step[CheckingLines]:
    return Step(CheckingLines(state.draft, _place(state)))


def _place(state: ChangingReason | ChangingCondition) -> int:
    """Where the line stands among the chosen ones: the cursor comes back to it."""
    return [one.line for one in state.draft.chosen].index(state.line)


def _reasons(state: ChoosingReason | ChangingReason) -> tuple[Reason, ...]:
    return state.draft.rules.reasons


def _moved(cursor: int, event: Moved, things: tuple[object, ...]) -> int:
    return min(max(cursor + event.by, 0), len(things) - 1)


def _picked(cursor: int, event: Picked | Confirmed, things: tuple[object, ...]) -> int | None:
    """The place that was picked; None for a digit that stands before no choice."""
    at = event.index if isinstance(event, Picked) else cursor
    return at if 0 <= at < len(things) else None
