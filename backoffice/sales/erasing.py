"""A sale without what is personal: tails, payment numbers, serials, and whatever is not known here.

Law of the file: what stays is named, field by field; a field of a POS that this version does not
know may name anybody and goes. What was sold, for how much and when stays: caps rest on it.
"""

import json
from typing import Any

_SALE = frozenset((
    "receipt", "receipt_no", "sold_at", "cashier", "currency", "lines", "reductions", "tenders",
    "total",
))  # fmt: skip
_RECEIPT = frozenset(("business_unit", "workstation", "business_day", "sequence"))
_LINE = frozenset((
    "line", "sku", "gtin", "name", "unit", "quantity", "list_price", "net_amount", "tax_rate",
    "category", "batch", "whole", "gift_of", "gift_threshold", "components",
))  # fmt: skip
_REDUCTION = frozenset(("kind", "amount", "threshold"))
_TENDER = frozenset(("kind", "amount"))
_INNER = {
    "receipt": _RECEIPT,
    "lines": _LINE,
    "components": _LINE,
    "reductions": _REDUCTION,
    "tenders": _TENDER,
}


def bare_body(body: str) -> str:
    """A sale's object of the interchange format, erased."""
    bare = _bare(json.loads(body), _SALE)
    return json.dumps(bare, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _bare(plain: Any, stays: frozenset[str]) -> Any:
    if isinstance(plain, list):
        return [_bare(one, stays) for one in plain]
    if not isinstance(plain, dict):
        return plain
    return {
        key: _bare(value, _INNER[key]) if key in _INNER else value
        for key, value in plain.items()
        if key in stays
    }
