"""The goods of a POSLog retail transaction, line by line.

Held against POSLogV6.0.0.xsd: SerialNumber and LotNumber stand in ItemBase, one or more of each; a
store's own coupon is a RetailPriceModifier with MethodCode "Coupon". GiftReceiptFlag says that a
gift receipt was printed, and nothing of a gift.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec import Struct

from terminal.core.money import decimal_text
from terminal.core.sale import QUANTITY_ONE, Currency, SaleLine, Unit
from terminal.core.words import Told, sentence
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


class Sold(Struct, frozen=True):
    """A line with what may still belong to it: its modifiers and the tax on top, minor units.

    `parts` are the goods of a kit, whose price it is; `notes` what of it cannot be kept, and why.
    """

    line: SaleLine
    modifiers: int
    tax: int
    parts: tuple[SaleLine, ...] = ()
    notes: tuple[Told, ...] = ()


def sold(sale: Element, number: str, currency: Currency, what: Told) -> Sold:
    taxes = sale.findall("Tax")
    line, notes = goods(sale, number, currency, what)
    modifiers = sum(
        abs(money(one, "Amount", currency, what, "0")) * _sign(one)
        for one in sale.iterfind("RetailPriceModifier")
    )
    tax = sum(abs(money(one, "Amount", currency, what, "0")) for one in taxes)
    return Sold(line, modifiers, tax, notes=(*notes, *_unknown(sale, line, currency, what)))


def goods(
    sale: Element, number: str, currency: Currency, what: Told, default: str | None = None
) -> tuple[SaleLine, tuple[Told, ...]]:
    """The line as it stands, and what of it cannot be kept. `default`: without ExtendedAmount."""
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
    gtin = next((code for code in _codes(sale) if re.fullmatch(shapes.GTIN, code)), "")
    sku = said(sale, "ItemID") or gtin
    price = sale.find("RegularSalesUnitPrice")
    if price is None:
        price = sale.find("ActualSalesUnitPrice")
    serials, of_pieces = _serials(sale, count, what)
    batch, of_batches = _batch(sale, what)
    line = SaleLine(
        line=int(number) if re.fullmatch(r"[1-9][0-9]{0,4}", number) else 0,
        sku=clean_text(sku, shapes.SKU, f"{what}: ItemID"),
        gtin=gtin,
        name=clean_text(said(sale, "Description") or sku, shapes.NAME, f"{what}: Description"),
        unit=unit,
        quantity=count,
        list_price=_price(price, currency, what),
        net=not_below_zero(
            money(sale, "ExtendedAmount", currency, what, default),
            said(sale, "ExtendedAmount"),
            what,
        ),
        paid=0,
        tax_rate=_rate(sale.findall("Tax"), what),
        tax=0,
        category=clean_text(said(sale, "MerchandiseHierarchy"), shapes.WORD, what),
        serials=serials,
        batch=batch,
    )
    return line, (*of_pieces, *of_batches)


def _serials(sale: Element, quantity: int, what: Told) -> tuple[tuple[str, ...], tuple[Told, ...]]:
    """One for each piece; of a system that numbers some of them only, none, and that is told."""
    found = tuple(
        clean_text((one.text or "").strip(), shapes.SERIAL, f"{what}: SerialNumber")
        for one in sale.iterfind("SerialNumber")
    )
    pieces, part = divmod(quantity, QUANTITY_ONE)
    if not found or (len(found) == pieces and not part):
        return found, ()
    told = sentence(
        "{what} has {count} serial numbers for its quantity, not one for each piece: none is kept",
        what=what,
        count=len(found),
    )
    return (), (told,)


def _batch(sale: Element, what: Told) -> tuple[str, tuple[Told, ...]]:
    """The batch of the line; of several nobody can tell which piece is of which."""
    found = tuple(
        dict.fromkeys(
            clean_text((one.text or "").strip(), shapes.WORD, f"{what}: LotNumber")
            for one in sale.iterfind("LotNumber")
        )
    )
    if len(found) < 2:
        return "".join(found), ()
    told = sentence(
        "{what} is of {count} batches: none is kept, and no recall by batch finds it",
        what=what,
        count=len(found),
    )
    return "", (told,)


def _unknown(sale: Element, line: SaleLine, currency: Currency, what: Told) -> tuple[Told, ...]:
    """What a POSLog says in part only: a coupon on one line, goods for nothing."""
    coupons = sum(
        abs(money(one, "Amount", currency, what, "0"))
        for one in sale.iterfind("RetailPriceModifier")
        if is_coupon(one)
    )
    notes: list[Told] = []
    if coupons:
        notes.append(
            sentence(
                "{what}: a coupon took {amount} off this line; it is in its price, and the coupon"
                " itself is not kept",
                what=what,
                amount=decimal_text(coupons, currency.digits),
            )
        )
    if not line.net:
        notes.append(
            sentence(
                "{what} cost nothing, and a POSLog does not say which goods earned it: it is kept"
                " as goods, not as a gift",
                what=what,
            )
        )
    return tuple(notes)


def is_coupon(modifier: Element) -> bool:
    """By MethodCode, as ARTS has it for a store's own coupon (RetailPriceModifierBase)."""
    return (modifier.get("MethodCode") or "").strip().lower() == "coupon"


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


def is_true(flag: str | None) -> bool:
    return (flag or "").strip().lower() in ("true", "1")
