"""Finding a sale or a return by what somebody at a till knows of it (docs/WIRE.md, Look-up)."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from backoffice.books.returned import returned
from backoffice.db.tables import Refund, Return, Sale, SaleClue
from backoffice.pepper import Pepper
from backoffice.returns import wire_state
from backoffice.sales.keeping import bare_gtin
from backoffice.wire.short_code import read_short_code

SALES_MAX = 20


@dataclass(frozen=True)
class Asked:
    """One question; what is not asked is None. `day` is an ISO day, `total` minor units."""

    receipt_no: str | None = None
    sale_id: str | None = None
    day: str | None = None
    total: int | None = None
    tail: str | None = None
    goods: str | None = None
    return_: str | None = None


def find_sales(session: Session, pepper: Pepper, asked: Asked) -> list[dict[str, Any]]:
    """FOUND for each, newest first, at most 20. What was only written down has its id alone."""
    condition = _condition(pepper, asked)
    if condition is None:
        return []
    found = select(Sale.id, Sale.body).where(condition)
    if asked.sale_id is None:
        found = found.where(Sale.declared.is_(False))
    newest = found.order_by(Sale.business_day.desc(), Sale.id.desc()).limit(SALES_MAX)
    return [
        {"sale": json.loads(body), "sale_id": id_, "returned": returned(session, id_)}
        for id_, body in session.execute(newest)
    ]


def _condition(pepper: Pepper, asked: Asked) -> ColumnElement[bool] | None:
    if asked.receipt_no is not None:
        return Sale.receipt_no == asked.receipt_no
    if asked.sale_id is not None:
        return Sale.id == asked.sale_id
    if asked.total is not None:
        return (Sale.business_day == asked.day) & (Sale.total == asked.total)
    if asked.tail is not None:
        return _clue("tail", [pepper.of("tail", asked.tail)], asked.day)
    if asked.goods is not None:
        return _clue("goods", sorted({asked.goods, bare_gtin(asked.goods)}), asked.day)
    return None


def _clue(kind: str, values: list[str], day: str | None) -> ColumnElement[bool]:
    clues = select(SaleClue.sale_id).where(SaleClue.kind == kind, SaleClue.value.in_(values))
    if day is not None:
        clues = clues.where(SaleClue.business_day == day)
    return Sale.id.in_(clues)


def find_return(session: Session, pepper: Pepper, code: str) -> dict[str, Any] | None:
    """STATE of the return of this number, id or short code."""
    ret = session.scalars(select(Return).where(Return.number == code.strip().upper())).first()
    if ret is None and _is_uuid(code):
        ret = session.get(Return, code.lower())
    typed = read_short_code(code)
    if ret is None and typed is not None:
        hashed = pepper.of("short_code", typed)
        ret = session.scalars(select(Return).where(Return.code_hash == hashed)).first()
    if ret is None:
        return None
    refunds = select(Refund).where(Refund.return_id == ret.id).order_by(Refund.position)
    return wire_state(ret, list(session.scalars(refunds)))


def _is_uuid(text: str) -> bool:
    bare = text.replace("-", "")
    return (
        len(text) == 36 and len(bare) == 32 and all(one in "0123456789abcdefABCDEF" for one in bare)
    )
