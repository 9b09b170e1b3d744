"""One screen for each state: `screen_for` is proven whole by mypy.

Law of the package: a screen asks one question; its keys come from terminal/ui/keys.py, its notices
from terminal/ui/notices.py; nothing here knows a pixel.
"""

from typing import assert_never

from terminal.core import states
from terminal.ui.keys import shown
from terminal.ui.notices import lights, notices
from terminal.ui.screen import Block, Key, Screen
from terminal.ui.screens import (
    customer,
    day,
    declared,
    draft,
    exchange,
    notice,
    office,
    people,
    receipt,
    slip,
)
from terminal.ui.view import View
from terminal.ui.words import N_

STEPS = (
    N_("Receipt"), N_("Goods"), N_("Reason"), N_("Review"), N_("Confirm"), N_("Customer"),
    N_("Refund"),
)  # fmt: skip


def screen_for(state: states.State, view: View) -> Screen:
    """The screen of a state, with the unit's health and what was just said laid over it."""
    title, step, blocks = _content(state, view)
    words = view.words
    return Screen(
        title=title,
        blocks=blocks,
        keys=tuple(Key(cap, label) for cap, label in shown(state, words)),
        steps=tuple(words(one) for one in STEPS),
        step=step,
        lights=lights(view),
        clock=view.clock,
        notices=notices(view),
        watermark=words(N_("TRAINING")) if view.training else "",
    )


def _content(state: states.State, view: View) -> tuple[str, int, tuple[Block, ...]]:
    match state:
        case states.SignedOff() | states.EnteringPin() | states.CheckingStaff():
            return people.content(state, view)
        case states.ReadingNotice():
            return notice.content(state, view)
        case (
            states.Ready()
            | states.EnteringDay()
            | states.EnteringAmount()
            | states.EnteringTail()
            | states.LookingUp()
            | states.ChoosingSale()
            | states.ReceiptUnknown()
            | states.NothingLeft()
        ):
            return receipt.content(state, view)
        case (
            states.PreparingSlip()
            | states.SendingSlip()
            | states.SlipBlocked()
            | states.SlipUncertain()
        ):
            return slip.content(state, view)
        case (
            states.WaitingForCustomer()
            | states.Inspecting()
            | states.TakingSignature()
            | states.PayingCash()
            | states.ConfirmingVoid()
            | states.FindingReturn()
            | states.ShowingReturn()
        ):
            return customer.content(state, view)
        case states.AddingNew() | states.FindingNew():
            return exchange.content(state, view)
        case (
            states.DeclaringDay()
            | states.AddingGoods()
            | states.FindingArticle()
            | states.PricingArticle()
        ):
            return declared.content(state, view)
        case (
            states.ChoosingGoods()
            | states.ChoosingReason()
            | states.ChoosingCondition()
            | states.EnteringDifference()
            | states.CheckingLines()
            | states.ChangingReason()
            | states.ChangingCondition()
            | states.Denied()
            | states.GivingEvidence()
            | states.AwaitingOverride()
            | states.EnteringOverridePin()
            | states.CheckingOverride()
            | states.ChoosingOverrideReason()
            | states.ConfirmingAmounts()
            | states.OfferingVoid()
        ):
            return draft.content(state, view)
        case (
            states.ReadingDay()
            | states.ShowingDay()
            | states.CountingPieces()
            | states.CountingTotal()
            | states.ConfirmingCount()
        ):
            return day.content(state, view)
        case (
            states.ChoosingTask()
            | states.OpeningStaff()
            | states.ListingStaff()
            | states.ShowingMember()
            | states.ChoosingRole()
            | states.NamingMember()
            | states.SettingPin()
            | states.CheckingNewPin()
            | states.SettingBadge()
            | states.CheckingNewBadge()
            | states.ConfirmingLeave()
            | states.InTraining()
        ):
            return office.content(state, view)
        case _:
            assert_never(state)
