"""Policy's answer, and what it wants first: evidence, or another person's PIN."""

from msgspec.structs import replace

from terminal.core.credit import next_way, way_of
from terminal.core.draft import Draft
from terminal.core.effects import CheckBadge, CheckPin, Tell
from terminal.core.events import (
    BadgeScanned,
    Cancelled,
    ChangeChosen,
    Confirmed,
    Moment,
    Moved,
    Picked,
    PinTyped,
    Restarted,
    StaffAccepted,
    StaffRefused,
    TenderChosen,
    Typed,
)
from terminal.core.limits import kind_of
from terminal.core.machine import Step
from terminal.core.people import Right
from terminal.core.policy import decide
from terminal.core.refusals import Refusal, Why
from terminal.core.returns import Settlement
from terminal.core.rules import Outcome
from terminal.core.settlement import settle
from terminal.core.staffing import OverrideGranted
from terminal.core.states import (
    AwaitingOverride,
    CheckingOverride,
    ChoosingGoods,
    ChoosingOverrideReason,
    ConfirmingAmounts,
    Denied,
    DraftState,
    EnteringOverridePin,
    GivingEvidence,
)
from terminal.core.steps.people import turned_away

Judged = Step[Denied | GivingEvidence | AwaitingOverride | ConfirmingAmounts]


def settled(draft: Draft) -> Settlement:
    """What the return comes to, paid back in the way that was chosen."""
    rules, kind = draft.rules, draft.case.kind
    return settle(
        draft.case,
        draft.settling,
        rules,
        lambda tender: way_of(rules, kind, tender, draft.refund_to),
        draft.bought,
    )


def another_way(state: ConfirmingAmounts | Denied, event: TenderChosen) -> Judged:
    """The next way that the shop allows."""
    return judge_again(replace(state.draft, refund_to=next_way(state.draft)), event.moment)


def judge_again(draft: Draft, moment: Moment) -> Judged:
    """An approval stands as long as the policy says the same."""
    step = judge(draft, moment)
    old, new = draft.decision, step.state.draft.decision
    if old is not None and new is not None and old.rulings == new.rulings:
        return step
    return judge(step.state.draft.undecided(), moment)


def judge(
    draft: Draft, moment: Moment
) -> Step[Denied | GivingEvidence | AwaitingOverride | ConfirmingAmounts]:
    """Settle, ask the policy, and go where its answer leads."""
    settlement = settled(draft)
    today = moment.now.date()
    same_day = draft.case.sale.receipt.business_day == today
    kind = kind_of(draft.case, settlement, same_day=same_day)
    decision = decide(draft.rules, draft.case, draft.settling, settlement, today, kind)
    draft = replace(draft, decision=decision, kind=kind)
    if decision.outcome is Outcome.DENY:
        return Step(Denied(draft))
    return proceed(draft)


def proceed(draft: Draft) -> Step[GivingEvidence | AwaitingOverride | ConfirmingAmounts]:
    """The next thing that the decision wants and does not have yet; then the amounts."""
    assert draft.decision is not None
    wanted = next(
        (one.value for one in draft.decision.needs if one.value not in draft.evidence), None
    )
    if wanted is not None:
        return Step(GivingEvidence(draft, wanted))
    if draft.decision.outcome is Outcome.NEEDS_OVERRIDE and draft.approver is None:
        return Step(AwaitingOverride(draft))
    settlement = settled(draft)
    return Step(ConfirmingAmounts(draft, settlement))


def evidence_seen(
    state: GivingEvidence, _: Confirmed
) -> Step[GivingEvidence | AwaitingOverride | ConfirmingAmounts]:
    return proceed(replace(state.draft, evidence=(*state.draft.evidence, state.wanted)))


def ask_pin(state: AwaitingOverride, event: Typed) -> Step[EnteringOverridePin]:
    return Step(EnteringOverridePin(state.draft, event.text))


def check_pin(state: EnteringOverridePin, event: PinTyped) -> Step[CheckingOverride]:
    ask = event.moment.id
    return Step(
        CheckingOverride(state.draft, ask, state.number),
        asks=(CheckPin(ask, state.number, event.pin),),
    )


def check_badge(
    state: AwaitingOverride | EnteringOverridePin, event: BadgeScanned
) -> Step[CheckingOverride]:
    ask = event.moment.id
    return Step(CheckingOverride(state.draft, ask), asks=(CheckBadge(ask, event.token),))


def grant(
    state: CheckingOverride, event: StaffAccepted
) -> Step[AwaitingOverride | ChoosingOverrideReason]:
    """Another person, and one who may: the cashier's own PIN opens nothing here."""
    if event.staff.number == state.draft.cashier.number:
        return _refused(state, Refusal(Why.SAME_PERSON, (event.staff.name,)))
    if not event.staff.role.may(Right.APPROVE):
        return _refused(state, Refusal(Why.ROLE_TOO_LOW, (event.staff.name,)))
    return Step(ChoosingOverrideReason(replace(state.draft, approver=event.staff), 0))


def refuse(state: CheckingOverride, event: StaffRefused) -> Step[AwaitingOverride]:
    return _refused(state, event.refusal)


def pin_again(
    state: EnteringOverridePin | CheckingOverride, _: Cancelled | Restarted
) -> Step[AwaitingOverride]:
    return Step(AwaitingOverride(state.draft))


def not_granted(state: ChoosingOverrideReason, _: Cancelled) -> Step[AwaitingOverride]:
    """Nothing was approved yet; the goods stay chosen, and whoever approves signs anew."""
    return Step(AwaitingOverride(replace(state.draft, approver=None)))


def move(state: ChoosingOverrideReason, event: Moved) -> Step[ChoosingOverrideReason]:
    last = len(state.draft.rules.override_reasons) - 1
    return Step(ChoosingOverrideReason(state.draft, min(max(state.cursor + event.by, 0), last)))


def pick_reason(
    state: ChoosingOverrideReason, event: Picked | Confirmed
) -> Step[ChoosingOverrideReason | ConfirmingAmounts]:
    reasons = state.draft.rules.override_reasons
    at = event.index if isinstance(event, Picked) else state.cursor
    if not 0 <= at < len(reasons):
        return Step(state)
    draft = replace(state.draft, override_reason=reasons[at].code)
    assert draft.approver is not None, "a reason is asked of who approved"
    granted = OverrideGranted(
        draft.approver, draft.cashier, draft.override_reason, draft.case.sale.id
    )
    settlement = settled(draft)
    return Step(ConfirmingAmounts(draft, settlement), (granted,))


def change_goods(state: DraftState, _: ChangeChosen) -> Step[ChoosingGoods]:
    return Step(ChoosingGoods(state.draft.undecided(), 0))


def _refused(state: CheckingOverride, refusal: Refusal) -> Step[AwaitingOverride]:
    fact = turned_away(state.number, refusal, "override")
    return Step(AwaitingOverride(state.draft), (fact,), (Tell(refusal),))
