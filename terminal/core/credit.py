"""How money goes back: to the tender it came from, or as store credit (退货券).

Law of the file: which tender may go to which is data of the shop; nothing that is not in it can be
chosen. Credit is given once, with a code of its own, when the customer has confirmed.
"""

from datetime import date, timedelta

from msgspec.structs import replace

from terminal.core.draft import Draft
from terminal.core.happened import Moment
from terminal.core.returns import Return, ReturnKind, Settlement
from terminal.core.rules import Rules
from terminal.core.short_code import short_code
from terminal.core.tenders import CREDIT


def targets(rules: Rules, kind: ReturnKind, tender: str) -> tuple[str, ...]:
    """What a refund of this tender may be paid as, the usual way first."""
    limits = rules.policy.limits_of(kind)
    return limits.tenders or dict(rules.policy.refund_to).get(tender) or (tender,)


def ways(draft: Draft) -> tuple[str, ...]:
    """Every way that the cashier may choose for this return; "" is the usual one of each tender."""
    kind = draft.case.kind
    found = (
        way
        for tender in draft.case.sale.tenders
        for way in targets(draft.rules, kind, tender.kind)[1:]
    )
    return ("", *dict.fromkeys(found))


def next_way(draft: Draft) -> str:
    there = ways(draft)
    at = there.index(draft.refund_to) if draft.refund_to in there else 0
    return there[(at + 1) % len(there)]


def way_of(rules: Rules, kind: ReturnKind, tender: str, wanted: str) -> str:
    """How this tender is paid back: as wanted where it may be, else in its usual way."""
    there = targets(rules, kind, tender)
    return wanted if wanted in there else there[0]


def credit_in(settlement: Settlement) -> int:
    return sum(one.amount for one in settlement.refunds if one.kind == CREDIT)


def last_day(rules: Rules, settlement: Settlement, today: date) -> str:
    """Until when credit given for this return may be used; empty where none is."""
    if not credit_in(settlement):
        return ""
    return (today + timedelta(days=rules.policy.credit_days)).isoformat()


def with_code(ret: Return, moment: Moment) -> Return:
    """The return with the code of its credit, where it has any."""
    return (
        replace(ret, credit_code=short_code(moment.entropy)) if credit_in(ret.settlement) else ret
    )
