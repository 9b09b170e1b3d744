"""Rows of the flow: day and shift."""

from terminal.core import events as e
from terminal.core import states as s
from terminal.core.machine import Phase, on
from terminal.core.steps import day

# fmt: off
PHASE = Phase("Day and shift", (
    #  in                         when                  go to
    # The day's figures, page by page, and on paper.
    on(s.ReadingDay,             e.DayRead,            s.ShowingDay, do=day.show),
    on(s.ReadingDay,             e.Restarted,          s.ReadingDay, do=day.read),
    on(s.ReadingDay,             e.Cancelled,          s.SignedOff, do=day.give_up),
    on(s.ShowingDay,             e.Moved,              s.ShowingDay, do=day.turn),
    on(s.ShowingDay,             e.ReportChosen,       s.PreparingSlip, do=day.print_report),
    on(s.ShowingDay,             e.Cancelled,          s.Ready, s.SignedOff, do=day.leave),
    # A shift: the drawer is counted when it opens and when it closes.
    on(s.ShowingDay,             e.ShiftChosen,        s.CountingPieces, s.CountingTotal,
       s.ShowingDay, do=day.count),
    on(s.CountingPieces,         e.NumberTyped,        s.CountingPieces, do=day.take_number),
    on(s.CountingPieces,         e.Moved,              s.CountingPieces, do=day.move),
    on(s.CountingPieces,         e.OtherWayChosen,     s.CountingTotal, do=day.as_total),
    on(s.CountingPieces,         e.Confirmed,          s.ConfirmingCount, do=day.counted),
    on(s.CountingPieces,         e.DrawerFailed,       s.CountingPieces, s.CountingTotal,
       do=day.drawer_stuck),
    on(s.CountingPieces,         e.Cancelled,          s.ShowingDay, do=day.stop),
    on(s.CountingTotal,          e.AmountTyped,        s.ConfirmingCount, do=day.take_total),
    on(s.CountingTotal,          e.OtherWayChosen,     s.CountingPieces, s.CountingTotal,
       do=day.as_pieces),
    on(s.CountingTotal,          e.DrawerFailed,       s.CountingPieces, s.CountingTotal,
       do=day.drawer_stuck),
    on(s.CountingTotal,          e.Cancelled,          s.ShowingDay, do=day.stop),
    on(s.ConfirmingCount,        e.Confirmed,          s.ReadingDay, do=day.settle, seen=True),
    on(s.ConfirmingCount,        e.Cancelled,          s.CountingPieces, s.CountingTotal,
       do=day.again),
))
# fmt: on
