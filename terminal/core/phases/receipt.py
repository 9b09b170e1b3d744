"""Rows of the flow: receipt."""

from typing import get_args

from terminal.core import events as e
from terminal.core import states as s
from terminal.core.machine import Phase, every, on
from terminal.core.steps import day, declared, lookback, notice, office, people, receipt

SEARCHES: tuple[type[s.Search], ...] = get_args(s.Search)

# fmt: off
PHASE = Phase("Receipt", (
    #  in                         when                  go to
    # The receipt: scanned, typed, or found by what the customer still knows.
    on(s.Ready,                  e.ReceiptScanned,     s.LookingUp, do=receipt.look_up),
    on(s.Ready,                  e.OtherScanned,       s.LookingUp, do=receipt.look_up_text),
    on(s.Ready,                  e.Typed,              s.LookingUp, do=receipt.look_up_text),
    on(s.Ready,                  e.SlipScanned,        s.FindingReturn, do=lookback.find),
    on(s.Ready,                  e.GoodsScanned,       s.Ready, do=receipt.goods_too_early),
    on(s.Ready,                  e.WeighedScanned,     s.Ready, do=receipt.goods_too_early),
    on(s.Ready,                  e.SearchChosen,       s.EnteringDay, do=receipt.search),
    on(s.Ready,                  e.DayChosen,          s.ReadingDay, do=day.read),
    on(s.Ready,                  e.WithoutSaleChosen,  s.LookingUp,
       do=declared.without_receipt),
    on(s.Ready,                  e.NoticeChosen,       s.ReadingNotice, do=notice.show),
    on(s.Ready,                  e.OfficeChosen,       s.Ready, s.ChoosingTask, do=office.choose),
    on(s.Ready,                  e.Cancelled,          s.SignedOff, do=people.sign_out),
    on(s.EnteringDay,            e.DayTyped,           s.EnteringAmount, do=receipt.take_day),
    on(s.EnteringDay,            e.Confirmed,          s.EnteringAmount, do=receipt.take_today),
    on(s.EnteringDay,            e.TailChosen,         s.EnteringTail, do=receipt.ask_tail),
    on(s.EnteringDay,            e.Cancelled,          s.Ready, do=receipt.leave),
    on(s.EnteringAmount,         e.AmountTyped,        s.LookingUp, do=receipt.take_amount),
    on(s.EnteringAmount,         e.TailChosen,         s.EnteringTail, do=receipt.ask_tail),
    on(s.EnteringAmount,         e.Cancelled,          s.EnteringDay, do=receipt.day_again),
    on(s.EnteringTail,           e.TailTyped,          s.LookingUp, do=receipt.take_tail),
    on(s.EnteringTail,           e.Cancelled,          s.EnteringDay, do=receipt.day_again),
    *every(SEARCHES,             e.GoodsScanned,       s.LookingUp, do=receipt.look_up_goods),
    *every(SEARCHES,             e.WeighedScanned,     s.LookingUp, do=receipt.look_up_weighed),
    on(s.LookingUp,              e.SaleFound,          s.ChoosingGoods, s.NothingLeft,
       s.ShowingReturn, s.Ready, do=receipt.show_lines),
    on(s.LookingUp,              e.SeveralFound,       s.ChoosingSale, do=receipt.show_several),
    on(s.LookingUp,              e.ReturnFound,        s.ShowingReturn, s.ShopDecided,
       do=receipt.show_found),
    on(s.LookingUp,              e.SaleUnreadable,     s.Ready, do=receipt.unreadable),
    on(s.LookingUp,              e.NothingFound,       s.ReceiptUnknown, do=receipt.not_found),
    on(s.LookingUp,              e.KindOpened,         s.DeclaringDay, s.AddingGoods, s.Ready,
       do=declared.opened),
    on(s.LookingUp,              e.Cancelled,          s.Ready, do=receipt.leave),
    on(s.LookingUp,              e.Restarted,          s.LookingUp, do=receipt.look_up_again),
    on(s.ChoosingSale,           e.Moved,              s.ChoosingSale, do=receipt.move),
    on(s.ChoosingSale,           e.Confirmed,          s.LookingUp, do=receipt.choose),
    on(s.ChoosingSale,           e.Cancelled,          s.Ready, do=receipt.leave),
    on(s.ReceiptUnknown,         e.Typed,              s.LookingUp, do=receipt.look_up_text),
    on(s.ReceiptUnknown,         e.WithoutSaleChosen,  s.LookingUp,
       do=declared.without_sale),
    on(s.ReceiptUnknown,         e.SearchChosen,       s.EnteringDay, do=receipt.search),
    on(s.ReceiptUnknown,         e.Cancelled,          s.Ready, do=receipt.leave),
    on(s.NothingLeft,            e.OpenReturnChosen,   s.NothingLeft, s.ShowingReturn,
       do=receipt.show_last),
    on(s.NothingLeft,            e.Confirmed,          s.Ready, do=receipt.leave),
    on(s.NothingLeft,            e.Cancelled,          s.Ready, do=receipt.leave),
))
# fmt: on
