"""A price list, read: JSON Lines of one price each, or CSV by a map of config/prices/.

Law of the file: as for sales, a price that is amiss is a sentence with its row, and reading goes
on. `price` is of one piece or one kg, tax included.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from storage.prices import StoredPrice, same_goods
from terminal.cards import masked
from terminal.interchange import shapes
from terminal.interchange.csv_map import ColumnMap
from terminal.interchange.csv_rows import BrokenRow, rows
from terminal.interchange.decimals import currency_of, scaled, shown
from terminal.interchange.fields import Fields
from terminal.interchange.jsonlines import TOO_LONG, parsed
from terminal.interchange.source import Progress, lines
from terminal.interchange.values import BadSale, FoundPrice, Note, OfferedPrice


def read_lines(path: Path, progress: Progress = lambda _: None) -> Iterator[FoundPrice]:
    """Every line that is not blank. Raises UnreadableFile."""
    for line in lines(path, progress):
        if line.data is None:
            yield Note(line.number, "", TOO_LONG)
        elif line.data.strip():
            yield _offered(line.number, line.data)


def _offered(number: int, data: bytes) -> FoundPrice:
    raw: object = None
    try:
        raw = parsed(data)
        fields = Fields(raw)
        price = price_of(fields)
        fields.close()
        return OfferedPrice((number,), price)
    except BadSale as bad:
        sku = raw.get("sku") if isinstance(raw, dict) else None
        return Note(number, shown(sku)[1:-1] if isinstance(sku, str) else "", bad.told)


def read_csv(
    path: Path, by: ColumnMap, progress: Progress = lambda _: None
) -> Iterator[FoundPrice]:
    """Every row. Raises UnreadableFile."""
    for row in rows(path, by, progress):
        if isinstance(row, BrokenRow):
            for number in range(row.first, row.last + 1):
                yield Note(number, "", row.words)
            continue
        said = {**by.constants, **dict(zip(by.columns, row.cells, strict=True))}
        sku = shown(said.get("sku", ""))[1:-1]
        if said.get("sku") in by.leave_out.skus:
            yield Note(row.number, sku, shapes.NO_GOODS, fault=False)
            continue
        try:
            if by.time_format and said.get("valid_from"):
                said["valid_from"] = _day_of(said["valid_from"], by.time_format)
            price = price_of(Fields({key: text for key, text in said.items() if text}))
            yield OfferedPrice((row.number,), price)
        except BadSale as bad:
            yield Note(row.number, sku, bad.told)


def price_of(fields: Fields) -> StoredPrice:
    """The price that an object says. Raises BadSale."""
    currency = currency_of(fields.text("currency", r".{0,12}"))
    text = fields.text("price", r".{0,32}")
    price = scaled(text, currency.digits, fields.name("price"))
    if price < 0:
        raise BadSale("price = {text} is below zero: a reduction is no price", text=shown(text))
    return StoredPrice(
        sku=fields.text("sku", shapes.SKU),
        valid_from=fields.day("valid_from").isoformat() if fields.has("valid_from") else "",
        gtin=same_goods(fields.text("gtin", shapes.GTIN, "")),
        name=masked(fields.text("name", shapes.NAME)),
        unit=shapes.unit_of(fields.text("unit", r".{0,12}", "each"), "unit").value,
        price=price,
        currency=currency.code,
        digits=currency.digits,
        tax_rate=shapes.rate_of(fields.text("tax_rate", r".{0,32}", "0"), "tax_rate"),
        category=masked(fields.text("category", shapes.WORD, "")),
    )


def _day_of(text: str, form: str) -> str:
    try:
        found: date = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError as fault:
        raise BadSale(
            "valid_from = {text} is no day of the form {form}", text=shown(text), form=form
        ) from fault
    return found.isoformat()
