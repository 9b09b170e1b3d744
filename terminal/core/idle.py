"""The rows of the flow for a unit that nobody stands at: the session locks.

Law of the file: a draft is dropped, for nothing of it is recorded; a recorded return stays open and
its slip or its receipt brings it back. A slip on its way to paper keeps its screen.
"""

from typing import get_args

from terminal.core import states as s
from terminal.core.events import IdleTooLong
from terminal.core.machine import Row, every, on
from terminal.core.steps import people, slips

DRAFTS: tuple[type[s.DraftState], ...] = get_args(s.DraftState)
ATTENDED: tuple[type[s.Attended], ...] = get_args(s.Attended)

IDLE: tuple[Row, ...] = (
    on(s.EnteringPin, IdleTooLong, s.SignedOff, do=people.forget_number),
    *every(ATTENDED, IdleTooLong, s.SignedOff, do=people.sign_out),
    on(s.SlipBlocked, IdleTooLong, s.SignedOff, do=slips.leave),
    on(s.SlipUncertain, IdleTooLong, s.SignedOff, do=slips.leave),
    *every(DRAFTS, IdleTooLong, s.SignedOff, do=people.drop_and_sign_out),
)
