"""How a return stands, in words: what the till did, and what the shop and the rails said since.

Law of the file: screens and slips take these words from here. Nothing is called refunded that a
rail has not called a success, and what the shop said is shown with the time it said it.
"""

from datetime import datetime

from terminal.core.returns import Refund, Return, Status
from terminal.core.shop import RailState, ShopRefund, ShopState, Standing
from terminal.core.steps.refund import HERE
from terminal.ui import formats
from terminal.ui.screen import Tone
from terminal.ui.screens.draft import tender_name
from terminal.ui.words import N_, Words

STATUS = {
    Status.RECORDED: (N_("Waiting for the customer"), Tone.WAITING),
    Status.CONFIRMED: (N_("Confirmed, cash not paid yet"), Tone.WAITING),
    Status.ACCEPTED: (N_("Accepted; the money is on its way"), Tone.WAITING),
    Status.PROBLEM: (N_("A refund is in trouble; the office is on it"), Tone.STOP),
    Status.REFUNDED: (N_("Refunded at the till"), Tone.GOOD),
    Status.VOIDED: (N_("Voided"), Tone.STOP),
}
AT_THE_SHOP = {
    Standing.WAITING: (N_("Waiting for the customer"), Tone.WAITING),
    Standing.SUBMITTED: (N_("Submitted; the office is looking at it"), Tone.HERE),
    Standing.APPROVED: (N_("Approved by the office"), Tone.GOOD),
    Standing.DECLINED: (N_("Declined by the office"), Tone.STOP),
    Standing.CONFLICT: (N_("More came back than was sold"), Tone.STOP),
    Standing.CONFIRMED: (N_("Confirmed"), Tone.WAITING),
    Standing.REFUNDING: (N_("Refund under way"), Tone.WAITING),
    Standing.REFUNDED: (N_("Refunded"), Tone.GOOD),
    Standing.PROBLEM: STATUS[Status.PROBLEM],
    Standing.VOIDED: STATUS[Status.VOIDED],
}
_RAILS = {
    RailState.ACCEPTED: N_("accepted"),
    RailState.PROCESSING: N_("refund under way"),
    RailState.SUCCESS: N_("refunded"),
    RailState.ABNORMAL: N_("not paid, the office is on it"),
    RailState.CLOSED: N_("closed unpaid, the office is on it"),
}


def standing(ret: Return) -> tuple[str, Tone]:
    """Where a return stands; an exchange that gave no money back was refunded to nobody."""
    if ret.status is Status.REFUNDED and not ret.settlement.refund:
        said = N_("Exchanged") if ret.settlement.bought else N_("Nothing to pay back")
        return said, Tone.GOOD
    if ret.declined is not None:
        return AT_THE_SHOP[Standing.DECLINED]
    if ret.status is Status.REFUNDED and on_rails(ret):
        return AT_THE_SHOP[Standing.REFUNDED]
    waits = ret.status is Status.RECORDED or ret.decided
    if ret.shop is not None and (waits or under_way(ret)):
        return AT_THE_SHOP[ret.shop.state]
    return STATUS[ret.status]


def under_way(ret: Return) -> bool:
    """Whether a rail has begun; before, the return is accepted and no more."""
    said = ret.shop
    return ret.status is Status.ACCEPTED and said is not None and said.state is Standing.REFUNDING


def on_rails(ret: Return) -> tuple[Refund, ...]:
    """The refunds that a rail moves, not this till."""
    return tuple(one for one in ret.settlement.refunds if one.amount and one.kind not in HERE)


def moves(ret: Return, words: Words) -> dict[int, tuple[str, str, str]]:
    """For each refund on a rail that was heard of: tender, how it stands, what arrived and when.

    Where less arrived than was asked for (coupons come back in proportion) both are said.
    """
    if ret.shop is None or not ret.handed_on:
        return {}
    said = {one.position: one for one in ret.shop.refunds}
    return {
        one.position: (
            tender_name(one.kind, "", words),
            words(_RAILS[said[one.position].state]),
            _arrived(ret, said[one.position], words),
        )
        for one in on_rails(ret)
        if one.position in said
    }


def as_of(ret: Return, words: Words) -> str:
    """When the shop said so; empty where it said nothing, or no time."""
    when = _local(ret.shop.at, ret) if ret.shop else ""
    return words(N_("as of {time}"), time=when) if when else ""


def why_not(said: ShopState, words: Words) -> str:
    """The reason that the shop gave, in this language or in the one it has."""
    return said.reason.say(words.language) or said.reason.zh or said.reason.en


def _arrived(ret: Return, one: ShopRefund, words: Words) -> str:
    if one.state is not RailState.SUCCESS:
        return one.why.say(words.language)
    asked = formats.with_symbol(one.amount, ret.currency)
    day = _local(one.at, ret)[:10]
    if one.actual is None or one.actual == one.amount:
        return f"{asked} {day}".strip()
    paid = formats.with_symbol(one.actual, ret.currency)
    return words(N_("due {asked}, arrived {paid} {day}"), asked=asked, paid=paid, day=day).strip()


def _local(at: str, ret: Return) -> str:
    """`2026-11-25 10:02` by the clock of the till that recorded it; empty for what is no time."""
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        return ""
    return formats.moment(when.astimezone(datetime.fromisoformat(ret.recorded_at).tzinfo))
