"""One receipt's rows to one sale, and the rows of it that the map leaves out."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from terminal.core.money import round_half_up
from terminal.core.sale import (
    QUANTITY_ONE,
    Currency,
    ReceiptRef,
    Reduction,
    Sale,
    SaleLine,
    SaleTender,
)
from terminal.core.words import Told, sentence
from terminal.interchange import csv_ties, shapes
from terminal.interchange.build import finished
from terminal.interchange.csv_map import ColumnMap, LeaveOut
from terminal.interchange.csv_rows import Row
from terminal.interchange.decimals import currency_of, not_below_zero, scaled, shown
from terminal.interchange.fields import Fields, clean_text, in_reason
from terminal.interchange.shapes import NO_GOODS
from terminal.interchange.values import BadSale

IS_RETURN = sentence("a return or cancellation, not a sale")
BELOW_ZERO = sentence("quantity or price not above zero: a correction")
UNNAMED = sentence("the goods have no name")
UNPAID = sentence("nothing was paid on this receipt: not a sale")
SOLD_AT_SPREAD = timedelta(days=1)

LeftOut = list[tuple[Row, Told]]


class Line(Struct, frozen=True):
    """A row by field names; a field that the map does not give is empty."""

    row: Row
    said: dict[str, str]

    @classmethod
    def of(cls, row: Row, by: ColumnMap) -> "Line":
        return cls(row, {**by.constants, **dict(zip(by.columns, row.cells, strict=True))})

    def get(self, field: str, default: str = "") -> str:
        return self.said.get(field) or default

    def text(self, field: str, shape: str, default: str = "") -> str:
        return clean_text(self.get(field, default), shape, self.what(field))

    def what(self, field: str) -> Told:
        return sentence("row {row}: {field}", row=self.row.number, field=field)


class _Priced(Struct, frozen=True):
    """A row with its numbers read: thousandths, minor units; they may be below zero."""

    line: Line
    quantity: int
    price: int
    net: int


def receipt_of(lines: Sequence[Line], by: ColumnMap) -> tuple[Sale | None, LeftOut]:
    """The sale of one receipt's rows, None when there is none, and what was left out with why.

    Raises BadSale when it must not be taken.
    """
    rule = by.leave_out
    if lines[0].get("receipt_no").startswith(rule.receipt_prefixes):
        return None, [(one.row, IS_RETURN) for one in lines]
    currency = currency_of(_same(lines, "currency"))
    goods: list[_Priced] = []
    taken_off: list[_Priced] = []
    left_out: list[tuple[_Priced, Told]] = []
    for one in (_priced(line, currency.digits) for line in lines):
        why = _why_left_out(one, rule)
        if one.line.get("sku") in rule.reduction_skus and one.net < 0:
            taken_off.append(one)
        elif why is not None:
            left_out.append((one, why))
        else:
            goods.append(one)
    unpaid = sum(one.net for one in goods) == 0
    if not goods or (unpaid and rule.unpaid):
        why = UNPAID if goods else NO_GOODS
        left_out += [(one, why) for one in (*goods, *taken_off)]
        return None, _by_row(left_out)
    _check_left_out(left_out)
    return _sale(goods, taken_off, lines, currency, by), _by_row(left_out)


def _by_row(left_out: list[tuple[_Priced, Told]]) -> LeftOut:
    return sorted(((one.line.row, why) for one, why in left_out), key=lambda it: it[0].number)


def _why_left_out(one: _Priced, rule: LeaveOut) -> Told | None:
    if one.line.get("sku") in rule.skus:
        return NO_GOODS
    if rule.below_zero and (one.quantity <= 0 or one.price < 0 or one.net < 0):
        return BELOW_ZERO
    return UNNAMED if rule.unnamed and not one.line.get("name") and one.net == 0 else None


def _check_left_out(left_out: list[tuple[_Priced, Told]]) -> None:
    """What takes money off the goods beside it may not just be left out: too much would go back."""
    for one, _ in left_out:
        if one.net < 0:
            sku = shown(one.line.get("sku"))
            raise BadSale(
                "row {number} takes money off this receipt; if {sku} is a discount, name it in"
                " reduction_skus of the map",
                number=one.line.row.number,
                sku=sku,
            )


def _priced(line: Line, digits: int) -> _Priced:
    quantity = scaled(line.get("quantity"), shapes.QUANTITY_DIGITS, line.what("quantity"))
    price = scaled(line.get("list_price", "0"), digits, line.what("list_price"))
    if "net_amount" in line.said:
        net = scaled(line.get("net_amount"), digits, line.what("net_amount"))
    else:
        net = round_half_up(abs(quantity * price), QUANTITY_ONE)
        net = -net if (quantity < 0) != (price < 0) else net
    return _Priced(line, quantity, price, net)


def _sale(
    goods: list[_Priced],
    taken_off: list[_Priced],
    lines: Sequence[Line],
    currency: Currency,
    by: ColumnMap,
) -> Sale:
    times = sorted(_sold_at(one, by) for one in lines)
    if times[-1] - times[0] > SOLD_AT_SPREAD:
        raise BadSale(
            "one receipt number, but sold at {times} and {times2}: map business_day",
            times=times[0],
            times2=times[-1],
        )
    reductions = _reductions(lines, taken_off, currency)
    due = sum(one.net for one in goods) - sum(one.amount for one in reductions)
    total = due
    if by.has("total"):
        total = scaled(_same(lines, "total"), currency.digits, "total")
    first = lines[0]
    sold = tuple(_line(one, place) for place, one in enumerate(goods, start=1))
    rows = tuple(zip((one.line.said for one in goods), sold, strict=True))
    tender = SaleTender(
        kind=clean_text(_same(lines, "tender"), shapes.KIND, "tender"),
        amount=total,
        reference=clean_text(_same(lines, "reference"), shapes.WORD, "reference"),
        masked=clean_text(_same(lines, "masked"), shapes.WORD, "masked"),
    )
    return finished(
        Sale(
            receipt=_ref(lines, times[0]),
            receipt_no=first.text("receipt_no", shapes.RECEIPT_NO),
            sold_at=times[0],
            cashier=clean_text(_same(lines, "cashier"), shapes.WORD, "cashier"),
            currency=currency,
            lines=sold,
            reductions=reductions,
            tenders=(tender,),
            total=total,
            phone_tail=clean_text(_same(lines, "phone"), shapes.WORD, "phone"),
            bundles=csv_ties.bundles(rows),
            gifts=csv_ties.gifts(rows, currency),
        )
    )


def _reductions(
    lines: Sequence[Line], taken_off: list[_Priced], currency: Currency
) -> tuple[Reduction, ...]:
    named = [Reduction("discount", -one.net) for one in taken_off]
    for field, kind in (("reduction", "basket"), ("coupon", "coupon")):
        text = _same(lines, field)
        if text:
            amount = scaled(text, currency.digits, field)
            named.append(Reduction(kind, not_below_zero(amount, text, field)))
    return tuple(one for one in named if one.amount)


def _ref(lines: Sequence[Line], sold_at: datetime) -> ReceiptRef:
    number = lines[0].get("receipt_no")
    sequence = _same(lines, "sequence") or "".join(re.findall(r"[0-9]", number))
    if not re.fullmatch(r"[0-9]{1,15}", sequence):
        raise BadSale(
            "no sequence of 1 to 15 digits can be had from receipt {number}", number=shown(number)
        )
    day = _same(lines, "business_day")
    return ReceiptRef(
        clean_text(_same(lines, "business_unit"), shapes.BUSINESS_UNIT, "business_unit"),
        clean_text(_same(lines, "workstation"), shapes.WORKSTATION, "workstation"),
        Fields({"business_day": day}).day("business_day") if day else sold_at.date(),
        int(sequence),
    )


def _line(one: _Priced, place: int) -> SaleLine:
    line = one.line
    unit = shapes.unit_of(line.get("unit", "each"), line.what("unit"))
    number = line.text("line", r"[0-9]{1,5}", str(place))
    return SaleLine(
        line=int(number),
        sku=line.text("sku", shapes.SKU),
        gtin=line.text("gtin", shapes.GTIN),
        name=line.text("name", shapes.NAME),
        unit=unit,
        quantity=shapes.quantity_of(line.get("quantity"), unit, line.what("quantity")),
        list_price=not_below_zero(one.price, line.get("list_price"), line.what("list_price")),
        net=not_below_zero(one.net, line.get("net_amount"), line.what("net_amount")),
        paid=0,
        tax_rate=shapes.rate_of(line.get("tax_rate", "0"), line.what("tax_rate")),
        tax=0,
        category=line.text("category", shapes.WORD),
        serials=csv_ties.serials(line.get("serials")),
        batch=line.text("batch", shapes.WORD),
    )


def _same(lines: Sequence[Line], field: str) -> str:
    """What every row of the receipt says alike. Raises BadSale where two differ."""
    first = lines[0]
    for one in lines[1:]:
        if one.get(field) != first.get(field):
            said = f"{shown(first.get(field))} / {shown(one.get(field))}"
            raise BadSale(
                "rows {number} and {number2} of one receipt differ in {field}: {said}",
                number=first.row.number,
                number2=one.row.number,
                field=field,
                said=said,
            )
    return first.get(field)


def _sold_at(line: Line, by: ColumnMap) -> datetime:
    text = line.get("sold_at")
    try:
        found = (
            datetime.strptime(text, by.time_format)  # noqa: DTZ007 - the zone follows
            if by.time_format
            else datetime.fromisoformat(text)
        )
        if by.zone is not None and found.tzinfo is None:
            found = found.replace(tzinfo=by.zone)
        return in_reason(found)
    except (ValueError, OverflowError) as fault:
        raise BadSale(
            "{what} = {text} is no time of the form {form}",
            what=line.what("sold_at"),
            text=shown(text),
            form=by.time_format or sentence("ISO 8601 with its offset"),
        ) from fault
