"""How a return ended, on paper: 已受理, 退款中, 已退款, 异常, or that there is no refund.

Law of the file: nothing is called refunded that is not; where less arrived than was asked for, both
are printed; what the shop said is printed with the time it said it.
"""

from printer.slip import Align, Columns, Part, Text
from terminal.core.returns import Return, Status
from terminal.core.tenders import CASH, CREDIT
from terminal.core.words import Worded
from terminal.ui.screens.draft import tender_name
from terminal.ui.screens.stand import as_of, moves, under_way
from terminal.ui.words import N_, Words

_RESULTS = {
    Status.RECORDED: N_("Not confirmed yet"),
    Status.CONFIRMED: N_("Confirmed"),
    Status.ACCEPTED: N_("Accepted: the refund is on its way"),
    Status.PROBLEM: N_("Delayed: the shop's office is on it"),
    Status.REFUNDED: N_("Refunded"),
    Status.VOIDED: N_("Voided: no refund"),
}


def ended(ret: Return, words: Words) -> tuple[Part, ...]:
    """In one line; an exchange or a credit is no money back. And when the shop said so."""
    status = Text(words(_ended(ret)), Align.CENTRE, bold=True)
    when = as_of(ret, words) if moves(ret, words) else ""
    return (status, Text(when, Align.CENTRE)) if when else (status,)


def no_refund(ret: Return, words: Words) -> tuple[Part, ...]:
    """Why, where the shop declined it; and that the goods are free again."""
    why = ret.declined.say(words.language) if ret.declined else ""
    reason = (Text(words(N_("Reason: {reason}"), reason=why)),) if why else ()
    return (*reason, Text(words(N_("The goods of this return can be returned again."))))


def outcome(ret: Return, arrival: Worded, words: Words) -> tuple[Part, ...]:
    """Where each part of the money is by now."""
    parts: list[Part] = []
    heard = moves(ret, words)
    for one in ret.settlement.refunds:
        if not one.amount:
            continue
        if one.kind == CASH:
            parts.append(Text(words(N_("Cash was paid out at the till."))))
        elif one.kind == CREDIT:
            parts.append(Text(words(N_("Store credit was given; its slip follows."))))
        elif one.position in heard:
            tender, how, what = heard[one.position]
            parts += [Columns(tender, how), *((Text(f"  {what}"),) if what else ())]
        else:
            accepted = N_("{tender}: accepted, paid back by the shop's office.")
            parts.append(Text(words(accepted, tender=tender_name(one.kind, "", words))))
    if ret.status is Status.ACCEPTED:
        parts.append(Text(arrival.say(words.language)))
    return tuple(parts)


def _ended(ret: Return) -> str:
    if ret.declined is not None:
        return N_("Declined: no refund")
    if under_way(ret):
        return N_("Refund under way")
    if ret.status is not Status.REFUNDED:
        return _RESULTS[ret.status]
    if ret.settlement.bought and not ret.settlement.refund:
        return N_("Exchanged")
    if not ret.settlement.refund:
        return N_("Goods taken back, nothing to pay back")
    if {one.kind for one in ret.settlement.refunds if one.amount} == {CREDIT}:
        return N_("Given as store credit")
    return _RESULTS[ret.status]
