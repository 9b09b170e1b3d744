"""The lines of a POSLog retail transaction: goods and tenders, each by itself."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec import Struct

from terminal.core.sale import QUANTITY_ONE, Currency, SaleLine, SaleTender, Unit
from terminal.core.words import Told
from terminal.interchange import shapes
from terminal.interchange.decimals import not_below_zero, scaled, shown
from terminal.interchange.fields import clean_text
from terminal.interchange.values import BadSale

# UN/ECE Recommendation 20 and what systems write in its place: our unit, and thousandths of one.
UNITS = {
    **dict.fromkeys(("", "EA", "EACH", "PCE", "PC", "PCS", "C62", "H87"), (Unit.EACH, 1000)),
    **dict.fromkeys(("KGM", "KG"), (Unit.WEIGHT, 1000)),
    **dict.fromkeys(("GRM", "G"), (Unit.WEIGHT, 1)),
}
# ARTS TenderType: what it is called here. Others go by their own name in small letters.
TENDERS = {
    "creditdebit": "card", "credit": "card", "debit": "card", "creditcard": "card",
    "debitcard": "card", "giftcard": "gift_card", "giftcertificate": "gift_card",
    "manufacturercoupon": "coupon", "cheque": "check", "loyalty": "points",
}  # fmt: skip


class Sold(Struct, frozen=True):
    """A line with what may still belong to it: its modifiers and the tax on top, minor units."""

    line: SaleLine
    modifiers: int
    tax: int


def sold(sale: Element, number: str, currency: Currency, what: Told) -> Sold:
    quantity = sale.find("Quantity")
    if quantity is None:
        raise BadSale("{what}: Quantity is missing", what=what)
    measure = (quantity.get("UnitOfMeasureCode") or "").strip().upper()
    if measure not in UNITS:
        known = ", ".join(one for one in UNITS if one)
        raise BadSale(
            "{what}: UnitOfMeasureCode = {measure} must be one of {known}",
            what=what,
            measure=shown(measure),
            known=known,
        )
    unit, scale = UNITS[measure]
    text = (quantity.text or "").strip()
    if scale == 1:  # grams are thousandths of our kg
        count = not_below_zero(scaled(text, 0, f"{what}: Quantity"), text, f"{what}: Quantity")
    else:
        count = shapes.quantity_of(text, unit, f"{what}: Quantity")
    modifiers = (
        abs(money(one, "Amount", currency, what, "0")) * _sign(one)
        for one in sale.iterfind("RetailPriceModifier")
    )
    taxes = sale.findall("Tax")
    gtin = next((code for code in _codes(sale) if re.fullmatch(shapes.GTIN, code)), "")
    sku = said(sale, "ItemID") or gtin
    price = sale.find("RegularSalesUnitPrice")
    if price is None:
        price = sale.find("ActualSalesUnitPrice")
    line = SaleLine(
        line=int(number) if re.fullmatch(r"[1-9][0-9]{0,4}", number) else 0,
        sku=clean_text(sku, shapes.SKU, f"{what}: ItemID"),
        gtin=gtin,
        name=clean_text(said(sale, "Description") or sku, shapes.NAME, f"{what}: Description"),
        unit=unit,
        quantity=count,
        list_price=_price(price, currency, what),
        net=not_below_zero(
            money(sale, "ExtendedAmount", currency, what), said(sale, "ExtendedAmount"), what
        ),
        paid=0,
        tax_rate=_rate(taxes, what),
        tax=0,
        category=clean_text(said(sale, "MerchandiseHierarchy"), shapes.WORD, what),
        serials=_serials(sale, count, what),
    )
    return Sold(
        line, sum(modifiers), sum(abs(money(one, "Amount", currency, what, "0")) for one in taxes)
    )


def _serials(sale: Element, quantity: int, what: Told) -> tuple[str, ...]:
    """One for each piece; of a system that numbers some of them only, none."""
    found = tuple(
        clean_text((one.text or "").strip(), shapes.SERIAL, f"{what}: SerialNumber")
        for one in sale.iterfind("SerialNumber")
    )
    return found if len(found) * QUANTITY_ONE == quantity else ()


def _price(price: Element | None, currency: Currency, what: Told) -> int:
    """For the screen only; a unit price may have more decimals than the currency: cut."""
    text = (price.text or "").strip() if price is not None else ""
    found = re.match(r"[0-9]{1,12}(\.[0-9]+)?", text)
    if not found:
        return 0
    whole, _, part = found[0].partition(".")
    kept = part[: currency.digits]
    return scaled(f"{whole}.{kept}" if kept else whole, currency.digits, what)


def _rate(taxes: list[Element], what: Told) -> int:
    """All taxes of the line together, in parts per million; Percent 13 is 130_000."""
    percents = [said(one, "Percent") for one in taxes]
    rate = sum(scaled(one, shapes.RATE_DIGITS - 2, f"{what}: Percent") for one in percents if one)
    if not 0 <= rate <= 10**shapes.RATE_DIGITS:
        raise BadSale("{what}: Percent must be from 0 to 100", what=what)
    return rate


def _sign(modifier: Element) -> int:
    """Whether it takes off (1) or adds (-1); a new price in the place of the old does neither."""
    amount = modifier.find("Amount")
    action = (amount.get("Action") or "") if amount is not None else ""
    return {"add": -1, "replace": 0}.get(action.lower(), 1)


def tender_of(tender: Element, currency: Currency, what: Told) -> SaleTender:
    amount = money(tender, "Amount", currency, what)
    for change in tender.iterfind("TenderChange"):
        amount -= abs(money(change, "Amount", currency, what))
    if (tender.get("TypeCode") or "").lower() in ("refund", "return"):
        amount = -abs(amount)
    kind = re.sub(r"[^a-z0-9]", "", (tender.get("TenderType") or "").lower())
    kind = TENDERS.get(kind, kind)
    number = next((one.text or "" for one in tender.iter() if one.tag in _ACCOUNTS), "")
    reference = next((one.text or "" for one in tender.iter() if one.tag in _REFERENCES), "")
    return SaleTender(
        kind=clean_text(kind, shapes.KIND, f"{what}: TenderType"),
        amount=amount,
        reference=clean_text(reference.strip(), shapes.WORD, f"{what}: reference"),
        masked=clean_text(re.sub(r"[^0-9]", "", number)[-4:], shapes.WORD, f"{what}: account"),
    )


_ACCOUNTS = ("PrimaryAccountNumber", "AccountNumber", "CardNumber")
_REFERENCES = ("ReferenceNumber", "AuthorizationCode", "RequestedTransactionID")


def _codes(sale: Element) -> Iterator[str]:
    for one in sale.iterfind("POSIdentity/POSItemID"):
        yield (one.text or "").strip()


def currency_in(retail: Element) -> str:
    """The currency that an amount names, where the transaction names none."""
    named = (one.get("Currency") for one in retail.iter("Amount"))
    return next((one for one in named if one), "")


def said(element: Element, tag: str) -> str:
    return " ".join((element.findtext(tag) or "").split())


def money(
    element: Element, tag: str, currency: Currency, what: Told, default: str | None = None
) -> int:
    text = said(element, tag) or default
    if text is None:
        raise BadSale("{what}: {tag} is missing", what=what, tag=tag)
    return scaled(text, currency.digits, f"{what}: {tag}")
