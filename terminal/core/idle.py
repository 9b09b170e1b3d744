"""The rows of the flow for a unit that nobody stands at: the session locks.

Law of the file: a draft is dropped, for nothing of it is recorded; a recorded return stays open and
its slip or its receipt brings it back. A slip on its way to paper keeps its screen.
"""

from terminal.core.events import IdleTooLong
from terminal.core.machine import Row, on
from terminal.core.states import (
    AwaitingOverride,
    ChangingCondition,
    ChangingReason,
    CheckingLines,
    CheckingOverride,
    ChoosingCondition,
    ChoosingGoods,
    ChoosingOverrideReason,
    ChoosingReason,
    ChoosingSale,
    ConfirmingAmounts,
    ConfirmingVoid,
    Denied,
    EnteringAmount,
    EnteringDay,
    EnteringDifference,
    EnteringOverridePin,
    EnteringPin,
    FindingReturn,
    GivingEvidence,
    LookingUp,
    NothingLeft,
    PayingCash,
    Ready,
    ReceiptUnknown,
    ShowingReturn,
    SignedOff,
    SlipBlocked,
    SlipUncertain,
    TakingSignature,
    WaitingForCustomer,
)
from terminal.core.steps import people, slips

# fmt: off
IDLE: tuple[Row, ...] = (
    on(EnteringPin,            IdleTooLong,     SignedOff, do=people.forget_number),
    on(Ready,                  IdleTooLong,     SignedOff, do=people.sign_out),
    on(EnteringDay,            IdleTooLong,     SignedOff, do=people.sign_out),
    on(EnteringAmount,         IdleTooLong,     SignedOff, do=people.sign_out),
    on(LookingUp,              IdleTooLong,     SignedOff, do=people.sign_out),
    on(ChoosingSale,           IdleTooLong,     SignedOff, do=people.sign_out),
    on(ReceiptUnknown,         IdleTooLong,     SignedOff, do=people.sign_out),
    on(NothingLeft,            IdleTooLong,     SignedOff, do=people.sign_out),
    on(FindingReturn,          IdleTooLong,     SignedOff, do=people.sign_out),
    on(ShowingReturn,          IdleTooLong,     SignedOff, do=people.sign_out),
    on(WaitingForCustomer,     IdleTooLong,     SignedOff, do=people.sign_out),
    on(TakingSignature,        IdleTooLong,     SignedOff, do=people.sign_out),
    on(PayingCash,             IdleTooLong,     SignedOff, do=people.sign_out),
    on(ConfirmingVoid,         IdleTooLong,     SignedOff, do=people.sign_out),
    on(SlipBlocked,            IdleTooLong,     SignedOff, do=slips.leave),
    on(SlipUncertain,          IdleTooLong,     SignedOff, do=slips.leave),
    on(ChoosingGoods,          IdleTooLong,     SignedOff, do=people.drop_and_sign_out),
    on(ChoosingReason,         IdleTooLong,     SignedOff, do=people.drop_and_sign_out),
    on(ChoosingCondition,      IdleTooLong,     SignedOff, do=people.drop_and_sign_out),
    on(EnteringDifference,     IdleTooLong,     SignedOff, do=people.drop_and_sign_out),
    on(CheckingLines,          IdleTooLong,     SignedOff, do=people.drop_and_sign_out),
    on(ChangingReason,         IdleTooLong,     SignedOff, do=people.drop_and_sign_out),
    on(ChangingCondition,      IdleTooLong,     SignedOff, do=people.drop_and_sign_out),
    on(Denied,                 IdleTooLong,     SignedOff, do=people.drop_and_sign_out),
    on(GivingEvidence,         IdleTooLong,     SignedOff, do=people.drop_and_sign_out),
    on(AwaitingOverride,       IdleTooLong,     SignedOff, do=people.drop_and_sign_out),
    on(EnteringOverridePin,    IdleTooLong,     SignedOff, do=people.drop_and_sign_out),
    on(CheckingOverride,       IdleTooLong,     SignedOff, do=people.drop_and_sign_out),
    on(ChoosingOverrideReason, IdleTooLong,     SignedOff, do=people.drop_and_sign_out),
    on(ConfirmingAmounts,      IdleTooLong,     SignedOff, do=people.drop_and_sign_out),
)
# fmt: on
