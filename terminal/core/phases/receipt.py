"""Rows of the flow: receipt."""

from terminal.core import events as e
from terminal.core import states as s
from terminal.core.machine import Phase, on
from terminal.core.steps import lookback, people, receipt, slips

# fmt: off
PHASE = Phase("Receipt", (
    #  in                         when                  go to
    # The receipt: scanned, typed, or found by day and amount.
    on(s.Ready,                  e.ReceiptScanned,     s.LookingUp, do=receipt.look_up),
    on(s.Ready,                  e.OtherScanned,       s.LookingUp, do=receipt.look_up_text),
    on(s.Ready,                  e.Typed,              s.LookingUp, do=receipt.look_up_text),
    on(s.Ready,                  e.SlipScanned,        s.FindingReturn, do=lookback.find),
    on(s.Ready,                  e.GoodsScanned,       s.Ready, do=receipt.goods_too_early),
    on(s.Ready,                  e.WeighedScanned,     s.Ready, do=receipt.goods_too_early),
    on(s.Ready,                  e.SearchChosen,       s.EnteringDay, do=receipt.search),
    on(s.Ready,                  e.NoticeChosen,       s.PreparingSlip, do=slips.notice),
    on(s.Ready,                  e.Cancelled,          s.SignedOff, do=people.sign_out),
    on(s.EnteringDay,            e.DayTyped,           s.EnteringAmount, do=receipt.take_day),
    on(s.EnteringDay,            e.Confirmed,          s.EnteringAmount, do=receipt.take_today),
    on(s.EnteringDay,            e.ReceiptScanned,     s.LookingUp, do=receipt.look_up),
    on(s.EnteringDay,            e.OtherScanned,       s.LookingUp, do=receipt.look_up_text),
    on(s.EnteringDay,            e.SlipScanned,        s.FindingReturn, do=lookback.find),
    on(s.EnteringDay,            e.Cancelled,          s.Ready, do=receipt.leave),
    on(s.EnteringAmount,         e.AmountTyped,        s.LookingUp, do=receipt.take_amount),
    on(s.EnteringAmount,         e.ReceiptScanned,     s.LookingUp, do=receipt.look_up),
    on(s.EnteringAmount,         e.OtherScanned,       s.LookingUp, do=receipt.look_up_text),
    on(s.EnteringAmount,         e.SlipScanned,        s.FindingReturn, do=lookback.find),
    on(s.EnteringAmount,         e.Cancelled,          s.EnteringDay, do=receipt.day_again),
    on(s.LookingUp,              e.SaleFound,          s.ChoosingGoods, s.NothingLeft,
       s.ShowingReturn, s.Ready, do=receipt.show_lines),
    on(s.LookingUp,              e.SeveralFound,       s.ChoosingSale, do=receipt.show_several),
    on(s.LookingUp,              e.ReturnFound,        s.ShowingReturn, do=receipt.show_found),
    on(s.LookingUp,              e.SaleUnreadable,     s.Ready, do=receipt.unreadable),
    on(s.LookingUp,              e.NothingFound,       s.ReceiptUnknown, do=receipt.not_found),
    on(s.LookingUp,              e.Cancelled,          s.Ready, do=receipt.leave),
    on(s.LookingUp,              e.Restarted,          s.LookingUp, do=receipt.look_up_again),
    on(s.ChoosingSale,           e.Moved,              s.ChoosingSale, do=receipt.move),
    on(s.ChoosingSale,           e.Confirmed,          s.LookingUp, do=receipt.choose),
    on(s.ChoosingSale,           e.ReceiptScanned,     s.LookingUp, do=receipt.look_up),
    on(s.ChoosingSale,           e.OtherScanned,       s.LookingUp, do=receipt.look_up_text),
    on(s.ChoosingSale,           e.SlipScanned,        s.FindingReturn, do=lookback.find),
    on(s.ChoosingSale,           e.Cancelled,          s.Ready, do=receipt.leave),
    on(s.ReceiptUnknown,         e.ReceiptScanned,     s.LookingUp, do=receipt.look_up),
    on(s.ReceiptUnknown,         e.OtherScanned,       s.LookingUp, do=receipt.look_up_text),
    on(s.ReceiptUnknown,         e.Typed,              s.LookingUp, do=receipt.look_up_text),
    on(s.ReceiptUnknown,         e.SlipScanned,        s.FindingReturn, do=lookback.find),
    on(s.ReceiptUnknown,         e.SearchChosen,       s.EnteringDay, do=receipt.search),
    on(s.ReceiptUnknown,         e.Cancelled,          s.Ready, do=receipt.leave),
    on(s.NothingLeft,            e.ReceiptScanned,     s.LookingUp, do=receipt.look_up),
    on(s.NothingLeft,            e.OtherScanned,       s.LookingUp, do=receipt.look_up_text),
    on(s.NothingLeft,            e.SlipScanned,        s.FindingReturn, do=lookback.find),
    on(s.NothingLeft,            e.OpenReturnChosen,   s.NothingLeft, s.ShowingReturn,
       do=receipt.show_last),
    on(s.NothingLeft,            e.Confirmed,          s.Ready, do=receipt.leave),
    on(s.NothingLeft,            e.Cancelled,          s.Ready, do=receipt.leave),
))
# fmt: on
