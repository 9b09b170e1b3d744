"""Rows of the flow: a slip scanned again."""

from terminal.core import events as e
from terminal.core import states as s
from terminal.core.machine import Phase, on
from terminal.core.steps import lookback, slips

# fmt: off
PHASE = Phase("A slip scanned again", (
    #  in                         when                  go to
    # A return slip scanned again: its state, a copy, or on from where it stopped.
    on(s.FindingReturn,          e.ReturnFound,        s.ShowingReturn, s.Ready, do=lookback.show),
    on(s.FindingReturn,          e.ReturnMissing,      s.Ready, do=lookback.missing),
    on(s.FindingReturn,          e.Cancelled,          s.Ready, do=lookback.leave),
    on(s.FindingReturn,          e.Restarted,          s.FindingReturn, do=lookback.find_again),
    on(s.ShowingReturn,          e.Confirmed,          s.WaitingForCustomer, s.PayingCash,
       s.ConfirmingVoid, s.Ready, do=lookback.go_on),
    on(s.ShowingReturn,          e.ReprintChosen,      s.PreparingSlip, do=slips.reprint),
    on(s.ShowingReturn,          e.Cancelled,          s.Ready, do=lookback.leave),
))
# fmt: on
