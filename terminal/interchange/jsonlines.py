"""The sale interchange format: JSON Lines, one sale a line.

Law of the file: strict. An unknown field, a wrong type, a duplicate key or a wrong sum is a fault
of that line, told with its number; whatever the bytes are, reading goes on with the next line.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from msgspec import Struct, field

from terminal.core.sale import (
    Bundle,
    Currency,
    Gift,
    ReceiptRef,
    Reduction,
    Sale,
    SaleLine,
    SaleTender,
)
from terminal.core.words import sentence
from terminal.interchange import shapes
from terminal.interchange.build import finished
from terminal.interchange.bundles import shared
from terminal.interchange.decimals import currency_of, shown
from terminal.interchange.fields import Fields
from terminal.interchange.source import LINE_BYTES_MAX, Line, Progress, lines
from terminal.interchange.values import BadSale, Found, Note, Offered
from terminal.spoken.system_words import foreign

TOO_LONG = sentence("the line is longer than {line_bytes_max} bytes", line_bytes_max=LINE_BYTES_MAX)


def read(path: Path, progress: Progress = lambda _: None) -> Iterator[Found]:
    """Every line that is not blank, as a sale or a note. Raises UnreadableFile."""
    for line in lines(path, progress):
        found = found_in(line)
        if found is not None:
            yield found


def found_in(line: Line) -> Found | None:
    """What one line says; None when it is blank. Never raises, whatever the bytes."""
    if line.data is None:
        return Note(line.number, "", TOO_LONG)
    if not line.data.strip():
        return None
    raw: object = None
    try:
        raw = parsed(line.data)
        return Offered((line.number,), sale_of(Fields(raw)))
    except BadSale as bad:
        return Note(line.number, _receipt_in(raw), bad.told)


def sale_of(fields: Fields) -> Sale:
    """The sale that an object says. Raises BadSale."""
    receipt = _receipt(fields.inner("receipt"))
    currency = currency_of(fields.text("currency", r".{0,12}"))
    sold = _Sold()
    for one in fields.each("lines"):
        _add(sold, one, currency)
    sale = Sale(
        receipt=receipt,
        receipt_no=fields.text("receipt_no", shapes.RECEIPT_NO),
        sold_at=fields.moment("sold_at"),
        cashier=fields.text("cashier", shapes.WORD, ""),
        currency=currency,
        lines=tuple(sold.lines),
        reductions=tuple(
            _reduction(one, currency) for one in fields.each("reductions", may_miss=True)
        ),
        tenders=tuple(_tender(one, currency) for one in fields.each("tenders")),
        total=fields.amount("total", currency.digits),
        phone_tail=fields.text("phone", shapes.WORD, ""),
        bundles=tuple(sold.bundles),
        gifts=tuple(sold.gifts),
    )
    fields.close()
    return finished(sale)


def _receipt(fields: Fields) -> ReceiptRef:
    ref = ReceiptRef(
        business_unit=fields.text("business_unit", shapes.BUSINESS_UNIT),
        workstation=fields.text("workstation", shapes.WORKSTATION),
        business_day=fields.day("business_day"),
        sequence=fields.whole("sequence", 0, shapes.SEQUENCE_MAX),
    )
    fields.close()
    return ref


class _Sold(Struct):
    """The lines of a sale so far, and what hangs together among them."""

    lines: list[SaleLine] = field(default_factory=list)
    bundles: list[Bundle] = field(default_factory=list)
    gifts: list[Gift] = field(default_factory=list)


def _add(sold: _Sold, fields: Fields, currency: Currency) -> None:
    """One line, or a bundle and its components with their shares of its price."""
    if not fields.has("components"):
        if fields.has("gift_of") or fields.has("gift_threshold"):
            sold.gifts.append(_gift(fields, currency))
        sold.lines.append(_line(fields, currency, fields.amount("net_amount", currency.digits)))
        return
    components = [_line(one, currency, 0) for one in fields.each("components")]
    sku, name = fields.text("sku", shapes.SKU, ""), fields.text("name", shapes.NAME, "")
    net = fields.amount("net_amount", currency.digits)
    whole = fields.flag("whole")
    fields.close()
    lines = shared(net, components)
    name = name or sku or lines[0].name
    sold.bundles.append(Bundle(sku, name, tuple(one.line for one in lines), whole))
    sold.lines.extend(lines)


def _gift(fields: Fields, currency: Currency) -> Gift:
    """Without the lines that earned it, all goods that were paid for did."""
    return Gift(
        fields.whole("line", 1, shapes.LINE_MAX),
        fields.wholes("gift_of", 1, shapes.LINE_MAX),
        fields.amount("gift_threshold", currency.digits, "0"),
    )


def _line(fields: Fields, currency: Currency, net: int) -> SaleLine:
    unit = shapes.unit_of(fields.text("unit", r".{0,12}"), fields.name("unit"))
    text = fields.text("quantity", r".{0,32}")
    line = SaleLine(
        line=fields.whole("line", 1, shapes.LINE_MAX),
        sku=fields.text("sku", shapes.SKU),
        gtin=fields.text("gtin", shapes.GTIN, ""),
        name=fields.text("name", shapes.NAME),
        unit=unit,
        quantity=shapes.quantity_of(text, unit, fields.name("quantity")),
        list_price=fields.amount("list_price", currency.digits, "0"),
        net=net,
        paid=0,
        tax_rate=shapes.rate_of(fields.text("tax_rate", r".{0,32}", "0"), fields.name("tax_rate")),
        tax=0,
        category=fields.text("category", shapes.WORD, ""),
        serials=fields.texts("serials", shapes.SERIAL),
        batch=fields.text("batch", shapes.WORD, ""),
    )
    fields.close()
    return line


def _reduction(fields: Fields, currency: Currency) -> Reduction:
    reduction = Reduction(
        kind=fields.text("kind", shapes.KIND),
        amount=fields.amount("amount", currency.digits),
        threshold=fields.amount("threshold", currency.digits, "0"),
    )
    fields.close()
    return reduction


def _tender(fields: Fields, currency: Currency) -> SaleTender:
    tender = SaleTender(
        kind=fields.text("kind", shapes.KIND),
        amount=fields.amount("amount", currency.digits),
        reference=fields.text("reference", shapes.WORD, ""),
        masked=fields.text("masked", shapes.WORD, ""),
    )
    fields.close()
    return tender


def parsed(data: bytes) -> object:
    """What one line of JSON says, amounts as Decimal or as they cannot be. Raises BadSale."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise BadSale(
            "byte {start} of the line is not UTF-8 (GBK perhaps); save it as UTF-8",
            start=fault.start + 1,
        ) from fault
    try:
        found: object = json.loads(
            text, object_pairs_hook=_once, parse_float=Decimal, parse_constant=_Strange
        )
    except json.JSONDecodeError as fault:
        raise BadSale(
            "the line is not JSON: {msg} at character {pos}",
            msg=foreign(fault.msg),
            pos=fault.pos + 1,
        ) from fault
    except (ValueError, ArithmeticError) as fault:
        raise BadSale("a number is far too long") from fault
    except RecursionError as fault:
        raise BadSale("the line is nested far too deep") from fault
    return found


class _Strange(Struct, frozen=True):
    """NaN or Infinity: read as a thing that no field takes."""

    word: str

    def __str__(self) -> str:
        return self.word


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise BadSale("the field {key} stands twice", key=shown(key))
        found[key] = value
    return found


def _receipt_in(raw: object) -> str:
    """The receipt number a bad line speaks of, for the report; empty if it has none."""
    number = raw.get("receipt_no") if isinstance(raw, dict) else None
    return shown(number)[1:-1] if isinstance(number, str) else ""
