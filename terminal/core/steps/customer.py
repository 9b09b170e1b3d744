"""The customer's part: confirm with a signature or the short code, come back later, or give up."""

from msgspec.structs import replace

from terminal.core.effects import (
    CustomerConfirmed,
    OpenDrawer,
    Record,
    ReturnVoided,
    Tell,
)
from terminal.core.events import (
    Cancelled,
    Confirmed,
    Happened,
    LaterChosen,
    ReceiptScanned,
    SignatureChosen,
    SlipScanned,
    Typed,
)
from terminal.core.machine import Step
from terminal.core.people import Staff
from terminal.core.print_jobs import PrintJob, SlipKind
from terminal.core.refusals import Refusal, Why
from terminal.core.returns import Return, Status
from terminal.core.short_code import read_short_code
from terminal.core.states import (
    ConfirmingVoid,
    PayingCash,
    PreparingSlip,
    Ready,
    ShopDecided,
    TakingSignature,
    WaitingForCustomer,
)
from terminal.core.steps.refund import at_the_drawer, hand_on
from terminal.core.steps.shop import waiting
from terminal.core.steps.slips import prepare

Waiting = Step[WaitingForCustomer]


def ask_signature(state: WaitingForCustomer, _: SignatureChosen) -> Step[TakingSignature]:
    return Step(TakingSignature(state.cashier, state.ret))


def signed(
    state: TakingSignature, event: Confirmed
) -> Step[PayingCash | PreparingSlip | ConfirmingVoid]:
    return _confirmed(state.cashier, state.ret, "signature", event)


def not_signed(state: TakingSignature, _: Cancelled) -> Waiting:
    return Step(WaitingForCustomer(state.cashier, state.ret))


def told(
    state: WaitingForCustomer, event: Typed
) -> Step[WaitingForCustomer | PayingCash | PreparingSlip | ConfirmingVoid]:
    """The customer reads the short code out; it proves that the slip is in their hands."""
    if read_short_code(event.text) != state.ret.short_code:
        return Step(state, asks=(Tell(Refusal(Why.SHORT_CODE_WRONG)),))
    return _confirmed(state.cashier, state.ret, "short_code", event)


def later(state: WaitingForCustomer | PayingCash, _: LaterChosen) -> Step[Ready]:
    return Step(Ready(state.cashier))


def wait_first(state: WaitingForCustomer, _: ReceiptScanned | SlipScanned) -> Waiting:
    return Step(state, asks=(Tell(Refusal(Why.FINISH_FIRST)),))


def ask_void(state: WaitingForCustomer | PayingCash, _: Cancelled) -> Step[ConfirmingVoid]:
    return Step(ConfirmingVoid(state.cashier, state.ret))


def void(state: ConfirmingVoid, event: Confirmed) -> Step[PreparingSlip]:
    """作废: the return stays on file as voided, its goods and money are free again."""
    ret = replace(state.ret, status=Status.VOIDED, copies=0)
    step = prepare(state.cashier, PrintJob(event.moment.id, SlipKind.RESULT), ret)
    return Step(step.state, (ReturnVoided(ret, state.cashier), *step.records), step.asks)


def keep(
    state: ConfirmingVoid, event: Cancelled
) -> Step[WaitingForCustomer | ShopDecided | PayingCash | Ready]:
    """One whose slip has expired is left as it is, for nobody can confirm it any more."""
    if state.ret.expired(event.moment.now.date()) and not state.ret.decided:
        return Step(Ready(state.cashier))
    if state.ret.status is Status.RECORDED or state.ret.decided:
        return Step(waiting(state.cashier, state.ret))
    return Step(PayingCash(state.cashier, state.ret))


def expired(cashier: Staff, ret: Return) -> Step[ConfirmingVoid]:
    """Past the day printed on its slip: it can be voided, and a new one asks the policy again."""
    too_late = Tell(Refusal(Why.SLIP_EXPIRED, (ret.expires_on,)))
    return Step(ConfirmingVoid(cashier, ret), asks=(too_late,))


def _confirmed(
    cashier: Staff, ret: Return, how: str, event: Happened
) -> Step[PayingCash | PreparingSlip | ConfirmingVoid]:
    if ret.expired(event.moment.now.date()):
        return expired(cashier, ret)
    ret = replace(ret, status=Status.CONFIRMED, copies=0)
    fact = CustomerConfirmed(ret, how, cashier)
    if at_the_drawer(ret):
        return Step(PayingCash(cashier, ret), (fact,), (OpenDrawer(),))
    step = hand_on(cashier, ret, event)
    records: tuple[Record, ...] = (fact, *step.records)
    return Step(step.state, records, step.asks)
