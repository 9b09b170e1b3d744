"""Stock moves as ARTS POSLog XML: each return a RetailTransaction of Return lines.

Law of the file: names are those of the ARTS POSLog schema: Return, TransactionLink, ReasonCode,
Disposal with its Method. A reversal has negative quantities and amounts, and its own journal
sequence as SequenceNumber, so that no two transactions share one.

Held against the published ARTS scenario "4.2 Return to Store (V2.1)": Return with its ItemType,
Quantity, ExtendedAmount, TransactionLink with ReasonCode "Return" and the sale's identity, Disposal
with Method "ReturnToStock". The other methods are written alike; they, ItemCondition, the order of
elements and what stands in TransactionLink beyond the identity were not held against the XSD.
LotNumber and SerialNumber, one for each piece, are those of ItemBase in POSLogV6.0.0.xsd.
"""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from terminal.core.money import decimal_text
from terminal.core.returns import Return, ReturnLine
from terminal.core.sale import Unit
from terminal.interchange.stock_moves import Moves
from terminal.ui.formats import quantity

NAMESPACE = "http://www.nrf-arts.org/IXRetail/namespace/"
_SALE = re.compile(r"(.+)-([^-]+)-(\d{4})(\d{2})(\d{2})-(\d+)")
_UNITS = {Unit.EACH: "EA", Unit.WEIGHT: "KGM"}  # UN/ECE Recommendation 20
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # not in XML 1.0


def document(moves: Iterable[Moves], unit: str, workstation: str) -> Iterator[str]:
    """The document line by line; `unit` and `workstation` are this terminal's."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<POSLog xmlns={quoteattr(NAMESPACE)}>"
    for one in moves:
        yield from _transaction(one, unit, workstation)
    yield "</POSLog>"


def _transaction(one: Moves, unit: str, workstation: str) -> Iterator[str]:
    ret = one.ret
    yield "  <Transaction>"
    yield f"    {_tag('RetailStoreID', unit)}{_tag('WorkstationID', workstation)}"
    yield f"    {_tag('SequenceNumber', one.seq)}{_tag('BusinessDayDate', one.at.date())}"
    yield f"    {_tag('BeginDateTime', one.at.isoformat(timespec='seconds'))}"
    yield f"    {_tag('OperatorID', ret.cashier)}{_tag('CurrencyCode', ret.currency.code)}"
    yield "    <RetailTransaction>"
    for place, line in enumerate(one.lines, start=1):
        yield "      <LineItem>"
        yield f"        {_tag('SequenceNumber', place)}"
        yield from (f"        {text}" for text in _return(one, ret, line))
        yield "      </LineItem>"
    yield "    </RetailTransaction>"
    yield "  </Transaction>"


def _return(one: Moves, ret: Return, line: ReturnLine) -> Iterator[str]:
    count = quantity(one.sign * line.quantity, line.unit)
    yield '<Return ItemType="Stock">'
    yield f"  {_tag('ItemID', line.sku)}{_batch(line)}{_tag('Description', line.name)}"
    yield f"  <Quantity UnitOfMeasureCode={quoteattr(_UNITS[line.unit])}>{count}</Quantity>"
    yield f"  {_tag('ExtendedAmount', decimal_text(one.sign * line.amount, ret.currency.digits))}"
    yield from (f"  {_tag('SerialNumber', one)}" for one in line.serials if one)
    yield f"  {_tag('ReasonCode', line.reason)}{_tag('ItemCondition', line.condition.value)}"
    yield f"  <Disposal Method={quoteattr(_method(line))}/>"
    yield f"  {_link(ret, line)}"
    yield "</Return>"


def _batch(line: ReturnLine) -> str:
    return _tag("LotNumber", line.batch) if line.batch else ""


def _method(line: ReturnLine) -> str:
    """ReturnToStock for RETURN_TO_STOCK: as ARTS writes it."""
    return "".join(word.capitalize() for word in line.disposition.value.split("_"))


def _link(ret: Return, line: ReturnLine) -> str:
    """The sold line: the sale's identity where it has one, else only its number."""
    found = _SALE.fullmatch(ret.sale_id)
    where = ""
    if found:
        store, workstation, year, month, day, sequence = found.groups()
        where = (
            _tag("RetailStoreID", store)
            + _tag("WorkstationID", workstation)
            + _tag("SequenceNumber", int(sequence))
            + _tag("BusinessDayDate", f"{year}-{month}-{day}")
        )
    return (
        f'<TransactionLink ReasonCode="Return">{where}'
        f"{_tag('ReceiptNumber', ret.receipt_no)}{_tag('LineItemSequenceNumber', line.line)}"
        "</TransactionLink>"
    )


def _tag(name: str, value: object) -> str:
    return f"<{name}>{escape(_UNFIT.sub('', str(value)))}</{name}>"
