"""A return as a customer reads it: every text of the page, in one language.

Law of the file: values in, texts out; templates decide nothing but the order.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from backoffice.amounts import money, quantity
from backoffice.books.refunds import CASH
from backoffice.clock import rfc3339
from backoffice.pages import words
from backoffice.pages.opened import Opened
from backoffice.reasons import reasons_of
from backoffice.states import RefundState, State
from backoffice.words import NOTHING, Worded, say


@dataclass(frozen=True)
class Line:
    name: str
    quantity: str
    reason: str
    amount: str


@dataclass(frozen=True)
class Tender:
    name: str
    amount: str
    state: str = ""
    note: str = ""


@dataclass(frozen=True)
class Page:
    """What the template lays out. `seen` names what the customer looked at (see `submit`)."""

    tone: str
    headline: str
    what: str
    number: str
    changed: str
    reason: str
    lines: tuple[Line, ...]
    bought: tuple[Line, ...]
    fee: str
    refund: str
    to_pay: str
    paid: bool
    tenders: tuple[Tender, ...]
    policy: str
    version: str
    until: str
    submits: bool
    seen: str


def page_of(opened: Opened, language: str) -> Page:
    """The page of a return that was opened."""
    ret, body = opened.ret, json.loads(opened.ret.body)
    settled, state = body.get("settlement", {}), State(ret.state)
    banner = words.STANDING[state]
    if state is State.APPROVED and not _has_cash(settled):
        banner = words.AGREED
    paid = state not in (State.DECLINED, State.VOIDED)
    reasons = reasons_of([ret.body])
    kept = sum(settled.get(part, 0) for part in ("fee", "shortfall", "gifts"))

    def cash(minor: int) -> str:
        return money(minor, ret.currency, ret.digits)

    return Page(
        tone=banner.tone,
        headline=say(banner.headline, language),
        what=say(banner.what, language),
        number=ret.number,
        changed=say(words.CHANGED, language) if opened.changed and state is State.WAITING else "",
        reason=say(Worded(ret.reason_zh, ret.reason_en), language)
        if state is State.DECLINED
        else "",
        lines=tuple(
            Line(
                one.name,
                quantity(one.quantity, one.unit) if one.quantity else "",
                say(reasons.get(one.reason, NOTHING), language),
                cash(one.amount),
            )
            for one in opened.lines
        ),
        bought=tuple(
            Line(one["name"], quantity(one["quantity"], _name(one["unit"])), "", cash(one["paid"]))
            for one in settled.get("bought", ())
        ),
        fee=cash(kept) if kept > 0 else "",
        refund=cash(ret.refund),
        to_pay=cash(settled["to_pay"]) if settled.get("to_pay") else "",
        tenders=_tenders(opened, settled, language) if paid or opened.refunds else (),
        paid=paid,
        policy=body.get("policy_words", {}).get(language, ""),
        version=body.get("policy_version", ""),
        until=ret.expires_on if state is State.WAITING else "",
        submits=state is State.WAITING,
        seen=seen(opened),
    )


def seen(opened: Opened) -> str:
    """Names goods and amounts: what is submitted must be what was looked at."""
    looked_at = [
        opened.ret.id,
        opened.ret.refund,
        *((one.line, one.quantity, one.amount) for one in opened.lines),
    ]
    return hashlib.sha256(json.dumps(looked_at).encode()).hexdigest()[:16]


def _tenders(opened: Opened, settled: dict[str, Any], language: str) -> tuple[Tender, ...]:
    """What its terminal handed on as the rails have it; before that, as it was settled."""
    ret = opened.ret
    handed_on = {one.position: one for one in opened.refunds}
    found = []
    for one in settled.get("refunds", ()):
        if not one["amount"]:
            continue
        refund = handed_on.get(one["position"])
        name = say(words.TENDERS.get(one["kind"], Worded(one["kind"], one["kind"])), language)
        amount = money(one["amount"], ret.currency, ret.digits)
        if refund is None:
            found.append(Tender(name, amount))
            continue
        notes = []
        if refund.actual is not None and refund.actual != refund.amount:
            arrived = money(refund.actual, ret.currency, ret.digits)
            notes.append(f"{say(words.LABELS['arrived'], language)} {arrived}")
        if refund.state == RefundState.SUCCESS:
            notes.append(rfc3339(refund.changed_at)[:10])
        why = say(Worded(refund.why_zh, refund.why_en), language)
        found.append(
            Tender(
                name,
                amount,
                say(words.REFUND[RefundState(refund.state)], language),
                " · ".join((*notes, *((why,) if why else ()))),
            )
        )
    return tuple(found)


def _has_cash(settled: dict[str, Any]) -> bool:
    return any(one["kind"] == CASH and one["amount"] for one in settled.get("refunds", ()))


def _name(tagged: dict[str, str]) -> str:
    """An enumeration's name, as records write it."""
    return tagged["is"]
