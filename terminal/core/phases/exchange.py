"""Rows of the flow: exchange."""

from terminal.core import events as e
from terminal.core import states as s
from terminal.core.machine import Phase, on
from terminal.core.steps import exchange

# fmt: off
PHASE = Phase("Exchange", (
    #  in                         when                  go to
    on(s.AddingNew,              e.GoodsScanned,       s.FindingNew, do=exchange.scan),
    on(s.AddingNew,              e.OtherScanned,       s.FindingNew, do=exchange.scan_other),
    on(s.AddingNew,              e.Typed,              s.FindingNew, do=exchange.scan_other),
    on(s.AddingNew,              e.WeighedScanned,     s.FindingNew, do=exchange.scan_weighed),
    on(s.AddingNew,              e.OneLessChosen,      s.AddingNew, do=exchange.one_less),
    on(s.AddingNew,              e.Moved,              s.AddingNew, do=exchange.move),
    on(s.AddingNew,              e.Confirmed,          s.Denied, s.GivingEvidence,
       s.AwaitingOverride, s.ConfirmingAmounts, do=exchange.done),
    on(s.AddingNew,              e.Cancelled,          s.Denied, s.GivingEvidence,
       s.AwaitingOverride, s.ConfirmingAmounts, do=exchange.no_exchange),
    on(s.FindingNew,             e.ArticleKnown,       s.AddingNew, do=exchange.add),
    on(s.FindingNew,             e.Cancelled,          s.AddingNew, do=exchange.not_found),
    on(s.FindingNew,             e.Restarted,          s.FindingNew, do=exchange.find_again),
))
# fmt: on
