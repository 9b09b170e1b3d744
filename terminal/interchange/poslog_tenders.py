"""What was paid in a POSLog retail transaction: tenders, the change given back, what was rounded.

Held against POSLogV6.0.0.xsd: TenderChange stands in its Tender, or as a line of its own that
replaces it; Rounding stands in a Tender or as a line, its direction beside it.
"""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from terminal.core.sale import Currency, SaleTender
from terminal.core.words import Told
from terminal.interchange import shapes
from terminal.interchange.decimals import scaled, shown
from terminal.interchange.fields import clean_text
from terminal.interchange.poslog_lines import money, said
from terminal.interchange.values import BadSale

# ARTS TenderType: what it is called here. Others go by their own name in small letters.
TENDERS = {
    "creditdebit": "card", "credit": "card", "debit": "card", "creditcard": "card",
    "debitcard": "card", "giftcard": "gift_card", "giftcertificate": "gift_card",
    "manufacturercoupon": "coupon", "cheque": "check", "loyalty": "points",
}  # fmt: skip
_ACCOUNTS = ("PrimaryAccountNumber", "AccountNumber", "CardNumber")
_REFERENCES = ("ReferenceNumber", "AuthorizationCode", "RequestedTransactionID")


def tender_of(tender: Element, currency: Currency, what: Told) -> SaleTender:
    amount = money(tender, "Amount", currency, what)
    for change in tender.iterfind("TenderChange"):
        amount -= abs(money(change, "Amount", currency, what))
    if (tender.get("TypeCode") or "").lower() in ("refund", "return"):
        amount = -abs(amount)
    number = next((one.text or "" for one in tender.iter() if one.tag in _ACCOUNTS), "")
    reference = next((one.text or "" for one in tender.iter() if one.tag in _REFERENCES), "")
    return SaleTender(
        kind=_kind(tender, what),
        amount=amount,
        reference=clean_text(reference.strip(), shapes.WORD, f"{what}: reference"),
        masked=clean_text(re.sub(r"[^0-9]", "", number)[-4:], shapes.WORD, f"{what}: account"),
    )


def changes_of(line: Element, currency: Currency, what: Told) -> tuple[SaleTender, ...]:
    """What a TenderChange of its own gave back, each with the kind of its money."""
    inside = line.findall("TenderChange") or [line]
    return tuple(
        SaleTender(_kind(one, what), abs(money(one, "Amount", currency, what)), "", "")
        for one in inside
    )


def less(tenders: Sequence[SaleTender], changes: Sequence[SaleTender]) -> list[SaleTender]:
    """The tenders without what went back of them: of the same kind first, then of any other."""
    left = list(tenders)
    for change in changes:
        rest = change.amount
        for at in sorted(range(len(left)), key=lambda at: left[at].kind != change.kind):
            now = min(rest, max(left[at].amount, 0))
            left[at] = replace(left[at], amount=left[at].amount - now)
            rest -= now
        if rest:
            left.append(replace(change, amount=-rest))
    return left


def rounding_of(place: Element, currency: Currency, what: Told) -> int:
    """Minor units that rounding took off what is paid; below zero where it added."""
    total = 0
    for one in place.iterfind("Rounding"):
        total += _rounded(one, currency, what)
    return total


def _rounded(rounding: Element, currency: Currency, what: Told) -> int:
    text = (rounding.text or "").strip() or "0"
    amount = scaled(text, currency.digits, f"{what}: Rounding")
    way = (rounding.get("RoundingDirection") or "").strip().lower()
    if amount and way not in ("up", "down"):
        raise BadSale(
            "{what}: RoundingDirection = {way} must be Up or Down", what=what, way=shown(way)
        )
    return -abs(amount) if way == "up" else abs(amount)


def _kind(tender: Element, what: Told) -> str:
    kind = re.sub(r"[^a-z0-9]", "", said_type(tender).lower())
    return clean_text(TENDERS.get(kind, kind), shapes.KIND, f"{what}: TenderType")


def said_type(tender: Element) -> str:
    return tender.get("TenderType") or said(tender, "TenderType")
