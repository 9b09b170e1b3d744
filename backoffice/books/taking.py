"""What each kind of record does to the books; a case a kind, and nowhere else."""

from collections.abc import Sequence

from backoffice import returns
from backoffice.books import conflicts, recorded, refunds, units
from backoffice.books.ahead import Ahead
from backoffice.books.locks import lock
from backoffice.books.returned import touched
from backoffice.clock import rfc3339
from backoffice.db.tables import Return
from backoffice.office import Transaction
from backoffice.sales.keeping import keep_sale
from backoffice.sales.of_terminal import exchanged
from backoffice.states import Decision
from backoffice.wire import bodies
from backoffice.wire.event import Event
from backoffice.wire.tagged import Unreadable


def lock_sales(tx: Transaction, all_of_them: Sequence[bodies.Body]) -> None:
    """Hold the books of every sale and receipt that these records speak of."""
    names: set[str] = set()
    for one in all_of_them:
        if isinstance(one, bodies.AboutUnit):
            continue
        names |= {one.ret.sale_id, one.ret.receipt_no}
        if isinstance(one, bodies.GoodsExchanged):
            names |= {one.sale.ref, f"E{one.ret.number[1:]}"}
    lock(tx, names)


def take(tx: Transaction, ahead: Ahead, event: Event, body: bodies.Body) -> None:
    """Inside the batch's transaction. Raises Unreadable where it does not fit what is here."""
    if isinstance(body, bodies.ReturnRecorded):
        recorded.take(tx, ahead, event, body)
        return
    if isinstance(body, bodies.AboutUnit):
        units.told(tx, event, body)
        return
    ret = _on_file(ahead, event, body.ret)
    match body:
        case bodies.CustomerConfirmed():
            ret.confirmed_at, ret.confirmed_how = event.atms, body.how
            returns.changed(tx, ret, "confirmed", event.terminal, {"how": body.how})
        case bodies.CashPaid():
            refunds.cash(tx, ret, body)
        case bodies.CreditGiven():
            refunds.credit(tx, ret, body)
        case bodies.RefundAccepted():
            refunds.accepted(tx, ret, body)
        case bodies.ReturnFinished():
            ret.finished_at = event.atms
            returns.changed(tx, ret, "finished", event.terminal)
        case bodies.ReturnVoided():
            void(tx, ahead, ret, event.atms)
        case bodies.GoodsExchanged():
            if not body.sale.ref.startswith(f"{event.terminal}-"):
                raise Unreadable("the sale that it writes is not one of this terminal")
            keep_sale(tx, exchanged(body, rfc3339(event.atms)), ahead)
    if ret.decision == Decision.DECLINED and not isinstance(body, bodies.ReturnVoided):
        conflicts.crossed(tx, ret)


def void(tx: Transaction, ahead: Ahead, ret: Return, at_ms: int) -> None:
    """It is as if it had not been made; what a rail has not begun is closed."""
    if ret.voided_at is not None:
        return
    ret.voided_at = at_ms
    refunds.close_untouched(tx, ret)
    returns.changed(tx, ret, "voided", ret.terminal)
    touched(tx, ahead, ret.sale_id)


def _on_file(ahead: Ahead, event: Event, said: bodies.Named) -> Return:
    found = ahead.returns.get(said.id)
    if found is None:
        raise Unreadable("the return that it speaks of is not on file")
    if found.terminal != event.terminal:
        raise Unreadable("the return that it speaks of was recorded by another terminal")
    return found
