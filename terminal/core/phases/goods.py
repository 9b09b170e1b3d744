"""Rows of the flow: goods and reasons."""

from terminal.core import events as e
from terminal.core import states as s
from terminal.core.machine import Phase, on
from terminal.core.steps import goods, inspection, reasons, receipt, serials, void_sale

# fmt: off
PHASE = Phase("Goods and reasons", (
    #  in                         when                  go to
    # Goods: a scan adds one, keys set a quantity; a scan can never become a quantity.
    on(s.ChoosingGoods,          e.GoodsScanned,       s.ChoosingGoods, do=goods.scan),
    on(s.ChoosingGoods,          e.OtherScanned,       s.ChoosingGoods, do=goods.scan_other),
    on(s.ChoosingGoods,          e.WeighedScanned,     s.ChoosingGoods, do=goods.scan_weighed),
    on(s.ChoosingGoods,          e.SerialScanned,      s.ChoosingGoods, do=serials.choose_piece),
    on(s.ChoosingGoods,          e.QuantityTyped,      s.ChoosingGoods, do=goods.type_quantity),
    on(s.ChoosingGoods,          e.OpenReturnChosen,   s.ChoosingGoods, s.ShowingReturn,
       do=receipt.show_open),
    on(s.ChoosingGoods,          e.AllChosen,          s.ChoosingGoods, do=goods.toggle_all),
    on(s.ChoosingGoods,          e.Moved,              s.ChoosingGoods, do=goods.move),
    on(s.ChoosingGoods,          e.ReceiptScanned,     s.ChoosingGoods, do=goods.finish_first),
    on(s.ChoosingGoods,          e.SlipScanned,        s.ChoosingGoods, do=goods.finish_first),
    on(s.ChoosingGoods,          e.Confirmed,          s.ChoosingGoods, s.ChoosingReason,
       s.CheckingLines, do=goods.next_step),
    on(s.ChoosingGoods,          e.Cancelled,          s.Ready, s.WaitingForCustomer,
       do=inspection.drop),
    # Reason and condition, once for all; policy answers after the condition.
    on(s.ChoosingReason,         e.Moved,              s.ChoosingReason, do=reasons.move_reason),
    on(s.ChoosingReason,         e.Picked,             s.ChoosingReason, s.ChoosingCondition,
       s.EnteringDifference, s.OfferingVoid, s.ScanningSerials, do=reasons.pick_reason),
    on(s.ChoosingReason,         e.Confirmed,          s.ChoosingReason, s.ChoosingCondition,
       s.EnteringDifference, s.OfferingVoid, s.ScanningSerials, do=reasons.pick_reason),
    on(s.EnteringDifference,     e.AmountTyped,        s.EnteringDifference, s.CheckingLines,
       do=reasons.take_difference),
    on(s.EnteringDifference,     e.Cancelled,          s.ChoosingReason, do=reasons.no_difference),
    on(s.ChoosingReason,         e.Cancelled,          s.ChoosingGoods, do=reasons.goods_again),
    on(s.ChoosingCondition,      e.Moved,              s.ChoosingCondition,
       do=reasons.move_condition),
    on(s.ChoosingCondition,      e.Picked,             s.ChoosingCondition, s.Denied,
       s.GivingEvidence, s.AwaitingOverride, s.ConfirmingAmounts, do=reasons.pick_condition),
    on(s.ChoosingCondition,      e.Confirmed,          s.ChoosingCondition, s.Denied,
       s.GivingEvidence, s.AwaitingOverride, s.ConfirmingAmounts, do=reasons.pick_condition),
    on(s.ChoosingCondition,      e.Cancelled,          s.ChoosingReason, do=reasons.reason_again),
    # The shop's own error, noticed the same day: the whole sale is voided, if they wish.
    on(s.OfferingVoid,           e.Confirmed,          s.ScanningSerials, s.ChoosingCondition,
       do=void_sale.void_all),
    on(s.OfferingVoid,           e.PartChosen,         s.ScanningSerials, s.ChoosingCondition,
       do=void_sale.only_these),
    on(s.OfferingVoid,           e.Cancelled,          s.ChoosingReason,
       do=void_sale.reason_again),
    # Which pieces they are: a number names a piece and is never a quantity.
    on(s.ScanningSerials,        e.SerialScanned,      s.ScanningSerials, s.ChoosingCondition,
       s.CheckingLines, do=serials.take),
    on(s.ScanningSerials,        e.Typed,              s.ScanningSerials, s.ChoosingCondition,
       s.CheckingLines, do=serials.take),
    on(s.ScanningSerials,        e.OneLessChosen,      s.ScanningSerials, do=serials.take_back),
    on(s.ScanningSerials,        e.Cancelled,          s.ChoosingGoods, do=serials.goods_again),
    # Line by line, for who needs it.
    on(s.CheckingLines,          e.Moved,              s.CheckingLines, do=reasons.move_line),
    on(s.CheckingLines,          e.LinesChosen,        s.ChangingReason, do=reasons.change_line),
    on(s.CheckingLines,          e.Confirmed,          s.Denied, s.GivingEvidence,
       s.AwaitingOverride, s.ConfirmingAmounts, s.ScanningSerials, do=reasons.lines_done),
    on(s.CheckingLines,          e.Cancelled,          s.Denied, s.GivingEvidence,
       s.AwaitingOverride, s.ConfirmingAmounts, s.ScanningSerials, do=reasons.lines_done),
    on(s.ChangingReason,         e.Moved,              s.ChangingReason,
       do=reasons.move_line_reason),
    on(s.ChangingReason,         e.Picked,             s.ChangingReason, s.ChangingCondition,
       s.EnteringDifference, do=reasons.pick_line_reason),
    on(s.ChangingReason,         e.Confirmed,          s.ChangingReason, s.ChangingCondition,
       s.EnteringDifference, do=reasons.pick_line_reason),
    on(s.ChangingReason,         e.Cancelled,          s.CheckingLines, do=reasons.lines_again),
    on(s.ChangingCondition,      e.Moved,              s.ChangingCondition,
       do=reasons.move_line_condition),
    on(s.ChangingCondition,      e.Picked,             s.ChangingCondition, s.CheckingLines,
       do=reasons.pick_line_condition),
    on(s.ChangingCondition,      e.Confirmed,          s.ChangingCondition, s.CheckingLines,
       do=reasons.pick_line_condition),
    on(s.ChangingCondition,      e.Cancelled,          s.CheckingLines, do=reasons.lines_again),
))
# fmt: on
