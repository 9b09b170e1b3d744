"""Every key that works, state by state: what its cap says, what it does, which event it makes.

Law of the file: the key bar on the screen and the keyboard obey the same rows, so a key that is
shown works and a key that works is shown. The key of a kind of return that the shop does not take
is not shown; pressed all the same, it is answered in words.
"""

from terminal.core import events, same_day, states
from terminal.core.credit import ways
from terminal.core.draft import Draft
from terminal.core.people import Staff
from terminal.core.returns import Return, ReturnKind, Status
from terminal.ui import customer_keys, day_keys, goods_keys
from terminal.ui.binding import (
    ARROWS,
    BACK,
    CHANGE,
    CHOICE,
    DIGITS,
    DROP,
    OVERRIDE_PIN,
    PAGES,
    PIN,
    Binding,
    cancel,
    confirm,
    f,
    up,
)
from terminal.ui.office_keys import office
from terminal.ui.words import N_, Words

_FIND = Binding(None, N_("Confirm"), N_("Find"))
_BLIND = f(3, N_("No receipt at all"), events.WithoutSaleChosen)
_UNVERIFIED = f(3, N_("Return without its sale"), events.WithoutSaleChosen)
_OF_KIND = ((ReturnKind.BLIND, _BLIND), (ReturnKind.UNVERIFIED, _UNVERIFIED))
_TAIL = f(1, N_("By card or phone"), events.TailChosen)


def bindings(state: states.State) -> tuple[Binding, ...]:
    """The keys of a state, in the order in which they are shown."""
    match state:
        case states.SignedOff():
            return (DIGITS, Binding(None, N_("Confirm"), N_("Go on to the PIN")))
        case states.EnteringPin():
            return PIN
        case states.EnteringOverridePin():
            return OVERRIDE_PIN
        case states.CheckingStaff() | states.CheckingOverride() | states.LookingUp():
            return (BACK,)
        case states.Ready():
            return (
                DIGITS,
                f(1, N_("Find without the receipt"), events.SearchChosen),
                _BLIND,
                *_office(state.cashier),
                f(5, N_("Return policy"), events.NoticeChosen),
                f(6, N_("Day and shift"), events.DayChosen),
                cancel(N_("Sign off")),
            )
        case states.EnteringDay():
            return (DIGITS, _TAIL, confirm(N_("Today, or the day typed")), BACK)
        case states.EnteringAmount():
            return (DIGITS, _TAIL, _FIND, BACK)
        case states.EnteringTail():
            return (DIGITS, _FIND, BACK)
        case states.ChoosingSale():
            return (*ARROWS, confirm(N_("This sale")), BACK)
        case states.ReceiptUnknown():
            return (
                DIGITS,
                f(1, N_("Find without the receipt"), events.SearchChosen),
                _UNVERIFIED,
                cancel(N_("Leave")),
            )
        case states.NothingLeft():
            return (
                confirm(N_("Next customer")),
                *_open(state.open_return),
                cancel(N_("Leave")),
            )
        case states.FindingReturn() | states.AskingShop():
            return (BACK,)
        case states.ShowingElsewhere():
            return (confirm(N_("Next customer")), BACK)
        case (
            states.DeclaringDay()
            | states.AddingGoods()
            | states.FindingArticle()
            | states.PricingArticle()
        ):
            return goods_keys.declared(state)
        case states.ReadingNotice():
            return (*PAGES, confirm(N_("Print")), BACK)
        case states.ShowingReturn():
            return _shown(state)
        case (
            states.PreparingSlip()
            | states.SendingSlip()
            | states.SlipBlocked()
            | states.SlipUncertain()
        ):
            return _slip(state)
        case (
            states.WaitingForCustomer()
            | states.ShopDecided()
            | states.Inspecting()
            | states.TakingSignature()
            | states.PayingCash()
            | states.ConfirmingVoid()
        ):
            return customer_keys.bindings(state)
        case (
            states.ReadingDay()
            | states.ShowingDay()
            | states.CountingPieces()
            | states.CountingTotal()
            | states.ConfirmingCount()
        ):
            return day_keys.bindings(state)
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
            return office(state)
        case _:
            return _draft(state)


def _office(cashier: Staff) -> tuple[Binding, ...]:
    """Only for who has something to do there."""
    return (f(4, N_("Office"), events.OfficeChosen),) if cashier.tasks else ()


def _other_way(draft: Draft) -> tuple[Binding, ...]:
    """Only where the shop has one."""
    there = len(ways(draft)) > 1
    return (f(3, N_("Other tender"), events.TenderChosen),) if there else ()


def _denied_way(draft: Draft) -> tuple[Binding, ...]:
    """Where it is a tender that stands in the way."""
    assert draft.decision is not None
    by_tender = any(one.rule == same_day.RULE for one in draft.decision.rulings)
    return _other_way(draft) if by_tender else ()


def _open(waiting: Return | None) -> tuple[Binding, ...]:
    """Only where there is such a return."""
    return (f(2, N_("The open return"), events.OpenReturnChosen),) if waiting else ()


def _draft(state: states.DraftState) -> tuple[Binding, ...]:
    match state:
        case states.ChoosingGoods():
            return (
                *ARROWS,
                Binding(None, "0–9", N_("Quantity")),
                f(1, N_("All"), events.AllChosen),
                *_open(state.draft.open_return),
                confirm(N_("Next")),
                DROP,
            )
        case (
            states.ChoosingReason()
            | states.ChoosingCondition()
            | states.ChangingReason()
            | states.ChangingCondition()
            | states.ChoosingOverrideReason()
        ):
            return CHOICE
        case states.AddingNew() | states.FindingNew():
            return goods_keys.new_goods(state)
        case states.OfferingVoid():
            return (
                confirm(N_("Void the whole sale")),
                f(2, N_("Only these goods"), events.PartChosen),
                BACK,
            )
        case states.ScanningSerials():
            return (
                DIGITS,
                Binding(None, N_("Confirm"), N_("Take this number")),
                f(2, N_("Not that one"), events.OneLessChosen),
                BACK,
            )
        case states.EnteringDifference():
            return (DIGITS, Binding(None, N_("Confirm"), N_("Take this amount")), BACK)
        case states.CheckingLines():
            return (
                *ARROWS,
                f(4, N_("Change this line"), events.LinesChosen),
                confirm(N_("Done")),
                BACK,
            )
        case states.Denied():
            return (confirm(N_("Next customer")), CHANGE, *_denied_way(state.draft), DROP)
        case states.GivingEvidence():
            return (confirm(N_("I have seen it")), CHANGE, DROP)
        case states.AwaitingOverride():
            return (
                DIGITS,
                Binding(None, N_("Confirm"), N_("Go on to the PIN")),
                CHANGE,
                DROP,
            )
        case states.ConfirmingAmounts():
            return (
                confirm(N_("Record")),
                up(N_("Change goods")),
                f(4, N_("Lines"), events.LinesChosen),
                *_other_way(state.draft),
                f(5, N_("Exchange"), events.ExchangeChosen),
                cancel(N_("Drop it")),
            )
        case states.EnteringOverridePin() | states.CheckingOverride():
            return (BACK,)


def _slip(state: states.SlipState) -> tuple[Binding, ...]:
    without = f(2, N_("Go on without the slip"), events.SkipChosen)
    match state:
        case states.PreparingSlip():
            return (cancel(N_("Go on without the slip")),)
        case states.SendingSlip():
            return ()
        case states.SlipBlocked():
            return (confirm(N_("Mended: print")), without)
        case states.SlipUncertain():
            return (
                confirm(N_("The slip is complete")),
                f(3, N_("Print a copy"), events.ReprintChosen),
                without,
            )


def _shown(state: states.ShowingReturn) -> tuple[Binding, ...]:
    open_still = state.ret.status in (Status.RECORDED, Status.CONFIRMED)
    return (
        confirm(N_("Go on with it") if open_still else N_("Next customer")),
        f(3, N_("Print a copy"), events.ReprintChosen),
        BACK,
    )


def shown(
    state: states.State, words: Words, not_taken: tuple[ReturnKind, ...]
) -> tuple[tuple[str, str], ...]:
    """Cap and label of each key in the cashier's language; none of a kind that is not taken."""
    hidden = [key for kind, key in _OF_KIND if kind in not_taken]
    return tuple(
        (words(one.cap), words(one.label))
        for one in bindings(state)
        if one.label and one not in hidden
    )
