"""Getting a slip onto paper once: asked, sent, seen, or in doubt.

Law of the file: SendSlip is asked only by the step that commits SendingSlip, and never from it.
"""

from msgspec.structs import replace

from terminal.core.effects import (
    JobChanged,
    PrepareSlip,
    SendSlip,
    SignedOut,
)
from terminal.core.events import (
    Cancelled,
    Confirmed,
    IdleTooLong,
    PrinterAgreed,
    PrinterRefused,
    ReprintChosen,
    Restarted,
    SkipChosen,
    SlipCameOut,
    SlipFateUnknown,
)
from terminal.core.machine import Step
from terminal.core.people import Staff
from terminal.core.print_jobs import JobStatus, PrintJob, SlipKind
from terminal.core.returns import Return, Status
from terminal.core.states import (
    PreparingSlip,
    Ready,
    SendingSlip,
    ShopDecided,
    ShowingDay,
    ShowingReturn,
    SignedOff,
    SlipBlocked,
    SlipState,
    SlipUncertain,
    WaitingForCustomer,
)

Next = Step[WaitingForCustomer | ShopDecided | Ready | ShowingDay]


def prepare(
    cashier: Staff, job: PrintJob, ret: Return | None, *records: JobChanged
) -> Step[PreparingSlip]:
    """Queue a slip and ask the printer whether it could."""
    queued = JobChanged(job.bare, ret.id if ret else "", JobStatus.QUEUED)
    return Step(PreparingSlip(cashier, job, ret), (*records, queued), (PrepareSlip(job),))


def send(state: PreparingSlip, _: PrinterAgreed) -> Step[SendingSlip]:
    """From this commit on the slip counts as possibly printed."""
    return Step(
        SendingSlip(state.cashier, state.job, state.ret),
        (_changed(state, JobStatus.SENDING),),
        (SendSlip(state.job, state.ret),),
    )


def blocked(state: PreparingSlip | SendingSlip, event: PrinterRefused) -> Step[SlipBlocked]:
    records = (_changed(state, JobStatus.QUEUED),) if isinstance(state, SendingSlip) else ()
    return Step(SlipBlocked(state.cashier, state.job, state.ret, event.fault), records)


def try_again(state: SlipBlocked | PreparingSlip, _: Confirmed | Restarted) -> Step[PreparingSlip]:
    return Step(PreparingSlip(state.cashier, state.job, state.ret), asks=(PrepareSlip(state.job),))


def came_out(state: SendingSlip, _: SlipCameOut) -> Next:
    return _after(state, JobStatus.PRINTED)


def in_doubt(state: SendingSlip, _: SlipFateUnknown | Restarted) -> Step[SlipUncertain]:
    """Nobody but a person can tell now; the slip is not sent again unasked."""
    return Step(
        SlipUncertain(state.cashier, state.job, state.ret),
        (_changed(state, JobStatus.UNCERTAIN),),
    )


def seen(state: SlipUncertain, _: Confirmed) -> Next:
    return _after(state, JobStatus.PRINTED)


def go_on_without(
    state: SlipBlocked | SlipUncertain | PreparingSlip, _: SkipChosen | Cancelled
) -> Next:
    return _after(state, JobStatus.FAILED)


def copy(state: SlipUncertain, event: ReprintChosen) -> Step[PreparingSlip]:
    """Asked for by a person: a new job, marked and counted as a copy."""
    job = replace(state.job, id=event.moment.id, copy=state.job.copy + 1)
    return prepare(state.cashier, job, state.ret)


def reprint(
    state: WaitingForCustomer | ShopDecided | ShowingReturn, event: ReprintChosen
) -> Step[PreparingSlip]:
    """A slip again, on demand: of a finished return its result, of an open one its QR."""
    finished = state.ret.handed_on or state.ret.status is Status.VOIDED
    kind = SlipKind.RESULT if finished else SlipKind.RETURN
    return prepare(state.cashier, PrintJob(event.moment.id, kind, state.ret.copies + 1), state.ret)


def leave(state: SlipBlocked | SlipUncertain, _: IdleTooLong) -> Step[SignedOff]:
    """Nobody is here. The return is found again by its receipt; no slip is printed unseen."""
    gone = SignedOut(state.cashier)
    if isinstance(state, SlipUncertain):
        return Step(SignedOff(), (gone,))
    return Step(SignedOff(), (_changed(state, JobStatus.FAILED), gone))


def _after(state: SlipState, status: JobStatus) -> Next:
    """Where the flow goes on once the slip is done with."""
    records = (_changed(state, status),)
    if state.job.about is not None:
        sheet = replace(state.job.about, printed=state.job.copy + 1)
        return Step(ShowingDay(state.cashier, sheet), records)
    if state.ret is None:
        return Step(Ready(state.cashier), records)
    ret = state.ret  # the same value where nothing changed: its text is at hand
    if ret.copies != state.job.copy:
        ret = replace(ret, copies=state.job.copy)
    if ret.decided:
        return Step(ShopDecided(state.cashier, ret), records)
    if ret.status is Status.RECORDED:
        return Step(WaitingForCustomer(state.cashier, ret), records)
    return Step(Ready(state.cashier, ret), records)


def _changed(state: SlipState, status: JobStatus) -> JobChanged:
    return JobChanged(state.job.bare, state.ret.id if state.ret else "", status)
