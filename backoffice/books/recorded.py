"""A return as its terminal recorded it enters the books."""

from backoffice import returns
from backoffice.books import conflicts
from backoffice.books.ahead import UNVERIFIED, Ahead
from backoffice.books.returned import touched
from backoffice.clock import ms_of
from backoffice.db.rows import fresh
from backoffice.db.tables import Return, ReturnLine, Terminal
from backoffice.office import Transaction
from backoffice.sales.keeping import keep_sale
from backoffice.sales.of_terminal import declared
from backoffice.wire import bodies
from backoffice.wire.event import Event
from backoffice.wire.tagged import Unreadable


def take(tx: Transaction, ahead: Ahead, event: Event, body: bodies.ReturnRecorded) -> None:
    """Raises Unreadable where its number or its sale is not its own, or taken by another return."""
    said = body.ret
    if not said.number.startswith(f"R-{event.terminal}-"):
        raise Unreadable("the return's number is not one of this terminal")
    if said.id in ahead.returns or said.number in ahead.numbers:
        raise Unreadable("a return of this id or number is on file already")
    if body.declared is not None:
        if body.declared.declared != said.sale_id:
            raise Unreadable("the sale that it writes is not one of this terminal")
        keep_sale(tx, declared(body.declared), ahead)
    ret, lines = _row(tx, ahead, event, said), _lines(said)
    tx.refunds[ret.id], tx.cases[ret.id] = [], []
    ahead.add(ret, lines)
    tx.insert(Return, vars(ret))
    for one in lines:
        tx.insert(ReturnLine, vars(one))
    unit = tx.session.get_one(Terminal, event.terminal)
    unit.numbers_after = max(unit.numbers_after, said.sequence)
    returns.changed(tx, ret, "recorded", event.terminal)
    _replace(tx, ahead, ret)
    if said.kind == UNVERIFIED:
        conflicts.check_receipt(tx, ahead, ret)
    else:
        conflicts.check_sale(tx, ahead, said.sale_id)
    touched(tx, ahead, said.sale_id)


def _row(tx: Transaction, ahead: Ahead, event: Event, said: bodies.Return) -> Return:
    it = said.settlement
    try:
        recorded_at = ms_of(said.recorded_at)
    except ValueError as fault:
        raise Unreadable("the time at which it was recorded is none") from fault
    return fresh(
        Return,
        id=said.id,
        number=said.number,
        code_hash=tx.pepper.of("short_code", said.short_code) if said.short_code else "",
        terminal=event.terminal,
        sale_id=said.sale_id,
        receipt_no=said.receipt_no,
        kind=said.kind,
        currency=said.currency.code,
        digits=said.currency.digits,
        amount=it.this,
        refund=sum(one.amount for one in it.refunds),
        fee=it.fee + it.covered,
        shortfall=it.shortfall,
        gifts=it.gifts,
        cashier=said.cashier,
        recorded_at=recorded_at,
        boot=event.boot,
        uptime_ms=event.uptimems,
        arrival=ahead.arrival(said.sale_id),
        expires_on=said.expires_on,
        replaces=said.replaces,
        body=bodies.bare_return(event),
        changed_at=tx.now,
    )


def _lines(said: bodies.Return) -> list[ReturnLine]:
    return [
        fresh(
            ReturnLine,
            return_id=said.id,
            place=place,
            line=one.line,
            sku=one.sku,
            name=one.name,
            unit=one.unit,
            quantity=one.quantity,
            amount=one.amount,
            tax=one.tax,
            reason=one.reason,
            condition=one.condition,
            disposition=one.disposition,
        )
        for place, one in enumerate(said.settlement.lines)
    ]


def _replace(tx: Transaction, ahead: Ahead, ret: Return) -> None:
    """Inspection corrected an earlier return of the same terminal by this one: it is voided."""
    if not ret.replaces:
        return
    old = ahead.numbers.get(ret.replaces)
    if old is not None and old.terminal == ret.terminal and old.voided_at is None:
        old.voided_at = ret.recorded_at
        returns.changed(tx, old, "replaced", ret.terminal, {"by": ret.number})
