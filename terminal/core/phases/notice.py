"""Rows of the flow: the shop's policy and the customer's how-to."""

from terminal.core import events as e
from terminal.core import states as s
from terminal.core.machine import Phase, on
from terminal.core.steps import lookback, notice, receipt

# fmt: off
PHASE = Phase("Policy notice", (
    #  in                         when                  go to
    on(s.ReadingNotice,          e.Moved,              s.ReadingNotice, do=notice.turn),
    on(s.ReadingNotice,          e.Confirmed,          s.PreparingSlip, do=notice.put_on_paper),
    on(s.ReadingNotice,          e.ReceiptScanned,     s.LookingUp, do=receipt.look_up),
    on(s.ReadingNotice,          e.OtherScanned,       s.LookingUp, do=receipt.look_up_text),
    on(s.ReadingNotice,          e.SlipScanned,        s.FindingReturn, do=lookback.find),
    on(s.ReadingNotice,          e.Cancelled,          s.Ready, do=notice.leave),
))
# fmt: on
