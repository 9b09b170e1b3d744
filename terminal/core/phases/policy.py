"""Rows of the flow: policy."""

from terminal.core import events as e
from terminal.core import states as s
from terminal.core.machine import Phase, on
from terminal.core.steps import exchange, goods, judging, reasons, recording

# fmt: off
PHASE = Phase("Policy", (
    #  in                         when                  go to
    # Policy's answer: no, something to see, somebody else's PIN, or yes.
    on(s.Denied,                 e.ChangeChosen,       s.ChoosingGoods, do=judging.change_goods),
    on(s.Denied,                 e.GoodsScanned,       s.Denied, s.ChoosingGoods,
       do=goods.scan_denied),
    on(s.Denied,                 e.OtherScanned,       s.Denied, s.ChoosingGoods,
       do=goods.scan_denied),
    on(s.Denied,                 e.WeighedScanned,     s.Denied, s.ChoosingGoods,
       do=goods.scan_denied),
    on(s.Denied,                 e.TenderChosen,       s.Denied, s.GivingEvidence,
       s.AwaitingOverride, s.ConfirmingAmounts, do=judging.another_way),
    on(s.Denied,                 e.Confirmed,          s.Ready, do=goods.drop),
    on(s.Denied,                 e.Cancelled,          s.Ready, do=goods.drop),
    on(s.GivingEvidence,         e.Confirmed,          s.GivingEvidence, s.AwaitingOverride,
       s.ConfirmingAmounts, do=judging.evidence_seen, seen=True),
    on(s.GivingEvidence,         e.ChangeChosen,       s.ChoosingGoods, do=judging.change_goods),
    on(s.GivingEvidence,         e.Cancelled,          s.Ready, do=goods.drop),
    on(s.AwaitingOverride,       e.Typed,              s.EnteringOverridePin, do=judging.ask_pin),
    on(s.AwaitingOverride,       e.BadgeScanned,       s.CheckingOverride, do=judging.check_badge),
    on(s.AwaitingOverride,       e.ChangeChosen,       s.ChoosingGoods, do=judging.change_goods),
    on(s.AwaitingOverride,       e.Cancelled,          s.Ready, do=goods.drop),
    on(s.EnteringOverridePin,    e.PinTyped,           s.CheckingOverride, do=judging.check_pin),
    on(s.EnteringOverridePin,    e.BadgeScanned,       s.CheckingOverride, do=judging.check_badge),
    on(s.EnteringOverridePin,    e.Cancelled,          s.AwaitingOverride, do=judging.pin_again),
    on(s.CheckingOverride,       e.StaffAccepted,      s.AwaitingOverride, s.ChoosingOverrideReason,
       do=judging.grant),
    on(s.CheckingOverride,       e.StaffRefused,       s.AwaitingOverride, do=judging.refuse),
    on(s.CheckingOverride,       e.Cancelled,          s.AwaitingOverride, do=judging.pin_again),
    on(s.CheckingOverride,       e.Restarted,          s.AwaitingOverride, do=judging.pin_again),
    on(s.ChoosingOverrideReason, e.Moved,              s.ChoosingOverrideReason, do=judging.move),
    on(s.ChoosingOverrideReason, e.Picked,             s.ChoosingOverrideReason,
       s.ConfirmingAmounts, do=judging.pick_reason),
    on(s.ChoosingOverrideReason, e.Confirmed,          s.ChoosingOverrideReason,
       s.ConfirmingAmounts, do=judging.pick_reason, seen=True),
    on(s.ChoosingOverrideReason, e.Cancelled,          s.AwaitingOverride, do=judging.not_granted),
    # The amounts; confirming them records the return.
    on(s.ConfirmingAmounts,      e.Confirmed,          s.PreparingSlip, s.Denied, s.GivingEvidence,
       s.AwaitingOverride, s.ConfirmingAmounts, do=recording.record, seen=True),
    on(s.ConfirmingAmounts,      e.RecordRefused,      s.LookingUp, s.Ready,
       s.WaitingForCustomer, do=recording.refused),
    on(s.ConfirmingAmounts,      e.SumsChanged,        s.Denied, s.GivingEvidence,
       s.AwaitingOverride, s.ConfirmingAmounts, do=recording.reckon_again),
    on(s.ConfirmingAmounts,      e.ExchangeChosen,     s.AddingNew, do=exchange.start),
    on(s.ConfirmingAmounts,      e.TenderChosen,       s.Denied, s.GivingEvidence,
       s.AwaitingOverride, s.ConfirmingAmounts, do=judging.another_way),
    on(s.ConfirmingAmounts,      e.LinesChosen,        s.CheckingLines, do=reasons.show_lines),
    on(s.ConfirmingAmounts,      e.ChangeChosen,       s.ChoosingGoods, do=judging.change_goods),
    on(s.ConfirmingAmounts,      e.Cancelled,          s.Ready, do=goods.drop),
))
# fmt: on
