"""The rows of the flow that hold in many states: what is scanned on an idle screen, and the lock.

Law of the file: a row stands here for each state of a union, so that a new state has it too. A
draft is dropped when nobody is there, for nothing of it is recorded; a recorded return stays open
and its slip or its receipt brings it back. A slip on its way to paper keeps its screen.
"""

from typing import get_args

from terminal.core import events as e
from terminal.core import states as s
from terminal.core.machine import Row, every, on
from terminal.core.steps import lookback, people, receipt, slips

IDLE_SCREENS: tuple[type[s.IdleScreen], ...] = get_args(s.IdleScreen)
DRAFTS: tuple[type[s.DraftState], ...] = get_args(s.DraftState)
ATTENDED: tuple[type[s.Attended], ...] = get_args(s.Attended)

EVERYWHERE: tuple[Row, ...] = (
    *every(IDLE_SCREENS, e.ReceiptScanned, s.LookingUp, do=receipt.look_up),
    *every(IDLE_SCREENS, e.OtherScanned, s.LookingUp, do=receipt.look_up_text),
    *every(IDLE_SCREENS, e.SlipScanned, s.FindingReturn, do=lookback.find),
    on(s.EnteringPin, e.IdleTooLong, s.SignedOff, do=people.forget_number),
    *every(ATTENDED, e.IdleTooLong, s.SignedOff, do=people.sign_out),
    on(s.SlipBlocked, e.IdleTooLong, s.SignedOff, do=slips.leave),
    on(s.SlipUncertain, e.IdleTooLong, s.SignedOff, do=slips.leave),
    *every(DRAFTS, e.IdleTooLong, s.SignedOff, do=people.drop_and_sign_out),
)
