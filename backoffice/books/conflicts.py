"""冲突待处理: what does not fit is never dropped; the office decides before anything is paid."""

from dataclasses import asdict

from backoffice import returns
from backoffice.books.ahead import Ahead
from backoffice.books.caps import Amounts, Excess, excesses
from backoffice.books.returned import pieces_of, tenders_of
from backoffice.db.tables import Return, ReturnLine
from backoffice.office import Transaction
from backoffice.words import Worded

OVER = "over"
CROSSED = "crossed"

_CROSSED = Worded(
    "后台已拒绝，但款台当时离线，仍办完了这张退货单",
    "The office declined it, but its till was offline and went on with it",
)


def check_sale(tx: Transaction, ahead: Ahead, sale_id: str) -> None:
    """Each of its returns in the order of arrival; one that no longer fits gets a case, once.

    A sale that is not on file yet, or was only written down at a till, is not checked.
    """
    sale = ahead.sales.get(sale_id)
    if sale is None:
        return
    before = Amounts(whole=ahead.unsold(sale.receipt_no))
    for ret, lines in ahead.counted.get(sale_id, ()):
        if ret.voided_at is not None:
            continue
        now = _amounts(ret, lines)
        found = excesses(sale.sold, before, now)
        if found and not _had_a_case(tx, ret.id, OVER):
            returns.open_case(tx, ret, OVER, [asdict(one) for one in found], _said(found))
        before = _together(before, now)


def check_receipt(tx: Transaction, ahead: Ahead, ret: Return) -> None:
    """An unverified return whose sale is on file after all: the sale must have so much left."""
    sale_id = _only_sale(ahead, ret.receipt_no)
    if not sale_id:
        return
    counted = ahead.counted.get(sale_id, ())
    back = sum(one.amount for one, _ in counted if one.voided_at is None)
    _check_total(tx, ret, ahead, sale_id, back + ahead.unsold(ret.receipt_no) - ret.amount)


def check_unverified(tx: Transaction, ahead: Ahead, sale_id: str) -> None:
    """A sale that has just come: what came back on its receipt before, in the order of recording.
    Returns of the sale itself are checked after these.
    """
    receipt_no = ahead.sales[sale_id].receipt_no
    if not _only_sale(ahead, receipt_no):
        return
    before = 0
    back = ahead.unverified.get(receipt_no, ())
    for ret in sorted(back, key=lambda one: (one.recorded_at, one.id)):
        if ret.voided_at is None:
            _check_total(tx, ret, ahead, sale_id, before)
            before += ret.amount


def _only_sale(ahead: Ahead, receipt_no: str) -> str:
    """The sale of this receipt; empty for none, or where several shops have the number."""
    sales = [id_ for id_, one in ahead.sales.items() if one.receipt_no == receipt_no]
    return sales[0] if len(sales) == 1 and receipt_no else ""


def _check_total(tx: Transaction, ret: Return, ahead: Ahead, sale_id: str, before: int) -> None:
    over = Excess("total", 0, ahead.sales[sale_id].sold.whole, before, ret.amount)
    if over.over and not _had_a_case(tx, ret.id, OVER):
        returns.open_case(tx, ret, OVER, [asdict(over)], _said((over,)))


def crossed(tx: Transaction, ret: Return) -> None:
    """Declined here while its terminal, offline, went on: what it handed on is held."""
    if not _had_a_case(tx, ret.id, CROSSED):
        returns.open_case(tx, ret, CROSSED, [], _CROSSED)


def _had_a_case(tx: Transaction, return_id: str, kind: str) -> bool:
    return any(one.kind == kind for one in returns.cases_of(tx, return_id))


def _amounts(ret: Return, lines: list[ReturnLine]) -> Amounts:
    by_line: dict[int, tuple[int, int]] = {}
    for one in lines:
        quantity, amount = by_line.get(one.line, (0, 0))
        by_line[one.line] = (quantity + one.quantity, amount + one.amount)
    tenders: dict[int, int] = {}
    for tender in tenders_of(ret):
        tenders[tender.position] = tenders.get(tender.position, 0) + tender.amount
    return Amounts(by_line, tenders, ret.amount, frozenset(pieces_of(ret)))


def _together(one: Amounts, other: Amounts) -> Amounts:
    lines = dict(one.lines)
    for at, (quantity, amount) in other.lines.items():
        before = lines.get(at, (0, 0))
        lines[at] = (before[0] + quantity, before[1] + amount)
    tenders = dict(one.tenders)
    for at, amount in other.tenders.items():
        tenders[at] = tenders.get(at, 0) + amount
    return Amounts(lines, tenders, one.whole + other.whole, one.pieces | other.pieces)


def _said(found: tuple[Excess, ...]) -> Worded:
    lines = sorted({one.at for one in found if one.what in ("quantity", "amount")})
    pieces = [one.at for one in found if one.what == "piece"]
    if pieces and not lines:
        return Worded(
            f"原单第 {pieces[0]} 行有一件（按序列号）已经退过",
            f"A piece of line {pieces[0]} came back before, by its serial number",
        )
    if not lines:
        return Worded("退回的金额超过原单", "More money came back than was paid for the sale")
    named = "、".join(map(str, lines)), ", ".join(map(str, lines))
    return Worded(
        f"原单第 {named[0]} 行退回的超过售出的",
        f"More came back of line {named[1]} than was sold",
    )
