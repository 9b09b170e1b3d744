"""What the back office sends, read strictly: sales, prices, sums of returns, states.

Law of the file: a sale is read by the reader of the interchange format, sums and all. What does not
fit is Unfit with a sentence; nothing is guessed, and nothing of a body is quoted in a log.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from storage.elsewhere import ReturnedElsewhere
from storage.office import OfficeState
from storage.prices import StoredPrice
from storage.values import RefundedOfTender, ReturnedOfLine, ReturnedSoFar, StoredSale
from terminal.core.shop import ShopState
from terminal.courier.protocol import place_of
from terminal.interchange.fields import Fields
from terminal.interchange.jsonlines import parsed, sale_of
from terminal.interchange.prices import price_of
from terminal.interchange.values import BadSale
from terminal.ledger.stored import stored_sale
from terminal.uplink.rulebook import Unfit

# Many of them, added up, are still a number that the database holds.
Whole = Annotated[int, Meta(gt=-(2**47), lt=2**47)]


class _Line(Struct, frozen=True):
    line: Whole
    quantity: Whole
    amount: Whole
    tax: Whole
    pieces: tuple[Whole, ...] = ()


class _Tender(Struct, frozen=True):
    position: Whole
    amount: Whole


class _Sums(Struct, frozen=True):
    lines: tuple[_Line, ...]
    tenders: tuple[_Tender, ...]
    fees: Whole
    shortfall: Whole
    gifts: Whole = 0


class _Returned(Struct, frozen=True):
    sale_id: str
    version: Whole
    by: dict[str, _Sums]


class Found(Struct, frozen=True):
    """A sale that a look-up found, and what came back of it at other terminals."""

    sale: StoredSale
    elsewhere: ReturnedElsewhere


def sale_in(body: object) -> StoredSale:
    """SALE of docs/WIRE.md. Raises Unfit."""
    try:
        return stored_sale(sale_of(Fields(_again(body))))
    except BadSale as bad:
        raise Unfit("{why}", why=_unquoted(bad)) from bad


def price_in(body: object, today: str) -> StoredPrice:
    """One line of the price list; without a day it holds from `today`. Raises Unfit."""
    try:
        fields = Fields(_again(body))
        price = price_of(fields)
        fields.close()
    except BadSale as bad:
        raise Unfit("{why}", why=_unquoted(bad)) from bad
    return replace(price, valid_from=price.valid_from or today)


def returned_in(body: object, us: str, today: str) -> ReturnedElsewhere:
    """RETURNED: the parts of all other terminals, added up, and beside them ours. Raises Unfit."""
    said = _converted(body, _Returned)
    others = _added_up(sums for terminal, sums in said.by.items() if terminal != us)
    ours = _added_up(sums for terminal, sums in said.by.items() if terminal == us)
    return ReturnedElsewhere(said.sale_id, said.version, today, others, ours)


def _added_up(parts: Iterable[_Sums]) -> ReturnedSoFar:
    lines: dict[int, _Line] = {}
    tenders: dict[int, int] = {}
    fees = shortfall = gifts = 0
    for sums in parts:
        fees, shortfall = fees + sums.fees, shortfall + sums.shortfall
        gifts += sums.gifts
        for it in sums.lines:
            known = lines.get(it.line, _Line(it.line, 0, 0, 0))
            lines[it.line] = _Line(
                *(it.line, known.quantity + it.quantity, known.amount + it.amount),
                known.tax + it.tax,
                (*known.pieces, *it.pieces),
            )
        for tender in sums.tenders:
            tenders[tender.position] = tenders.get(tender.position, 0) + tender.amount
    if any(min(it.quantity, it.amount, it.tax) < 0 for it in lines.values()) or fees < 0:
        raise Unfit("less than nothing came back")
    return ReturnedSoFar(
        tuple(
            ReturnedOfLine(it.line, it.quantity, it.amount, it.tax, it.pieces)
            for it in lines.values()
        ),
        tuple(RefundedOfTender(*one) for one in tenders.items()),
        fees,
        shortfall,
        gifts,
    )


def found_in(body: object, us: str, today: str) -> Found:
    """FOUND. Raises Unfit, also where the parts speak of two sales."""
    if not isinstance(body, dict):
        raise Unfit("no sale")
    sale = sale_in(body.get("sale"))
    elsewhere = returned_in(body.get("returned"), us, today)
    if elsewhere.sale_id != body.get("sale_id") or not _same(sale, elsewhere.sale_id):
        raise Unfit("the parts are of two sales")
    return Found(sale, replace(elsewhere, sale_id=sale.id))


def state_in(body: object) -> ShopState:
    """STATE of a return, of whatever terminal. Raises Unfit."""
    if isinstance(body, dict) and isinstance(body.get("refunds"), list):
        body = {**body, "refunds": [_worded(one) for one in body["refunds"]]}
    state: ShopState = _converted(body, ShopState)
    return state


def own_state_in(body: object, us: str) -> ShopState:
    """STATE of a return of this terminal. Raises Unfit."""
    state = state_in(body)
    if state.terminal != us:
        raise Unfit("of another terminal")
    return state


def kept_state(state: ShopState) -> OfficeState:
    return OfficeState(state.id, state.version, msgspec.json.encode(state).decode())


def state_of(kept: OfficeState) -> ShopState:
    """A state as it was kept."""
    return msgspec.json.decode(kept.body, type=ShopState)


def day_of(at: datetime) -> str:
    return at.date().isoformat()


def _unquoted(bad: BadSale) -> str:
    """Why it was not taken, up to the first value that it quotes: that may be anybody's."""
    return str(bad).partition('"')[0][:200]


def _worded(refund: object) -> object:
    """`why` in both languages, also where one sentence serves for both."""
    if not isinstance(refund, dict):
        return refund
    why = refund.get("why") or ""
    return {**refund, "why": {"zh": why, "en": why} if isinstance(why, str) else why}


def _same(sale: StoredSale, sale_id: str) -> bool:
    """Whether an id names this sale; a sequence may be written with other zeros."""
    head, _, sequence = sale_id.rpartition("-")
    ours, _, number = sale.id.rpartition("-")
    return head == ours and sequence.isdigit() and int(sequence) == int(number)


def _again(body: object) -> object:
    """As a line of the interchange format would be read: amounts stay texts, numbers exact."""
    try:
        return parsed(json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    except RecursionError as fault:
        raise Unfit("nested without end") from fault


def _converted(body: Any, kind: type[Any]) -> Any:
    try:
        return msgspec.convert(body, kind)
    except msgspec.ValidationError as fault:
        raise Unfit("not of the form it should have: {fault}", fault=place_of(fault)) from fault
