"""Files of the shop's POS: sales, prices; each JSON Lines, one thing a line.

Law of the file: a file is taken whole, or with `keep_going` its good lines and a report of the bad.
Taking it twice changes nothing.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

from backoffice.books.locks import lock
from backoffice.cards import masked_all
from backoffice.feed import EVERYBODY, Audience
from backoffice.office import Office, Transaction
from backoffice.sales.interchange import offered
from backoffice.sales.keeping import Kept, keep_sale
from backoffice.sales.offered import BadSale, Offered
from backoffice.words import Worded

LINE_BYTES_MAX = 256 * 1024
BATCH = 200

_CONTRADICTS = Worded(
    "该原单已存在，内容不同", "another sale is on file under this receipt, with other content"
)


@dataclass
class Report:
    """`bad` are line numbers, from 1, and why."""

    added: int = 0
    same: int = 0
    bad: list[tuple[int, Worded]] = field(default_factory=list)

    def takes(self, more: "Report") -> None:
        """Count what a transaction did, once it has committed: one may be tried again."""
        self.added += more.added
        self.same += more.same
        self.bad += more.bad

    def as_json(self) -> dict[str, Any]:
        bad = [{"line": line, **words.as_wire()} for line, words in self.bad]
        return {"added": self.added, "same": self.same, "bad": bad}


class _NotWhole(Exception):  # noqa: N818 - ends a transaction, nothing more
    """Something of the file is bad: nothing of it is kept."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.bad = report.bad


def import_sales(office: Office, lines: Iterable[bytes], *, keep_going: bool = False) -> Report:
    """Sales of the interchange format. Nothing is kept of a file with a bad line, unless told to
    keep going; then they go in by batches, each a transaction.
    """
    report = Report()
    good = _sales(lines, report)
    if keep_going:
        while batch := list(islice(good, BATCH)):
            report.takes(office.write(partial(_keep, sales=batch)))
        return report
    whole = list(good)
    if report.bad:
        return report
    try:
        report.takes(office.write(partial(_whole, sales=whole)))
    except _NotWhole as fault:
        report.bad += fault.bad
    return report


def import_prices(office: Office, lines: Iterable[bytes], store: str = "") -> Report:
    """A price list: each line goes down to the tills of the store, or to all, as it came."""
    report, rows = Report(), list[dict[str, Any]]()
    for number, data in _lines(lines):
        try:
            rows.append(_price(_parsed(data)))
        except BadSale as bad:
            report.bad.append((number, bad.words))
    if report.bad:
        return report
    to = Audience.store(store) if store else EVERYBODY

    def tell(tx: Transaction) -> None:
        for row in rows:
            tx.tell(to, "price", f"{row['sku']}|{row.get('valid_from', '')}", row)

    office.write(tell)
    report.added = len(rows)
    return report


def _price(row: Any) -> dict[str, Any]:
    price: dict[str, Any] = masked_all(row) if isinstance(row, dict) else {}
    if not isinstance(price.get("sku"), str) or not isinstance(price.get("price"), str):
        raise BadSale("缺少 sku 或 price（文本）", "sku or price misses, or is no text")
    return price


def _whole(tx: Transaction, sales: list[tuple[int, Offered]]) -> Report:
    report = _keep(tx, sales)
    if report.bad:
        raise _NotWhole(report)
    return report


def _keep(tx: Transaction, sales: list[tuple[int, Offered]]) -> Report:
    report = Report()
    lock(tx, [name for _, one in sales for name in (one.id, one.receipt_no)])
    for number, sale in sales:
        match keep_sale(tx, sale):
            case Kept.ADDED:
                report.added += 1
            case Kept.SAME:
                report.same += 1
            case Kept.CONTRADICTS:
                report.bad.append((number, _CONTRADICTS))
    return report


def _sales(lines: Iterable[bytes], report: Report) -> Iterator[tuple[int, Offered]]:
    for number, data in _lines(lines):
        try:
            yield number, offered(_parsed(data))
        except BadSale as bad:
            report.bad.append((number, bad.words))


def _lines(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    for number, data in enumerate(lines, start=1):
        if data.strip():
            yield number, data


def _parsed(data: bytes) -> Any:
    if len(data) > LINE_BYTES_MAX:
        raise BadSale(f"超过 {LINE_BYTES_MAX} 字节", f"it is longer than {LINE_BYTES_MAX} bytes")
    try:
        return json.loads(
            data, object_pairs_hook=_once, parse_float=_no_float, parse_constant=_no_float
        )
    except (ValueError, RecursionError) as fault:
        raise BadSale("该行不是 JSON", "the line is not JSON") from fault


def _no_float(_: str) -> Any:
    raise BadSale('小数须写成文本，如 "5.40"', 'a decimal is written as text, like "5.40"')


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadSale("有字段重复", "a field stands twice")
    return found
