"""A kit in a POSLog: goods sold at one price on one line, its members named inside it.

ItemBase of POSLogV6.0.0.xsd has Kit and, for food, Combo; the ARTS domain model has in either
members with a Sale each, whatever a member's element is called. A kit comes apart into a bundle
only where nothing is guessed: one kit on the line, every member a sale with a price to share by.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from terminal.core.sale import QUANTITY_ONE, Bundle, Currency, SaleLine
from terminal.core.words import Told, sentence
from terminal.interchange.bundles import shared
from terminal.interchange.poslog_lines import Sold, goods


def with_parts(one: Sold, sale: Element, currency: Currency, what: Told) -> Sold:
    """The line with the goods of its kit, where it is one that comes apart. Raises BadSale."""
    members = [member for tag in ("Kit", "Combo") for kit in sale.findall(tag) for member in kit]
    if not members:
        return one
    sales = [member.find("Sale") for member in members]
    found = [
        goods(member, "", currency, what, default="0") for member in sales if member is not None
    ]
    parts = tuple(replace(line, tax_rate=line.tax_rate or one.line.tax_rate) for line, _ in found)
    plain = len(parts) == len(members) and all(
        (member.get("Action") or "Add").lower() == "add" for member in members
    )
    priced = all(line.list_price for line in parts)
    if not plain or not priced or one.line.quantity != QUANTITY_ONE:
        told = sentence(
            "{what} is a kit whose members cannot be told apart by price: it is kept as one line",
            what=what,
        )
        return replace(one, notes=(*one.notes, told))
    notes = tuple(note for _, of_part in found for note in of_part)
    return replace(one, parts=parts, notes=(*one.notes, *notes))


def apart(
    sold: Sequence[Sold], lines: Sequence[SaleLine]
) -> tuple[tuple[SaleLine, ...], tuple[Bundle, ...]]:
    """The lines with each kit in its parts, numbered above all others, and the bundles they are."""
    top = max((line.line for line in lines), default=0)
    whole: list[SaleLine] = []
    bundles: list[Bundle] = []
    for one, line in zip(sold, lines, strict=True):
        if not one.parts:
            whole.append(line)
            continue
        numbers = range(top + 1, top + 1 + len(one.parts))
        top = numbers[-1]
        numbered = [
            replace(part, line=number) for part, number in zip(one.parts, numbers, strict=True)
        ]
        whole += shared(line.net, numbered)
        bundles.append(Bundle(line.sku, line.name, tuple(numbers)))
    return tuple(whole), tuple(bundles)
