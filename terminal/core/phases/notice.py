"""Rows of the flow: the shop's policy and the customer's how-to."""

from terminal.core import events as e
from terminal.core import states as s
from terminal.core.machine import Phase, on
from terminal.core.steps import notice

# fmt: off
PHASE = Phase("Policy notice", (
    #  in                         when                  go to
    on(s.ReadingNotice,          e.Moved,              s.ReadingNotice, do=notice.turn),
    on(s.ReadingNotice,          e.Confirmed,          s.PreparingSlip, do=notice.put_on_paper),
    on(s.ReadingNotice,          e.Cancelled,          s.Ready, do=notice.leave),
))
# fmt: on
