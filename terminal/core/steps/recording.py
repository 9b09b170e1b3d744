"""The moment a return becomes a fact."""

from datetime import timedelta

from msgspec.structs import replace

from terminal.core.coupons import fates
from terminal.core.credit import last_day
from terminal.core.draft import Draft
from terminal.core.effects import (
    JobChanged,
    LookUp,
    PrepareSlip,
    Query,
    ReasonWords,
    ReturnRecorded,
    ReturnVoided,
    Tell,
)
from terminal.core.events import Confirmed, Moment, RecordRefused, SumsChanged
from terminal.core.machine import Step
from terminal.core.policy import slip_sentence
from terminal.core.print_jobs import JobStatus, PrintJob, SlipKind
from terminal.core.refusals import Refusal, Why
from terminal.core.returns import Return, Settlement, Status
from terminal.core.short_code import short_code
from terminal.core.states import (
    AwaitingOverride,
    ConfirmingAmounts,
    Denied,
    GivingEvidence,
    LookingUp,
    PreparingSlip,
    Ready,
    WaitingForCustomer,
)
from terminal.core.steps.judging import Judged, judge_again


def record(
    state: ConfirmingAmounts, event: Confirmed
) -> Step[PreparingSlip | Denied | GivingEvidence | AwaitingOverride | ConfirmingAmounts]:
    """Record the return, reserve its number, queue its slip: one transaction, before any paper.

    Past midnight, or after a night without power, what was judged is yesterday's: a whole sale is
    no void any more, a window may be over. The policy is asked again, and the cashier told.
    """
    judged = judge_again(state.draft, event.moment)
    if judged.state != state:
        return Step(judged.state, asks=(Tell(Refusal(Why.ASKED_AGAIN)),))
    moment, draft = event.moment, state.draft
    sale = draft.case.sale
    declared = sale if sale.declared else None
    ret = _return(draft, state.settlement, moment)
    job = PrintJob(moment.id, SlipKind.RETURN)
    corrected = _voided(draft)  # its goods are free again before the caps are checked
    return Step(
        PreparingSlip(draft.cashier, job, ret),
        (
            *corrected,
            ReturnRecorded(
                ret,
                moment.return_sequence,
                draft.evidence,
                draft.override_reason,
                declared,
                _rulings(draft),
                _reasons(draft, state.settlement),
            ),
            JobChanged(job, ret.id, JobStatus.QUEUED),
        ),
        (PrepareSlip(job),),
    )


def reckon_again(state: ConfirmingAmounts, event: SumsChanged) -> Judged:
    """Other tills took some back, or gave some free, while this was on the screen.

    What is kept for a broken 满减 or for a gift follows from all that came back: the cashier and
    the customer see the new amounts before anything is recorded.
    """
    case = replace(state.draft.case, returned=event.returned)
    judged = judge_again(replace(state.draft, case=case), event.moment)
    return Step(judged.state, asks=(Tell(Refusal(Why.SUMS_CHANGED)),))


def refused(
    state: ConfirmingAmounts, event: RecordRefused
) -> Step[LookingUp | Ready | WaitingForCustomer]:
    """A cap was reached meanwhile: nothing was written; look again at what is left.

    A return that was being inspected still stands as it was recorded: back to it.
    """
    ask = event.moment.id
    if state.draft.replaces is not None:
        waiting = WaitingForCustomer(state.draft.cashier, state.draft.replaces)
        return Step(waiting, asks=(Tell(event.refusal),))
    if state.draft.case.sale.declared:
        return Step(Ready(state.draft.cashier), asks=(Tell(event.refusal),))
    query = Query(sale_id=state.draft.case.sale.id)
    return Step(
        LookingUp(state.draft.cashier, query, ask),
        asks=(LookUp(ask, query), Tell(event.refusal)),
    )


def _voided(draft: Draft) -> tuple[ReturnVoided, ...]:
    old = draft.replaces
    return (ReturnVoided(replace(old, status=Status.VOIDED), draft.cashier),) if old else ()


def _reasons(draft: Draft, settlement: Settlement) -> tuple[ReasonWords, ...]:
    codes = dict.fromkeys(one.reason for one in settlement.lines if one.reason)
    return tuple(ReasonWords(one, draft.rules.reason(one).words) for one in codes)


def _return(draft: Draft, settlement: Settlement, moment: Moment) -> Return:
    assert draft.decision is not None
    sale = draft.case.sale
    return Return(
        id=moment.id,
        number=moment.return_number,
        short_code=short_code(moment.entropy),
        sale_id=sale.id,
        receipt_no=sale.receipt_no,
        recorded_at=moment.now.isoformat(timespec="seconds"),
        cashier=draft.cashier.number,
        approver=draft.approver.number if draft.approver else "",
        currency=sale.currency,
        settlement=settlement,
        policy_version=draft.decision.version,
        policy_words=slip_sentence(draft.rules),
        expires_on=(moment.now.date() + timedelta(days=draft.rules.slip_days)).isoformat(),
        kind=draft.kind,
        credit_until=last_day(draft.rules, settlement, moment.now.date()),
        policy_hash=draft.rules.policy.digest,
        replaces=draft.replaces.number if draft.replaces else "",
        coupons=fates(draft.rules, draft.case, settlement.lines),
    )


def _rulings(draft: Draft) -> tuple[str, ...]:
    assert draft.decision is not None
    return tuple(one.rule for one in draft.decision.rulings)
