"""Small POSLog files in the shape of the ARTS schema, version 6."""

from pathlib import Path

NAMESPACE = "http://www.nrf-arts.org/IXRetail/namespace/"


def log(*transactions: str, attributes: str = "", head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}'
        f'<POSLog xmlns="{NAMESPACE}" xmlns:x="urn:shop:extension" MajorVersion="6"{attributes}>\n'
        + "\n".join(transactions)
        + "\n</POSLog>\n"
    )


def transaction(sequence: int, body: str, attributes: str = "", more: str = "") -> str:
    return f"""<Transaction{attributes}>
  <BusinessUnit><UnitID Name="杭州一店" TypeCode="RetailStore">0571</UnitID></BusinessUnit>
  <WorkstationID>03</WorkstationID>
  <SequenceNumber>{sequence}</SequenceNumber>
  <BusinessDayDate>2026-11-20</BusinessDayDate>
  <BeginDateTime>2026-11-20T14:02:00+08:00</BeginDateTime>
  <EndDateTime>2026-11-20T14:03:22+08:00</EndDateTime>
  <OperatorID OperatorName="王芳">1007</OperatorID>
  <CurrencyCode>CNY</CurrencyCode>
  <ReceiptNumber>057103261120{sequence:05d}</ReceiptNumber>
  {more}{body}
</Transaction>"""


def retail(*items: str, attributes: str = "", total: str = "") -> str:
    grand = f'<Total TotalType="TransactionGrandAmount">{total}</Total>' if total else ""
    return f"<RetailTransaction{attributes}>{''.join(items)}{grand}</RetailTransaction>"


def item(number: int, content: str, attributes: str = "") -> str:
    return f"<LineItem{attributes}><SequenceNumber>{number}</SequenceNumber>{content}</LineItem>\n"


def goods(
    amount: str, quantity: str = "1", unit: str = "EA", inside: str = "", tag: str = "Sale"
) -> str:
    return f"""<{tag} ItemType="Stock">
      <POSIdentity POSIDType="GTIN13"><POSItemID>6901234567892</POSItemID></POSIdentity>
      <ItemID>100234</ItemID>
      <MerchandiseHierarchy Level="Department">beverage</MerchandiseHierarchy>
      <Description>矿泉水 550ml</Description>
      <RegularSalesUnitPrice>2.00</RegularSalesUnitPrice>
      <ExtendedAmount>{amount}</ExtendedAmount>
      <Quantity Units="1" UnitOfMeasureCode="{unit}">{quantity}</Quantity>
      {inside}
    </{tag}>"""


def modifier(amount: str, action: str = "Subtract") -> str:
    return (
        '<RetailPriceModifier MethodCode="PriceRule"><SequenceNumber>1</SequenceNumber>'
        f'<Amount Action="{action}">{amount}</Amount></RetailPriceModifier>'
    )


def tax(amount: str, percent: str = "13") -> str:
    return f'<Tax TaxType="VAT"><Amount>{amount}</Amount><Percent>{percent}</Percent></Tax>'


def tender(amount: str, kind: str = "Cash", inside: str = "", attributes: str = "") -> str:
    return (
        f'<Tender TenderType="{kind}" TypeCode="Sale"{attributes}>'
        f'<Amount Currency="CNY">{amount}</Amount>{inside}</Tender>'
    )


def simple(sequence: int, amount: str = "2.00") -> str:
    return transaction(sequence, retail(item(1, goods(amount)), item(2, tender(amount))))


def saved(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding, "surrogateescape"))
    return path
