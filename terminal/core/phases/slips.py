"""Rows of the flow: slip."""

from terminal.core import events as e
from terminal.core import states as s
from terminal.core.machine import Phase, on
from terminal.core.steps import slips

# fmt: off
PHASE = Phase("Slip", (
    #  in                         when                  go to
    # The slip: once on paper, or a person says what became of it.
    on(s.PreparingSlip,          e.PrinterAgreed,      s.SendingSlip, do=slips.send),
    on(s.PreparingSlip,          e.PrinterRefused,     s.SlipBlocked, do=slips.blocked),
    on(s.PreparingSlip,          e.Cancelled,          s.WaitingForCustomer, s.ShopDecided,
       s.Ready, s.ShowingDay, do=slips.go_on_without),
    on(s.PreparingSlip,          e.Restarted,          s.PreparingSlip, do=slips.try_again),
    on(s.SendingSlip,            e.SlipCameOut,        s.WaitingForCustomer, s.ShopDecided,
       s.Ready, s.ShowingDay, do=slips.came_out),
    on(s.SendingSlip,            e.PrinterRefused,     s.SlipBlocked, do=slips.blocked),
    on(s.SendingSlip,            e.SlipFateUnknown,    s.SlipUncertain, do=slips.in_doubt),
    on(s.SendingSlip,            e.Restarted,          s.SlipUncertain, do=slips.in_doubt),
    on(s.SlipBlocked,            e.Confirmed,          s.PreparingSlip, do=slips.try_again),
    on(s.SlipBlocked,            e.SkipChosen,         s.WaitingForCustomer, s.ShopDecided,
       s.Ready, s.ShowingDay, do=slips.go_on_without),
    on(s.SlipUncertain,          e.Confirmed,          s.WaitingForCustomer, s.ShopDecided,
       s.Ready, s.ShowingDay, do=slips.seen, seen=True),
    on(s.SlipUncertain,          e.ReprintChosen,      s.PreparingSlip, do=slips.copy),
    on(s.SlipUncertain,          e.SkipChosen,         s.WaitingForCustomer, s.ShopDecided,
       s.Ready, s.ShowingDay, do=slips.go_on_without),
))
# fmt: on
