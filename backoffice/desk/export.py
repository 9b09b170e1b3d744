"""Returns as CSV for the shop's own sheets: one line a return, nothing personal."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from backoffice.clock import rfc3339
from backoffice.db.tables import Return

COLUMNS = (
    "number", "terminal", "receipt_no", "kind", "state", "currency", "amount", "refund", "fee",
    "cashier", "recorded_at", "submitted_at", "decided_by", "finished_at", "voided_at", "reason",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run (OWASP CSV injection)


def csv_of(found: Iterable[Sequence[Return]]) -> Iterator[str]:
    """Piece by piece, with a BOM, so that a spreadsheet reads the Chinese; amounts in the main
    unit.
    """
    yield "\ufeff" + _lines([COLUMNS])
    for some in found:
        yield _lines(map(_row, some))


def _lines(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([_safe(text) for text in row] for row in rows)
    return out.getvalue()


def _row(one: Return) -> tuple[str, ...]:
    return (
        one.number, one.terminal, one.receipt_no, one.kind, one.state, one.currency,
        _main(one.amount, one.digits), _main(one.refund, one.digits), _main(one.fee, one.digits),
        one.cashier, rfc3339(one.recorded_at), _when(one.submitted_at), one.decided_by,
        _when(one.finished_at), _when(one.voided_at), one.reason_en,
    )  # fmt: skip


def _main(minor: int, digits: int) -> str:
    sign, minor = ("-" if minor < 0 else ""), abs(minor)
    whole, rest = divmod(minor, 10**digits)
    return f"{sign}{whole}" + (f".{rest:0{digits}d}" if digits else "")


def _when(at_ms: int | None) -> str:
    return "" if at_ms is None else rfc3339(at_ms)


def _safe(text: str) -> str:
    """A text that a spreadsheet would run as a formula is told apart; a number stays one."""
    number = text.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{text}" if text.startswith(_FORMULA) and not number else text
