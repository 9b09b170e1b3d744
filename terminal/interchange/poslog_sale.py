"""One POSLog retail transaction to one sale.

Law of the file: what was paid decides. ExtendedAmount is what a line came to, its price modifiers
included (ARTS); systems that leave the modifiers beside it, or the tax on top of it, are understood
only where the sums then fit to the penny. A line that was voided is passed over and told; goods
that came back in the same transaction paid for a part of it.
"""

import re
from datetime import datetime
from itertools import product
from xml.etree.ElementTree import Element

from msgspec import Struct, field
from msgspec.structs import replace

from terminal.core.money import decimal_text
from terminal.core.sale import Currency, ReceiptRef, Reduction, Sale, SaleLine, SaleTender
from terminal.core.words import Told, ToldFault, sentence
from terminal.interchange import shapes
from terminal.interchange.build import finished
from terminal.interchange.decimals import currency_of, scaled, shown
from terminal.interchange.fields import Fields, clean_text, in_reason
from terminal.interchange.poslog_kit import apart, with_parts
from terminal.interchange.poslog_lines import (
    Sold,
    currency_in,
    is_coupon,
    is_true,
    money,
    said,
    sold,
)
from terminal.interchange.poslog_tenders import changes_of, less, rounding_of, tender_of
from terminal.interchange.values import BadSale

ON_THE_SPOT = "returned_goods"  # the tender that goods coming back in the same transaction are
_TAKEN_BACK = ("VoidFlag", "CancelFlag", "DeleteFlag")  # of a line: none of it was sold
IS_RETURN = sentence("goods came back and none were sold")
NO_GOODS = sentence("no goods were sold")
PAID_OUT = sentence("more money went back than came in")


class NoSale(ToldFault):
    """The transaction is sound, and no sale of goods."""


class _Parts(Struct):
    sold: list[Sold] = field(default_factory=list)
    reductions: list[Reduction] = field(default_factory=list)
    tenders: list[SaleTender] = field(default_factory=list)
    passed: list[Told] = field(default_factory=list)  # lines that are no goods sold
    changes: list[SaleTender] = field(default_factory=list)
    rounded: int = 0  # taken off what was paid; below zero where it was added
    returned: int = 0


def sale_of(element: Element, retail: Element) -> tuple[Sale, tuple[Told, ...]]:
    """The sale, and its lines that were passed over. Raises BadSale, or NoSale if none is amiss."""
    code = said(element, "CurrencyCode") or said(retail, "CurrencyCode") or currency_in(retail)
    currency = currency_of(code)
    parts = _parts(retail, currency)
    back = [replace(one, amount=-one.amount) for one in parts.tenders if one.amount < 0]
    came = [one for one in parts.tenders if one.amount >= 0]
    parts.tenders = less(came, [*parts.changes, *back])
    if not parts.sold:
        raise NoSale(IS_RETURN if parts.returned else NO_GOODS)
    if any(one.amount < 0 for one in parts.tenders):
        raise NoSale(PAID_OUT)
    _check_total(retail, sum(one.amount for one in parts.tenders), currency)
    _round(parts)
    if parts.returned:
        parts.tenders.append(SaleTender(ON_THE_SPOT, parts.returned, "", ""))
    total = sum(one.amount for one in parts.tenders)
    lines, bundles = apart(parts.sold, _fitting(parts, total, currency))
    at = _moment(element)
    sequence = said(element, "SequenceNumber")
    receipt_no = said(retail, "ReceiptNumber") or said(element, "ReceiptNumber") or sequence
    sale = finished(
        Sale(
            receipt=_ref(element, at, sequence),
            receipt_no=clean_text(receipt_no, shapes.RECEIPT_NO, "ReceiptNumber"),
            sold_at=at,
            cashier=clean_text(said(element, "OperatorID"), shapes.WORD, "OperatorID"),
            currency=currency,
            lines=lines,
            reductions=tuple(one for one in parts.reductions if one.amount),
            tenders=tuple(one for one in parts.tenders if one.amount),
            total=total,
            bundles=bundles,
        )
    )
    return sale, tuple(parts.passed)


def _round(parts: _Parts) -> None:
    """Rounded down it is a reduction; what rounding added is no price of goods, and stays out."""
    if parts.rounded > 0:
        parts.reductions.append(Reduction("rounding", parts.rounded))
    elif parts.rounded < 0:
        added = SaleTender("cash", -parts.rounded, "", "")
        parts.tenders = less(parts.tenders, [added])


def _check_total(retail: Element, paid: int, currency: Currency) -> None:
    """Where the transaction names its grand total, that is what was paid."""
    for one in retail.iterfind("Total"):
        if one.get("TotalType") != "TransactionGrandAmount":
            continue
        total = scaled((one.text or "").strip(), currency.digits, "Total")
        if total != paid:
            said_total, tendered = (decimal_text(it, currency.digits) for it in (total, paid))
            raise BadSale(
                "the sums differ: the total says {said_total}, the tenders are {tendered}",
                said_total=said_total,
                tendered=tendered,
            )


def _fitting(parts: _Parts, total: int, currency: Currency) -> tuple[SaleLine, ...]:
    """The lines, in the one reading in which they add up to what was paid."""
    off = sum(one.amount for one in parts.reductions)
    for taxed, modified in product((0, 1), repeat=2):
        lines = tuple(
            replace(one.line, net=one.line.net + taxed * one.tax - modified * one.modifiers)
            for one in parts.sold
        )
        if sum(one.net for one in lines) - off == total and all(one.net >= 0 for one in lines):
            return lines
    nets = sum(one.line.net for one in parts.sold)
    net, less, paid = (decimal_text(one, currency.digits) for one in (nets, off, total))
    raise BadSale(
        "the sums differ: lines {net} less reductions {less}, the tenders are {paid}; neither"
        " price modifiers nor taxes of the lines explain it",
        net=net,
        less=less,
        paid=paid,
    )


def _parts(retail: Element, currency: Currency) -> _Parts:
    parts = _Parts()
    for place, item in enumerate(retail.iterfind("LineItem"), start=1):
        number = said(item, "SequenceNumber") or str(place)
        what = f"LineItem {shown(number)[1:-1]}"
        if any(is_true(item.get(flag)) for flag in _TAKEN_BACK):
            parts.passed.append(sentence("{what} was voided", what=what))
            continue
        parts.rounded += rounding_of(item, currency, what)
        for child in item:
            match child.tag:
                case "Sale" | "SaleForDelivery" | "SaleForPickup":
                    one = with_parts(sold(child, number, currency, what), child, currency, what)
                    parts.sold.append(one)
                    parts.passed += one.notes
                case "Return":
                    parts.passed.append(sentence("{what} came back in this transaction", what=what))
                    parts.returned += abs(money(child, "ExtendedAmount", currency, what))
                case "Discount" | "LoyaltyReward":
                    kind = "reward" if child.tag == "LoyaltyReward" else "discount"
                    kind = "coupon" if is_coupon(child) else kind
                    amount = abs(money(child, "Amount", currency, what, "0"))
                    parts.reductions.append(Reduction(kind, amount))
                case "Tender":
                    parts.rounded += rounding_of(child, currency, what)
                    if child.find("Amount") is not None or child.find("Rounding") is None:
                        parts.tenders.append(tender_of(child, currency, what))
                case "TenderChange":
                    parts.rounded += rounding_of(child, currency, what)
                    parts.changes += changes_of(child, currency, what)
                case _:
                    pass  # what bears money among them is missed by the sums
    return parts


def _moment(element: Element) -> datetime:
    """When it ended, or else began; a time without an offset is the unit's own."""
    text = said(element, "EndDateTime") or said(element, "BeginDateTime")
    try:
        found = datetime.fromisoformat(text)
        return in_reason(found if found.tzinfo else found.astimezone())
    except (ValueError, OverflowError, OSError) as fault:
        raise BadSale(
            "EndDateTime = {text} is no time like 2026-11-20T14:03:22+08:00", text=shown(text)
        ) from fault


def _ref(element: Element, at: datetime, sequence: str) -> ReceiptRef:
    unit = said(element, "BusinessUnit/UnitID") or said(element, "RetailStoreID")
    if not re.fullmatch(r"[0-9]{1,15}", sequence):
        raise BadSale(
            "SequenceNumber = {sequence} must be 1 to 15 digits", sequence=shown(sequence)
        )
    day = said(element, "BusinessDayDate")[:10]
    return ReceiptRef(
        clean_text(unit, shapes.BUSINESS_UNIT, "BusinessUnit"),
        clean_text(said(element, "WorkstationID"), shapes.WORKSTATION, "WorkstationID"),
        Fields({"BusinessDayDate": day}).day("BusinessDayDate") if day else at.date(),
        int(sequence),
    )
