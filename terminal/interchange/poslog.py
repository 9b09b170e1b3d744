"""ARTS POSLog XML (IXRetail, up to version 6): retail transactions to sales, all others counted.

Law of the file: each `Transaction` is one row, numbered by its place in the file, and so is each
line of a sale that is no goods sold (voided, come back). What is no sale of goods is left out with
its reason; what is one and does not add up is refused.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from terminal.core.words import Told, sentence
from terminal.interchange.decimals import shown
from terminal.interchange.poslog_lines import is_true
from terminal.interchange.poslog_sale import NoSale, sale_of
from terminal.interchange.poslog_stream import transactions
from terminal.interchange.source import Progress
from terminal.interchange.values import BadSale, Found, Note, Offered

NOT_RETAIL = {
    "ControlTransaction": sentence("a control transaction"),
    "TenderControlTransaction": sentence("a tender control transaction"),
    "InventoryControlTransaction": sentence("an inventory transaction"),
    "CustomerOrderTransaction": sentence("a customer order, not a sale yet"),
}
CANCELLED = sentence("a cancelled transaction")
TRAINING = sentence("made in training mode")
UNFINISHED = {
    "suspended": sentence("suspended, not finished"),
    "suspendedretrieved": sentence("suspended, taken up elsewhere"),
    "voided": sentence("voided"),
    "postvoided": sentence("voided afterwards"),
    "cancelled": CANCELLED,
    "canceled": CANCELLED,
    "failed": sentence("a failed transaction"),
}


def read(path: Path, progress: Progress = lambda _: None) -> Iterator[Found]:
    """Every transaction, as a sale or a note. Raises UnreadableFile."""
    for number, element in enumerate(transactions(path, progress), start=1):
        yield from found_in(number, element)


def found_in(number: int, element: Element) -> tuple[Found, ...]:
    """What one transaction is, and its lines that are no goods sold. Never raises."""
    label = _label(element)
    retail = element.find("RetailTransaction")
    if retail is None:
        return (Note(number, label, _other(element), fault=False),)
    try:
        why = _why_no_sale(element, retail)
        if why is not None:
            return (Note(number, label, why, fault=False),)
        sale, passed = sale_of(element, retail)
    except NoSale as none:
        return (Note(number, label, none.told, fault=False),)
    except BadSale as bad:
        return (Note(number, label, bad.told),)
    lines = (Note(number, label, words, fault=False) for words in passed)
    return (Offered((number,), sale), *lines)


def _why_no_sale(element: Element, retail: Element) -> Told | None:
    if is_true(element.get("CancelFlag")):
        return CANCELLED
    if is_true(element.get("TrainingModeFlag")):
        return TRAINING
    status = (retail.get("TransactionStatus") or "").lower()
    if status in UNFINISHED:
        return UNFINISHED[status]
    for link in retail.iter("TransactionLink"):
        if "void" in (link.get("ReasonCode") or "").lower():
            other = shown((link.findtext("SequenceNumber") or "?").strip())
            return sentence(
                "voids transaction {other}; if that one is on file, it can still be returned here",
                other=other,
            )
    return None


def _other(element: Element) -> Told:
    for child in element:
        if child.tag in NOT_RETAIL:
            return NOT_RETAIL[child.tag]
        if child.tag.endswith("Transaction"):
            tag = shown(child.tag)
            return sentence("{tag} is no retail transaction", tag=tag)
    return sentence("holds no retail transaction")


def _label(element: Element) -> str:
    retail = element.find("RetailTransaction")
    for place in (retail, element):
        number = (place.findtext("ReceiptNumber") or "").strip() if place is not None else ""
        if number:
            return shown(number)[1:-1]
    return shown((element.findtext("SequenceNumber") or "").strip())[1:-1]
