"""Rows of the flow: a slip scanned again."""

from terminal.core import events as e
from terminal.core import states as s
from terminal.core.machine import Phase, on
from terminal.core.steps import lookback, slips

# fmt: off
PHASE = Phase("A slip scanned again", (
    #  in                         when                  go to
    # A return slip scanned again: its state, a copy, or on from where it stopped.
    on(s.FindingReturn,          e.ReturnFound,        s.ShowingReturn, s.ShopDecided, s.Ready,
       do=lookback.show),
    on(s.FindingReturn,          e.ReturnMissing,      s.AskingShop, do=lookback.missing),
    on(s.FindingReturn,          e.Cancelled,          s.Ready, do=lookback.leave),
    on(s.FindingReturn,          e.Restarted,          s.FindingReturn, do=lookback.find_again),
    on(s.ShowingReturn,          e.ShopReplied,        s.ShowingReturn, s.ShopDecided,
       do=lookback.news),
    on(s.ShowingReturn,          e.ShopTold,           s.ShowingReturn, s.ShopDecided,
       do=lookback.news),
    on(s.ShowingReturn,          e.Confirmed,          s.WaitingForCustomer, s.ShopDecided,
       s.PayingCash, s.ConfirmingVoid, s.Ready, do=lookback.go_on),
    on(s.ShowingReturn,          e.ReprintChosen,      s.PreparingSlip, do=slips.reprint),
    on(s.ShowingReturn,          e.Cancelled,          s.Ready, do=lookback.leave),
    on(s.ShowingReturn,          e.Restarted,          s.ShowingReturn, do=lookback.look_again),
    # A slip of another till: how it stands at the shop, if the shop can be asked.
    on(s.AskingShop,             e.ShopReplied,        s.ShowingElsewhere, s.Ready,
       do=lookback.replied),
    on(s.AskingShop,             e.Cancelled,          s.Ready, do=lookback.leave),
    on(s.AskingShop,             e.Restarted,          s.AskingShop, do=lookback.ask_again),
    on(s.ShowingElsewhere,       e.Confirmed,          s.Ready, do=lookback.leave),
    on(s.ShowingElsewhere,       e.Cancelled,          s.Ready, do=lookback.leave),
))
# fmt: on
