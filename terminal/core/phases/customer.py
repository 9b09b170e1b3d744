"""Rows of the flow: customer and refund."""

from terminal.core import events as e
from terminal.core import states as s
from terminal.core.machine import Phase, on
from terminal.core.steps import customer, inspection, refund, shop, slips

# fmt: off
PHASE = Phase("Customer and refund", (
    #  in                         when                  go to
    # The customer: signs, reads out the short code, or comes back later.
    on(s.WaitingForCustomer,     e.SignatureChosen,    s.TakingSignature,
       do=customer.ask_signature),
    on(s.WaitingForCustomer,     e.Typed,              s.WaitingForCustomer, s.PayingCash,
       s.PreparingSlip, s.ConfirmingVoid, do=customer.told),
    on(s.WaitingForCustomer,     e.ReprintChosen,      s.PreparingSlip, do=slips.reprint),
    on(s.WaitingForCustomer,     e.LaterChosen,        s.Ready, do=customer.later),
    on(s.WaitingForCustomer,     e.ReceiptScanned,     s.WaitingForCustomer,
       do=customer.wait_first),
    on(s.WaitingForCustomer,     e.SlipScanned,        s.WaitingForCustomer,
       do=customer.wait_first),
    on(s.WaitingForCustomer,     e.Cancelled,          s.ConfirmingVoid, do=customer.ask_void),
    on(s.WaitingForCustomer,     e.InspectChosen,      s.Inspecting, do=inspection.inspect),
    on(s.Inspecting,             e.SaleFound,          s.ChoosingGoods, s.WaitingForCustomer,
       do=inspection.go_through),
    on(s.Inspecting,             e.NothingFound,       s.WaitingForCustomer, do=inspection.not_now),
    on(s.Inspecting,             e.SaleUnreadable,     s.WaitingForCustomer, do=inspection.not_now),
    on(s.Inspecting,             e.Cancelled,          s.WaitingForCustomer, do=inspection.not_now),
    on(s.Inspecting,             e.Restarted,          s.Inspecting, do=inspection.ask_again),
    on(s.TakingSignature,        e.Confirmed,          s.PayingCash, s.PreparingSlip,
       s.ConfirmingVoid, do=customer.signed, seen=True),
    on(s.TakingSignature,        e.Cancelled,          s.WaitingForCustomer,
       do=customer.not_signed),
    # The shop: has the application, says yes or no, or finds a conflict.
    on(s.WaitingForCustomer,     e.ShopTold,           s.WaitingForCustomer, s.ShopDecided,
       s.PreparingSlip, do=shop.told),
    on(s.TakingSignature,        e.ShopTold,           s.TakingSignature, s.ShopDecided,
       s.PreparingSlip, do=shop.told_while_signing),
    on(s.ShopDecided,            e.ShopTold,           s.WaitingForCustomer, s.ShopDecided,
       s.PreparingSlip, s.ShowingReturn, do=shop.resolved),
    on(s.ShopDecided,            e.Confirmed,          s.PayingCash, s.PreparingSlip, s.Ready,
       do=shop.act, seen=True),
    on(s.ShopDecided,            e.ReprintChosen,      s.PreparingSlip, do=slips.reprint),
    on(s.ShopDecided,            e.LaterChosen,        s.Ready, do=shop.later),
    on(s.ShopDecided,            e.Cancelled,          s.ConfirmingVoid, s.Ready,
       do=shop.give_up),
    # Cash at the open drawer; every other tender goes to the queue with it.
    on(s.PayingCash,             e.Confirmed,          s.PreparingSlip, do=refund.paid, seen=True),
    on(s.PayingCash,             e.DrawerChosen,       s.PayingCash, do=refund.open_again),
    on(s.PayingCash,             e.DrawerFailed,       s.PayingCash, do=refund.drawer_stuck),
    on(s.PayingCash,             e.Restarted,          s.PayingCash, do=refund.ask_whether_paid),
    on(s.PayingCash,             e.LaterChosen,        s.Ready, do=customer.later),
    on(s.PayingCash,             e.Cancelled,          s.ConfirmingVoid, do=customer.ask_void),
    on(s.ConfirmingVoid,         e.Confirmed,          s.PreparingSlip,
       do=customer.void, seen=True),
    on(s.ConfirmingVoid,         e.Cancelled,          s.WaitingForCustomer, s.ShopDecided,
       s.PayingCash, s.Ready, do=customer.keep),
))
# fmt: on
